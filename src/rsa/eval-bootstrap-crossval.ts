import { InvalidArgument } from "../core/errors.ts";
import { noteDraw } from "../core/run-record.ts";
import { listOf, oneOf, repetitions, whole } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { pauses } from "../core/job.ts";
import { random, type Random } from "../core/random.ts";
import { reporter } from "../core/progress.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { CrossvalSamples } from "./eval/crossval-samples.ts";
import { checkDraws, checkEnough, drawKind, drawSamples } from "./eval/draws.ts";
import { foldCeiling, foldScores, type FoldFit } from "./eval/fold.ts";
import { refuseNoneSplit, type SplitNeed } from "./eval/check-split.ts";
import { checkFolds, defaultCounts, drawnFolds, partsOf, type Split } from "./eval/k-folds.ts";
import { checkRandomFolds, oneRandomFold } from "./eval/random-folds.ts";
import type { BootstrapDraw, Resampled } from "./eval/eval-parts.ts";
import { evalNames, evalProblem, type EvalOptions, type ModelsInput } from "./eval/problem.ts";
import { EvalResult } from "./eval-result.ts";
import { weightFitters } from "./models/fit-theta.ts";

/** How to evaluate models by cross-validation in bootstrap samples. */
export interface EvalBootstrapCrossvalOptions extends EvalOptions, FoldFit {
  /** What is drawn anew in each sample. Default: `both`, with a single data RDM `items`. */
  readonly resample?: Resampled;
  /** Parts of the items; 1: do not split. Default: 2 to 5, for the different items that a sample may have. */
  readonly kItems?: number;
  /** Parts of the data RDMs; 1: do not split. Default: 2 to 5. */
  readonly kRdms?: number;
  /**
   * In place of parts: items that are drawn by lot to be tested in each split of a sample, the others train; 0: do not
   * split. Default with `testRdms`: 0.
   */
  readonly testItems?: number;
  /** In place of parts: data RDMs that are drawn by lot to be tested; 0: do not split. Default with `testItems`: 0. */
  readonly testRdms?: number;
  /** Number of samples. Default: 1000. */
  readonly samples?: number;
  /** How often each sample is split; from 2 on, the variance that comes of splitting is taken off. Default: 2. */
  readonly repeats?: number;
  /** Default: 0. */
  readonly seed?: number;
  /** Draw these, and not by lot, as for `evalBootstrap`; the splits stay by lot. */
  readonly draws?: readonly BootstrapDraw[];
}

const evalBootstrapCrossvalNames: OptionNames<EvalBootstrapCrossvalOptions> = {
  ...evalNames,
  resample: true,
  kItems: true,
  kRdms: true,
  testItems: whole(0),
  testRdms: whole(0),
  samples: repetitions(2),
  repeats: whole(1),
  seed: true,
  draws: listOf(drawKind),
  by: oneOf(weightFitters, "fitter"),
  ridgeWeight: true,
};

/**
 * Evaluate flexible models with errors and tests: cross-validation over items and data RDMs in every bootstrap sample.
 * An item or RDM drawn twice stays on one side of a split. Follows `bootstrap_crossval` of rsatoolbox, with its correction
 * of the variance for the splits (Schütt et al. 2023), and with `testItems` or `testRdms` `eval_dual_bootstrap_random`:
 * random sets in place of parts. Splits are by lot in both, so that numbers agree only on average.
 *
 * @throws As `evalCrossval` and `evalBootstrap`; InvalidArgument when no sample has as many different ones as a split needs.
 * @example
 * import { evalBootstrapCrossval, Rdm, weightedModel } from "tsrsa";
 * const subjects = [[1, 2, 3, 4, 5, 6], [2, 1, 3, 4, 6, 5], [1, 2, 3, 4, 6, 5]].map((d) => new Rdm(d));
 * const model = weightedModel([new Rdm([1, 1, 1, 2, 2, 2]), new Rdm([1, 2, 3, 1, 2, 3])], { name: "both" });
 * const options = { method: "corr", resample: "rdms", kItems: 1, kRdms: 2, samples: 20, onProgress: false } as const;
 * (await evalBootstrapCrossval(model, subjects, options)).means[0] > 0.8; // true
 */
