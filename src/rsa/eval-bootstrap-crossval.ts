import { noteDraw } from "../core/run-record.ts";
import { listOf, oneOf, repetitions, whole } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { engineNames, type EngineJob } from "../engine/engine-options.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { CrossvalSamples } from "./eval/crossval-samples.ts";
import { checkDraws, checkEnough, drawKind, drawSamples } from "./eval/draws.ts";
import type { FoldFit } from "./eval/fold.ts";
import { refuseNoneSplit } from "./eval/check-split.ts";
import type { BootstrapDraw, Resampled } from "./eval/eval-parts.ts";
import { evalNames, evalProblem, type EvalOptions, type ModelsInput } from "./eval/problem.ts";
import { splitInBlocks } from "./eval/split-blocks.ts";
import { splitSamples } from "./eval/split-samples.ts";
import { splitting } from "./eval/splitting.ts";
import { EvalResult } from "./eval-result.ts";
import { weightFitters } from "./models/fit-theta.ts";

/** How to evaluate models by cross-validation in bootstrap samples. */
export interface EvalBootstrapCrossvalOptions extends EvalOptions, FoldFit, EngineJob {
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
  ...engineNames,
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
    engine,
    ...how
  } = options;
  noteDraw("evalBootstrapCrossval", { ...options, samples, repeats, seed });
  const problem = evalProblem(models, data, how);
  const { data: vectors, models: all, groups, shape } = problem;
  const resampled = resample ?? (groups.count > 1 ? "both" : "items");
  checkEnough(problem, resampled);
  const sizes = { nRdms: groups.count, nItems: shape.nItems };
  const { nFolds, needs } = splitting(sizes, { kItems, kRdms, testItems, testRdms });
  const drawn = checkDraws(draws) ?? drawSamples(problem, resampled, samples, seed);
  const table = new CrossvalSamples(all.length, drawn.length, nFolds, repeats);
  const split = { kItems, kRdms, testItems, testRdms, by, ridgeWeight, repeats, seed };
  const rows =
    engine === undefined
      ? await splitSamples(problem, drawn, split, [0, drawn.length])
      : await splitInBlocks(problem, drawn, split, nFolds, engine);
  rows.forEach((row, sample) => table.enterRow(sample, row));
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
