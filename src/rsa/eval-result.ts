import { paragraphs } from "../core/text.ts";
import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { InvalidArgument } from "../core/errors.ts";
import {
  jupyterKeys,
  jupyterRestore,
  jupyterSave,
  type Keepable,
  type SavedForm,
} from "../core/keep.ts";
import { oneOf } from "../core/gate/kinds.ts";
import { checkOptions } from "../core/gate/options.ts";
import type { Matrix } from "../core/matrix.ts";
import { isNoVariance } from "../stats/known-scores.ts";
import { studentTThreshold } from "../stats/student-t.ts";
import type { Cell } from "../table/columns.ts";
import { Table } from "../table/table.ts";
import type {
  BootstrapDraw,
  ConfidenceInterval,
  EvalKind,
  EvalResultParts,
  LeftForTest,
  NoiseCeiling,
  Resampled,
} from "./eval/eval-parts.ts";
import type { Comparison } from "./comparisons/comparison.ts";
import { inOrder } from "./eval/ceiling.ts";
import { evalSummary } from "./eval/summary.ts";
import { percentileInterval } from "./tests/bootstrap-tests.ts";
import type { EvalTestOptions, EvalTests } from "./tests/eval-tests.ts";
import { runTests } from "./tests/run-tests.ts";

/**
 * What an evaluation of models found: mean scores with their standard errors, confidence intervals, the noise ceiling
 * and tests. Immutable; shows itself as a table. What the data do not allow (a ceiling or an error from one RDM) is
 * undefined, and `notes` say why.
 *
 * @example
 * import { evalFixed, Rdm } from "tsrsa";
 * const subjects = [[1, 2, 3], [1, 3, 2], [2, 3, 4]].map((d) => new Rdm(d));
 * const result = await evalFixed([new Rdm([1, 2, 3], { name: "size" })], subjects, { onProgress: false });
 * result.means[0].toFixed(3); // '0.833'
 */
export class EvalResult implements Displayable, Keepable {
  readonly kind: EvalKind;
  /** What the bootstrap drew; undefined without one. */
  readonly resampled: Resampled | undefined;
  /** How RDMs were compared. */
  readonly method: string;
  /** `similarity`: the larger the score, the better the model; `distance`: the smaller. */
  readonly direction: "similarity" | "distance";
  /** Names of the models. */
  readonly models: readonly string[];
  readonly nModels: number;
  readonly nRdms: number;
  readonly nItems: number;
  /**
   * All scores, nSamples × nModels × nValues in C order: one sample with a value for each data RDM (fixed) or fold
   * (cross-validation); else one sample for each bootstrap, with a value for each fold, or for each of the three
   * bootstraps (both, RDMs, items) of a dual one.
   */
  readonly scores: Matrix<Float64Array>;
  /** Mean score of each model. */
  readonly means: Float64Array;
  /** Standard error of each mean; undefined where nothing tells it. */
  readonly sem: Float64Array | undefined;
  /** Degrees of freedom of the t tests. */
  readonly dof: number;
  /** Confidence interval of each mean at 95 %, from Student's t. */
  readonly ci: ConfidenceInterval | undefined;
  /**
   * The best score a model could reach given the noise of the data, from below and above: of the data RDMs themselves, or,
   * of a bootstrap, the mean over its samples.
   */
  readonly noiseCeiling: NoiseCeiling | undefined;
  /** Lower and upper ceilings, 2 × nSamples × nValues: one value a sample, three for a dual bootstrap. */
  readonly noiseCeilings: Matrix<Float64Array> | undefined;
  /** Covariance of the scores over bootstraps or data RDMs: models, then (when resampled) lower and upper ceiling. */
  readonly covariance: Matrix<Float64Array> | undefined;
  /** What each bootstrap sample drew; `evalBootstrap` takes it to draw the same again. */
  readonly draws: readonly BootstrapDraw[] | undefined;
  /**
   * Parameters fitted to the training part of each fold (or sample), by model: `parameters[model][fold]`, undefined where
   * a fold had none, without folds undefined. Their mean is not the fit to all data, which `fitModel` gives.
   */
  readonly parameters: readonly (readonly (Float64Array | undefined)[])[] | undefined;
  /** Of an out-of-bag bootstrap: how many items and data RDMs each sample left for the test. */
  readonly left: LeftForTest | undefined;
  /** t tests corrected for the false discovery rate; {@link test} gives others. */
  readonly tests: EvalTests | undefined;
  /** What could not be said, and why. */
  readonly notes: readonly string[];
  readonly #parts: EvalResultParts;

  constructor(parts: EvalResultParts) {
    const { samples, variances } = parts;
    this.kind = parts.kind;
    this.resampled = parts.resampled;
    this.method = parts.method;
    const { direction, zero } = parts.comparison ?? SIMILARITY;
    this.direction = direction;
    this.models = Object.freeze([...parts.models]);
    this.nModels = parts.models.length;
    this.nRdms = parts.nRdms;
    this.nItems = parts.nItems;
    this.scores = samples.scores;
    this.means = samples.means;
    this.sem = variances?.models.map((variance, m) => errorOf(variance, samples.means[m]));
    this.dof = variances?.dof ?? 0;
    this.noiseCeiling = samples.ceiling && inOrder({ direction }, samples.ceiling);
    this.noiseCeilings = samples.ceilings && halvesInOrder(direction, samples.ceilings);
    this.draws = parts.draws;
    this.parameters = parts.parameters;
    this.left = parts.left;
    this.covariance = variances?.covariance;
    this.#parts = parts;
    this.ci = variances && this.confidence();
    this.tests = variances && this.test();
    this.notes = Object.freeze([
      ...parts.notes,
      ...(zero === "chance" ? untestedNotes(this) : [zeroNote(parts.method, direction)]),
    ]);
    Object.freeze(this);
  }

