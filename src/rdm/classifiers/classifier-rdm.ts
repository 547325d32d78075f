import {
  cells,
  either,
  finite,
  flag,
  kind,
  notNegative,
  oneOf,
  positive,
  share,
  whole,
} from "../../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import { pauses, type JobOptions } from "../../core/job.ts";
import type { MatrixLike } from "../../core/matrix.ts";
import { reporter } from "../../core/progress.ts";
import { mean } from "../../stats/mean.ts";
import type { Cell } from "../../table/columns.ts";
import { Rdm } from "../rdm.ts";
import { foldTrials } from "./fold-trials.ts";
import { cosmoLda, lsqrLda, type Priors } from "./lda.ts";
import { pseudoTrials, type FoldTrials } from "./pseudo-trials.ts";
import { svdLda } from "./svd-lda.ts";
import { linearSvm } from "./svm.ts";
import { decisionOf, type TrainTwoClasses, type TwoClasses } from "./two-class.ts";

/** Classifiers of two items. */
export const classifiers = ["lda", "lda-lsqr", "lda-svd", "svm"] as const;

/** The name of a classifier. */
export type Classifier = (typeof classifiers)[number];

/** What {@link classifierRdm} takes. */
export interface ClassifierRdmOptions extends Pick<JobOptions, "signal" | "onProgress"> {
  /** The item of each trial. */
  readonly labels: ArrayLike<Cell>;
  /** The fold of each trial, for example its run: classifiers are trained on the other folds. */
  readonly folds: ArrayLike<Cell>;
  /** The items in the order wanted; default: the distinct labels, sorted. */
  readonly items?: readonly string[];
  /**
   * `lda` (default): CoSMoMVPA's, with a ridge and no prior. `lda-lsqr`, `lda-svd`: scikit-learn's discriminants of these
   * solvers, with covariances divided by the number of trials (older scikit-learn divides that of `svd` by trials − 2,
   * which makes its decision values smaller). `svm`: linear, hinge loss, as `SVC`. They differ: say which.
   */
  readonly classifier?: Classifier;
  /**
   * `accuracy` (default): share right, 0.5 by chance and at most 1. `decision`: the signed decision value, above 0 on the
   * right side, which has no ceiling.
   */
  readonly measure?: "accuracy" | "decision";
  /** Ridge of `lda`, as a share of the mean variance. Default: 0.01. */
  readonly regularisation?: number;
  /** Shrinkage of `lda-lsqr`: a share, or `auto` (Ledoit and Wolf). Default: `auto`. */
  readonly shrinkage?: number | "auto";
  /** How scikit-learn's discriminants weigh items: `equal` (default) keeps chance at 0.5, `counts` is scikit-learn's own. */
  readonly priors?: Priors;
  /**
   * Whether both items count the same in a fold (default), or each trial: then pairs with more trials of one item look more
   * or less alike for it.
   */
  readonly balanced?: boolean;
  /** Cost of `svm`. Default: 1. */
  readonly cost?: number;
  /** Trials that are averaged into one, within item and fold. Accuracy depends on it: report it. Default: 1, none. */
  readonly pseudoTrials?: number;
  /** How often pseudo-trials are drawn anew; results are averaged. Default: 1. */
  readonly repeats?: number;
  /** Seed of these draws. Default: 0. */
  readonly seed?: number;
}

const classifierRdmNames: OptionNames<ClassifierRdmOptions> = {
  labels: cells,
  folds: cells,
  items: true,
  classifier: oneOf(classifiers),
  measure: oneOf(["accuracy", "decision"]),
  regularisation: notNegative,
  shrinkage: either(
    share,
    kind('a share from 0 to 1, or "auto"', (value) => value === "auto"),
  ),
  priors: oneOf(["equal", "counts"]),
  balanced: flag,
  cost: positive,
  pseudoTrials: whole(1),
  repeats: whole(1),
  seed: finite,
  signal: jobNames.signal,
  onProgress: jobNames.onProgress,
};

