import type { BlockInputs } from "../../engine/block-work.ts";
import { partOf, stackedParts } from "./stacked-parts.ts";
import { basisOf, type DesignBasis } from "../../stats/regression/basis.ts";
import type { NoiseModel } from "../../stats/regression/moments.ts";
import { covariancesOf, type Solution } from "../../stats/regression/solve-moments.ts";
import type { DataSource } from "../functional-data.ts";
import { momentsOfRun, type RunJob } from "./opened-run.ts";
import { scaledSolution } from "./run-fit.ts";
import type { OpenedTask, RunTask, RunVoxels } from "./run-task.ts";
import type { SignalScaling } from "./signal-scaling.ts";

/** A design of the volumes of a run that count, and how it is fitted. */
export interface ModelTask {
  readonly kept: Int32Array;
  readonly basis: DesignBasis;
  readonly noise: NoiseModel;
  readonly signalScaling: SignalScaling;
}

/** What a fit finds of every voxel. */
export interface SolvedModel {
  readonly solution: Solution;
  readonly scales: Float64Array;
}

/** Fit a design. */
export async function solveModel(
  { kept, basis, noise, signalScaling }: ModelTask,
  source: DataSource,
  space: RunVoxels,
  job: RunJob,
): Promise<SolvedModel> {
  const moments = await momentsOfRun(source, space, kept, basis, noise, job);
  return scaledSolution(moments, signalScaling);
}

/** The same as numbers for another process. */
export function storeModel(
  rows: Float64Array,
  { kept, basis, noise, signalScaling }: ModelTask,
): RunTask {
  const stored = { p: basis.p, noise, signalScaling };
  return { kind: "model", stored, arrays: { rows, kept }, nValues: basis.p + 3 };
}

/** Fits what was stored. */
export function openModel(stored: unknown, arrays: BlockInputs): OpenedTask {
  const { p, noise, signalScaling } = stored as ReturnType<typeof storeModel>["stored"] & {
    readonly p: number;
    readonly noise: NoiseModel;
    readonly signalScaling: SignalScaling;
  };
  const kept = arrays.kept as Int32Array;
  const rows = { data: arrays.rows as Float64Array, shape: [kept.length, p] };
  const task = { kept, basis: basisOf(rows, kept), noise, signalScaling };
  return async (source, space, job) => {
    const { solution, scales } = await solveModel(task, source, space, job);
    return stackedParts([solution.betas, solution.variance, solution.rho, scales]);
  };
}

/** What another process found, from its numbers. */
export function solvedFrom(numbers: Float64Array, { basis, noise }: ModelTask): SolvedModel {
  const { p } = basis;
  const n = numbers.length / (p + 3);
  const rho = partOf(numbers, (p + 1) * n, n);
  return {
    solution: {
      betas: partOf(numbers, 0, p * n),
      variance: partOf(numbers, p * n, n),
      rho,
      covariances: covariancesOf(basis, noise, rho),
    },
    scales: partOf(numbers, (p + 2) * n, n),
  };
}
