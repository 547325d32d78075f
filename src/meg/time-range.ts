import { InvalidArgument } from "../core/errors.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { roundHalfEven } from "../stats/round-half-even.ts";

/** Samples `from` up to but without `to`. */
export interface SampleRange {
  readonly from: number;
  readonly to: number;
}

/** A stretch of time in seconds; both ends default to the ends of the data. */
export interface TimeRange {
  readonly tminS?: number;
  readonly tmaxS?: number;
}

/** Names of a stretch of time: `tmin` in seconds is called `tminS` here, and would be passed over without a word. */
export const timeRangeNames: OptionNames<TimeRange> = { tminS: true, tmaxS: true };

/**
 * The samples that a crop keeps: each end is moved to its nearest sample (halves to the even one) and included. Ends
 * outside the data are moved to the data's ends. Agrees with `mne.Epochs.crop`.
 */
export function cropRange(
  times: ArrayLike<number>,
  sfreqHz: number,
  range: TimeRange,
  includeTmax = true,
): SampleRange {
  checkOptions(range, timeRangeNames);
  const last = times.length - 1;
  const { tminS = times[0], tmaxS = times[last] } = range;
  const clampsTmax = !(tmaxS <= times[last]);
  const lowS = nearestSample(Math.max(tminS, times[0]), sfreqHz) - 0.5 / sfreqHz;
  const halfSampleS = includeTmax || clampsTmax ? 0.5 / sfreqHz : -0.5 / sfreqHz;
  const highS = nearestSample(clampsTmax ? times[last] : tmaxS, sfreqHz) + halfSampleS;
  const from = firstAtLeast(times, lowS);
  const to = firstAbove(times, highS);
  if (to <= from)
    throw new InvalidArgument(
      "time range",
      `${tminS} to ${tmaxS} s`,
      `no sample lies in it; the data go from ${times[0]} to ${times[last]} s`,
    );
  return { from, to };
}

/**
 * The samples between `tminS` (included) and `tmaxS` (excluded), without any rounding. Agrees with MNE-RSA 1.1, which
 * documents `tmax` as included but excludes it. Throws `InvalidArgument` for a time outside the data.
 */
export function searchRange(times: ArrayLike<number>, { tminS, tmaxS }: TimeRange): SampleRange {
  const last = times.length - 1;
  if (tminS !== undefined && !(tminS >= times[0]))
    throw outside(
      "tminS",
      tminS,
      `the first sample is at ${times[0]} s; leave tminS out to begin there`,
    );
  if (tmaxS !== undefined && !(tmaxS <= times[last]))
    throw outside(
      "tmaxS",
      tmaxS,
      `the last sample is at ${times[last]} s; leave tmaxS out to go to the end, that sample included`,
    );
  const from = tminS === undefined ? 0 : firstAtLeast(times, tminS);
  const to = tmaxS === undefined ? times.length : firstAtLeast(times, tmaxS);
  if (from < to) return { from, to };
  throw noSamples(times, { tminS, tmaxS }, "no sample lies in it: tminS is included, tmaxS is not");
}

/**
 * The same for centres of windows of 2 `radius` + 1 samples, which must lie in the data whole. Throws
 * `InvalidArgument` where there is no such centre.
 */
export function centreRange(
  times: ArrayLike<number>,
  range: TimeRange & { readonly temporalRadiusS?: number },
  radius: number,
): SampleRange {
  const n = times.length;
  if (2 * radius + 1 > n)
    throw outside(
      "temporalRadiusS",
      range.temporalRadiusS,
      `a window of ${2 * radius + 1} samples does not fit into the ${n} samples from ${times[0]} to ${times[n - 1]} s`,
    );
  const asked = searchRange(times, range);
  const [from, to] = [Math.max(asked.from, radius), Math.min(asked.to, n - radius)];
  if (from < to) return { from, to };
  const [first, last] = [times[radius], times[n - radius - 1]];
  const why = `no window of temporalRadiusS = ${range.temporalRadiusS} has its centre there: centres go from ${first} to ${last} s`;
  throw noSamples(times, range, why);
}

function noSamples(times: ArrayLike<number>, range: TimeRange, why: string): InvalidArgument {
  const last = times.length - 1;
  const { tminS = times[0], tmaxS = times[last] } = range;
  return outside(
    "time range",
    `tminS = ${tminS} to tmaxS = ${tmaxS} s`,
    `${why}; the data go from ${times[0]} to ${times[last]} s`,
  );
}

/**
 * A radius in seconds as whole samples, halves to the even one, as MNE-RSA rounds. Throws `InvalidArgument` for one above 0
 * that would become 0: windows would be single samples without a word.
 */
export function radiusInSamples(radiusS: number, sfreqHz: number): number {
  if (!(radiusS >= 0 && Number.isFinite(radiusS)))
    throw outside("temporalRadiusS", radiusS, "give a radius in seconds, 0 or more");
  const radius = roundHalfEven(sfreqHz * radiusS);
  if (radius > 0 || radiusS === 0) return radius;
  throw new InvalidArgument(
    "temporalRadiusS",
    radiusS,
    `the samples that are kept are ${1 / sfreqHz} s apart, so that it would be 0; give that or more, or 0 for single samples`,
  );
}

function nearestSample(timeS: number, sfreqHz: number): number {
  return roundHalfEven(timeS * sfreqHz) / sfreqHz;
}

function firstAtLeast(times: ArrayLike<number>, timeS: number): number {
  let at = 0;
  while (at < times.length && times[at] < timeS) at++;
  return at;
}

function firstAbove(times: ArrayLike<number>, timeS: number): number {
  let at = 0;
  while (at < times.length && times[at] <= timeS) at++;
  return at;
}

function outside(argument: string, found: unknown, advice: string): InvalidArgument {
  return new InvalidArgument(argument, found, advice);
}