/**
 * An RDM from classifiers: how well each two items are told apart in trials of a fold that was not trained on, mean over
 * folds. Accuracy is the mean of the hit rates of the two items, so that unequal repeats do not move chance; it is bound by
 * 1, where well separated pairs lose their order: prefer `decision`, or `crossnobis` (`computeRdmCv`), which is the same
 * idea with one covariance for all pairs and much faster (Walther 2016; Guggenmos 2018).
 *
 * `NaN` for pairs of which a fold cannot be trained: fewer than two trials of an item beside it, no variance, `NaN`, an
 * `svm` that does not converge (scale features to a standard deviation of about 1).
 *
 * @param trials - nTrials × nFeatures.
 * @throws InvalidArgument for a single fold or item, or an item that a fold lacks; ShapeMismatch; ItemMismatch; Cancelled.
 * @example
 * import { classifierRdm, random } from "tsrsa";
 * const rng = random(1);
 * const labels = Array.from({ length: 24 }, (_, at) => ["a", "b"][at % 2]);
 * const folds = Array.from({ length: 24 }, (_, at) => Math.floor(at / 8));
 * const trials = labels.map((label) => [rng.normal() + (label === "a" ? 9 : 0), rng.normal()]);
 * const rdm = await classifierRdm(trials, { labels, folds, onProgress: false });
 * rdm.between("a", "b"); // 1
 */
export async function classifierRdm(
  trials: MatrixLike,
  options: ClassifierRdmOptions,
): Promise<Rdm> {
  checkOptions(options, classifierRdmNames);
  const { classifier = "lda", measure = "accuracy", seed = 0 } = options;
  const { balanced = true } = options;
  const averaged = options.pseudoTrials ?? 1;
  // Without draws every repeat is the same.
  const repeats = averaged === 1 ? 1 : (options.repeats ?? 1);
  const { items, all } = foldTrials(trials, options);
  const n = items.length;
  const condensed = new Float64Array((n * (n - 1)) / 2);
  const train = trainerOf(classifier, options);
  const line = reporter(options, "pairs of items", condensed.length * repeats);
  const pause = pauses(options.signal, "classifying");
  for (let repeat = 0; repeat < repeats; repeat++) {
    const drawn = averaged === 1 ? all : pseudoTrials(all, n, averaged, seed + repeat);
    for (let i = 0, pair = 0; i < n; i++)
      for (let j = i + 1; j < n; j++, pair++) {
        condensed[pair] += scoreOfPair(drawn, i, j, train, { measure, balanced }) / repeats;
        if (!pause.due()) continue;
        line.update(repeat * condensed.length + pair);
        await pause.turn();
      }
  }
  line.update(condensed.length * repeats);
  line.finish();
  const of = averaged === 1 ? "" : `, means of ${averaged} trials`;
  return new Rdm(condensed, { items, metric: `${measure} of ${classifier}${of}` });
}

function trainerOf(classifier: Classifier, options: ClassifierRdmOptions): TrainTwoClasses {
  const { regularisation = 0.01, shrinkage = "auto", priors = "equal", cost = 1 } = options;
  switch (classifier) {
    case "lda":
      return cosmoLda(regularisation);
    case "lda-lsqr":
      return lsqrLda(shrinkage, priors);
    case "lda-svd":
      return svdLda(priors);
    case "svm":
      return linearSvm(cost);
  }
}

/** Mean over folds of how well two items are told apart. */
function scoreOfPair(
  { data, nFeatures, item, fold, nFolds }: FoldTrials,
  i: number,
  j: number,
  train: TrainTwoClasses,
  how: Required<Pick<ClassifierRdmOptions, "measure" | "balanced">>,
): number {
  const rowsOf = (which: number, keep: (fold: number) => boolean): number[] =>
    Array.from(item.keys()).filter((row) => item[row] === which && keep(fold[row]));
  let sum = 0;
  for (let test = 0; test < nFolds; test++) {
    const outside = (one: number): boolean => one !== test;
    const classes: TwoClasses = {
      data,
      nFeatures,
      first: rowsOf(i, outside),
      second: rowsOf(j, outside),
    };
    const few = Math.min(classes.first.length, classes.second.length) < 2;
    const trained = few ? undefined : train(classes);
    if (trained === undefined) return NaN;
    const inside = (one: number): boolean => one === test;
    const valuesOf = (which: number, sign: number): number[] =>
      rowsOf(which, inside).map((row) =>
        measured(sign * decisionOf(trained, data, row), how.measure),
      );
    const [a, b] = [valuesOf(i, -1), valuesOf(j, 1)];
    sum += how.balanced ? (mean(a) + mean(b)) / 2 : mean([...a, ...b]);
  }
  return sum / nFolds;
}

function measured(decision: number, measure: "accuracy" | "decision"): number {
  if (measure === "decision" || Number.isNaN(decision)) return decision;
  if (decision === 0) return 0.5;
  return decision > 0 ? 1 : 0;
}
