import { cells, finite, notNegative, whole } from "../../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import { pauses } from "../../core/job.ts";
import type { Matrix, MatrixLike } from "../../core/matrix.ts";
import { reporter } from "../../core/progress.ts";
import { Rdm } from "../rdm.ts";
import type { ClassifierRdmOptions } from "./classifier-rdm.ts";
import { foldTrials } from "./fold-trials.ts";
import { calledAs, trainAll } from "./many-classes.ts";
import { pseudoTrials, type FoldTrials } from "./pseudo-trials.ts";

/** What {@link confusionRdm} takes. */
export type ConfusionRdmOptions = Pick<
  ClassifierRdmOptions,
  | "labels"
  | "folds"
  | "items"
  | "regularisation"
  | "pseudoTrials"
  | "repeats"
  | "seed"
  | "signal"
  | "onProgress"
>;

/** What one classifier of all items makes of trials that it was not trained on. */
export interface Confusions {
  /** 1 − how often the two items of a pair are taken for each other (mean of the two ways). */
  readonly rdm: Rdm;
  /** Items × items: which share of the trials of an item (row) is called what (column), mean over folds. */
  readonly shares: Matrix<Float64Array>;
  readonly items: readonly string[];
  /** Mean share of trials that are called what they are; 1 ÷ number of items by chance. */
  readonly accuracy: number;
}

const confusionRdmNames: OptionNames<ConfusionRdmOptions> = {
  labels: cells,
  folds: cells,
  items: true,
  regularisation: notNegative,
  pseudoTrials: whole(1),
  repeats: whole(1),
  seed: finite,
  signal: jobNames.signal,
  onProgress: jobNames.onProgress,
};

/**
 * An RDM from the confusions of one classifier of all items: CoSMoMVPA's linear discriminant (scatter within items, with a
 * ridge, no prior), trained on all folds but one. Unlike {@link classifierRdm}, which trains one classifier a pair, it says
 * what is taken for what among all items. With many items most pairs are never mistaken for each other and are alike at 1:
 * prefer `decision` of `classifierRdm`, or `crossnobis`. Where two items are equally near a trial counts for both.
 *
 * `NaN` where a fold cannot be trained: fewer than two trials of an item beside it, no variance, `NaN`.
 *
 * @param trials - nTrials × nFeatures.
 * @throws InvalidArgument for a single fold or item, or an item that a fold lacks; ShapeMismatch; ItemMismatch; Cancelled.
 * @example
 * import { confusionRdm, random } from "tsrsa";
 * const rng = random(1);
 * const labels = Array.from({ length: 24 }, (_, at) => ["a", "b", "c"][at % 3]);
 * const folds = Array.from({ length: 24 }, (_, at) => Math.floor(at / 12));
 * const trials = labels.map((label) => [rng.normal() + (label === "a" ? 99 : 0), rng.normal()]);
 * const { rdm } = await confusionRdm(trials, { labels, folds, onProgress: false });
 * rdm.between("a", "b"); // 1
 */
export async function confusionRdm(
  trials: MatrixLike,
  options: ConfusionRdmOptions,
): Promise<Confusions> {
  checkOptions(options, confusionRdmNames);
  const { regularisation = 0.01, seed = 0, pseudoTrials: averaged = 1 } = options;
  const repeats = averaged === 1 ? 1 : (options.repeats ?? 1);
  const { items, all } = foldTrials(trials, options);
  const n = items.length;
  const shares = new Float64Array(n * n);
  const line = reporter(options, "folds", all.nFolds * repeats);
  const pause = pauses(options.signal, "classifying");
  for (let repeat = 0; repeat < repeats; repeat++) {
    const drawn = averaged === 1 ? all : pseudoTrials(all, n, averaged, seed + repeat);
    for (let fold = 0; fold < all.nFolds; fold++) {
      addFold(shares, drawn, n, fold, regularisation);
      line.update(repeat * all.nFolds + fold + 1);
      await pause.turn();
    }
  }
  line.finish();
  const means = shares.map((sum) => sum / (all.nFolds * repeats));
  const of = averaged === 1 ? "" : `, means of ${averaged} trials`;
  const metric = `1 − confusions of lda${of}`;
  return {
    rdm: new Rdm(unlike(means, n), { items, metric }),
    shares: { data: means, shape: [n, n] },
    items,
    accuracy: items.reduce((sum, _, at) => sum + means[at * (n + 1)], 0) / n,
  };
}

function unlike(shares: Float64Array, n: number): Float64Array {
  const condensed = new Float64Array((n * (n - 1)) / 2);
  for (let i = 0, pair = 0; i < n; i++)
    for (let j = i + 1; j < n; j++, pair++)
      condensed[pair] = 1 - (shares[i * n + j] + shares[j * n + i]) / 2;
  return condensed;
}

/** Add what trials of a fold are called by a classifier of the others. */
function addFold(
  shares: Float64Array,
  { data, nFeatures, item, fold }: FoldTrials,
  n: number,
  test: number,
  ridge: number,
): void {
  const rowsOf = (keep: (row: number) => boolean): number[][] =>
    Array.from({ length: n }, (_, k) =>
      [...item.keys()].filter((row) => item[row] === k && keep(row)),
    );
  const classifier = trainAll(
    data,
    nFeatures,
    rowsOf((row) => fold[row] !== test),
    ridge,
  );
  rowsOf((row) => fold[row] === test).forEach((rows, k) => {
    for (const row of rows) {
      const called = calledAs(classifier, data.subarray(row * nFeatures, (row + 1) * nFeatures), n);
      called.forEach((share, at) => (shares[k * n + at] += share / rows.length));
    }
  });
}
