import { mean, studentTThreshold } from "../../src/index.ts";
import type { Exercise } from "../judge.ts";
import { needsNumber } from "../kinds.ts";
import { gives, givesExactly, near, shows } from "../mistakes.ts";

export interface PeopleGiven {
  readonly nPeople: number;
}

/** The smallest two-sided p of a sign-flip test of so many people. */
export const smallestP: Exercise<number, PeopleGiven> = {
  kind: needsNumber,
  right: (answer, { nPeople }) => near(answer, 2 / 2 ** nPeople),
  praise: "All ways to turn signs, those counted once that differ in all signs.",
  mistakes: [
    gives(
      "one-sided",
      ({ nPeople }) => 1 / 2 ** nPeople,
      "That is the smallest one-sided p: the way with all signs turned is as extreme two-sided.",
    ),
    gives(
      "twice-too-many",
      ({ nPeople }) => 4 / 2 ** nPeople,
      "One person too few: of how many people are the signs turned?",
    ),
    gives(
      "people",
      ({ nPeople }) => 1 / nPeople,
      "That is one of so many people. Each of them has two signs.",
    ),
    gives(
      "two-signs",
      ({ nPeople }) => 1 / (2 * nPeople),
      "Signs of two people combine: two signs each make four ways, not two and two.",
    ),
    gives("alpha", () => 0.05, "That is where many draw a line. How many ways are there?"),
    gives(
      "permutations",
      () => 1 / 1000,
      "That is for a thousand ways. How many are there in all?",
    ),
    gives("many", () => 1 / 10_000, "That is for ten thousand ways. How many are there in all?"),
    gives(
      "count",
      ({ nPeople }) => 2 ** (nPeople - 1),
      "That is how many ways there are. Which share of them is one?",
    ),
    gives(
      "all-ways",
      ({ nPeople }) => 2 ** nPeople,
      "That is how many ways there are with each pair of mirror images twice. Which share is the smallest?",
    ),
    givesExactly("none", () => 0, "The data as they are, are one of the ways: p cannot be 0."),
  ],
  otherwise: "With two people there are ++, +−, −+ and −−; ++ and −− are as extreme as each other.",
};

export interface ValuesGiven {
  readonly values: readonly number[];
}

function variance(values: readonly number[], less: number): number {
  const centre = mean(values);
  return (
    (mean(values.map((value) => (value - centre) ** 2)) * values.length) / (values.length - less)
  );
}

const errorOf = (values: readonly number[], less = 1) =>
  Math.sqrt(variance(values, less) / values.length);
const halfWidth = ({ values }: ValuesGiven, p = 0.025, less = 1) =>
  studentTThreshold(p, values.length - 1) * errorOf(values, less);

/** Half the width of the 95 % t interval of a mean. */
export const interval: Exercise<number, ValuesGiven> = {
  kind: needsNumber,
  right: (answer, given) => near(answer, halfWidth(given)),
  praise: "Student's t times the standard error, to either side.",
  mistakes: [
    gives(
      "normal",
      ({ values }) => 1.959964 * errorOf(values),
      "That takes the normal distribution (1.96). With few people the spread itself is uncertain: take Student's t.",
    ),
    gives(
      "standard-error",
      ({ values }) => errorOf(values),
      "That is one standard error. How many of them make 95 %?",
    ),
    gives(
      "two-errors",
      ({ values }) => 2 * errorOf(values),
      "That is two standard errors, a rule of thumb. Take Student's t.",
    ),
    gives(
      "one-sided",
      (given) => halfWidth(given, 0.05),
      "That leaves 5 % on either side, so 90 % in the middle.",
    ),
    gives(
      "whole",
      (given) => 2 * halfWidth(given),
      "That is the whole width. How far is it to one side?",
    ),
    gives(
      "n",
      (given) => halfWidth(given, 0.025, 0),
      "There the squares were divided by n. The spread of a sample takes n − 1.",
    ),
    gives(
      "spread-of-people",
      ({ values }) => Math.sqrt(variance(values, 1)),
      "That is how far people are from each other, not how far their mean may be off.",
    ),
    gives(
      "spread-times-t",
      (given) => halfWidth(given) * Math.sqrt(given.values.length),
      "There the root of the number of people is missing: a mean of many is surer than one.",
    ),
    gives(
      "upper",
      (given) => mean(given.values) + halfWidth(given),
      "That is the upper end of the interval. How far is it from the mean?",
    ),
    gives(
      "lower",
      (given) => mean(given.values) - halfWidth(given),
      "That is the lower end of the interval. How far is it from the mean?",
    ),
  ],
  otherwise: "Standard deviation (n − 1), by the root of n, times the t that 2.5 % exceed.",
};

export interface PairsGiven {
  readonly first: readonly number[];
  readonly second: readonly number[];
}

const differencesOf = ({ first, second }: PairsGiven) =>
  first.map((value, at) => value - second[at]);
const tOf = (values: readonly number[], less = 1) => mean(values) / errorOf(values, less);

