import { object } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type * as Plot from "@observablehq/plot";
import { asTable, Table, type TableLike } from "../table/index.ts";
import { captionShapes } from "./draw/caption.ts";
import { colourLegend, withCategoryColours } from "./draw/colour-legend.ts";
import { drawPlot } from "./draw/draw-plot.ts";
import { noShapes, shapeMarks } from "./draw/shapes.ts";
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
 * are those of `plot` (640 × 400 unless given). `color: { legend: true }` gives a legend of the colours below the plot, and
 * categories the colours of the other figures unless it has a `range` or a `scheme`; other legends and titles that Plot
 * makes of HTML are refused: name curves with `Plot.text`. Errors of Plot are thrown as they are.
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
  const across = { left: 14, right: width - 14 };
  const { shown, legend } = legendOf(plot, { ...across, top: height + 4 });
  const under = height + (legend.height === 0 ? 0 : legend.height + 8);
  const words = captionShapes(caption, { ...across, top: under + 4 });
  const below = {
    heightPx: under - height + (words.height === 0 ? 0 : words.height + 12),
    texts: words.shapes.texts,
    ...(legend.height === 0 ? {} : { marks: shapeMarks(legend.shapes) }),
  };
  const size = { widthPx: width, heightPx: height + below.heightPx, altText };
  const svg = drawPlot(shown, { ...size, below });
  const data = () =>
    options.data === undefined ? new Table({}) : new Table(columnsOf(options.data));
  return new Figure({ ...size, svg, caption, data });
}

/** The plot without Plot's own legend of colours, and ours where one was asked for. */
function legendOf(
  plot: Plot.PlotOptions,
  place: { readonly left: number; readonly right: number; readonly top: number },
) {
  const { color } = plot;
  const none = { shapes: noShapes(), height: 0 };
  if (color?.legend === undefined) return { shown: plot, legend: none };
  const { legend: wanted, ...rest } = color;
  const shown = { ...plot, color: rest };
  if (wanted === false) return { shown, legend: none };
  const coloured = withCategoryColours(shown);
  return { shown: coloured, legend: colourLegend(coloured, place) };
}

function columnsOf(data: TableLike) {
  const table = asTable(data);
  return new Map(table.names.map((name) => [name, table.column(name)]));
}