export async function evalBootstrapCrossval(
  models: ModelsInput,
  data: RdmInput,
  options: EvalBootstrapCrossvalOptions = {},
): Promise<EvalResult> {
  checkOptions(options, evalBootstrapCrossvalNames);
  const {
    resample,
    samples = 1000,
    repeats = 2,
    seed = 0,
    kItems,
    kRdms,
    testItems,
    testRdms,
    draws,
    by,
    ridgeWeight,
    ...how
  } = options;
  noteDraw("evalBootstrapCrossval", { ...options, samples, repeats, seed });
  const problem = evalProblem(models, data, how);
  const { data: vectors, models: all, groups, shape, job } = problem;
  const resampled = resample ?? (groups.count > 1 ? "both" : "items");
  checkEnough(problem, resampled);
  const sizes = { nRdms: groups.count, nItems: shape.nItems };
  const { nFolds, splitBy, needs } = splitting(sizes, { kItems, kRdms, testItems, testRdms });
  const drawn = checkDraws(draws) ?? drawSamples(problem, resampled, samples, seed);
  const table = new CrossvalSamples(all.length, drawn.length, nFolds, repeats);
  const lot = random(seed + 0.5);
  const line = reporter(job, "bootstrap samples", drawn.length);
  const pause = pauses(job.signal, "the bootstrap");
  for (const [sample, draw] of drawn.entries()) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const sets = drawnFolds(draw, groups, shape.nItems, splitBy(lot));
      if (sets === undefined) table.leaveOut(sample);
      for (const [fold, set] of (sets?.folds ?? []).entries()) {
        const { scores } = await foldScores(problem, set, { by, ridgeWeight }, true);
        table.enter(
          sample,
          repeat,
          fold,
          scores,
          await foldCeiling(problem, set, sets?.rdms ?? []),
        );
      }
      if (pause.due()) await pause.turn();
    }
    line.update(sample + 1);
  }
  line.finish();
  if (table.nLeftOut === drawn.length) refuseNoneSplit(needs, drawn);
  return new EvalResult({
    kind: "bootstrapped cross-validation",
    resampled,
    method: problem.comparison.name,
    comparison: problem.comparison,
    models: problem.modelNames,
    nRdms: vectors.length,
    nItems: shape.nItems,
    draws: drawn,
    ...table.result(resampled, groups.count, shape.nItems),
    notes: [...problem.notes, ...table.notes()],
  });
}

interface Splitting {
  readonly nFolds: number;
  readonly splitBy: (lot: Random) => Split;
  readonly needs: readonly SplitNeed[];
}

type Splits = Pick<EvalBootstrapCrossvalOptions, "kItems" | "kRdms" | "testItems" | "testRdms">;

/** How each sample is split: into parts, or by a random set. Throws `InvalidArgument`. */
function splitting(
  { nRdms, nItems }: { readonly nRdms: number; readonly nItems: number },
  { kItems, kRdms, testItems, testRdms }: Splits,
): Splitting {
  if (testItems === undefined && testRdms === undefined) {
    const usual = defaultCounts(kept(nRdms), kept(nItems));
    const counts = { kItems: kItems ?? usual.kItems, kRdms: kRdms ?? usual.kRdms };
    checkFolds(nRdms, nItems, counts);
    return {
      nFolds: counts.kItems * counts.kRdms,
      splitBy: (lot) => partsOf({ ...counts, seed: lot.next() }),
      needs: [
        { of: "items", argument: "kItems", value: counts.kItems, least: 3 * counts.kItems },
        { of: "rdms", argument: "kRdms", value: counts.kRdms, least: counts.kRdms },
      ],
    };
  }
  if (kItems !== undefined || kRdms !== undefined)
    throw new InvalidArgument(
      kItems === undefined ? "kRdms" : "kItems",
      kItems ?? kRdms,
      "it splits into parts, testItems and testRdms draw random sets; give one or the other",
    );
  const tested = { testItems: testItems ?? 0, testRdms: testRdms ?? 0 };
  checkRandomFolds({ nRdms, nItems, ...tested });
  return {
    nFolds: 1,
    splitBy: (lot) => oneRandomFold(lot, tested),
    needs: [
      { of: "items", argument: "testItems", value: tested.testItems, least: 3 + tested.testItems },
      { of: "rdms", argument: "testRdms", value: tested.testRdms, least: 1 + tested.testRdms },
    ],
  };
}

/** How many different ones a bootstrap keeps, on average. */
function kept(n: number): number {
  return n < 2 ? n : (1 - 1 / Math.E) * n;
}
