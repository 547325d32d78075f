const works = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** Does a piece of work once an element comes near the screen; a later piece takes the place of an earlier one. */
export function whenNear(element: Element, work: () => void): void {
  observer ??= new IntersectionObserver(begin, { rootMargin: "600px" });
  works.set(element, work);
  observer.unobserve(element);
  observer.observe(element);
}

function begin(entries: readonly IntersectionObserverEntry[]): void {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    observer?.unobserve(target);
    works.get(target)?.();
    works.delete(target);
  }
}
