const least = 0.5;
const step = 0.04;

/** Makes the letters of a slide smaller until what stands on it fits; a slide has no scroll bar. */
export function fitSlides(slides: readonly HTMLElement[]): void {
  for (const slide of slides) {
    let size = 1;
    slide.style.setProperty("--fit", "1");
    while (size > least && overflows(slide)) {
      size -= step;
      slide.style.setProperty("--fit", size.toFixed(2));
    }
  }
}

/** True when the text is higher than its place, or leaves a figure below it less than its half of the slide. */
function overflows(slide: HTMLElement): boolean {
  const [stage, body] = [".stage", ".body"].map((name) => slide.querySelector<HTMLElement>(name));
  if (stage === null || body === null || stage === undefined || body === undefined) return false;
  const wide = [body, ...body.querySelectorAll<HTMLElement>("pre, .html, table")];
  if (wide.some((part) => part.scrollWidth > part.clientWidth + 1)) return true;
  const head = slide.querySelector<HTMLElement>(".stage > :is(h1, h2, h3)")?.offsetHeight ?? 0;
  const room = stage.clientHeight * 0.86;
  const most = slide.classList.contains("below") ? room * 0.45 : room;
  return head + heightOf(body) > most;
}

function heightOf(body: HTMLElement): number {
  const first = body.firstElementChild?.getBoundingClientRect().top ?? 0;
  const last = body.lastElementChild?.getBoundingClientRect().bottom ?? 0;
  return last - first;
}
