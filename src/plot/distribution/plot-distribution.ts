import { checkedMatrix } from "../../core/gate/checked-matrix.ts";
import { finite, numbers, record } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { observablePlot } from "#platform/observable-plot";
import type * as Plot from "@observablehq/plot";
import { InvalidArgument } from "../../core/errors.ts";
import { Table } from "../../table/index.ts";
import { categoryColours } from "../colour/palette.ts";
import { captionShapes } from "../draw/caption.ts";
import { drawPlot } from "../draw/draw-plot.ts";
import { joinShapes, noShapes, shapeMarks, type Shapes } from "../draw/shapes.ts";
import { swatchShapes } from "../draw/swatches.ts";
import { ticks } from "../draw/ticks.ts";
import { Figure } from "../figure.ts";
import { formatNumber } from "../text/format-number.ts";
import { countInBins, type Histogram } from "./count-in-bins.ts";

/** Values whose distribution is drawn, by name. */
export type NamedValues = Readonly<Record<string, ArrayLike<number>>>;

/** How distributions are drawn. */
export interface PlotDistributionOptions {
  /** What the values are. Default: `value`. */
  readonly label?: string;
  /** Above the figure. */
  readonly title?: string;
  /** Bins from the least to the greatest value. Default: 40. */
  readonly nBins?: number;
  /** Values to mark with a line, by name. */
  readonly lines?: Readonly<Record<string, number>>;
  /** Instead of our own words under the figure. */
  readonly caption?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Width of the figure. Default: 700. */
  readonly widthPx?: number;
  /** Height without caption. Default: 250. */
  readonly heightPx?: number;
}

const LEFT = 58;
const RIGHT = 40;
const BOTTOM = 42;
const MOST = 6;

const plotDistributionNames: OptionNames<PlotDistributionOptions> = {
  label: true,
  title: true,
  nBins: true,
  lines: record(finite),
  caption: true,
  showCaption: true,
  widthPx: true,
  heightPx: true,
};

/**
 * Draw how values are distributed, such as the scores of a map: one histogram a name, all with the same bins, as the
 * share of the values in each bin. A broken line marks 0; values that are not finite are counted in the caption.
 *
 * Throws `InvalidArgument` for no values, too many names or no bin.
 *
 * @example
 * import { plotDistribution } from "tsrsa";
 * const figure = plotDistribution({ scores: [0, 0.1, 0.1, 0.4] }, { nBins: 2, label: "Spearman's ρ" });
 * figure.toCsv().split("\n")[1]; // "scores,0,0.2,3,0.75"
 */
export function plotDistribution(
  values: NamedValues | ArrayLike<number>,
  options: PlotDistributionOptions = {},
): Figure {
  checkOptions(options, plotDistributionNames);
  const named = namedValues(values);
  const histograms = countInBins(named, checkedBins(options.nBins ?? 40));
  const wrong = Object.entries(options.lines ?? {}).find(([, at]) => !Number.isFinite(at));
  if (wrong !== undefined)
    throw new InvalidArgument(`lines.${wrong[0]}`, wrong[1], "give a finite number");
  if (histograms.length === 0 || histograms.length > MOST)
    throw new InvalidArgument("values", `${histograms.length} names`, `give 1 to ${MOST}`);
  const { widthPx = 700, heightPx = 250, label = "value" } = options;
  const altText = altTextOf(histograms, label);
  const caption = options.caption ?? captionOf(histograms, label);
  const shown = (options.showCaption ?? true) ? caption : "";
  const words = captionShapes(shown, { left: 14, right: widthPx - 14, top: heightPx + 4 });
  const totalPx = Math.ceil(heightPx + (words.height === 0 ? 0 : words.height + 12));
  const svg = drawPlot(
    {
      ...axesOf(histograms, options, totalPx - heightPx),
      marks: [
        ...marksOf(histograms, options),
        ...shapeMarks(joinShapes([words.shapes, ...wordsOf(histograms, options)])),
      ],
    },
    { widthPx, heightPx: totalPx, altText },
  );
  return new Figure({
    widthPx,
    heightPx: totalPx,
    altText,
    svg,
    caption,
    data: () => tableOf(histograms),
  });
}

/** A matrix is no two lists of values, one of them called shape. */
function namedValues(values: NamedValues | ArrayLike<number>): NamedValues {
  if (!isList(values))
    return "data" in Object(values) && "shape" in Object(values)
      ? { values: checkedMatrix(values, "values").data }
      : values;
  numbers(values, "values");
  return { values };
}

function isList(values: NamedValues | ArrayLike<number>): values is ArrayLike<number> {
  return Array.isArray(values) || ArrayBuffer.isView(values);
}

function checkedBins(n: number): number {
  if (Number.isInteger(n) && n >= 1 && n <= 1000) return n;
  throw new InvalidArgument("nBins", n, "give a whole number from 1 to 1000");
}

function axesOf(histograms: readonly Histogram[], options: PlotDistributionOptions, below: number) {
  const [{ edges }] = histograms;
  const shown = [edges[0], edges[edges.length - 1], ...Object.values(options.lines ?? {})];
  const domain = [Math.min(...shown), Math.max(...shown)];
  const most = Math.max(...histograms.flatMap(({ counts, n }) => counts.map((count) => count / n)));
  const xTicks = ticks(domain[0], domain[1], 8);
  const yTicks = ticks(0, 100 * most, 4);
  const label = (of: readonly { value: number; label: string }[]) => (value: number) =>
    of.find((tick) => Math.abs(tick.value - value) < 1e-9)?.label ?? "";
  return {
    marginLeft: LEFT,
    marginRight: RIGHT,
    marginTop: marginTop(histograms, options),
    marginBottom: BOTTOM + below,
    x: {
      domain,
      ticks: xTicks.map(({ value }) => value),
      tickFormat: label(xTicks),
      label: null,
    },
    y: {
      domain: [0, 100 * most * 1.04],
      ticks: yTicks.map(({ value }) => value),
      tickFormat: label(yTicks),
      label: null,
    },
  };
}

