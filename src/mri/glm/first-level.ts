import { oneOf } from "../../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import type { JobOptions } from "../../core/job.ts";
import { engineNames, type EngineJob } from "../../engine/engine-options.ts";
import { noiseModels, type NoiseModel } from "../../stats/regression/moments.ts";
import type { Volume } from "../grid.ts";
import type { DataSource } from "../functional-data.ts";
import { designMatrix, modelNames, type EventModelOptions } from "./design-matrix.ts";
import type { Design } from "./design.ts";
import { FirstLevel } from "./first-level-result.ts";
import { fitEachRun } from "./fit-each-run.ts";
import { solvedFrom, solveModel, storeModel, type SolvedModel } from "./model-task.ts";
import { designOfRows, type RunFit } from "./run-fit.ts";
import type { LaidOut } from "./run-task.ts";
import { toRuns, trOf, type GlmRun, type RunDefaults } from "./run-input.ts";
import { keptOf } from "../masker/filter-options.ts";
import { signalScalings, type SignalScaling } from "./signal-scaling.ts";

/** How runs are read and modelled. */
export interface RunModelOptions extends EventModelOptions, RunDefaults, JobOptions, EngineJob {
  /** The voxels fitted: those not 0 in an image of the same grid. Default: all. */
  readonly mask?: Volume;
  /** Seconds from volume to volume. Default: what the files say. */
  readonly tr?: number;
  /** To which moment of a volume slice timing was corrected, as a share of `tr`; fMRIPrep: `StartTime / tr`. Default 0. */
  readonly sliceTimeRef?: number;
}

/** What {@link firstLevel} takes. */
export interface FirstLevelOptions extends RunModelOptions {
  /** Noise that follows on that of the volume before (`ar1`, default, as in nilearn), or independent (`ols`). */
  readonly noise?: NoiseModel;
  /**
   * Signals as they are (default), as percent of each voxel's mean over the run (nilearn's
   * default), or of the mean of all voxels (`percent-of-all`).
   */
  readonly signalScaling?: SignalScaling;
}

/** Names of these options. */
export const runModelNames: OptionNames<RunModelOptions> = {
  ...modelNames,
  ...jobNames,
  ...engineNames,
  mask: true,
  tr: true,
  sliceTimeRef: true,
};

const firstLevelNames: OptionNames<FirstLevelOptions> = {
  ...runModelNames,
  noise: oneOf(noiseModels),
  signalScaling: oneOf(signalScalings),
};

/**
 * A general linear model of the voxels of a few runs: each run has its own design and fit, and a contrast of all is
 * their mean (fixed effects). Volumes are gone through once and none is kept: memory is a few numbers a voxel and
 * column.
 *
 * Agrees with nilearn's `FirstLevelModel` in float64, without its default scaling to percent; censored volumes
 * (`sampleMask`) are no neighbours of those after them. A voxel with a value that is not finite is NaN.
 *
 * @param runs - one run or several, in the voxels of one mask.
 * @throws InvalidArgument naming row and column of events or confounds, for designs whose coefficients cannot be told,
 *   and an empty mask; ShapeMismatch for a mask or run of another grid, confounds of other volumes or a TR that the
 *   file contradicts; FileFormatError; Cancelled.
 * @example
 * import { firstLevel } from "tsrsa";
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const data = Float64Array.from({ length: 40 }, (_, t) => 100 + ((t + 3) % 10 < 5 ? 4 : 0) + (t % 3));
 * const run = {
 *   image: { data, shape: [1, 1, 1, 40], affine },
 *   events: { onset: [8, 28, 48, 68], duration: [10, 10, 10, 10], trial_type: ["on", "on", "on", "on"] },
 * };
 * const model = await firstLevel(run, { tr: 2, noise: "ols" });
 * model.contrast({ on: 1 }).result.stat[0] > 5; // true
 */
export async function firstLevel(
  runs: GlmRun | readonly GlmRun[],
  options: FirstLevelOptions = {},
): Promise<FirstLevel> {
  checkOptions(options, firstLevelNames);
  const list = toRuns(runs);
  const { fits, space } = await fitEachRun(list, options, (source, run, name) =>
    layOut(source, run, name, options),
  );
  return new FirstLevel(list, fits, space);
}

function layOut(
  source: DataSource,
  run: GlmRun,
  name: string,
  options: FirstLevelOptions,
): LaidOut<RunFit> {
  const design = designOfRun(source, run, options);
  const kept = keptOf(run.sampleMask, source.nVolumes);
  const { rows, basis } = designOfRows(design, kept);
  const { noise = "ar1", signalScaling = "none" } = options;
  const task = { kept, basis, noise, signalScaling };
  const dof = kept.length - design.names.length;
  const percent = signalScaling !== "none";
  const fitOf = (solved: SolvedModel): RunFit => ({
    ...{ name, design, rows, kept, ...solved, percent, dof },
  });
  return {
    task: storeModel(rows.data, task),
    fit: async (own, space, job) => fitOf(await solveModel(task, own, space, job)),
    finish: (numbers) => fitOf(solvedFrom(numbers, task)),
  };
}

/** The design of all volumes of a run. */
export function designOfRun(source: DataSource, run: GlmRun, options: RunModelOptions): Design {
  const { hrf, firDelays, drift, highPassHz, driftOrder, oversampling, minOnsetS } = options;
  const { item, durationS, modulation, duplicates, mixedDurations } = options;
  return designMatrix(run.events, {
    ...{ hrf, firDelays, drift, highPassHz, driftOrder, oversampling, minOnsetS },
    ...{ item, durationS, modulation, duplicates, mixedDurations },
    tr: trOf(run, options, source),
    nVolumes: source.nVolumes,
    sliceTimeRef: run.sliceTimeRef ?? options.sliceTimeRef,
    confounds: run.confounds,
  });
}
