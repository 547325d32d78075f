import { flag, whole, range, share, text, oneOf } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { assembleFigure } from "../draw/assemble.ts";
import { barLabel, barShapes, barTicks, barWidth, type ColourBar } from "../draw/colour-bar.ts";
import { type SequentialPalette, sequentialPalettes } from "../colour/palette.ts";
import type { Figure } from "../figure.ts";
import { barImage } from "../rdms/panel-image.ts";
import { capital } from "../text/capital.ts";
import { formatFixed, formatNumber } from "../text/format-number.ts";
import { textWidth } from "../text/text-width.ts";
import {
  checkHeatmap,
  finiteValues,
  heatmapTable,
  type CheckedHeatmap,
  type Heatmap,
} from "./heatmap.ts";
import { layOutHeatmaps, textPx, type HeatmapLayout } from "./heatmap-layout.ts";
import { heatmapShapes } from "./heatmap-shapes.ts";

/** How heat maps are drawn. */
export interface PlotHeatmapOptions {
  /** What the values are. Default: `value`. */
  readonly label?: string;
  /** Write the values into the cells. Default: true. */
  readonly values?: boolean;
  /** Decimals of the values. Default: as many as tell them apart, at most 4. */
  readonly decimals?: number;
  /** Lowest and highest value of the colours, the same for all panels. Default: those of all values. */
  readonly range?: readonly [low: number, high: number];
  /** Cells with a p value up to this get a star. Default: 0.05. */
  readonly alpha?: number;
  /** How the p values came about, and how they were corrected; written under the figure. */
  readonly method?: string;
  /** Panels in a row. Default: as many as fit. */
  readonly columns?: number;
  /** Default: `viridis`. */
  readonly palette?: SequentialPalette;
  /** Instead of our own words under the figure. */
  readonly caption?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Largest width of the whole figure. Default: 760. */
  readonly widthPx?: number;
}

const plotHeatmapNames: OptionNames<PlotHeatmapOptions> = {
  label: true,
  values: flag,
  decimals: whole(0),
  range,
  alpha: share,
  method: text,
  columns: true,
  palette: oneOf(sequentialPalettes),
  caption: true,
  showCaption: true,
  widthPx: true,
};

/**
 * Draw one table of values or several (regions × layers, for each subject and for all) as heat maps: one colour scale
 * for all panels, the values written into the cells, stars where a test found something.
 *
 * Throws `ShapeMismatch` when names do not fit the values, `InvalidArgument` without values or room.
 *
 * @example
 * import { plotHeatmap } from "tsrsa";
 * const figure = plotHeatmap({ rows: ["V1", "LOC"], columns: ["layer1", "layer4"], values: [[0.04, 0.02], [0.03, 0.06]] });
 * figure.toCsv().split("\n")[1]; // "V1,layer1,0.04"
 */
export function plotHeatmap(
  maps: Heatmap | readonly Heatmap[],
  options: PlotHeatmapOptions = {},
): Figure {
  checkOptions(options, plotHeatmapNames);
  const given = Array.isArray(maps) ? (maps as readonly Heatmap[]) : [maps as Heatmap];
  if (given.length === 0) throw new InvalidArgument("maps", "no heat map", "give at least one");
  const all = given.map((map, i) => checkHeatmap(map, i, given.length));
  const { label = "value", palette = "viridis", alpha = 0.05, showCaption = true } = options;
  const finite = finiteValues(all);
  const range = rangeOf(finite, options.range);
  const decimals = options.decimals ?? decimalsOf(finite);
  const valueText =
    options.values === false ? undefined : (value: number) => formatFixed(value, decimals);
  const valuePx = widestValue(all, valueText);
  const { layout, bar } = placeAll(all, { range, label, palette, valuePx }, options);
  const look = { range, palette, valueText, alpha };
  const panels = all.map((map, i) => heatmapShapes(map, layout.panels[i], layout, look));
  return assembleFigure({
    widthPx: layout.right + barWidth(bar) + 10,
    bottom: layout.bottom,
    shapes: [...panels, barShapes(bar)],
    caption: options.caption ?? captionOf(all, { label, range, alpha, options }),
    showCaption,
    altText: altTextOf(all, label),
    data: () => heatmapTable(all),
  });
}

interface BarSettings {
  readonly range: readonly [number, number];
  readonly label: string;
  readonly palette: SequentialPalette;
  readonly valuePx: number;
}