  /**
   * Test each model against zero and against the noise ceiling, and each pair of models.
   *
   * @throws InvalidArgument when the evaluation does not allow this type of test; UnknownOption.
   */
  test(options: EvalTestOptions = {}): EvalTests {
    return runTests(this.#parts, options);
  }

  /**
   * Confidence intervals of the means: `t` from the standard errors (default), `bootstrap` from percentiles of the
   * bootstrap samples. `level` is 0.95 by default.
   *
   * @throws InvalidArgument when the evaluation has no standard errors, or no bootstrap samples, or too few.
   */
  confidence(options: { level?: number; type?: "t" | "bootstrap" } = {}): ConfidenceInterval {
    checkOptions(options, { level: true, type: oneOf(["t", "bootstrap"]) });
    const { level = 0.95, type = "t" } = options;
    if (!(level > 0 && level < 1))
      throw new InvalidArgument("level", level, "give a share between 0 and 1, as 0.95");
    if (type === "bootstrap") return percentileInterval(this.#parts, level);
    const { sem } = this;
    if (sem === undefined)
      throw new InvalidArgument(
        "evaluation",
        this.kind,
        `it has no errors: ${this.notes.join(" ")}`,
      );
    const width = studentTThreshold((1 - level) / 2, this.dof);
    return {
      level,
      lower: this.means.map((mean, m) => mean - width * sem[m]),
      upper: this.means.map((mean, m) => mean + width * sem[m]),
    };
  }

  /** One row for each model: mean, SEM, confidence interval, p values against zero and the ceiling, corrected. */
  toTable(): Table {
    const { ci, sem, tests } = this;
    const missing = new Float64Array(this.nModels).fill(NaN);
    const columns: [string, Cell[]][] = [
      ["model", [...this.models]],
      ["mean", [...this.means]],
      ["sem", [...(sem ?? missing)]],
      ["ci lower", [...(ci?.lower ?? missing)]],
      ["ci upper", [...(ci?.upper ?? missing)]],
      ["p against 0", [...(tests?.zero.adjusted ?? missing)]],
      ["p against ceiling", [...(tests?.ceiling?.adjusted ?? missing)]],
    ];
    return new Table(new Map(columns));
  }

  /** What was done and found, in plain language. */
  summary(): string {
    return evalSummary(this);
  }

  [jupyterKeys](): readonly string[] {
    return this.models;
  }

  [jupyterSave](): SavedForm {
    const { comparison } = this.#parts;
    const what = comparison && { direction: comparison.direction, zero: comparison.zero };
    return { module: "tsrsa", name: "EvalResult", data: { ...this.#parts, comparison: what } };
  }

  /** Makes it anew from what was saved. */
  static [jupyterRestore](data: EvalResultParts): EvalResult {
    return new EvalResult(data);
  }

  [jupyterDisplay](): MimeBundle {
    const shown = this.toTable()[jupyterDisplay]();
    const [first, ...rest] = this.summary().split("\n");
    return {
      "text/html": `${paragraphs([first])}${String(shown["text/html"])}${paragraphs(rest)}`,
      "text/plain": `${first}\n${String(shown["text/plain"])}\n${rest.join("\n")}`,
    };
  }
}

const SIMILARITY = { direction: "similarity", zero: "chance" } as const;

/** Lower and upper ceilings, the smaller ones first. */
function halvesInOrder(
  direction: Comparison["direction"],
  { data, shape }: Matrix<Float64Array>,
): Matrix<Float64Array> {
  if (direction === "similarity") return { data, shape };
  const half = data.length / 2;
  return { data: data.map((_, k) => data[(k + half) % data.length]), shape };
}

/** Why nothing is tested against 0. */
function zeroNote(method: string, direction: Comparison["direction"]): string {
  const meaning =
    direction === "distance"
      ? "a distance: the smaller, the better"
      : "negative for others: the larger, the better";
  return `${method} is 0 for equal RDMs and ${meaning}; 0 is no chance level, and no model is tested against it.`;
}

/** The root of a variance; one below 0 by more than rounding, as corrected ones can be, has none. */
function errorOf(variance: number, mean: number): number {
  if (variance < 0 && isNoVariance(-variance, mean)) return 0;
  return Math.sqrt(variance);
}

/** Models that have a mean but no t test against 0, and why. */
function untestedNotes({ models, means, sem, tests }: EvalResult): string[] {
  const untested = [...models.keys()].filter(
    (m) => !Number.isNaN(means[m]) && Number.isNaN(tests?.zero.p[m]),
  );
  const named = (isNegative: boolean): string =>
    untested
      .filter((m) => Number.isNaN(sem?.[m]) === isNegative)
      .map((m) => models[m])
      .join(", ");
  const [negative, same] = [named(true), named(false)];
  return [
    ...(negative === ""
      ? []
      : [
          `The variance of ${negative} is below 0 after the correction for splits and samples, so that there is no standard error and no t test: take more samples or repeats.`,
        ]),
    ...(same === ""
      ? []
      : [`The scores of ${same} do not differ (no variance): no t test against 0 is possible.`]),
  ];
}
