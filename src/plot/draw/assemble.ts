import type { Table } from "../../table/index.ts";
import { Figure, type FigureParts } from "../figure.ts";
import { captionShapes } from "./caption.ts";
import { drawShapes, joinShapes, type Shapes } from "./shapes.ts";
import { swatchShapes, type Swatch } from "./swatches.ts";

/** Everything of a figure laid out in pixels. */
export interface Assembly {
  readonly widthPx: number;
  /** Lowest line of what is drawn so far. */
  readonly bottom: number;
  readonly shapes: readonly Shapes[];
  /** What lies under all of them. */
  readonly under?: Shapes;
  readonly swatches?: readonly Swatch[];
  readonly caption: string;
  readonly showCaption: boolean;
  readonly altText: string;
  readonly data: () => Table;
  readonly html?: FigureParts["html"];
}

/** Distance of everything from the edge of a figure. */
export const MARGIN = 10;

/** A figure of shapes, with its legend and its caption below. */
export function assembleFigure(parts: Assembly): Figure {
  const {
    widthPx,
    bottom,
    shapes,
    swatches = [],
    caption,
    showCaption,
    altText,
    data,
    html,
  } = parts;
  const across = { left: MARGIN, right: widthPx - MARGIN };
  const legend = swatchShapes(swatches, { ...across, top: bottom + 8 });
  const below = bottom + (legend.height === 0 ? 0 : legend.height + 8);
  const words = captionShapes(showCaption ? caption : "", { ...across, top: below + 10 });
  const heightPx = Math.ceil(below + (words.height === 0 ? 0 : words.height + 10) + MARGIN);
  const size = { widthPx: Math.ceil(widthPx), heightPx, altText };
  const svg = drawShapes(joinShapes([...shapes, legend.shapes, words.shapes]), size, parts.under);
  return new Figure({ ...size, svg, caption, data, html });
}
