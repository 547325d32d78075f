import { noteDraw } from "../core/run-record.ts";
import { listOf, oneOf, thing } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { pauses } from "../core/job.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { reporter } from "../core/progress.ts";
import { knownScores, meanOfKnown } from "../stats/known-scores.ts";
import type { NoiseCeiling } from "./eval/eval-parts.ts";
import { foldCeiling, foldScores, type FoldFit } from "./eval/fold.ts";
import { defaultCounts, groupFolds, kFolds, type EvalFold } from "./eval/k-folds.ts";
import { weightFitters } from "./models/fit-theta.ts";
import { evalProblem, type EvalOptions, evalNames, type ModelsInput } from "./eval/problem.ts";
import { EvalResult } from "./eval-result.ts";

/** How to evaluate models by cross-validation. */
export interface EvalCrossvalOptions extends EvalOptions, FoldFit {
  /** Parts of the items; 1: do not split. Default: 2 to 5, so that a part has 6 items or more. */
  readonly kItems?: number;
  /** Parts of the data RDMs; 1: do not split. Default: 2 to 5. */
  readonly kRdms?: number;
  /** Deal items and RDMs by lot. Default: true; else in the order they have. */
  readonly shuffle?: boolean;
  /** Default: 0. */
  readonly seed?: number;
  /** Use these folds: positions of the data RDMs and of the items (in the order of the first data RDM). */
  readonly folds?: readonly EvalFold[];
}

const parts = thing("{ train, test }, each with rdms and items", "train", "test");

const evalCrossvalNames: OptionNames<EvalCrossvalOptions> = {
  ...evalNames,
  kItems: true,
  kRdms: true,
  shuffle: true,
  seed: true,
  folds: listOf(parts),
  by: oneOf(weightFitters, "fitter"),
  ridgeWeight: true,
};

/**
 * Evaluate flexible models fairly: fit each to one part of the items and data RDMs, and score it on the part left out,
 * for every part in turn. Models without parameters are scored on the same parts.
 *
 * Folds share their training data, so that their scores tell no standard error: there is none, and no test; models are
 * tested by {@link evalBootstrapCrossval}. Agrees with `crossval` on the sets of `sets_k_fold` of rsatoolbox, but for the
 * noise ceiling where it pools all items and then compares the tested ones (not the best prediction of them), and where
 * RDMs are not split and each would predict itself: here the others do.
 *
 * @throws As `evalFixed`, and InvalidArgument for more parts than there are RDMs or triples of items.
 * @example
 * import { evalCrossval, Rdm, weightedModel } from "tsrsa";
 * const subjects = [[1, 2, 3, 4, 5, 6], [2, 1, 3, 4, 6, 5], [1, 2, 3, 4, 6, 5]].map((d) => new Rdm(d));
 * const model = weightedModel([new Rdm([1, 1, 1, 2, 2, 2]), new Rdm([1, 2, 3, 1, 2, 3])], { name: "both" });
 * const result = await evalCrossval(model, subjects, { method: "corr", kItems: 1, onProgress: false });
 * result.means[0] > 0.8; // true
 */
export async function evalCrossval(
  models: ModelsInput,
  data: RdmInput,
  options: EvalCrossvalOptions = {},
): Promise<EvalResult> {
  checkOptions(options, evalCrossvalNames);
  const { kItems, kRdms, shuffle = true, seed = 0, folds, by, ridgeWeight, ...how } = options;
  if (shuffle && folds === undefined) noteDraw("evalCrossval", { ...options, seed });
  const problem = evalProblem(models, data, how);
  const { data: vectors, models: all, groups, shape, job } = problem;
  const usual = defaultCounts(groups.count, shape.nItems);
  const counts = {
    kItems: kItems ?? usual.kItems,
    kRdms: kRdms ?? usual.kRdms,
    seed: shuffle ? seed : undefined,
  };
  const sets = folds ?? groupFolds(kFolds(groups.count, shape.nItems, counts), groups);
  const scores = new Float64Array(all.length * sets.length);
  const ceilings: NoiseCeiling[] = [];
  const parameters: (readonly (Float64Array | undefined)[])[] = [];
  const everyRdm = vectors.map((_, i) => i);
  const line = reporter(job, "cross-validation folds", sets.length);
  const pause = pauses(job.signal, "the cross-validation");
  for (const [k, fold] of sets.entries()) {
    const found = await foldScores(problem, fold, { by, ridgeWeight });
    found.scores.forEach((score, m) => (scores[m * sets.length + k] = score));
    parameters.push(found.parameters);
    ceilings.push(await foldCeiling(problem, fold, everyRdm));
    line.update(k + 1);
    if (pause.due()) await pause.turn();
  }
  line.finish();
  return new EvalResult({
    kind: "cross-validation",
    method: problem.comparison.name,
    comparison: problem.comparison,
    models: problem.modelNames,
    nRdms: vectors.length,
    nItems: shape.nItems,
    parameters: all.map((_, m) => parameters.map((fold) => fold[m])),
    samples: {
      scores: { data: scores, shape: [1, all.length, sets.length] },
      means: Float64Array.from(all, (_, m) =>
        meanOfKnown(scores.subarray(m * sets.length, (m + 1) * sets.length)),
      ),
      ceiling: meanCeiling(ceilings),
      ceilings: undefined,
    },
    notes: [
      ...problem.notes,
      ...undefinedNotes(scores),
      `${sets.length} folds: they share their training data, so that their scores tell no standard error and no test; evalBootstrapCrossval gives both.`,
    ],
  });
}

function undefinedNotes(scores: Float64Array): string[] {
  const lost = scores.length - knownScores(scores).length;
  return lost === 0
    ? []
    : [
        `${lost} of ${scores.length} scores of folds are undefined (something was constant there, or fewer than 3 items) and were left out.`,
      ];
}

function meanCeiling(ceilings: readonly NoiseCeiling[]): NoiseCeiling | undefined {
  const lower = meanOfKnown(Float64Array.from(ceilings, (one) => one.lower));
  const upper = meanOfKnown(Float64Array.from(ceilings, (one) => one.upper));
  return Number.isNaN(lower) ? undefined : { lower, upper };
}
