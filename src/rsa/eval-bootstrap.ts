import { noteDraw } from "../core/run-record.ts";
import { listOf, repetitions } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { engineNames, type EngineJob } from "../engine/engine-options.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { drawInBlocks } from "./eval/bootstrap-blocks.ts";
import { checkDraws, drawKind, checkEnough, drawSamples, type Resampling } from "./eval/draws.ts";
import { evaluateDraws } from "./eval/evaluate-draws.ts";
import type { BootstrapDraw } from "./eval/eval-parts.ts";
import {
  evalProblem,
  type EvalOptions,
  type EvalProblem,
  evalNames,
  type ModelsInput,
} from "./eval/problem.ts";
import { EvalResult } from "./eval-result.ts";

/** How to evaluate models by bootstrap. */
export interface EvalBootstrapOptions extends EvalOptions, EngineJob {
  /**
   * What is drawn anew in each sample. `items`: to speak of other items; `rdms`: of other subjects; `both`: of both, but
   * with variances that are too large; `dual`: bootstraps over items, RDMs and both, enter together to the right variance
   * (Schütt et al. 2023). Default: `dual`, with a single data RDM `items`.
   */
  readonly resample?: Resampling;
  /** Number of samples. Default: 1000. */
  readonly samples?: number;
  /** Default: 0. */
  readonly seed?: number;
  /** Draw these, and not by lot: positions of the items (in the order of the first data RDM) and of the data RDMs, or of
   * their groups in the order they first appear. */
  readonly draws?: readonly BootstrapDraw[];
  /** Work out the noise ceiling of each sample; without, it is that of the data. Default: true. */
  readonly noiseCeiling?: boolean;
}

const evalBootstrapNames: OptionNames<EvalBootstrapOptions> = {
  ...evalNames,
  resample: true,
  samples: repetitions(2),
  seed: true,
  draws: listOf(drawKind),
  noiseCeiling: true,
  ...engineNames,
};

/**
 * Evaluate models with bootstrap samples of items, data RDMs or both: means over the samples, standard errors and tests
 * that speak of other items or subjects than those measured. An item drawn twice makes pairs with itself, which are left
 * out. RDMs are ranked once; a sample weighs the ranks anew.
 *
 * Tests that speak of other items are careful: without an effect the dual bootstrap of 8 to 24 items has a p below 0.05 in
 * 0 to 2 of 100 studies, as in rsatoolbox, and finds small effects less often than `evalFixed`; `rsaPower` says how often.
 *
 * Agrees with `eval_bootstrap`, `eval_bootstrap_pattern`, `eval_bootstrap_rdm` and `eval_dual_bootstrap` of rsatoolbox
 * (recorded draws are replayed to 1e-12), but: a model that a sample leaves constant has no score there (0 in
 * rsatoolbox); the covariance over RDMs keeps the noise ceiling (overwritten there); and bootstrap tests run
 * (`result.test({ type: "bootstrap" })`; they raise there, issue 379).
 *
 * @throws As `evalFixed`, and InvalidArgument when there are fewer than 2 RDMs or 3 items to draw from, or draws that are
 *   no positions.
 * @example
 * import { evalBootstrap, Rdm } from "tsrsa";
 * const subjects = [[1, 2, 3, 4, 5, 6], [2, 1, 3, 4, 6, 5], [1, 2, 3, 4, 6, 5]].map((d) => new Rdm(d));
 * const model = new Rdm([1, 2, 3, 4, 5, 6], { name: "size" });
 * const result = await evalBootstrap(model, subjects, { resample: "rdms", samples: 100, seed: 1, onProgress: false });
 * result.means[0] > 0.8; // true
 */
export async function evalBootstrap(
  models: ModelsInput,
  data: RdmInput,
  options: EvalBootstrapOptions = {},
): Promise<EvalResult> {
  checkOptions(options, evalBootstrapNames);
  const {
    resample,
    samples = 1000,
    seed = 0,
    draws,
    noiseCeiling = true,
    engine,
    ...how
  } = options;
  if (draws === undefined) noteDraw("evalBootstrap", { ...options, samples, seed });
  const problem = evalProblem(models, data, how);
  const resampling = resample ?? (problem.groups.count > 1 ? "dual" : "items");
  checkEnough(problem, resampling);
  const drawn = checkDraws(draws) ?? drawSamples(problem, resampling, samples, seed);
  const toCompare = {
    ...problem,
    predictions: problem.models.map((model) => model.predict().condensed),
  };
  const { job } = problem;
  const table =
    engine === undefined
      ? await evaluateDraws(toCompare, resampling, drawn, noiseCeiling, job)
      : await drawInBlocks(toCompare, resampling, drawn, noiseCeiling, job, engine);
  return new EvalResult({
    kind: resampling === "dual" ? "dual bootstrap" : "bootstrap",
    resampled: resampling === "dual" ? "both" : resampling,
    method: problem.comparison.name,
    comparison: problem.comparison,
    models: problem.modelNames,
    nRdms: problem.data.length,
    nItems: problem.shape.nItems,
    draws: drawn,
    ...table.result(resampling, problem.groups.count, problem.shape.nItems),
    notes: [...problem.notes, ...ceilingNotes(problem), ...table.notes()],
  });
}

function ceilingNotes({ groups }: EvalProblem): string[] {
  return groups.count > 1
    ? []
    : ["One data RDM: there is no noise ceiling, which tells how much RDMs differ."];
}
