import { noteDraw } from "../core/run-record.ts";
import { listOf, repetitions } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import { reporter, type ProgressLine } from "../core/progress.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import {
  checkDraws,
  drawKind,
  checkEnough,
  drawSamples,
  timesDrawn,
  type Resampling,
} from "./eval/draws.ts";
import { compared, meanScores, type Compared, type ToCompare } from "./eval/compared.ts";
import type { BootstrapDraw, NoiseCeiling } from "./eval/eval-parts.ts";
import { withItemDrawer, type ItemDrawer } from "./eval/item-drawer.ts";
import {
  evalProblem,
  type EvalOptions,
  type EvalProblem,
  evalNames,
  type ModelsInput,
} from "./eval/problem.ts";
import { SampleTable } from "./eval/sample-table.ts";
import { EvalResult } from "./eval-result.ts";

/** How to evaluate models by bootstrap. */
export interface EvalBootstrapOptions extends EvalOptions {
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
};

/**
 * Evaluate models with bootstrap samples of items, data RDMs or both: means over the samples, standard errors and tests
 * that speak of other items or subjects than those measured. An item drawn twice makes pairs with itself, which are left
 * out. RDMs are ranked once; a sample weighs the ranks anew.
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
  const { resample, samples = 1000, seed = 0, draws, noiseCeiling = true, ...how } = options;
  if (draws === undefined) noteDraw("evalBootstrap", { ...options, samples, seed });
  const problem = evalProblem(models, data, how);
  const resampling = resample ?? (problem.groups.count > 1 ? "dual" : "items");
  checkEnough(problem, resampling);
  const drawn = checkDraws(draws) ?? drawSamples(problem, resampling, samples, seed);
  const table = await evaluateDraws(problem, resampling, drawn, noiseCeiling);
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

/** All samples; those of RDMs first, for which nothing has to be compared anew. Interruptible between samples. */
async function evaluateDraws(
  problem: EvalProblem,
  resampling: Resampling,
  draws: readonly BootstrapDraw[],
  noiseCeiling: boolean,
): Promise<SampleTable> {
  const { job, models, groups } = problem;
  const toCompare = { ...problem, predictions: models.map((model) => model.predict().condensed) };
  const table = new SampleTable(models.length, draws.length, resampling === "dual" ? 3 : 1);
  const work: Work = {
    table,
    times: draws.map(({ rdms }) => {
      const drawn = timesDrawn(rdms, groups.count, "rdms");
      return Float64Array.from(groups.of, (group) => drawn[group]);
    }),
    all: new Float64Array(groups.of.length).fill(1),
    ceilings: noiseCeiling && groups.count > 1,
    line: reporter(job, "bootstrap samples", (resampling === "dual" ? 2 : 1) * draws.length),
  };
  const fixed = await drawRdms(work, toCompare, resampling, job);
  if (resampling === "rdms") return table;
  const enter = entering(work, toCompare, fixed);
  await withItemDrawer(toCompare, job, (draw) =>
    drawItems(work, draws, draw, enter, resampling, job.signal),
  );
  return table;
}

interface Work {
  readonly table: SampleTable;
  /** How often each data RDM was drawn in each sample. */
  readonly times: readonly Float64Array[];
  readonly all: Float64Array;
  /** Whether each sample has a ceiling. */
  readonly ceilings: boolean;
  readonly line: ProgressLine;
}

/** Enters what a sample found into the table, in column `value` of it. */
type EnterSample = (
  sample: number,
  value: number,
  found: Compared,
  times: Float64Array,
) => Promise<void>;

function entering(
  work: Work,
  { predictions, groups }: ToCompare,
  fixed: NoiseCeiling | undefined,
): EnterSample {
  const nModels = predictions.length;
  return async (sample, value, found, times) => {
    const none = fixed ?? { lower: NaN, upper: NaN };
    const ceiling = work.ceilings ? await found.ceiling(times) : none;
    work.table.enter(sample, value, meanScores(found.scores, nModels, groups, times), ceiling);
  };
}

/**
 * The samples of RDMs, and the ceiling of the data where samples have none of their own. What was compared for them
 * is forgotten with this function: items are drawn from the RDMs themselves.
 */
async function drawRdms(
  work: Work,
  toCompare: ToCompare,
  resampling: Resampling,
  job: JobOptions,
): Promise<NoiseCeiling | undefined> {
  const drawn = resampling === "rdms" || resampling === "dual";
  const alone = toCompare.groups.count < 2;
  if (!drawn && (work.ceilings || alone)) return undefined;
  const asIs = await compared(toCompare, job);
  const fixed = work.ceilings || alone ? undefined : await asIs.ceiling(work.all);
  if (!drawn) return fixed;
  const enter = entering(work, toCompare, fixed);
  const pause = pauses(job.signal, "the bootstrap");
  for (const [sample, times] of work.times.entries()) {
    await enter(sample, resampling === "dual" ? 1 : 0, asIs, times);
    work.line.update(sample + 1);
    if (pause.due()) await pause.turn();
  }
  if (resampling === "rdms") work.line.finish();
  return fixed;
}

async function drawItems(
  work: Work,
  draws: readonly BootstrapDraw[],
  draw: ItemDrawer,
  enter: EnterSample,
  resampling: Resampling,
  signal: AbortSignal | undefined,
): Promise<void> {
  const pause = pauses(signal, "the bootstrap");
  const before = resampling === "dual" ? draws.length : 0;
  for (const [sample, { items }] of draws.entries()) {
    const found = await draw(items);
    if (found === null) work.table.leaveOut(sample);
    else {
      await enter(sample, 0, found, resampling === "items" ? work.all : work.times[sample]);
      if (resampling === "dual") await enter(sample, 2, found, work.all);
    }
    work.line.update(before + sample + 1);
    if (pause.due()) await pause.turn();
  }
  work.line.finish();
}