/** The bar's width depends on how many lines its label takes, and those on its height. */
function placeAll(
  all: readonly CheckedHeatmap[],
  { range, label, palette, valuePx }: BarSettings,
  { widthPx = 760, columns }: PlotHeatmapOptions,
): { layout: HeatmapLayout; bar: ColourBar } {
  const src = barImage(palette);
  const place = (lines: readonly string[]): { layout: HeatmapLayout; bar: ColourBar } => {
    const marks = barTicks(range[0], range[1], 200);
    const barPx = barWidth({ ticks: marks, label: lines });
    const layout = layOutHeatmaps(all, { widthPx, barPx, valuePx, columns });
    const height = Math.min(all[0].rows.length * layout.cellHeight, 340);
    const ticks = barTicks(range[0], range[1], height);
    return {
      layout,
      bar: { src, label: lines, ticks, left: layout.right, top: layout.top, height },
    };
  };
  const first = place([label]);
  const lines = barLabel(label, first.bar.height);
  return lines.length > 1 ? place(lines) : first;
}

function widestValue(
  all: readonly CheckedHeatmap[],
  valueText: ((value: number) => string) | undefined,
): number {
  const starred = all.some(({ pAt }) => pAt !== undefined) ? "*" : "";
  if (valueText === undefined) return 0;
  const widths = finiteValues(all).map((value) =>
    textWidth(valueText(value) + starred, { sizePx: textPx.value }),
  );
  return widths.reduce((most, width) => Math.max(most, width), 0) + 6;
}

function rangeOf(
  finite: readonly number[],
  given: readonly [number, number] | undefined,
): readonly [number, number] {
  if (given !== undefined) {
    const [low, high] = given;
    if (Number.isFinite(low) && Number.isFinite(high) && low < high) return given;
    throw new InvalidArgument("range", `[${low}, ${high}]`, "give [lowest, highest], both finite");
  }
  if (finite.length === 0)
    throw new InvalidArgument("values", "none finite", "check where the NaN come from");
  const low = finite.reduce((least, value) => Math.min(least, value), Infinity);
  const high = finite.reduce((most, value) => Math.max(most, value), -Infinity);
  return [low, high];
}

/** As many decimals as leave three digits of the largest value; a digit less below 0.1, where more do not fit. */
function decimalsOf(finite: readonly number[]): number {
  const largest = finite.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return 0;
  const order = Math.floor(Math.log10(largest) + 1e-9);
  return Math.min(4, Math.max(0, order < -1 ? 1 - order : 2 - order));
}

function captionOf(
  all: readonly CheckedHeatmap[],
  said: {
    label: string;
    range: readonly [number, number];
    alpha: number;
    options: PlotHeatmapOptions;
  },
): string {
  const { label, range, alpha, options } = said;
  const scale = all.length > 1 ? "One colour scale for all panels" : "Colours";
  const missing = all.some(({ rows, columns, at }) =>
    rows.some((_, i) => columns.some((_c, j) => !Number.isFinite(at(i, j)))),
  );
  const beyond = all.some(({ rows, columns, at }) =>
    rows.some((_, i) => columns.some((_c, j) => at(i, j) < range[0] || at(i, j) > range[1])),
  );
  const tested = all.some(({ pAt }) => pAt !== undefined);
  const sentences = [
    `${capital(label)}, ${all[0].rows.length} rows by ${all[0].columns.length} columns.`,
    `${scale}: ${formatNumber(range[0])} to ${formatNumber(range[1])}.`,
    ...(beyond ? ["Values outside of it have its end colours."] : []),
    ...(missing ? ["Grey cells have no value."] : []),
    ...(tested ? [`* p ≤ ${alpha}${options.method === undefined ? ", as given" : ""}.`] : []),
    ...(options.method === undefined ? [] : [`${options.method}.`.replace(/\.\.$/, ".")]),
  ];
  return sentences.join(" ");
}

function altTextOf(all: readonly CheckedHeatmap[], label: string): string {
  const best = all.map((map) => {
    let [value, words] = [-Infinity, "no finite value"];
    map.rows.forEach((row, i) =>
      map.columns.forEach((column, j) => {
        if (map.at(i, j) > value)
          [value, words] = [map.at(i, j), `${formatNumber(map.at(i, j))} (${row}, ${column})`];
      }),
    );
    return `${map.name === "" ? "" : `${map.name}: `}highest ${words}`;
  });
  const { rows, columns } = all[0];
  return `Heat map of ${label}, ${rows.length} rows (${rows.slice(0, 10).join(", ")}) by ${columns.length} columns (${columns.slice(0, 10).join(", ")}). ${best.join("; ")}.`;
}
