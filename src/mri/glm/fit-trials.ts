import { InvalidArgument } from "../../core/errors.ts";
import { spanOf, type DesignBasis } from "../../stats/regression/basis.ts";
import type { Table } from "../../table/table.ts";
import type { DataSource } from "../functional-data.ts";
import { eventsOf, nuisanceColumns, regressorOptions } from "./design-matrix.ts";
import { omittedNotes } from "./events.ts";
import { frameTimes } from "./frame-times.ts";
import { fitLsa } from "./lsa.ts";
import { lssDesigns } from "./lss-designs.ts";
import { lssValues } from "./lss-betas.ts";
import { momentsOfRun, type RunJob, type RunSpace } from "./opened-run.ts";
import { trOf, type GlmRun } from "./run-input.ts";
import { keptOf } from "../masker/filter-options.ts";
import { trialColumns } from "./trial-columns.ts";
import { trialName, type TrialModel } from "./trial-model.ts";
import type { TrialBetasOptions } from "./trial-options.ts";
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

/** Fit the trials of one run. */
export async function fitTrials(
  source: DataSource,
  space: RunSpace,
  run: GlmRun,
  name: string,
  options: TrialBetasOptions,
  job: RunJob,
): Promise<FittedTrials> {
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
  const found = await valuesOf(source, space, model, options, job);
  const notes = [...omittedNotes(read), ...found.notes].map((note) => `run ${name}: ${note}`);
  return { run: name, trials, events: read.table, kept, ...found, notes };
}

async function valuesOf(
  source: DataSource,
  space: RunSpace,
  model: TrialModel,
  options: TrialBetasOptions,
  job: RunJob,
): Promise<Pick<FittedTrials, "values" | "inflation" | "notes" | "span">> {
  const { method = "lss", others = "one", kind = "beta", noise = "ols" } = options;
  const nuisance = model.nuisance.map(({ values }) => values);
  const span = spanOf([...nuisance, ...model.columns.flat()], model.kept);
  const wantT = kind === "t";
  if (method === "lsa") {
    const fit = await fitLsa(source, space, model, noise, wantT, job);
    return { ...fit, span };
  }
  const n = model.kept.length;
  const designs = lssDesigns(model.trials, model.columns, others, n);
  designs.forEach((design, trial) => checkTrialDesign(design, model, trial));
  const moments = await momentsOfRun(source, space, model.kept, span, noise, job);
  const name = (trial: number): string => trialName(model.trials[trial]);
  const values = await lssValues(moments, designs, nuisance, name, wantT, job);
  return { values: wantT ? values.t : values.betas, inflation: [], notes: [], span };
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

function keptRows(column: Float64Array, kept: Int32Array): Float64Array {
  return Float64Array.from(kept, (volume) => column[volume]);
}