/** The paired t of two lists. */
export const paired: Exercise<number, PairsGiven> = {
  kind: needsNumber,
  right: (answer, given) => near(answer, tOf(differencesOf(given))),
  praise: "The mean of the differences by its standard error: one sample, tested against 0.",
  mistakes: [
    gives(
      "sign",
      (given) => -tOf(differencesOf(given)),
      "That is FaceNet − pixels. The question was about pixels − FaceNet.",
    ),
    gives(
      "unpaired",
      (given) =>
        mean(differencesOf(given)) / Math.hypot(errorOf(given.first), errorOf(given.second)),
      "That takes both models as two groups of people. They are the same people: use their differences.",
    ),
    gives("first-alone", ({ first }) => tOf(first), "That is the t of pixels alone, against 0."),
    gives(
      "second-alone",
      ({ second }) => tOf(second),
      "That is the t of FaceNet alone, against 0.",
    ),
    gives(
      "n",
      (given) => tOf(differencesOf(given), 0),
      "There the squares were divided by n. The spread of a sample takes n − 1.",
    ),
    gives(
      "effect-size",
      (given) => mean(differencesOf(given)) / Math.sqrt(variance(differencesOf(given), 1)),
      "That is the mean by the spread of people: an effect size. A t has the root of n in it.",
    ),
    gives(
      "difference-of-ts",
      ({ first, second }) => tOf(first) - tOf(second),
      "That is the difference of two t. What is tested is the difference of each person.",
    ),
    gives(
      "mean",
      (given) => mean(differencesOf(given)),
      "That is the mean difference. How sure is it?",
    ),
    gives(
      "standard-error",
      (given) => errorOf(differencesOf(given)),
      "That is the standard error of the difference. The mean is divided by it.",
    ),
  ],
  otherwise:
    "Differences person by person; their mean; its standard error (n − 1); the one by the other.",
};

export interface ClusterGiven {
  readonly t: ArrayLike<number>;
  readonly positions: ArrayLike<number>;
  readonly threshold: number;
}

const tsOf = ({ t, positions }: ClusterGiven) => Array.from(positions, (position) => t[position]);
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/** The summed t of a cluster. */
export const mass: Exercise<number, ClusterGiven> = {
  kind: needsNumber,
  right: (answer, given) => near(answer, sum(tsOf(given))),
  praise: "The sum of t over the positions of the cluster: its mass.",
  mistakes: [
    givesExactly(
      "size",
      ({ positions }) => positions.length,
      "That is how many positions it has. Their t count as well.",
    ),
    gives(
      "peak",
      (given) => Math.max(...tsOf(given)),
      "That is the highest t in it. All of them count.",
    ),
    gives(
      "mean",
      (given) => mean(tsOf(given)),
      "That is the mean t. A larger cluster has to count for more.",
    ),
    gives(
      "above-threshold",
      (given) => sum(tsOf(given).map((t) => t - given.threshold)),
      "There the threshold was taken off each t. The sum is of t itself.",
    ),
    gives("squares", (given) => sum(tsOf(given).map((t) => t ** 2)), "There each t was squared."),
    gives(
      "everywhere",
      ({ t }) => sum(Array.from(t).filter((value) => !Number.isNaN(value))),
      "That is the sum over all positions. The cluster has only some of them.",
    ),
    gives(
      "all-above",
      ({ t, threshold }) => sum(Array.from(t).filter((value) => value > threshold)),
      "That is the sum over all that is beyond the threshold, whichever cluster it is in.",
    ),
    gives(
      "positions",
      ({ positions }) => sum(Array.from(positions)),
      "Those are the numbers of the places, summed. Look up t at each.",
    ),
  ],
  otherwise: "Look up t at each of its positions, and sum.",
};

export interface DurationGiven {
  readonly positions: ArrayLike<number>;
  readonly nSources: number;
  readonly source: number;
  readonly sampleS: number;
}

const samplesOf = ({ positions, nSources, source }: DurationGiven) =>
  Array.from(positions).filter((position) => position % nSources === source).length;
const timesOf = ({ positions, nSources }: DurationGiven) =>
  new Set(Array.from(positions, (position) => Math.floor(position / nSources))).size;

/** For how many milliseconds is a source in a cluster? */
export const duration: Exercise<number, DurationGiven> = {
  kind: needsNumber,
  right: (answer, given) => near(answer, 1000 * samplesOf(given) * given.sampleS),
  praise: "Its samples in the cluster, each for as long as a sample lasts.",
  mistakes: [
    gives("seconds", (given) => samplesOf(given) * given.sampleS, "That is in seconds."),
    givesExactly("samples", samplesOf, "That is how many samples. How long is one?"),
    gives(
      "between",
      (given) => 1000 * (samplesOf(given) - 1) * given.sampleS,
      "That is from the first sample to the last. Each sample counts, the last too.",
    ),
    gives(
      "whole-cluster",
      (given) => 1000 * timesOf(given) * given.sampleS,
      "That is how long the whole cluster lasts, wherever it is at the time.",
    ),
    gives(
      "all-positions",
      (given) => 1000 * given.positions.length * given.sampleS,
      "There all positions of the cluster were counted. How many of them are of this source?",
    ),
    gives(
      "all-sources",
      (given) =>
        1000 *
        given.sampleS *
        new Set(Array.from(given.positions, (position) => position % given.nSources)).size,
      "There sources were counted, not samples of this one.",
    ),
    shows("nothing", (answer) => answer === 0, "It is in it: its t is the highest of the cluster."),
  ],
  otherwise: "How many positions have this source as their remainder? Each lasts sampleS seconds.",
};
