import { InvalidArgument } from "../../core/errors.ts";
import { toVector } from "../../core/gate/vector.ts";

/** When volumes were taken. */
export interface FrameTimeOptions {
  /** Seconds from volume to volume. */
  readonly tr?: number;
  /** How many volumes the run has. */
  readonly nVolumes?: number;
  /**
   * To which moment of a volume slice timing was corrected, from 0 (its begin, default) to 1, as a share of `tr`. For
   * fMRIPrep: `StartTime / tr`.
   */
  readonly sliceTimeRef?: number;
  /** Instead of these: the time of every volume in seconds, ascending. */
  readonly frameTimesS?: ArrayLike<number>;
}

/** When volumes were taken, in seconds, and when the last of them ended. */
export interface FrameTimes {
  readonly times: Float64Array;
  readonly endS: number;
}

/** Shortest and longest time between volumes that is believed. */
const shortestTr = 0.05;
const longestTr = 20;

/** The time of every volume. Throws `InvalidArgument`. */
export function frameTimes(options: FrameTimeOptions): FrameTimes {
  if (options.frameTimesS !== undefined) return givenTimes(options.frameTimesS, options);
  const { tr, nVolumes, sliceTimeRef = 0 } = options;
  checkTr(tr);
  if (!Number.isSafeInteger(nVolumes) || nVolumes === undefined || nVolumes < 2)
    throw new InvalidArgument(
      "nVolumes",
      nVolumes,
      "give the number of volumes of the run, from 2",
    );
  if (!(sliceTimeRef >= 0 && sliceTimeRef <= 1))
    throw new InvalidArgument(
      "sliceTimeRef",
      sliceTimeRef,
      "give a share of the TR from 0 to 1: StartTime / tr for fMRIPrep",
    );
  const times = Float64Array.from({ length: nVolumes }, (_, k) => k * tr);
  const first = sliceTimeRef * tr;
  const last = (nVolumes - 1 + sliceTimeRef) * tr;
  const step = (last - first) / (nVolumes - 1);
  times.forEach((_, k) => (times[k] = k === nVolumes - 1 ? last : first + k * step));
  return { times, endS: nVolumes * tr };
}

/** Throws `InvalidArgument` for what is no time between volumes in seconds. */
export function checkTr(tr: unknown): asserts tr is number {
  if (typeof tr !== "number" || !(tr > 0) || !Number.isFinite(tr))
    throw new InvalidArgument("tr", tr, "give the seconds from volume to volume, as 2");
  if (tr >= shortestTr && tr <= longestTr) return;
  throw new InvalidArgument(
    "tr",
    tr,
    `volumes are ${shortestTr} to ${longestTr} seconds apart; give seconds, not milliseconds`,
  );
}

function givenTimes(
  frameTimesS: ArrayLike<number>,
  { tr, nVolumes, sliceTimeRef }: FrameTimeOptions,
): FrameTimes {
  const times = toVector(frameTimesS, "frameTimesS");
  if (tr !== undefined || nVolumes !== undefined || sliceTimeRef !== undefined)
    throw new InvalidArgument("frameTimesS", "given with tr, nVolumes or sliceTimeRef", "give one");
  const bad = times.findIndex(
    (time, k) => !Number.isFinite(time) || (k > 0 && time <= times[k - 1]),
  );
  if (bad >= 0 || times.length < 2)
    throw new InvalidArgument(
      bad >= 0 ? `frameTimesS[${bad}]` : "frameTimesS",
      bad >= 0 ? times[bad] : `${times.length} times`,
      "give two times or more in seconds, ascending",
    );
  const n = times.length;
  const step = (times[n - 1] - times[0]) / (n - 1);
  checkTr(step);
  return { times, endS: times[n - 1] + step };
}
