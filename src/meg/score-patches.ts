import type { PreparedModels as EngineModels } from "../compute/models.ts";
import {
  slidingPatchScores,
  slidingPatchTaus,
  type WindowScores,
} from "../compute/sliding-windows.ts";
import type { JobOptions } from "../core/job.ts";
import { reporter, type ProgressLine } from "../core/progress.ts";
import {
  prepareModels,
  type PreparedModels,
  type PrepareModelsOptions,
  type RsaMetric,
} from "../rsa/index.ts";
import { checkModels } from "../rsa/prepare-models.ts";
import { productMetric, type ProductMetric } from "../rsa/product-metric.ts";
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
  const series = patchByPatch ? undefined : slidingSeries(patched);
  if (series !== undefined) return engineScores(patched, series, models, metric, job, line);
  const folded = patchByPatch ? undefined : foldedPatches(patched);
  if (folded !== undefined) {
    const { signal, jobs } = job;
    const how = { rsaMetric: metric, signal, jobs };
    return scoreOnEngine(patched.patterns.data, folded, models, how, line);
  }
  return directScores(patched, prepareModels(models, options), job, line);
}

/** Windows are slid, ranked and compared by the compute engine, which keeps no RDM. */
async function engineScores(
  patched: PatchedPatterns,
  series: readonly SlidingSeries[],
  models: readonly Float64Array[],
  metric: RsaMetric,
  job: JobOptions,
  line: ProgressLine,
): Promise<Float64Array> {
  const all = Array.from({ length: patched.patterns.nChannels }, (_, at) => at);
  const { data } = patched.patterns;
  const channels = series.map((one) => one.channels ?? all);
  const options: JobOptions = { ...job, onProgress: ({ done }) => line.update(done) };
  const product = productMetric(models, metric);
  const windows =
    product === undefined
      ? (await slidingPatchTaus(data, series[0], channels, models, options)).map(byWindow)
      : (await slidingPatchScores(data, series[0], channels, forEngine(product), options)).map(
          (result) => windowScores(result, product),
        );
  return modelsByPatches(windows.flat(), models.length);

  function byWindow(taus: Float64Array): Float64Array[] {
    const nWindows = taus.length / models.length;
    return Array.from({ length: nWindows }, (_, w) =>
      taus.subarray(w * models.length, (w + 1) * models.length),
    );
  }
}

/** The vectors of a metric, as the engine takes models. */
function forEngine({ ranked, vectors }: ProductMetric): EngineModels {
  return {
    score: ranked ? "spearman" : "pearson",
    nPairs: vectors[0].length,
    centred: vectors,
    squaredNorms: new Float64Array(vectors.length).fill(1),
  };
}

function windowScores(
  { nWindows, nModels, products, squaredNorms }: WindowScores,
  metric: ProductMetric,
): Float64Array[] {
  return Array.from({ length: nWindows }, (_, w) =>
    metric.scores(products.subarray(w * nModels, (w + 1) * nModels), squaredNorms[w]),
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
