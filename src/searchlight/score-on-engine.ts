import { gramMetrics, type GramMetric } from "../compute/kernels.ts";
import { isOrdinary } from "../compute/pack-voxels.ts";
import { patchProducts, patchTaus, type PatchSeries } from "../compute/patch-scores.ts";
import type { JobOptions } from "../core/job.ts";
import type { ProgressLine } from "../core/progress.ts";
import { productMetric } from "../rsa/product-metric.ts";
import type { FoldedPatterns } from "./folded-patterns.ts";
import type { SearchlightPatches } from "./patches.ts";
import type { ScoreSearchlightOptions } from "./score-searchlight.ts";

/**
 * The patches as the compute engine takes them; undefined for what it cannot do: patches along time, distances that
 * are no sums of products or differences, and numbers whose squares are none.
 */
export function engineSeries(
  { folds, nItems }: FoldedPatterns,
  patches: SearchlightPatches,
  { metric = "correlation", crossValidated = false }: ScoreSearchlightOptions,
): PatchSeries | undefined {
  const { space, time, window } = patches.plan;
  if (crossValidated || !isGramMetric(metric) || folds[0].shape.length !== 2) return undefined;
  if (space === undefined || time !== undefined || window !== undefined || nItems < 2)
    return undefined;
  if (!isOrdinary(folds[0].data)) return undefined;
  return {
    nItems,
    nVoxels: folds[0].shape[1],
    nPatches: patches.length,
    metric,
    voxelsOf: (patch) => space.around(space.centres[patch]),
  };
}

function isGramMetric(metric: unknown): metric is GramMetric {
  return (gramMetrics as readonly unknown[]).includes(metric);
}

/** Scores of all patches, models × patches, computed on all threads. */
export async function scoreOnEngine(
  { folds }: FoldedPatterns,
  series: PatchSeries,
  models: readonly Float64Array[],
  options: ScoreSearchlightOptions,
  line: ProgressLine,
): Promise<Float64Array> {
  const { nPatches } = series;
  const scores = new Float64Array(models.length * nPatches);
  const job: JobOptions = { ...options, onProgress: ({ done }) => line.update(done) };
  const put = (patch: number, of: Float64Array): void => {
    for (let m = 0; m < of.length; m++) scores[m * nPatches + patch] = of[m];
  };
  const product = productMetric(models, options.rsaMetric ?? "spearman");
  if (product === undefined) await patchTaus(folds[0].data, series, models, put, job);
  else {
    await patchProducts(
      folds[0].data,
      series,
      product,
      (patch, products, squaredNorm) => put(patch, product.scores(products, squaredNorm)),
      job,
    );
  }
  return scores;
}
