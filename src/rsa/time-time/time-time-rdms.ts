import { InvalidArgument } from "../../core/errors.ts";
import { notNegative, text } from "../../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import type { JobOptions } from "../../core/job.ts";
import type { ItemChoice } from "../../rdm/align-rdms.ts";
import { toRdms, type RdmInput } from "../../rdm/rdm-list.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { compareRdms } from "../compare/compare-rdms.ts";
import type { PairComparisonLike } from "../comparisons/resolve.ts";
import { nameOf } from "../comparisons/resolve.ts";
import { TimeTime } from "./time-time.ts";

/** How RDMs of times are compared. */
export interface TimeTimeOptions extends JobOptions {
  /** How two RDMs are compared. Default `spearman`. */
  readonly rsaMetric?: PairComparisonLike;
  /** Leave out pairs that are `NaN` in one of two RDMs. Default false. */
  readonly ignoreNan?: boolean;
}

export const timeTimeNames: OptionNames<TimeTimeOptions> = {
  rsaMetric: true,
  ignoreNan: true,
  ...jobNames,
};

/** What {@link timeTimeRdms} takes. */
export interface TimeTimeRdmsOptions extends TimeTimeOptions {
  /** RDMs are matched by label: see `rsa`. */
  readonly items?: ItemChoice;
  /** What rows and columns are of. Default: `rows` and `columns`. */
  readonly rowName?: string;
  readonly columnName?: string;
  /**
   * RDMs up to this far apart in time, in seconds, are of the same data, so that no test takes them: for windows of radius
   * r of one recording 2 r. Default: 0 for the same list twice, else none are.
   */
  readonly overlapS?: number;
}

const timeTimeRdmsNames: OptionNames<TimeTimeRdmsOptions> = {
  items: true,
  rowName: text,
  columnName: text,
  overlapS: notNegative,
  ...timeTimeNames,
};

/**
 * How alike the RDM of every time is to that of every other: of one recording (the same list twice: symmetric, 1 on the
 * diagonal by construction), or of two halves, regions or people. Times are `meta.timeS` of the RDMs, as `rdmEpochs` gives
 * them, else 0, 1, 2, … Each RDM is ranked once.
 *
 * A ridge round the diagonal of one recording is no finding: windows that overlap share data, and near ones share trials'
 * slow noise. Compare halves of the trials, or say with `overlapS` which times a test leaves out.
 *
 * @throws ItemMismatch; ShapeMismatch; InvalidArgument for an RDM that is not of a time while others are; UnknownOption;
 *   Cancelled.
 * @example
 * import { Rdm, timeTimeRdms } from "tsrsa";
 * const at = (timeS: number, ...d: number[]) => new Rdm(d, { meta: { timeS } });
 * const rdms = [at(0, 1, 2, 3), at(0.1, 1, 3, 2), at(0.2, 3, 2, 1)];
 * const found = await timeTimeRdms(rdms, rdms, { onProgress: false });
 * found.at(0, 0.2); // -1
 */
export async function timeTimeRdms(
  rows: RdmInput,
  columns: RdmInput,
  options: TimeTimeRdmsOptions = {},
): Promise<TimeTime> {
  checkOptions(options, timeTimeRdmsNames);
  const {
    rsaMetric: method = "spearman",
    rowName = "rows",
    columnName = "columns",
    overlapS,
    ...how
  } = options;
  const left = toRdms(rows, "rows");
  const right = columns === rows ? left : toRdms(columns, "columns");
  const compared = await compareRdms(left, right, { ...how, method });
  const symmetric = left.length === right.length && left.every((rdm, at) => rdm === right[at]);
  return new TimeTime({
    scores: compared.scores,
    rowTimes: timesOf(left, "rows"),
    columnTimes: timesOf(right, "columns"),
    rowName,
    columnName,
    label: `${nameOf(method)} of RDMs`,
    symmetric,
    overlapS: overlapS ?? (symmetric ? 0 : undefined),
  });
}

/** Where in time each RDM is; their places where none says so. Throws `InvalidArgument` where only some do. */
export function timesOf(rdms: readonly Rdm[], argument: string): Float64Array {
  const times = rdms.map(({ meta }) => meta.timeS);
  if (times.every((time) => time === undefined)) return Float64Array.from(rdms.keys());
  const at = times.findIndex((time) => typeof time !== "number" || Number.isNaN(time));
  if (at === -1) return Float64Array.from(times, Number);
  throw new InvalidArgument(
    `${argument}[${at}].meta.timeS`,
    times[at],
    "give every RDM its time in seconds, as rdmEpochs does, or none",
  );
}
