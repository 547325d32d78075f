import { ShapeMismatch } from "../../core/errors.ts";
import type { MatrixLike } from "../../core/matrix.ts";
import { precisionMatrix } from "../../stats/covariance/index.ts";
import { covarianceEstimators } from "../../stats/covariance/noise-covariance.ts";
import {
  matchRuns,
  residualRuns,
  type NoiseOptions,
  type ResidualRun,
} from "../../stats/covariance/residual-runs.ts";
import { productSums } from "../../stats/covariance/sums.ts";
import type { Measurements } from "./measurements.ts";

/** Measurements in the channels that have noise, and its inverse covariance: one, or one a run. */
export interface NoisyMeasurements<Of extends Measurements> {
  readonly measurements: Of;
  readonly precision: MatrixLike | readonly MatrixLike[];
}

/**
 * The precision of channels from residuals. Channels without noise are no measurements and are left out. Throws
 * `ShapeMismatch` for residuals of other channels or runs.
 */
export function withNoise<Of extends Measurements>(
  measurements: Of,
  noise: NoiseOptions,
  runNames: readonly string[],
): NoisyMeasurements<Of> {
  const { method = "shrunk-to-diagonal", perRun = false } = noise;
  const all = residualRuns(noise);
  const runs = runNames.length > 0 ? matchRuns(all, runNames, perRun) : all;
  const { nChannels } = measurements;
  if (runs[0].p !== nChannels)
    throw new ShapeMismatch(
      `residuals of ${nChannels} channels, as the patterns have`,
      `of ${runs[0].p}`,
      "give residuals in the channels of the patterns",
    );
  const kept = channelsWithNoise(perRun ? runs.map((run) => [run]) : [runs]);
  const of = (group: readonly ResidualRun[]): MatrixLike => {
    const n = group.reduce((sum, run) => sum + run.n, 0);
    const dof = group.reduce((sum, run) => sum + run.dof, 0);
    const rows = takeChannels(stacked(group), nChannels, kept);
    const p = kept.length;
    const data = covarianceEstimators[method]({ ...productSums(rows, p), n, p, dof });
    return precisionMatrix({ data, shape: [p, p] });
  };
  return {
    measurements: {
      ...measurements,
      data: takeChannels(measurements.data, nChannels, kept),
      nChannels: kept.length,
    },
    precision: perRun ? runs.map((run) => of([run])) : of(runs),
  };
}

function stacked(runs: readonly ResidualRun[]): Float64Array {
  const rows = new Float64Array(runs.reduce((sum, run) => sum + run.rows.length, 0));
  let at = 0;
  for (const run of runs) {
    rows.set(run.rows, at);
    at += run.rows.length;
  }
  return rows;
}

/** Channels that vary in every group of runs. */
function channelsWithNoise(groups: readonly (readonly ResidualRun[])[]): number[] {
  const [[{ p }]] = groups;
  return Array.from({ length: p }, (_, c) => c).filter((c) =>
    groups.every((group) => group.some(({ rows }) => varies(rows, c, p))),
  );
}

function varies(rows: Float64Array, channel: number, p: number): boolean {
  for (let at = channel; at < rows.length; at += p) if (Math.abs(rows[at]) > 0) return true;
  return false;
}

function takeChannels(rows: Float64Array, p: number, kept: readonly number[]): Float64Array {
  if (kept.length === p) return rows;
  const n = rows.length / p;
  const k = kept.length;
  return Float64Array.from(
    { length: n * k },
    (_, at) => rows[Math.floor(at / k) * p + kept[at % k]],
  );
}
