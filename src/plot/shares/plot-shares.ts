import { InvalidArgument } from "../../core/errors.ts";
import { flag, positive, text, thing } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { membersOf, modelSets } from "../../rsa/shares/model-sets.ts";
import type { RdmShares } from "../../rsa/shares/rdm-shares.ts";
import { mean } from "../../stats/mean.ts";
import type { Cell } from "../../table/columns.ts";
import { Table } from "../../table/table.ts";
import { assembleFigure, MARGIN } from "../draw/assemble.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import { valueAxis, valueAxisShapes } from "../draw/value-axis.ts";
import type { Figure } from "../figure.ts";
import { formatNumber } from "../text/format-number.ts";
import { textWidth } from "../text/text-width.ts";
import { ROW, shareBarShapes, type ShareBar, type ShareFrame } from "./share-bars.ts";

/** How shares are drawn. */
export interface PlotSharesOptions {
  readonly title?: string;
  /** Instead of our own words under the figure. */
  readonly caption?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Default: 110 and 56 for each set of models. */
  readonly widthPx?: number;
  /** Height of the field of bars. Default: 220. */
  readonly heightPx?: number;
}

const plotSharesNames: OptionNames<PlotSharesOptions> = {
  title: text,
  caption: text,
  showCaption: flag,
  widthPx: positive,
  heightPx: positive,
};

/**
 * Draw shares of variance: one bar for each set of models, with its sign (a share below 0 is suppression, or noise, and no
 * circle could show it), and under it which models these are. Of several data RDMs the mean, and each of them as a point.
 *
 * @throws InvalidArgument where no data RDM has shares, or there is no room; UnknownOption.
 * @example
 * import { plotShares, sharesRdms } from "tsrsa";
 * const shares = sharesRdms([1, 2, 3, 5, 5, 6], [[1, 2, 3, 4, 5, 6], [1, 0, 1, 0, 1, 1]]);
 * plotShares(shares).data.column("models"); // [ "model 1", "model 2", "model 1 + model 2" ]
 */
export function plotShares(shares: RdmShares, options: PlotSharesOptions = {}): Figure {
  thing("shares, as sharesRdms gives them", "modelNames", "ranks", "of")(shares, "shares");
  checkOptions(options, plotSharesNames);
  const bars = barsOf(shares);
  const { title } = options;
  const frame = frameOf(bars, shares, options);
  return assembleFigure({
    widthPx: frame.widthPx,
    bottom: frame.rowOf(shares.modelNames.length - 1) + ROW / 2,
    shapes: [
      valueAxisShapes(frame.axis, frame.box),
      shareBarShapes(bars, shares.modelNames, frame),
      titleShapes(title, frame),
    ],
    caption: options.caption ?? captionOf(bars, shares),
    showCaption: options.showCaption ?? true,
    altText: altTextOf(bars),
    data: () => tableOf(bars, shares),
  });
}

function barsOf(shares: RdmShares): ShareBar[] {
  const { scores, modelNames: names } = shares.of("share");
  const n = names.length;
  const bars = modelSets(shares.modelNames.length).map((set, at) => {
    const values = shares.dataNames
      .map((_, data) => scores[data * n + at])
      .filter((value) => !Number.isNaN(value));
    return { name: names[at], members: membersOf(set), values, mean: mean(values) };
  });
  if (bars.some(({ values }) => values.length > 0)) return bars;
  throw new InvalidArgument("shares", "none (all NaN)", "no data RDM has any; see their notes");
}

function frameOf(
  bars: readonly ShareBar[],
  { modelNames, ranks }: RdmShares,
  { title, widthPx, heightPx = 220 }: PlotSharesOptions,
): ShareFrame {
  const all = bars.flatMap(({ values }) => values);
  const [low, high] = [Math.min(0, ...all), Math.max(0, ...all)];
  // The number of a bar stands beyond its end.
  const room = (high - low || 1) * (22 / heightPx);
  const label = `share of ${ranks ? "rank variance" : "variance"}`;
  const axis = valueAxis(low < 0 ? low - room : 0, high + room, heightPx, label);
  const widest = Math.max(...modelNames.map((name) => textWidth(name, { sizePx: 11 })));
  const left = MARGIN + Math.max(axis.widthPx, Math.min(150, widest) + 12);
  const width = widthPx ?? left + MARGIN + 56 * bars.length;
  if (width - left - MARGIN < 30 * bars.length)
    throw new InvalidArgument("widthPx", width, `${bars.length} sets of models need more`);
  const top = MARGIN + (title === undefined ? 0 : 24);
  const box = { left, right: width - MARGIN, top, bottom: top + heightPx };
  return { axis, box, widthPx: width, rowOf: (model) => box.bottom + 12 + (model + 0.5) * ROW };
}

function titleShapes(title: string | undefined, { box }: ShareFrame): Shapes {
  const shapes = noShapes();
  const x = (box.left + box.right) / 2;
  if (title !== undefined)
    shapes.texts.push({ x, y: MARGIN + 7, text: title, sizePx: 13, anchor: "middle", bold: true });
  return shapes;
}

function captionOf(bars: readonly ShareBar[], { dataNames, ranks }: RdmShares): string {
  const known = bars[0].values.length;
  const sum = bars.reduce((total, bar) => total + bar.mean, 0);
  const left = dataNames.length - known;
  return [
    `What only the models marked under a bar explain of the ${ranks ? "rank variance" : "variance"} of ${dataNames.length === 1 ? "the data RDM" : `${known} data RDMs (mean; points: each)`}, fitted and measured on the same pairs.`,
    `The bars sum to R² = ${formatNumber(sum)} of all models.`,
    ...(bars.some((bar) => bar.mean < 0)
      ? ["Below 0: one model clears noise from another, or it is noise near 0."]
      : []),
    ...(left > 0 ? [`${left} of ${dataNames.length} data RDMs have no shares (NaN).`] : []),
  ].join(" ");
}

function altTextOf(bars: readonly ShareBar[]): string {
  const said = bars.map((bar) => `${bar.name} ${formatNumber(bar.mean)}`);
  return `Bars of shares of variance. ${said.join("; ")}.`;
}

function tableOf(bars: readonly ShareBar[], { dataNames }: RdmShares): Table {
  return new Table(
    new Map<string, Cell[]>([
      ["models", bars.map((bar) => bar.name)],
      ["share", bars.map((bar) => bar.mean)],
      ...(dataNames.length === 1
        ? []
        : [["data RDMs", bars.map((bar) => bar.values.length)] as [string, Cell[]]]),
    ]),
  );
}
