import { prepareModels as prepareForEngine } from "../compute/models.ts";
import { slidingPatchScores } from "../compute/sliding-windows.ts";
import type { JobOptions } from "../core/job.ts";
import { reporter, type ProgressLine } from "../core/progress.ts";
import {
  prepareModels,
  type PreparedModels,
  type PrepareModelsOptions,
  type RsaMetric,
} from "../rsa/index.ts";
import { patchRdms } from "./patch-rdms.ts";
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
  // Unknown metrics are refused here, whichever way the scores are computed.
  const prepared = prepareModels(models, options);
  const line = reporter(job, "RSA", patched.patches.length);
  const series = slidingSeries(patched);
  const scores =
    series !== undefined && isProduct(metric) && !ignoreNan
      ? await engineScores(patched, series, models, metric, job, line)
      : await directScores(patched, prepared, job, line);
  line.finish();
  return scores;
}

function isProduct(metric: RsaMetric): metric is "spearman" | "pearson" {
  return metric === "spearman" || metric === "pearson";
}

/** Windows are slid, ranked and correlated by the compute engine, which keeps no RDM. */
async function engineScores(
  patched: PatchedPatterns,
  series: readonly SlidingSeries[],
  models: readonly Float64Array[],
  metric: "spearman" | "pearson",
  job: JobOptions,
  line: ProgressLine,
): Promise<Float64Array> {
  const prepared = prepareForEngine(models, metric);
  const all = Array.from({ length: patched.patterns.nChannels }, (_, at) => at);
  const results = await slidingPatchScores(
    patched.patterns.data,
    series[0],
    series.map(({ channels }) => channels ?? all),
    prepared,
    {
      ...job,
      onProgress: ({ done }) => line.update(done),
    },
  );
  const nPatches = patched.patches.length;
  const scores = new Float64Array(models.length * nPatches);
  let first = 0;
  for (const result of results) {
    result.scores.forEach((score, k) => {
      scores[(k % models.length) * nPatches + first + Math.floor(k / models.length)] = score;
    });
    first += result.nWindows;
  }
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
