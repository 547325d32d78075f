import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { numbers, text, thing } from "../../core/gate/kinds.ts";

/** Values of one model, region or subject over time. */
export interface TimeCourse {
  readonly name: string;
  /** In seconds, ascending; 0 is the onset of the stimulus. */
  readonly times: ArrayLike<number>;
  /** One a time; NaN leaves a gap. */
  readonly values: ArrayLike<number>;
  /** Bounds of the shaded band, for example mean − and + one standard error. */
  readonly lower?: ArrayLike<number>;
  readonly upper?: ArrayLike<number>;
  /** What the shaded band is, for the caption. */
  readonly bandLabel?: string;
  /** Stretches of time in seconds that a test found significant. */
  readonly significant?: readonly (readonly [fromS: number, toS: number])[];
}

/** The highest value of a time course, and when. */
export interface Peak {
  readonly time: number;
  readonly value: number;
}

const isSeries = thing("{ name, times, values }", "name", "times", "values");

/** Throws `ShapeMismatch` when lengths differ, `InvalidArgument` when times do not ascend or nothing is finite. */
export function checkTimeCourse(series: TimeCourse): void {
  isSeries(series, "time course");
  const { name, times } = series;
  text(name, "name of a time course");
  for (const column of ["times", "values", "lower", "upper"] as const)
    if (column in series && series[column] !== undefined)
      numbers(series[column], `${column} of ${JSON.stringify(name)}`);
  const of = `of ${JSON.stringify(name)}`;
  for (const column of ["values", "lower", "upper"] as const) {
    const found = series[column]?.length ?? times.length;
    if (found !== times.length)
      throw new ShapeMismatch(`${times.length} ${column} ${of}, one a time`, `${found}`);
  }
  if ((series.lower === undefined) !== (series.upper === undefined))
    throw new InvalidArgument("band", `one bound ${of}`, "give both lower and upper, or neither");
  for (let i = 0; i < times.length; i++) {
    if (!Number.isFinite(times[i]) || (i > 0 && times[i] <= times[i - 1]))
      throw new InvalidArgument(
        "times",
        times[i],
        `times ${of} must be finite and ascend (place ${i})`,
      );
  }
  if (peakOf(series) === undefined)
    throw new InvalidArgument(
      "values",
      `none finite ${of}`,
      "leave the series out, or check its NaN",
    );
}

/** The highest finite value; undefined when there is none. */
export function peakOf({ times, values }: TimeCourse): Peak | undefined {
  let best: Peak | undefined;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i]) && (best === undefined || values[i] > best.value))
      best = { time: times[i], value: values[i] };
  }
  return best;
}

/** Whether a time lies in a stretch found significant. */
export function isSignificant({ significant = [] }: TimeCourse, time: number): boolean {
  return significant.some(([from, to]) => time >= from && time <= to);
}

/** One time of a curve; what is not finite is left out, so that it leaves a gap. */
export interface Sample {
  readonly time: number;
  readonly value: number | undefined;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
}

/** A time course as one sample a time. */
export function samplesOf({ times, values, lower, upper }: TimeCourse): Sample[] {
  const finite = (column: ArrayLike<number> | undefined, at: number) =>
    column !== undefined && Number.isFinite(column[at]) ? column[at] : undefined;
  return Array.from(times, (time, at) => ({
    time,
    value: finite(values, at),
    lower: finite(lower, at),
    upper: finite(upper, at),
  }));
}
