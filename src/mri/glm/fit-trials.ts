import type { DesignBasis } from "../../stats/regression/basis.ts";
import type { Table } from "../../table/table.ts";
import type { DataSource } from "../functional-data.ts";
import { eventsOf, nuisanceColumns, regressorOptions } from "./design-matrix.ts";
import { omittedNotes } from "./events.ts";
import { frameTimes } from "./frame-times.ts";
import { trOf, type GlmRun } from "./run-input.ts";
import type { LaidOut } from "./run-task.ts";
import { keptOf } from "../masker/filter-options.ts";
import { trialColumns } from "./trial-columns.ts";
import type { TrialModel } from "./trial-model.ts";
import type { TrialBetasOptions } from "./trial-options.ts";
import { storeTrials, trialsFrom, trialTask, type TrialHow } from "./trial-task.ts";
import { trialsOf, type RunTrials, type Trial } from "./trial-table.ts";

/** The trials of a run, and what was found of them. */
export interface FittedTrials extends RunTrials {
  readonly run: string;
  readonly trials: readonly Trial[];
  readonly events: Table;
  /** Of each trial its values, one a voxel. */
  readonly values: readonly Float64Array[];
  readonly notes: readonly string[];
  readonly kept: Int32Array;
  /** All that trials and nuisance can make. */
  readonly span: DesignBasis;
}

/** How trials are told apart, with defaults. */
function trialHow({
  method = "lss",
  others = "one",
  kind = "beta",
  noise = "ols",
}: TrialBetasOptions): TrialHow {
  return { method, others, wantT: kind === "t", noise };
}

/** Lay the trials of one run out. */
export function layOutTrials(
  source: DataSource,
  run: GlmRun,
  name: string,
  options: TrialBetasOptions,
): LaidOut<FittedTrials> {
  const tr = trOf(run, options, source);
  const sliceTimeRef = run.sliceTimeRef ?? options.sliceTimeRef;
  const frames = frameTimes({ tr, nVolumes: source.nVolumes, sliceTimeRef });
  const read = eventsOf(run.events, options, frames);
  const trials = trialsOf(read);
  const kept = keptOf(run.sampleMask, source.nVolumes);
  const regressors = regressorOptions(options);
  const model: TrialModel = {
    trials,
    columns: trialColumns(frames.times, trials, regressors).map((own) =>
      own.map((column) => keptRows(column, kept)),
    ),
    nuisance: nuisanceColumns({ ...options, confounds: run.confounds }, frames).map((column) => ({
      ...column,
      values: keptRows(column.values, kept),
    })),
    kept,
    finestS: tr / regressors.oversampling,
  };
  const how = trialHow(options);
  const task = trialTask(model, how);
  const found = [...omittedNotes(read), ...task.notes];
  const notes = found.map((note) => `run ${name}: ${note}`);
  const { inflation, span } = task;
  const fitOf = (values: readonly Float64Array[]): FittedTrials => ({
    ...{ run: name, trials, events: read.table, kept, values, inflation, span, notes },
  });
  return {
    task: storeTrials(model, how),
    fit: async (own, space, job) => fitOf(await task.values(own, space, job)),
    finish: (numbers) => fitOf(trialsFrom(numbers, trials.length)),
  };
}

function keptRows(column: Float64Array, kept: Int32Array): Float64Array {
  return Float64Array.from(kept, (volume) => column[volume]);
}
