import {
  slidingPatchProducts,
  slidingPatchTaus,
  type WindowProducts,
} from "../compute/sliding-windows.ts";
import type { JobOptions } from "../core/job.ts";
import { reporter, type ProgressLine } from "../core/progress.ts";
import type { ProductScores } from "../rsa/comparisons/comparison.ts";
import { engineScores, type EngineScores } from "../rsa/comparisons/engine-scores.ts";
import {
  checkModels,
  prepareModels,
  type PreparedModels,
  type PrepareModelsOptions,
} from "../rsa/prepared/prepare-models.ts";
import { patchRdms } from "./patch-rdms.ts";
import { scoreOnEngine } from "../searchlight/score-on-engine.ts";
import { foldedPatches } from "./folded-patches.ts";
import type { PatchedPatterns } from "./sensor-searchlight.ts";
import { slidingSeries, type SlidingSeries } from "./sliding-patches.ts";

/** Scores of every patch with every model, models × patches. */
export async function scorePatches(
  patched: PatchedPatterns,
  models: readonly Float64Array[],
  options: PrepareModelsOptions,
  job: JobOptions,
): Promise<Float64Array> {
  const { metric = "spearman", ignoreNan = false } = options;
  const nPairs = checkModels(models, metric);
  const line = reporter(job, "RSA", patched.patches.length);
  const scores = await scoresOf(patched, models, options, job, line, ignoreNan || nPairs === 0);
  line.finish();
  return scores;
}

/** By the compute engine where it can, else patch by patch. */
function scoresOf(
  patched: PatchedPatterns,
  models: readonly Float64Array[],
  options: PrepareModelsOptions,
  job: JobOptions,
  line: ProgressLine,
  patchByPatch: boolean,
): Promise<Float64Array> {
  const { metric = "spearman" } = options;
  const engine = patchByPatch ? undefined : engineScores(models, metric);
  const series = engine && slidingSeries(patched);
  if (engine !== undefined && series !== undefined)
    return slidingScores(patched, series, models, engine, job, line);
  const folded = engine && foldedPatches(patched);
  if (engine !== undefined && folded !== undefined)
    return scoreOnEngine(patched.patterns.data, folded, models, engine, job, line);
  return directScores(patched, prepareModels(models, options), job, line);
}

/** Windows are slid, ranked and compared by the compute engine, which keeps no RDM. */
async function slidingScores(
  patched: PatchedPatterns,
  series: readonly SlidingSeries[],
  models: readonly Float64Array[],
  engine: EngineScores,
  job: JobOptions,
  line: ProgressLine,
): Promise<Float64Array> {
  const all = Array.from({ length: patched.patterns.nChannels }, (_, at) => at);
  const { data } = patched.patterns;
  const channels = series.map((one) => one.channels ?? all);
  const options: JobOptions = { ...job, onProgress: ({ done }) => line.update(done) };
  const windows =
    engine.by === "taus"
      ? (await slidingPatchTaus(data, series[0], channels, models, options)).map(byWindow)
      : await byProducts(engine.prepare());
  return modelsByPatches(windows.flat(), models.length);

  async function byProducts(product: ProductScores): Promise<Float64Array[][]> {
    const results = await slidingPatchProducts(data, series[0], channels, product, options);
    return results.map((result) => windowScores(result, product));
  }

  function byWindow(taus: Float64Array): Float64Array[] {
    const nWindows = taus.length / models.length;
    return Array.from({ length: nWindows }, (_, w) =>
      taus.subarray(w * models.length, (w + 1) * models.length),
    );
  }
}

function windowScores(
  { nWindows, nVectors, products, squaredNorms }: WindowProducts,
  { scores }: ProductScores,
): Float64Array[] {
  return Array.from({ length: nWindows }, (_, w) =>
    scores(products.subarray(w * nVectors, (w + 1) * nVectors), squaredNorms[w]),
  );
}

function modelsByPatches(windows: readonly Float64Array[], nModels: number): Float64Array {
  const scores = new Float64Array(nModels * windows.length);
  windows.forEach((of, at) => of.forEach((value, m) => (scores[m * windows.length + at] = value)));
  return scores;
}

async function directScores(
  patched: PatchedPatterns,
  models: PreparedModels,
  job: JobOptions,
  line: ProgressLine,
): Promise<Float64Array> {
  const nPatches = patched.patches.length;
  const scores = new Float64Array(models.nModels * nPatches);
  let at = 0;
  for await (const rdm of patchRdms(patched, job)) {
    models.score(rdm).forEach((value, m) => (scores[m * nPatches + at] = value));
    line.update(++at);
  }
  return scores;
}
