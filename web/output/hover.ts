import { element } from "../view/element.ts";
import type { FigureReader } from "./figure-reader.ts";
import { figureReader } from "./figure-reader.ts";

/** Lets a picture of RDMs, time courses or a map answer what is below the pointer, from the figure's own data. */
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
  let read: FigureReader | undefined;
  const [, , width = NaN] = /viewBox="([^"]*)"/.exec(svg)?.[1].split(/[ ,]+/).map(Number) ?? [];
  image.addEventListener("mousemove", (event) => {
    read ??= figureReader(svg, data);
    const box = image.getBoundingClientRect();
    const scale = width / box.width;
    const words = read((event.clientX - box.left) * scale, (event.clientY - box.top) * scale);
    tip.hidden = words === undefined;
    if (words === undefined) return;
    tip.textContent = words;
    tip.style.left = `${event.clientX + 14}px`;
    tip.style.top = `${event.clientY + 14}px`;
  });
  image.addEventListener("mouseleave", () => (tip.hidden = true));
}
