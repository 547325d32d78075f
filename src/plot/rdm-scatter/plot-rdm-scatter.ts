import { InvalidArgument } from "../../core/errors.ts";
import { callback, either, flag, oneOf, texts, whole } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { alignRdms } from "../../rdm/align-rdms.ts";
import { toRdms, type RdmInput, type RdmLike } from "../../rdm/rdm-list.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { rank } from "../../stats/rank.ts";
import { Table } from "../../table/index.ts";
import { assembleFigure, MARGIN } from "../draw/assemble.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import type { Figure } from "../figure.ts";
import { categoriesOf, type Categories } from "../rdms/categories.ts";
import { BETWEEN, WITHIN, type PairPoints } from "./pair-points.ts";
import { scatterPanel } from "./scatter-panel.ts";
import { altTextOf, captionOf } from "./words.ts";

/** How one RDM is drawn against others. */
export interface PlotRdmScatterOptions {
  /** `all`: the RDMs must have the same items; `common`: pairs of the items they share. Default: `all`. */
  readonly items?: "all" | "common";
  /** Draw ranks instead of dissimilarities, which is what Spearman's ρ compares. Default: false. */
  readonly ranks?: boolean;
  /** Category of each item: pairs within one and between two have other colours. */
  readonly categories?: Categories;
  /** Line where both are equal. Default: where both have the same metric, or ranks. */
  readonly identity?: boolean;
  /** Above the figure. */
  readonly title?: string;
  /** Panels in a row. Default: up to 3. */
  readonly columns?: number;
  /** Instead of our own words under the figure. */
  readonly caption?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Largest width of the whole figure. Default: 760. */
  readonly widthPx?: number;
  /** Largest side of a panel. Default: 340. */
  readonly panelPx?: number;
}

const plotRdmScatterNames: OptionNames<PlotRdmScatterOptions> = {
  items: oneOf(["all", "common"]),
  ranks: flag,
  categories: either(texts, callback),
  identity: flag,
  title: true,
  columns: whole(1),
  caption: true,
  showCaption: true,
  widthPx: true,
  panelPx: true,
};

const GAP = 18;
const SMALLEST = 150;

/**
 * Draw the dissimilarities of one RDM against those of others, pair by pair, joined by the labels of their items: one
 * panel each, with the densities of both at the edges, and Pearson's r and Spearman's ρ above. More than 5,000 pairs
 * become hexagons, darker where there are more.
 *
 * @param x - along the x axis of every panel.
 * @param y - one or more; a panel each.
 * @throws `ItemMismatch` when items differ, `InvalidArgument` when a pair of RDMs shares no finite pair.
 *
 * @example
 * import { plotRdmScatter, Rdm } from "tsrsa";
 * const model = new Rdm([0, 1, 1], { items: ["cat", "dog", "car"], name: "model" });
 * const brain = new Rdm([0.9, 0.2, 0.8], { items: ["cat", "car", "dog"], name: "V1" });
 * plotRdmScatter(model, brain).toCsv().split("\n")[1]; // "V1,cat,dog,0,0.2,"
 */
export function plotRdmScatter(
  x: RdmLike,
  y: RdmInput,
  options: PlotRdmScatterOptions = {},
): Figure {
  checkOptions(options, plotRdmScatterNames);
  const [first] = toRdms(x, "x");
  const all = toRdms(y, "y").map((other, at) => pointsOf(first, other, at, options));
  const { widthPx = 760, panelPx = 340, title } = options;
  const columns = Math.min(all.length, options.columns ?? 3);
  const side = Math.min(
    panelPx,
    Math.floor((widthPx - 2 * MARGIN - (columns - 1) * GAP) / columns),
  );
  if (side < SMALLEST)
    throw new InvalidArgument(
      "columns",
      columns,
      `panels would be ${side} pixels wide; take fewer columns or a larger widthPx`,
    );
  const top = MARGIN + (title === undefined ? 0 : 22);
  const panels = all.map((points, at) => {
    const place = {
      left: MARGIN + (at % columns) * (side + GAP),
      top: top + Math.floor(at / columns) * (side + GAP + 20),
    };
    return scatterPanel(points, { ...place, sidePx: side });
  });
  const rows = Math.ceil(all.length / columns);
  const width = 2 * MARGIN + columns * (side + GAP) - GAP;
  const kinds = all.some(({ within }) => within !== undefined);
  return assembleFigure({
    widthPx: width,
    bottom: top + rows * (side + GAP + 20) - GAP,
    shapes: [...panels, titleShapes(title, width)],
    swatches: kinds
      ? [
          { text: "within a category", fill: WITHIN },
          { text: "between categories", fill: BETWEEN },
        ]
      : [],
    caption: options.caption ?? captionOf(all),
    showCaption: options.showCaption ?? true,
    altText: altTextOf(all),
    data: () => tableOf(all),
  });
}

function pointsOf(x: Rdm, y: Rdm, at: number, options: PlotRdmScatterOptions): PairPoints {
  const [a, b] = alignRdms([x, y], options.items ?? "all");
  const names = options.categories === undefined ? undefined : categoriesOf(a, options.categories);
  const pairs: { i: number; j: number; k: number }[] = [];
  for (let i = 0, k = 0; i < a.nItems; i++)
    for (let j = i + 1; j < a.nItems; j++, k++)
      if (Number.isFinite(a.condensed[k]) && Number.isFinite(b.condensed[k]))
        pairs.push({ i, j, k });
  if (pairs.length === 0)
    throw new InvalidArgument(
      `y[${at}]`,
      "no pair of items that is finite in both",
      "check the NaN of the RDMs",
    );
  const [px, py] = [a, b].map((rdm) => Float64Array.from(pairs, ({ k }) => rdm.condensed[k]));
  const ranks = options.ranks === true;
  const label = (rdm: Rdm, name: string) =>
    `${rdm.name ?? name}${ranks ? ", rank" : rdm.metric === undefined ? "" : ` (${rdm.metric})`}`;
  return {
    name: y.name ?? `RDM ${at + 1}`,
    xLabel: label(x, "x"),
    yLabel: label(y, `RDM ${at + 1}`),
    x: ranks ? rank(px) : px,
    y: ranks ? rank(py) : py,
    within: names && pairs.map(({ i, j }) => names[i] === names[j]),
    pairs: pairs.map(({ i, j }) => [String(a.items?.[i] ?? i), String(a.items?.[j] ?? j)]),
    nLeftOut: a.condensed.length - pairs.length,
    identity: options.identity ?? (ranks || (x.metric === y.metric && x.metric !== undefined)),
  };
}

function titleShapes(title: string | undefined, widthPx: number): Shapes {
  const shapes = noShapes();
  if (title !== undefined)
    shapes.texts.push({
      x: widthPx / 2,
      y: MARGIN + 8,
      text: title,
      sizePx: 13,
      bold: true,
      anchor: "middle",
    });
  return shapes;
}

function tableOf(all: readonly PairPoints[]): Table {
  const rows = all.flatMap(({ name, pairs, x, y, within }) =>
    pairs.map(([a, b], k) => ({
      name,
      a,
      b,
      x: x[k],
      y: y[k],
      kind: within === undefined ? "" : within[k] ? "within" : "between",
    })),
  );
  return new Table({
    rdm: rows.map(({ name }) => name),
    item1: rows.map(({ a }) => a),
    item2: rows.map(({ b }) => b),
    x: rows.map(({ x }) => x),
    y: rows.map(({ y }) => y),
    kind: rows.map(({ kind }) => kind),
  });
}
