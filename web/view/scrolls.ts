const observer =
  typeof ResizeObserver === "undefined"
    ? undefined
    : new ResizeObserver((entries) => {
        for (const { target } of entries)
          if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
          else target.removeAttribute("tabindex");
      });

/** Lets the keyboard reach a box while it is wider inside than outside: then it can be scrolled without a mouse. */
export function reachableWhileWide<T extends Element>(box: T): T {
  observer?.observe(box);
  return box;
}
