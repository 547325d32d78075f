import { observablePlot } from "#platform/observable-plot";
import type * as Plot from "@observablehq/plot";
import { InvalidArgument } from "../../core/errors.ts";
import { createDocument, type FigureDocument } from "../dom/document.ts";
import type { FigureElement } from "../dom/element.ts";
import { namespaces } from "../dom/namespaces.ts";
import { settleAttributes } from "./settle-attributes.ts";
import type { TextShape } from "./text-shape.ts";

/** The fonts of every figure; DejaVu Sans comes with the package, Verdana has the same widths. */
export const fontFamily = "'DejaVu Sans', Verdana, Geneva, sans-serif";

/** What turns a Plot into a picture that stands alone. */
export interface DrawOptions {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly altText: string;
  /** Lines of text below the plot, which keeps the rest of the height to itself. */
  readonly below?: {
    readonly heightPx: number;
    readonly texts: readonly TextShape[];
    /** Marks in pixels from the top of the whole figure, for a legend. */
    readonly marks?: Plot.Markish[];
  };
}

/**
 * Draw with Observable Plot, without a browser, into a standalone SVG: white ground, text alternative, bundled font.
 * Errors of Plot are thrown as they are; its warnings are errors.
 */
export function drawPlot(plot: Plot.PlotOptions, options: DrawOptions): string {
  const document = createDocument();
  const drawn = observablePlot().plot({
    ...plot,
    width: options.widthPx,
    height: options.heightPx - (options.below?.heightPx ?? 0),
    document: document as unknown as Document,
  }) as unknown as FigureElement;
  if (drawn.tagName !== "svg")
    throw new InvalidArgument(
      "plot",
      "one with a title, subtitle, caption or legend, which Plot makes of HTML",
      "pass the caption beside the plot, and name curves or colours with Plot.text",
    );
  return standalone(drawn, document, options);
}

function standalone(svg: FigureElement, document: FigureDocument, options: DrawOptions): string {
  const { widthPx, heightPx, altText, below } = options;
  for (const style of svg.querySelectorAll("style")) style.remove();
  svg.removeAttribute("class");
  svg.removeAttribute("aria-description");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", altText);
  svg.setAttribute("font-family", fontFamily);
  svg.setAttribute("font-size", 11);
  svg.setAttribute("height", heightPx);
  svg.setAttribute("viewBox", `0 0 ${widthPx} ${heightPx}`);
  svg.setAttribute("color", "#1a1a1a");
  const title = document.createElementNS(namespaces.svg, "title");
  title.textContent = altText;
  const ground = document.createElementNS(namespaces.svg, "rect");
  // A rectangle, not CSS: the renderer of PNG ignores the background of the root.
  for (const [name, value] of Object.entries({ width: widthPx, height: heightPx, fill: "#fff" }))
    ground.setAttribute(name, value);
  svg.insertBefore(ground, svg.firstChild);
  svg.insertBefore(title, ground);
  if (below?.marks !== undefined) svg.append(legendElement(below.marks, document, options));
  svg.append(...(below?.texts ?? []).map((shape) => textElement(shape, document)));
  settleAttributes(svg);
  return svg.outerHTML;
}

/** A picture within the picture, as large as the whole. */
function legendElement(
  marks: Plot.Markish[],
  document: FigureDocument,
  { widthPx: width, heightPx: height }: DrawOptions,
): FigureElement {
  const drawn = observablePlot().plot({
    margin: 0,
    axis: null,
    width,
    height,
    x: { domain: [0, width], range: [0, width] },
    y: { domain: [0, height], range: [0, height] },
    marks,
    document: document as unknown as Document,
  }) as unknown as FigureElement;
  for (const style of drawn.querySelectorAll("style")) style.remove();
  drawn.removeAttribute("class");
  return drawn;
}

function textElement(shape: TextShape, document: FigureDocument): FigureElement {
  const element = document.createElementNS(namespaces.svg, "text");
  const { x, y, sizePx, colour = "currentColor", anchor = "start" } = shape;
  const attributes = {
    x,
    y,
    dy: "0.32em",
    "font-size": sizePx,
    fill: colour,
    "text-anchor": anchor,
  };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = shape.text;
  return element;
}
