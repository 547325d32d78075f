import { InvalidArgument } from "../../core/errors.ts";
import type { BlockInputs } from "../../engine/block-work.ts";
import { spanOf, type DesignBasis } from "../../stats/regression/basis.ts";
import type { NoiseModel } from "../../stats/regression/moments.ts";
import type { DataSource } from "../functional-data.ts";
import { layOutLsa, lsaValues } from "./lsa.ts";
import { lssValues } from "./lss-betas.ts";
import { lssDesigns, type OtherTrials } from "./lss-designs.ts";
import { momentsOfRun, type RunJob } from "./opened-run.ts";
import type { OpenedTask, RunTask, RunVoxels } from "./run-task.ts";
import { partOf, stackedParts } from "./stacked-parts.ts";
import { trialName, type TrialMethod, type TrialModel } from "./trial-model.ts";
import type { Trial } from "./trial-table.ts";

/** How trials are told apart. */
export interface TrialHow {
  readonly method: TrialMethod;
  readonly others: OtherTrials;
  readonly wantT: boolean;
  readonly noise: NoiseModel;
}

/** What is fitted to a run, and what is known of it before. */
export interface TrialTask {
  readonly inflation: readonly number[];
  readonly notes: readonly string[];
  /** All that trials and nuisance can make. */
  readonly span: DesignBasis;
  /** Of each trial its values, one a voxel. */
  values(source: DataSource, space: RunVoxels, job: RunJob): Promise<readonly Float64Array[]>;
}

/** Throws `InvalidArgument` for trials without a design, or that cannot be told apart. */
export function trialTask(
  model: TrialModel,
  { method, others, wantT, noise }: TrialHow,
): TrialTask {
  const nuisance = model.nuisance.map(({ values }) => values);
  const { kept } = model;
  const span = spanOf([...nuisance, ...model.columns.flat()], kept);
  if (method === "lsa") {
    const design = layOutLsa(model);
    return {
      ...{ inflation: design.inflation, notes: design.notes, span },
      values: async (source, space, job) =>
        lsaValues(await momentsOfRun(source, space, kept, design.basis, noise, job), design, wantT),
    };
  }
  const designs = lssDesigns(model.trials, model.columns, others, kept.length);
  designs.forEach((design, trial) => checkTrialDesign(design, model, trial));
  const name = (trial: number): string => trialName(model.trials[trial]);
  return {
    ...{ inflation: [], notes: [], span },
    values: async (source, space, job) => {
      const moments = await momentsOfRun(source, space, kept, span, noise, job);
      const values = await lssValues(moments, designs, nuisance, name, wantT, job);
      return wantT ? values.t : values.betas;
    },
  };
}

/** What a plan's file says of trials. */
interface StoredTrials {
  readonly how: TrialHow;
  readonly trials: readonly Trial[];
  readonly nuisance: readonly string[];
  readonly perTrial: number;
  readonly finestS: number;
}

/** The same as numbers for another process. */
export function storeTrials(model: TrialModel, how: TrialHow): RunTask {
  const { trials, columns, nuisance, kept, finestS } = model;
  const stored: StoredTrials = {
    ...{ how, trials, finestS, perTrial: columns[0]?.length ?? 0 },
    nuisance: nuisance.map(({ name }) => name),
  };
  const arrays = {
    columns: stackedParts(columns.flat()),
    nuisance: stackedParts(nuisance.map(({ values }) => values)),
    kept,
  };
  return { kind: "trials", stored, arrays, nValues: trials.length };
}

/** Fits what was stored. */
export function openTrials(stored: unknown, arrays: BlockInputs): OpenedTask {
  const { how, trials, nuisance, perTrial, finestS } = stored as StoredTrials;
  const kept = arrays.kept as Int32Array;
  const column = (name: "columns" | "nuisance", at: number): Float64Array =>
    (arrays[name] as Float64Array).subarray(at * kept.length, (at + 1) * kept.length);
  const model: TrialModel = {
    trials,
    columns: trials.map((_, trial) =>
      Array.from({ length: perTrial }, (_k, k) => column("columns", trial * perTrial + k)),
    ),
    nuisance: nuisance.map((name, at) => ({ name, values: column("nuisance", at) })),
    ...{ kept, finestS },
  };
  const task = trialTask(model, how);
  return async (source, space, job) => stackedParts([...(await task.values(source, space, job))]);
}

/** Values of trials from their numbers. */
export function trialsFrom(numbers: Float64Array, nTrials: number): Float64Array[] {
  const n = numbers.length / nTrials;
  return Array.from({ length: nTrials }, (_, trial) => partOf(numbers, trial * n, n));
}

/** Throws `InvalidArgument` for a trial without a design. */
function checkTrialDesign(design: readonly Float64Array[], model: TrialModel, trial: number): void {
  const p = design.length + model.nuisance.length;
  const n = model.kept.length;
  if (design[0].every((value) => value === 0))
    throw new InvalidArgument(
      "events",
      `trial ${trialName(model.trials[trial])}`,
      "none of the volumes that count holds its response; leave it out",
    );
  if (p < n) return;
  throw new InvalidArgument(
    "events",
    `${p} columns for ${n} volumes`,
    "give fewer confounds or drifts than volumes",
  );
}
