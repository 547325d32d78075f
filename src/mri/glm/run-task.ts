import type { BlockInputs } from "../../engine/block-work.ts";
import type { DataSource } from "../functional-data.ts";
import type { RunJob, RunSpace } from "./opened-run.ts";

/** What is fitted to the volumes of a run, in numbers alone: every process makes the same of it. */
export interface RunTask {
  readonly kind: "model" | "trials";
  /** What a plan's file says. */
  readonly stored: object;
  readonly arrays: BlockInputs;
  /** Numbers that come out of each voxel. */
  readonly nValues: number;
}

/** The voxels of a run that are fitted. */
export type RunVoxels = Pick<RunSpace, "voxels">;

/** A run laid out: all but its volumes. */
export interface LaidOut<Fit> {
  readonly task: RunTask;
  /** Fit its volumes here. */
  fit(source: DataSource, space: RunVoxels, job: RunJob): Promise<Fit>;
  /** The same of the numbers that {@link RunTask} gives in another process. */
  finish(numbers: Float64Array): Fit;
}

/** Fits a task that was stored: nValues × nVoxels. */
export type OpenedTask = (
  source: DataSource,
  space: RunVoxels,
  job: RunJob,
) => Promise<Float64Array>;
