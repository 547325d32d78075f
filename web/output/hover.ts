import { element } from "../view/element.ts";
import { pairAt, rdmPanels } from "./rdm-panels.ts";

/** Lets the picture of RDMs answer: the pair and the value below the pointer, from the figure's own data. */
export function answerHover(
  figure: HTMLElement,
  image: HTMLImageElement,
  svg: string,
  data: unknown,
): void {
  if (data === undefined) return;
  const tip = element("div", { class: "tip", hidden: true });
  figure.append(tip);
  // Read when it is first asked: most figures never are.
  let panels: ReturnType<typeof rdmPanels> | undefined;
  const [, , width = NaN] = /viewBox="([^"]*)"/.exec(svg)?.[1].split(/[ ,]+/).map(Number) ?? [];
  image.addEventListener("mousemove", (event) => {
    panels ??= rdmPanels(svg, data);
    const box = image.getBoundingClientRect();
    const scale = width / box.width;
    const words = pairAt(
      panels,
      (event.clientX - box.left) * scale,
      (event.clientY - box.top) * scale,
    );
    tip.hidden = words === undefined;
    if (words === undefined) return;
    tip.textContent = words;
    tip.style.left = `${event.clientX + 14}px`;
    tip.style.top = `${event.clientY + 14}px`;
  });
  image.addEventListener("mouseleave", () => (tip.hidden = true));
}