/** Room for a title and a line of names. */
function marginTop({ length }: readonly Histogram[], { title }: PlotDistributionOptions): number {
  return 14 + (title === undefined ? 0 : 18) + (length === 1 ? 0 : 20);
}

interface Step {
  readonly value: number;
  readonly share: number;
}

function marksOf(
  histograms: readonly Histogram[],
  { lines = {} }: PlotDistributionOptions,
): Plot.Markish[] {
  const [{ edges }] = histograms;
  const spansZero = edges[0] < 0 && edges[edges.length - 1] > 0;
  const marked = Object.entries(lines);
  const middle = (edges[0] + Math.max(edges[edges.length - 1], ...marked.map(([, at]) => at))) / 2;
  return [
    ...(spansZero ? [observablePlot().ruleX([0], { stroke: "#888", strokeDasharray: "4 3" })] : []),
    ...histograms.flatMap((histogram, at) => {
      const steps = stepsOf(histogram);
      const colour = categoryColours[at];
      const place = { x: (d: Step) => d.value, curve: "linear" as const };
      return [
        observablePlot().areaY(steps, {
          ...place,
          y1: 0,
          y2: (d: Step) => d.share,
          fill: colour,
          fillOpacity: 0.16,
        }),
        observablePlot().lineY(steps, {
          ...place,
          y: (d: Step) => d.share,
          stroke: colour,
          strokeWidth: 1.5,
        }),
      ];
    }),
    ...(marked.length === 0
      ? []
      : [
          observablePlot().ruleX(marked, { x: (d: [string, number]) => d[1], stroke: "#222" }),
          // On the side where there is room.
          ...(["start", "end"] as const).map((textAnchor) =>
            observablePlot().text(
              marked.filter(([, at]) => (textAnchor === "end") === at > middle),
              {
                x: (d: [string, number]) => d[1],
                text: (d: [string, number]) => d[0],
                frameAnchor: "top",
                textAnchor,
                dx: textAnchor === "end" ? -4 : 4,
                stroke: "#fff",
                strokeWidth: 3,
                fill: "#222",
              },
            ),
          ),
        ]),
  ];
}

/** The outline of the bars of a histogram, in percent. */
function stepsOf({ counts, edges, n }: Histogram): Step[] {
  const bars = counts.flatMap((count, bin) =>
    [edges[bin], edges[bin + 1]].map((value) => ({ value, share: (100 * count) / n })),
  );
  return [{ value: edges[0], share: 0 }, ...bars, { value: edges[edges.length - 1], share: 0 }];
}

function wordsOf(histograms: readonly Histogram[], options: PlotDistributionOptions): Shapes[] {
  const { title, widthPx = 700, heightPx = 250, label = "value" } = options;
  const shapes = noShapes();
  const middle = { sizePx: 11, anchor: "middle" as const };
  const top = marginTop(histograms, options);
  shapes.texts.push(
    { ...middle, x: (LEFT + widthPx - RIGHT) / 2, y: heightPx - 9, text: label },
    { ...middle, x: 14, y: (top + heightPx - BOTTOM) / 2, text: "share (%)", rotate: -90 },
  );
  if (title !== undefined) shapes.texts.push({ x: 14, y: 15, text: title, sizePx: 13, bold: true });
  if (histograms.length === 1) return [shapes];
  const swatches = histograms.map(({ name }, at) => ({ text: name, fill: categoryColours[at] }));
  const across = { left: LEFT, right: widthPx - RIGHT, top: title === undefined ? 8 : 27 };
  return [shapes, swatchShapes(swatches, across).shapes];
}

function captionOf(histograms: readonly Histogram[], label: string): string {
  const sizes = [...new Set(histograms.map(({ n }) => n))];
  const n = sizes.length === 1 ? `${sizes[0]}` : `${Math.min(...sizes)} to ${Math.max(...sizes)}`;
  const lost = histograms.reduce((sum, { nUndefined }) => sum + nUndefined, 0);
  const [{ counts }] = histograms;
  return `Distribution of ${label} (${n} values${histograms.length > 1 ? " each" : ""}, ${counts.length} bins).${lost > 0 ? ` ${lost} undefined values are left out.` : ""}`;
}

function altTextOf(histograms: readonly Histogram[], label: string): string {
  const each = histograms.map(
    ({ name, median, least, greatest }) =>
      `${name}: median ${formatNumber(median)}, from ${formatNumber(least)} to ${formatNumber(greatest)}`,
  );
  return `Distribution of ${label}. ${each.join("; ")}.`;
}

function tableOf(histograms: readonly Histogram[]): Table {
  const rows = histograms.flatMap(({ name, counts, edges, n }) =>
    counts.map((count, bin) => ({
      name,
      from: edges[bin],
      to: edges[bin + 1],
      count,
      share: count / n,
    })),
  );
  return new Table({
    name: rows.map(({ name }) => name),
    from: rows.map(({ from }) => from),
    to: rows.map(({ to }) => to),
    count: rows.map(({ count }) => count),
    share: rows.map(({ share }) => share),
  });
}
