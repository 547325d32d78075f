import { InvalidArgument } from "../../core/errors.ts";
import { finite, kind, oneOf, proper } from "../../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import type { JobOptions } from "../../core/job.ts";
import type { Matrix, MatrixLike } from "../../core/matrix.ts";
import { toObservations, type Observations } from "../permutation/observations.ts";
import { studentTThreshold } from "../student-t.ts";
import { bootstrapBounds } from "./bootstrap-means.ts";
import { toDraws } from "./draws.ts";

/** How far the mean of people may be from that of all people. */
export interface PeopleOptions extends Pick<JobOptions, "signal" | "onProgress"> {
  /**
   * `sem`: one standard error to both sides; `t`: Student's interval; `bootstrap`: percentiles of the means of people
   * drawn with replacement. Default: `t`.
   */
  readonly interval?: "sem" | "t" | "bootstrap";
  /** Share of intervals that hold the true mean; of `t` and `bootstrap`. Default: 0.95. */
  readonly level?: number;
  /** Draws of the bootstrap. Default: 2,000. */
  readonly samples?: number;
  /** Seed of the draws. Default: 0. */
  readonly seed?: number;
  /** The draws themselves: nDraws × nPeople, each a person counted from 0. Default: drawn by `seed`. */
  readonly draws?: MatrixLike;
}

/** A mean over people with its bounds; every matrix has the shape of one person's values. */
export interface PeopleSummary {
  readonly mean: Matrix<Float64Array>;
  /** Standard error: standard deviation (n − 1) by the root of the number of people. */
  readonly sem: Matrix<Float64Array>;
  readonly lower: Matrix<Float64Array>;
  readonly upper: Matrix<Float64Array>;
  readonly nPeople: number;
  /** What the bounds are: the words for a figure legend. */
  readonly words: string;
  /** What to know, for example that some means are not defined. */
  readonly notes: readonly string[];
}

const peopleNames: OptionNames<PeopleOptions> = {
  ...jobNames,
  interval: oneOf(["sem", "t", "bootstrap"]),
  level: proper,
  samples: kind(
    "a whole number from 2",
    (value) => Number.isSafeInteger(value) && Number(value) > 1,
  ),
  seed: finite,
  draws: true,
};

/**
 * Mean over people, its standard error, and bounds of it, at every position. Where a person has no value (`NaN`) there
 * is no mean: a mean over others would be of other people. Agrees with numpy and scipy (`sem`, `t.interval`).
 *
 * @param data - nPeople × …: one row a person; times, times × sensors, or voxels after that.
 * @throws `InvalidArgument` for fewer than two people; `ShapeMismatch`, `UnknownOption`, `Cancelled`.
 *
 * @example
 * import { summarizePeople } from "tsrsa";
 * const scores = [[0.1, 0.3], [0.2, 0.1], [0.3, 0.2]];
 * const { mean, sem, words } = await summarizePeople(scores, { interval: "sem" });
 * mean.data[0].toFixed(3); // "0.200"
 * sem.data[0].toFixed(4); // "0.0577"
 * words; // "mean of 3 people ± 1 standard error"
 */
export async function summarizePeople(
  data: MatrixLike,
  options: PeopleOptions = {},
): Promise<PeopleSummary> {
  checkOptions(options, peopleNames);
  const people = toObservations(data, "data", 2);
  const mean = meansOf(people);
  const sem = errorsOf(people, mean);
  const shaped = (values: Float64Array) => ({ data: values, shape: [...people.shape] });
  const { lower, upper, words } = await boundsOf(people, mean, sem, options);
  return {
    mean: shaped(mean),
    sem: shaped(sem),
    lower: shaped(lower),
    upper: shaped(upper),
    nPeople: people.nObservations,
    words,
    notes: undefinedNotes(mean),
  };
}

interface Bounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly words: string;
}

async function boundsOf(
  people: Observations,
  mean: Float64Array,
  sem: Float64Array,
  options: PeopleOptions,
): Promise<Bounds> {
  const { interval = "t", level = 0.95 } = options;
  if (options.draws !== undefined && interval !== "bootstrap")
    throw new InvalidArgument("draws", `draws for ${interval}`, 'give interval: "bootstrap" too');
  const n = people.nObservations;
  const percent = `${Number((100 * level).toPrecision(6))} %`;
  if (interval === "bootstrap") {
    const draws = toDraws(options, n);
    const bounds = await bootstrapBounds(people, draws.people, level, options);
    return {
      ...bounds,
      words: `${percent} bootstrap interval of the mean of ${n} people (${draws.words})`,
    };
  }
  const times = interval === "sem" ? 1 : studentTThreshold((1 - level) / 2, n - 1);
  const words =
    interval === "sem"
      ? `mean of ${n} people ± 1 standard error`
      : `${percent} t interval of the mean of ${n} people`;
  return {
    lower: mean.map((value, at) => value - times * sem[at]),
    upper: mean.map((value, at) => value + times * sem[at]),
    words,
  };
}

function meansOf({ data, nObservations, nPositions }: Observations): Float64Array {
  const sums = new Float64Array(nPositions);
  for (let k = 0; k < data.length; k++) sums[k % nPositions] += data[k];
  return sums.map((sum) => sum / nObservations);
}

function errorsOf({ data, nObservations: n, nPositions }: Observations, mean: Float64Array) {
  const squares = new Float64Array(nPositions);
  for (let k = 0; k < data.length; k++)
    squares[k % nPositions] += (data[k] - mean[k % nPositions]) ** 2;
  return squares.map((square) => Math.sqrt(square / (n - 1) / n));
}

function undefinedNotes(mean: Float64Array): string[] {
  const missing = mean.filter(Number.isNaN).length;
  return missing === 0
    ? []
    : [`${missing} of ${mean.length} means are not defined: a person has no value (NaN) there`];
}
