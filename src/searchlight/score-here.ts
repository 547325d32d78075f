import { ShapeMismatch } from "../core/errors.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import { reporter } from "../core/progress.ts";
import { countScores, type Scorer } from "../rsa/comparisons/comparison.ts";
import { engineScores, type EngineScores } from "../rsa/comparisons/engine-scores.ts";
import { comparisonOf, isJoint, type ComparisonLike } from "../rsa/comparisons/resolve.ts";
import { prepareModels } from "../rsa/prepared/prepare-models.ts";
import { isConstant } from "../stats/centred.ts";
import { hasNaN } from "../stats/has-nan.ts";
import { kernelWalk, type KernelWalk } from "./kernel-walk.ts";
import { withoutUnknownItems, type Compared } from "./known-items.ts";
import { patchRdm } from "./patch-rdm.ts";
import { type PatchMetricOptions } from "./patch-metric.ts";
import { patchRdms } from "./patch-rdms.ts";
import type { PatchedPatterns } from "./patched-patterns.ts";

/** How patches are compared with models. */
export interface ScoreHereOptions extends PatchMetricOptions, JobOptions {
  /** How a patch's RDM is compared with the models. Default `spearman`. */
  readonly rsaMetric?: ComparisonLike;
  /** Leave out pairs that are `NaN` in the patch or a model. Default false: then they make the score `NaN`. */
  readonly ignoreNan?: boolean;
}

/**
 * Scores of every patch with every model, nModels × nPatches in C order (or nScores × nPatches, where a comparison of all
 * models has another number of them): the one walk over patches, whatever they are made of. By the kernels where they
 * can, which keep no RDM, else patch by patch. `NaN` where no score is defined.
 *
 * @throws UnknownOption, InvalidArgument, ShapeMismatch for models that do not fit; Cancelled.
 */
export async function scoreHere(
  patched: PatchedPatterns,
  models: readonly Float64Array[],
  options: ScoreHereOptions = {},
): Promise<Float64Array> {
  const { rsaMetric = "spearman", ignoreNan = false } = options;
  const all = { patched, models };
  const compared = ignoreNan ? withoutUnknownItems(all, isJoint(comparisonOf(rsaMetric))) : all;
  const nScores = countScores(comparisonOf(rsaMetric), models.length);
  const table = new ScoreTable(nScores, patched.patches.length);
  const prepare = (): Scorer => {
    const prepared = prepareModels(compared.models, { metric: rsaMetric, ignoreNan });
    return (rdm) => prepared.score(rdm);
  };
  const gaps = ignoreNan && compared.models.some(hasNaN);
  const engine = gaps ? undefined : engineScores(compared.models, rsaMetric);
  const walk = engine && kernelWalk(compared.patched, options);
  if (engine === undefined || walk === undefined) {
    await scoreEach(compared.patched, prepare(), table, options);
    return table.scores;
  }
  await scoreByKernels(walk, compared.models, engine, table, options);
  if (ignoreNan) await scoreUndefined(compared, prepare, table, options);
  return table.scores;
}

/** Throws `ShapeMismatch` for models of other items than the patterns have. */
export function checkPairs(nPairs: number, nItems: number): void {
  const expected = (nItems * (nItems - 1)) / 2;
  if (nPairs === expected) return;
  throw new ShapeMismatch(
    `models of ${expected} pairs, for the ${nItems} items of the patterns`,
    `${nPairs}`,
  );
}

/** Scores × patches, filled patch by patch. */
class ScoreTable {
  readonly scores: Float64Array;

  constructor(
    readonly nScores: number,
    readonly nPatches: number,
  ) {
    this.scores = new Float64Array(nScores * nPatches);
  }

  set(patch: number, scores: Float64Array): void {
    for (let m = 0; m < this.nScores; m++) this.scores[m * this.nPatches + patch] = scores[m];
  }

  /** Patches in which one of these scores is not there. */
  undefinedIn(scores: readonly number[]): number[] {
    return Array.from({ length: this.nPatches }, (_, patch) => patch).filter((patch) =>
      scores.some((m) => Number.isNaN(this.scores[m * this.nPatches + patch])),
    );
  }
}

async function scoreByKernels(
  walk: KernelWalk,
  models: readonly Float64Array[],
  engine: EngineScores,
  table: ScoreTable,
  options: ScoreHereOptions,
): Promise<void> {
  const { signal, jobs } = options;
  const line = reporter(options, "RSA", table.nPatches);
  const job: JobOptions = { signal, jobs, onProgress: ({ done }) => line.update(done) };
  if (engine.by === "taus") await walk.taus(models, (patch, taus) => table.set(patch, taus), job);
  else {
    const products = engine.prepare();
    await walk.products(
      products,
      (patch, found, squaredNorm) => table.set(patch, products.scores(found, squaredNorm)),
      job,
    );
  }
  line.finish();
}

async function scoreEach(
  patched: PatchedPatterns,
  score: Scorer,
  table: ScoreTable,
  options: ScoreHereOptions,
): Promise<void> {
  const line = reporter(options, "RSA", table.nPatches);
  let done = 0;
  for await (const rdm of patchRdms(patched, options, options)) {
    table.set(done, score(rdm));
    line.update(++done);
  }
  line.finish();
}

/** Score anew, without the pairs that are `NaN` there, the patches in which a model has no score that could have one. */
async function scoreUndefined(
  { patched, models }: Compared,
  prepare: () => Scorer,
  table: ScoreTable,
  options: ScoreHereOptions,
): Promise<void> {
  // Where scores are not one for each model, they are there or not together.
  const varied =
    table.nScores === models.length
      ? [...models.keys()].filter((m) => !isConstant(models[m]))
      : [0];
  const patches = table.undefinedIn(varied);
  if (patches.length === 0) return;
  const line = reporter(options, "RSA, patches with NaN", patches.length);
  const pause = pauses(options.signal, "the searchlight");
  const score = prepare();
  for (const [done, patch] of patches.entries()) {
    const rdm = patchRdm(patched, patch, options);
    if (!rdm.every(Number.isNaN)) table.set(patch, score(rdm));
    if (!pause.due()) continue;
    line.update(done + 1);
    await pause.turn();
  }
  line.finish();
}
