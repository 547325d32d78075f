import { isOrdinary } from "../../compute/pack-voxels.ts";
import { mostNoisyVoxels, noisyDistances, type NoisyPatches } from "../../compute/noisy-patches.ts";
import { hasKernels } from "../../compute/which-path.ts";
import type { JobOptions } from "../../core/job.ts";
import type { PatchMetricOptions } from "../patch-metric.ts";
import type { PatchedPatterns } from "../patched-patterns.ts";
import { foldWeights, type FoldWeights } from "./fold-weights.ts";
import { rdmOfSquares } from "./noisy-rdm.ts";
import type { PooledResiduals } from "./patch-noise.ts";
import { refuseIndefinite } from "./whiten.ts";

/**
 * The distances of all patches of voxels, on all threads, where one covariance of all runs counts and is that of the
 * sample or drawn towards its diagonal. Undefined for what only the plain walk can do: single and large patches,
 * patterns over time, covariances for each run or of other kinds, and values that are not finite.
 */
export function noisyRdms(
  patched: PatchedPatterns,
  options: PatchMetricOptions,
  job: JobOptions,
): AsyncGenerator<Float64Array, void, undefined> | undefined {
  const { noise, patches, shape } = patched;
  const residuals = noise?.pooled?.();
  const { space, time, window } = patches.plan;
  if (noise === undefined || residuals === undefined || !hasKernels()) return undefined;
  if (noise.method !== "shrunk-to-diagonal" && noise.method !== "full") return undefined;
  if (shape.length !== 2 || space === undefined || time !== undefined || window !== undefined)
    return undefined;
  const weights = foldWeights(patched);
  if (patches.length < 2 || weights === undefined || !isOrdinary(patched.data)) return undefined;
  if (!isOrdinary(residuals.series)) return undefined;
  const scales = scalesOf(residuals, shape[1]);
  const lists = (patch: number): Int32Array =>
    space
      .around(space.centres[patch])
      .filter((voxel) => scales[voxel] > 0)
      .sort();
  for (let patch = 0; patch < patches.length; patch++)
    if (space.around(space.centres[patch]).length > mostNoisyVoxels) return undefined;
  return rdmsOf(kernelPatches(patched, residuals, weights, scales, lists), weights, options, job);
}

/** What makes the residuals of each voxel one of variance 1; 0 for one without noise. */
function scalesOf({ series, n, dof }: PooledResiduals, nVoxels: number): Float64Array {
  return Float64Array.from({ length: nVoxels }, (_, voxel) => {
    let squares = 0;
    for (let at = voxel * n; at < (voxel + 1) * n; at++) squares += series[at] * series[at];
    return squares > 0 ? 1 / Math.sqrt(squares / dof) : 0;
  });
}

function kernelPatches(
  { data, shape, nFolds, patches, noise }: PatchedPatterns,
  { series, n, dof }: PooledResiduals,
  weights: FoldWeights,
  scales: Float64Array,
  voxelsOf: NoisyPatches["voxelsOf"],
): NoisyPatches {
  return {
    ...{ nItems: shape[0], nFolds, nVoxels: shape[1], nPatches: patches.length },
    ...{ residuals: series, nRows: n, dof, shrunk: noise?.method === "shrunk-to-diagonal" },
    ...{ scales, patterns: data, offset: weights.offset, voxelsOf },
    ...{ weights: weights.weights, known: weights.known },
  };
}

async function* rdmsOf(
  patches: NoisyPatches,
  { nKnown, nFolds }: FoldWeights,
  { metric, squareRoot = false }: PatchMetricOptions,
  job: JobOptions,
): AsyncGenerator<Float64Array, void, undefined> {
  for await (const { sums, definite, nVoxels } of noisyDistances(patches, job)) {
    if (!definite && nVoxels > 0) refuseIndefinite(nVoxels);
    const squares = sums.map((sum, pair) => (nVoxels > 0 ? sum / nKnown[pair] : NaN));
    yield rdmOfSquares({ squares, nFeatures: nVoxels, nFolds }, { metric, squareRoot });
  }
}
