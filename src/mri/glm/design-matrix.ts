import {
  finite,
  kind,
  listOf,
  notNegative,
  object,
  oneOf,
  text,
  whole,
} from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { checkDesign } from "../../stats/regression/check-design.ts";
import { asTable, type TableLike } from "../../table/as-table.ts";
import { confoundColumns } from "./confound-columns.ts";
import { Design } from "./design.ts";
import { driftColumns, driftModels, type DriftModel, type NamedColumn } from "./drifts.ts";
import {
  omittedNotes,
  readEvents,
  type EventOptions,
  type ModelEvent,
  type RunEvents,
} from "./events.ts";
import { frameTimes, type FrameTimeOptions, type FrameTimes } from "./frame-times.ts";
import { hrfModels, type HrfModel } from "./response-kernels.ts";
import { regressorsOf, type RegressorOptions } from "./regressors.ts";

/** How events become regressors, apart from when volumes were taken. */
export interface EventModelOptions extends EventOptions {
  /** The haemodynamic response; default `glover`. */
  readonly hrf?: HrfModel;
  /** Delays of `fir` in volumes. Default 0. */
  readonly firDelays?: readonly number[];
  /** Slow changes of the signal; default `cosine`. */
  readonly drift?: DriftModel;
  /** Cosines slower than this are in the model. Default 0.01, as nilearn; SPM has 1/128. */
  readonly highPassHz?: number;
  /** Highest power of `polynomial` drifts. Default 1. */
  readonly driftOrder?: number;
  /** Samples a volume of the grid on which events are convolved. Default 50. */
  readonly oversampling?: number;
  /** Events that begin more than this before the first volume are left out. Default −24. */
  readonly minOnsetS?: number;
}

/** What {@link designMatrix} takes. */
export interface DesignMatrixOptions extends EventModelOptions, FrameTimeOptions {
  /** Other time courses of the model, one row a volume, as {@link readConfounds} reads them. */
  readonly confounds?: TableLike;
}

/** Names of the options of a model, for the check of options. */
export const modelNames: OptionNames<EventModelOptions> = {
  item: text,
  durationS: notNegative,
  modulation: text,
  duplicates: oneOf(["refuse", "sum"]),
  mixedDurations: oneOf(["refuse", "allow"]),
  hrf: oneOf(hrfModels),
  firDelays: listOf(whole(0)),
  drift: oneOf(driftModels),
  highPassHz: notNegative,
  driftOrder: whole(0),
  oversampling: whole(1),
  minOnsetS: kind(
    "a number up to 0, in seconds",
    (value) => typeof value === "number" && value <= 0,
  ),
};

const designMatrixNames: OptionNames<DesignMatrixOptions> = {
  ...modelNames,
  tr: true,
  nVolumes: true,
  sliceTimeRef: finite,
  frameTimesS: object,
  confounds: object,
};

/**
 * The design matrix of a run: a column a condition (and its derivatives or delays), confounds, slow drifts and a
 * constant. Conditions are sorted: numbers as numbers, text by code point.
 *
 * Agrees with nilearn's `make_first_level_design_matrix`, except where that goes on in silence: an event after the
 * scan, one that is there twice, durations of 0 beside others, and columns that are sums of others are refused; an
 * event long before the scan is left out, not moved.
 *
 * @param events - a table with `onset` and `duration` in seconds and the condition in `trial_type` (or `item`), as
 *   `readTsv` reads it; undefined for a run without events.
 * @throws InvalidArgument naming row and column; ShapeMismatch for confounds of other volumes; UnknownOption.
 * @example
 * import { designMatrix } from "tsrsa";
 * const events = { onset: [4, 20], duration: [1, 1], trial_type: ["face", "house"] };
 * const design = designMatrix(events, { tr: 2, nVolumes: 40 });
 * design.names; // [ "face", "house", "drift_1", "constant" ]
 */
export function designMatrix(events: TableLike | undefined, options: DesignMatrixOptions): Design {
  checkOptions(options, designMatrixNames);
  const frames = frameTimes(options);
  const read = events === undefined ? undefined : eventsOf(events, options, frames);
  const conditions = read === undefined ? [] : conditionColumns(read, options, frames);
  const columns = [...conditions, ...nuisanceColumns(options, frames)];
  const nConfounds = options.confounds === undefined ? 0 : asTable(options.confounds).names.length;
  checkNames(columns, conditions.length, nConfounds);
  const { hrf = "glover", drift = "cosine", oversampling = 50 } = options;
  const notes = read === undefined ? [] : omittedNotes(read);
  const items = read?.conditions ?? [];
  const perItem = conditions.length / Math.max(1, items.length);
  const design = new Design(columns, frames.times, {
    hrf,
    drift,
    oversampling,
    items,
    columns: items.map((_, at) => conditions[at * perItem].name),
    notes,
  });
  checkDesign(design);
  return design;
}

/** The events of a run as the options say. */
export function eventsOf(
  events: TableLike,
  options: EventModelOptions,
  { times, endS }: FrameTimes,
): RunEvents {
  return readEvents(events, options, {
    firstS: times[0],
    endS,
    minOnsetS: options.minOnsetS ?? -24,
  });
}

/** What a run's signal is made of beside events. Throws `InvalidArgument`, `ShapeMismatch`. */
export function nuisanceColumns(
  { confounds, drift = "cosine", highPassHz = 0.01, driftOrder = 1 }: DesignMatrixOptions,
  { times }: FrameTimes,
): NamedColumn[] {
  return [
    ...confoundColumns(confounds, times.length),
    ...driftColumns(times, { drift, highPassHz, driftOrder }),
  ];
}

/** How regressors are made, defaults filled in. */
export function regressorOptions(options: EventModelOptions): RegressorOptions {
  const { hrf = "glover", firDelays = [0], oversampling = 50, minOnsetS = -24 } = options;
  return { hrf, firDelays, oversampling, minOnsetS };
}

function conditionColumns(
  { events, conditions }: RunEvents,
  options: EventModelOptions,
  { times }: FrameTimes,
): NamedColumn[] {
  const groups = new Map<string, ModelEvent[]>(conditions.map((name) => [name, []]));
  for (const event of events) groups.get(event.condition)?.push(event);
  const make = regressorsOf(times, regressorOptions(options));
  return [...groups].flatMap(([name, own]) => make(name, own));
}

function checkNames(
  columns: readonly NamedColumn[],
  nConditions: number,
  nConfounds: number,
): void {
  const whence = new Map<string, string>();
  columns.forEach(({ name }, at) => {
    const from =
      at < nConditions ? "a condition" : at < nConditions + nConfounds ? "a confound" : "a drift";
    const other = whence.get(name);
    if (other !== undefined)
      throw new InvalidArgument(
        "column names",
        name,
        `it is the name of ${other} and of ${from}; rename one of the two`,
      );
    whence.set(name, from);
  });
}
