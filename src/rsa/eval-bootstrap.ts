import { whole, listOf, object } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { nextTurn } from "#platform/threads";
import { InvalidArgument } from "../core/errors.ts";
import { throwIfCancelled, type JobOptions } from "../core/job.ts";
import { reporter, type ProgressLine } from "../core/progress.ts";
import { checkDraws, drawSamples, timesDrawn } from "./eval/draws.ts";
import { compared, meanScores, type Compared, type ToCompare } from "./eval/compared.ts";
import type { NoiseCeiling } from "./eval/eval-parts.ts";
import { withItemDrawer, type ItemDrawer } from "./eval/item-drawer.ts";
import {
  evalProblem,
  type EvalOptions,
  type EvalProblem,
  evalNames,
  type ModelsInput,
} from "./eval/problem.ts";
import { SampleTable } from "./eval/sample-table.ts";
import { EvalResult, type BootstrapDraw, type Resampled } from "./eval-result.ts";

/** How to evaluate models by bootstrap. */
export interface EvalBootstrapOptions extends EvalOptions {
  /**
   * What is drawn anew in each sample. `items`: to speak of other items; `rdms`: of other subjects; `both`: of both, but
   * with variances that are too large; `dual`: bootstraps over items, RDMs and both, put together to the right variance
   * (Schütt et al. 2023). Default: `dual`, with a single data RDM `items`.
   */
  readonly resample?: "items" | "rdms" | "both" | "dual";
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
  samples: whole(1),
  seed: true,
  draws: listOf(object),
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
  const problem = evalProblem(models, data, how);
  const way = resample ?? (problem.groups.count > 1 ? "dual" : "items");
  checkEnough(problem, way);
  const drawn = checkDraws(draws) ?? drawSamples(problem, way, samples, seed);
  const table = await evaluateDraws(problem, way, drawn, noiseCeiling);
  return new EvalResult({
    kind: way === "dual" ? "dual bootstrap" : "bootstrap",
    resampled: way === "dual" ? "both" : way,
    method: problem.comparison.name,
    comparison: problem.comparison,
    models: problem.modelNames,
    nRdms: problem.data.length,
    nItems: problem.shape.nItems,
    draws: drawn,
    ...table.result(way, problem.groups.count, problem.shape.nItems),
    notes: [...problem.notes, ...ceilingNotes(problem), ...table.notes()],
  });
}

/** A way to draw. */
export type Way = Resampled | "dual";

const FEWEST_ITEMS = 3;

/** Throws `InvalidArgument` when there is too little to draw from. */
export function checkEnough({ groups, shape }: EvalProblem, way: Way): void {
  if (!["items", "rdms", "both", "dual"].includes(way))
    throw new InvalidArgument("resample", way, "choose items, rdms, both or dual");
  if (way !== "items" && groups.count < 2)
    throw new InvalidArgument(
      "data",
      groups.of.length === 1 ? "1 RDM" : "RDMs of one group",
      'there is none to draw in its place; resample the items with resample: "items", or give one RDM for each subject',
    );
  if (way !== "rdms" && shape.nItems < FEWEST_ITEMS + 1)
    throw new InvalidArgument(
      "items",
      shape.nItems,
      "too few to draw from; a bootstrap over items wants ten or more",
    );
}

function ceilingNotes({ groups }: EvalProblem): string[] {
  return groups.count > 1
    ? []
    : ["One data RDM: there is no noise ceiling, which tells how much RDMs differ."];
}

/** All samples; those of RDMs first, for which nothing has to be compared anew. Interruptible between samples. */
async function evaluateDraws(
  problem: EvalProblem,
  way: Way,
  draws: readonly BootstrapDraw[],
  noiseCeiling: boolean,
): Promise<SampleTable> {
  const { job, models, groups } = problem;
  const toCompare = { ...problem, predictions: models.map((model) => model.predict().condensed) };
  const table = new SampleTable(models.length, draws.length, way === "dual" ? 3 : 1);
  const work: Work = {
    table,
    times: draws.map(({ rdms }) => {
      const drawn = timesDrawn(rdms, groups.count, "rdms");
      return Float64Array.from(groups.of, (group) => drawn[group]);
    }),
    all: new Float64Array(groups.of.length).fill(1),
    ceilings: noiseCeiling && groups.count > 1,
    line: reporter(job, "bootstrap samples", (way === "dual" ? 2 : 1) * draws.length),
  };
  const fixed = await drawRdms(work, toCompare, way, job);
  if (way === "rdms") return table;
  const put = putter(work, toCompare, fixed);
  await withItemDrawer(toCompare, job, (draw) =>
    drawItems(work, draws, draw, put, way, job.signal),
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

/** Puts what a sample found into column `value` of the table. */
type Put = (sample: number, value: number, found: Compared, times: Float64Array) => Promise<void>;

function putter(
  work: Work,
  { predictions, groups }: ToCompare,
  fixed: NoiseCeiling | undefined,
): Put {
  const nModels = predictions.length;
  return async (sample, value, found, times) => {
    const none = fixed ?? { lower: NaN, upper: NaN };
    const ceiling = work.ceilings ? await found.ceiling(times) : none;
    work.table.put(sample, value, meanScores(found.scores, nModels, groups, times), ceiling);
  };
}

/**
 * The samples of RDMs, and the ceiling of the data where samples have none of their own. What was compared for them
 * is forgotten with this function: items are drawn from the RDMs themselves.
 */
async function drawRdms(
  work: Work,
  toCompare: ToCompare,
  way: Way,
  job: JobOptions,
): Promise<NoiseCeiling | undefined> {
  const drawn = way === "rdms" || way === "dual";
  const alone = toCompare.groups.count < 2;
  if (!drawn && (work.ceilings || alone)) return undefined;
  const asIs = await compared(toCompare, job);
  const fixed = work.ceilings || alone ? undefined : await asIs.ceiling(work.all);
  if (!drawn) return fixed;
  const put = putter(work, toCompare, fixed);
  const pause = pauses(job.signal);
  for (const [sample, times] of work.times.entries()) {
    await put(sample, way === "dual" ? 1 : 0, asIs, times);
    work.line.update(sample + 1);
    await pause();
  }
  if (way === "rdms") work.line.finish();
  return fixed;
}

async function drawItems(
  work: Work,
  draws: readonly BootstrapDraw[],
  draw: ItemDrawer,
  put: Put,
  way: Way,
  signal: AbortSignal | undefined,
): Promise<void> {
  const pause = pauses(signal);
  const before = way === "dual" ? draws.length : 0;
  for (const [sample, { items }] of draws.entries()) {
    const found = await draw(items);
    if (found === null) work.table.lose(sample);
    else {
      await put(sample, 0, found, way === "items" ? work.all : work.times[sample]);
      if (way === "dual") await put(sample, 2, found, work.all);
    }
    work.line.update(before + sample + 1);
    await pause();
  }
  work.line.finish();
}

/** Longest time in ms without a turn of the event loop. */
const TURN_MS = 8;

/** Lets the event loop turn when it is time to, and throws `Cancelled`. */
function pauses(signal: AbortSignal | undefined): () => Promise<void> {
  let turn = performance.now();
  return async () => {
    if (performance.now() - turn > TURN_MS) {
      await nextTurn();
      turn = performance.now();
    }
    throwIfCancelled(signal, "the bootstrap");
  };
}
