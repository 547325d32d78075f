import { texts, oneOf, object, flag, share } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument } from "../../core/errors.ts";
import type { EvalResult, EvalTestOptions } from "../../rsa/index.ts";
import { categoryColours } from "../colour/palette.ts";
import { assembleFigure, MARGIN } from "../draw/assemble.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import { valueAxisShapes } from "../draw/value-axis.ts";
import type { Figure } from "../figure.ts";
import {
  checkComparison,
  comparisonTable,
  type CheckedComparison,
  type ModelComparison,
} from "./comparison.ts";
import {
  layOutComparison,
  placePairs,
  textPx,
  type ComparisonLayout,
} from "./comparison-layout.ts";
import { pairStyles, type PairStyle } from "./pair-marks.ts";
import { comparisonShapes } from "./comparison-shapes.ts";
import { comparisonAltText, comparisonCaption } from "./words.ts";

/** How models are compared in a figure. */
export interface PlotModelComparisonOptions {
  /** Names of several evaluations, written below their groups of bars. */
  readonly groups?: readonly string[];
  /** What the scores are. Default: how the evaluation compared RDMs, or `score`. */
  readonly label?: string;
  /** Above the figure. */
  readonly title?: string;
  /** `given` or by mean, `descending`. Default: `given`. */
  readonly order?: "given" | "descending";
  /** Default: `sem`; `ci` is the 95 % confidence interval of an evaluation. */
  readonly errorBars?: "sem" | "ci" | "none";
  /** Draw single subjects. Default: true. */
  readonly points?: boolean;
  /** Test and correction of an evaluation. Default: its own, t tests corrected for the false discovery rate. */
  readonly test?: EvalTestOptions;
  /** Draw lines between models that differ. Default: true. */
  readonly pairs?: boolean;
  /**
   * A line over two models that differ (`bars`), with a head at the lower one (`arrows`), a row for each model with a
   * feather over every model below it (`wings`), or lines over models of which no two differ (`cliques`). Default: `bars`.
   */
  readonly pairStyle?: PairStyle;
  /** Corrected p value up to which something is marked. Default: 0.05. */
  readonly alpha?: number;
  /** One colour a model; default: one for all, or a category's each where there are groups. */
  readonly colours?: readonly string[];
  /** Instead of our own words under the figure. */
  readonly caption?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Width of the figure. Default: 640. */
  readonly widthPx?: number;
  /** Height of the field of bars. Default: 260. */
  readonly heightPx?: number;
}

const ONE_COLOUR = "#8fb4d6";
/** More rows of lines than this say nothing any more. */
const MOST_PAIR_ROWS = 24;
const ERROR_BARS = ["sem", "ci", "none"] as const;

const plotModelComparisonNames: OptionNames<PlotModelComparisonOptions> = {
  groups: texts,
  label: true,
  title: true,
  order: oneOf(["given", "descending"]),
  errorBars: oneOf(ERROR_BARS),
  points: true,
  test: object,
  pairs: flag,
  pairStyle: oneOf(pairStyles),
  alpha: share,
  colours: true,
  caption: true,
  showCaption: true,
  widthPx: true,
  heightPx: true,
};

/**
 * Compare models: a bar each with its error and the single subjects, the noise ceiling as a band, marks where a model
 * is above 0 or differs from the ceiling, lines between models that differ, and beneath it which test that was and how
 * it was corrected. Takes an evaluation (`evalFixed`, `evalBootstrap`, …), rows of one's own, or several of these as
 * groups of bars.
 *
 * Throws `InvalidArgument` for no models, two of one name, or pairs of models that are not there; `UnknownOption`.
 *
 * @example
 * import { plotModelComparison } from "tsrsa";
 * const models = [
 *   { name: "V1 model", scores: [0.02, 0.04, 0.01] },
 *   { name: "animacy", scores: [0.31, 0.42, 0.38] },
 * ];
 * const pairs = [{ a: "V1 model", b: "animacy", pValue: 0.01 }];
 * const figure = plotModelComparison({ models, pairs, noiseCeiling: { lower: 0.35, upper: 0.6 } });
 * figure.altText; // "Bar chart of score of models. V1 model 0.0233, animacy 0.37; noise ceiling 0.35 to 0.6."
 */
