import { gramMetrics, type GramMetric } from "../compute/kernels.ts";
import { isOrdinary } from "../compute/pack-voxels.ts";
import {
  patchProducts,
  patchTaus,
  type PatchFolds,
  type PatchSeries,
} from "../compute/patch-scores.ts";
import type { JobOptions } from "../core/job.ts";
import type { NumericArray } from "../core/matrix.ts";
import type { ProgressLine } from "../core/progress.ts";
import type { EngineScores } from "../rsa/comparisons/engine-scores.ts";
import type { FoldedPatterns } from "./folded-patterns.ts";
import type { SearchlightPatches } from "./patches.ts";
import type { ScoreSearchlightOptions, SearchlightMetricOptions } from "./score-searchlight.ts";

/** Rows of all sets that cross-validated patches are made of may take so many bytes in all. */
const MOST_BYTES = 2 ** 29;

/**
 * The patches as the compute engine takes them; undefined for what it cannot do: patches along time, distances that
 * are no sums of products or differences, and numbers whose squares are none.
 */
export function engineSeries(
  patterns: FoldedPatterns,
  patches: SearchlightPatches,
  options: ScoreSearchlightOptions,
): PatchSeries | undefined {
  const { folds, nItems, all } = patterns;
  const { metric = "correlation", crossValidated = false } = options;
  const { space, time, window } = patches.plan;
  if (!isGramMetric(metric) || folds[0].shape.length !== 2 || !isOrdinary(all)) return undefined;
  if (space === undefined || time !== undefined || window !== undefined || nItems < 2)
    return undefined;
  const cross = crossValidated
    ? crossValidation(folds.length, all.length, options.metricOptions)
    : undefined;
  if (crossValidated && cross === undefined) return undefined;
  return {
    nItems,
    nVoxels: folds[0].shape[1],
    nPatches: patches.length,
    metric,
    folds: cross,
    voxelsOf: (patch) => space.around(space.centres[patch]),
  };
}

export function isGramMetric(metric: unknown): metric is GramMetric {
  return (gramMetrics as readonly unknown[]).includes(metric);
}

/**
 * How the engine is to cross-validate; undefined for what the plain computation refuses, and for what would take too
 * much memory.
 *
 * @param size - how many numbers all folds have.
 */
export function crossValidation(
  nFolds: number,
  size: number,
  {
    regVar = 0.1,
    regDenom = 0.25,
    bounded = true,
    squareRoot = false,
  }: SearchlightMetricOptions = {},
): PatchFolds | undefined {
  const isShare = (share: number): boolean => share >= 0 && share <= 1;
  if (nFolds < 2 || !isShare(regVar) || !isShare(regDenom)) return undefined;
  if ((2 + 1 / nFolds) * size * 8 > MOST_BYTES) return undefined;
  return { nFolds, regVar, regDenom, bounded, squareRoot };
}

/** Scores of all patches, models × patches, computed on all threads. */
export async function scoreOnEngine(
  all: NumericArray,
  series: PatchSeries,
  models: readonly Float64Array[],
  engine: EngineScores,
  options: Pick<JobOptions, "signal" | "jobs">,
  line: ProgressLine,
): Promise<Float64Array> {
  const { nPatches } = series;
  const scores = new Float64Array(models.length * nPatches);
  const { signal, jobs } = options;
  const job: JobOptions = { signal, jobs, onProgress: ({ done }) => line.update(done) };
  const put = (patch: number, of: Float64Array): void => {
    for (let m = 0; m < of.length; m++) scores[m * nPatches + patch] = of[m];
  };
  if (engine.by === "taus") await patchTaus(all, series, models, put, job);
  else {
    const prepared = engine.prepare();
    await patchProducts(
      all,
      series,
      prepared,
      (patch, products, squaredNorm) => put(patch, prepared.scores(products, squaredNorm)),
      job,
    );
  }
  return scores;
}
