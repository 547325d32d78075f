import { object } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type * as Plot from "@observablehq/plot";
import { asTable, Table, type TableLike } from "../table/index.ts";
import { captionShapes } from "./draw/caption.ts";
import { drawPlot } from "./draw/draw-plot.ts";
import { Figure } from "./figure.ts";

/** What is said of a figure of one's own. */
export interface PlotFigureOptions {
  /** The picture in words, for who cannot see it. */
  readonly altText: string;
  /** What is shown and how; written under the figure. Default: none. */
  readonly caption?: string;
  /** The exact values shown. Default: an empty table. */
  readonly data?: TableLike;
}

const plotFigureNames: OptionNames<PlotFigureOptions> = {
  altText: true,
  caption: true,
  data: object,
};

/**
 * A figure of one's own: the options of Observable Plot's `plot` in, SVG, PNG and data out, without a browser. Sizes
 * are those of `plot` (640 × 400 unless given). Titles and legends that Plot makes of HTML are refused: name curves
 * with `Plot.text`. Errors of Plot are thrown as they are.
 *
 * @example
 * import { plotFigure } from "tsrsa";
 * const figure = plotFigure({ width: 300, height: 100, x: { domain: [0, 1] } }, { altText: "an empty axis" });
 * figure.width; // 300
 */
export function plotFigure(plot: Plot.PlotOptions, options: PlotFigureOptions): Figure {
  object(plot, "plot");
  checkOptions(options, plotFigureNames);
  const { width = 640, height = 400 } = plot;
  const { altText, caption = "" } = options;
  const words = captionShapes(caption, { left: 14, right: width - 14, top: height + 4 });
  const below = { heightPx: words.height === 0 ? 0 : words.height + 12, texts: words.shapes.texts };
  const size = { widthPx: width, heightPx: height + below.heightPx, altText };
  const svg = drawPlot(plot, { ...size, below });
  const data = () =>
    options.data === undefined ? new Table({}) : new Table(columnsOf(options.data));
  return new Figure({ ...size, svg, caption, data });
}

function columnsOf(data: TableLike) {
  const table = asTable(data);
  return new Map(table.names.map((name) => [name, table.column(name)]));
}