export function plotModelComparison(
  comparisons: EvalResult | ModelComparison | readonly (EvalResult | ModelComparison)[],
  options: PlotModelComparisonOptions = {},
): Figure {
  checkOptions(options, plotModelComparisonNames);
  const { errorBars = "sem", points = true, alpha = 0.05, title, order = "given" } = options;
  const { pairStyle = "bars" } = options;
  const all = checkAll(comparisons, options).map((one) => ordered(one, order));
  const label = options.label ?? all[0].measure ?? "score";
  const wanted = options.pairs === false ? [] : placePairs(all, alpha, pairStyle);
  const tooMany = wanted.some(({ row }) => row >= MOST_PAIR_ROWS);
  const widthPx = options.widthPx ?? 640;
  const layout = layOutComparison(all, {
    widthPx,
    heightPx: options.heightPx ?? 260,
    titlePx: title === undefined ? 0 : 24,
    label,
    pairs: tooMany ? [] : wanted,
    pairPitch: pairStyle === "bars" ? 6 : 9,
  });
  const colourOf = colours(all, options.colours);
  const said = {
    ...{ label, alpha, errorBars, points, pairLines: layout.pairs.length, pairStyle },
    hiddenPairs: tooMany ? wanted.length : 0,
  };
  return assembleFigure({
    widthPx,
    bottom: layout.bottom,
    shapes: [
      valueAxisShapes(layout.axis, layout.box),
      comparisonShapes(all, layout, { colourOf, points, alpha, pairStyle }),
      titleShapes(title, layout),
    ],
    swatches: layout.names === "colours" ? legendOf(all, colourOf) : [],
    caption: options.caption ?? comparisonCaption(all, said),
    showCaption: options.showCaption ?? true,
    altText: comparisonAltText(all, label),
    data: () => comparisonTable(all),
  });
}

function checkAll(
  comparisons: EvalResult | ModelComparison | readonly (EvalResult | ModelComparison)[],
  { test = {}, errorBars = "sem", groups }: PlotModelComparisonOptions,
): CheckedComparison[] {
  const given = Array.isArray(comparisons)
    ? (comparisons as readonly (EvalResult | ModelComparison)[])
    : [comparisons as EvalResult | ModelComparison];
  if (given.length === 0) throw new InvalidArgument("comparisons", "none", "give at least one");
  if (groups !== undefined && groups.length !== given.length)
    throw new InvalidArgument("groups", `${groups.length} names`, `give ${given.length}, one each`);
  return given.map((one, i) => {
    const checked = checkComparison(one, { test, errorBars });
    return { ...checked, name: groups?.[i] ?? checked.name };
  });
}

function ordered(comparison: CheckedComparison, order: "given" | "descending"): CheckedComparison {
  if (order === "given") return comparison;
  const value = ({ mean }: { mean: number }) => (Number.isNaN(mean) ? -Infinity : mean);
  return { ...comparison, models: [...comparison.models].sort((a, b) => value(b) - value(a)) };
}

function colours(
  all: readonly CheckedComparison[],
  given: readonly string[] | undefined,
): (name: string) => string {
  const names = [...new Set(all.flatMap(({ models }) => models.map(({ name }) => name)))];
  const palette = given ?? (all.length > 1 ? categoryColours : [ONE_COLOUR]);
  return (name) => palette[names.indexOf(name) % palette.length];
}

function legendOf(all: readonly CheckedComparison[], colourOf: (name: string) => string) {
  const names = new Set(all.flatMap(({ models }) => models.map(({ name }) => name)));
  return [...names].map((text) => ({ text, fill: colourOf(text) }));
}

function titleShapes(title: string | undefined, { box }: ComparisonLayout): Shapes {
  const shapes = noShapes();
  if (title !== undefined)
    shapes.texts.push({
      x: (box.left + box.right) / 2,
      y: MARGIN + 7,
      text: title,
      sizePx: textPx.title,
      anchor: "middle",
      bold: true,
    });
  return shapes;
}
