import type { Rdm } from "../../src/rdm/rdm.ts";
import { mean } from "../../src/stats/mean.ts";
import type { Exercise, Mistake } from "../judge.ts";
import { needsNumber } from "../kinds.ts";
import { gives, near, relative, shows } from "../mistakes.ts";

export interface BlurGiven {
  readonly nCycles: number;
  readonly freqHz: number;
}

const halfHeight = Math.sqrt(2 * Math.log(2));
const widthS = ({ nCycles, freqHz }: BlurGiven): number =>
  (nCycles * halfHeight) / (Math.PI * freqHz);

/** How wide, in seconds, is the bell of a wavelet at half of its height? */
export const blur: Exercise<number, BlurGiven> = {
  kind: needsNumber,
  right: (answer, given) => near(answer, widthS(given)),
  praise: "So much of what happens around a time is in the power of that time.",
  mistakes: [
    gives(
      "milliseconds",
      (given) => 1000 * widthS(given),
      "That is in milliseconds. How many seconds is it?",
    ),
    gives(
      "standard-deviation",
      ({ nCycles, freqHz }) => nCycles / (2 * Math.PI * freqHz),
      "That is the standard deviation of the bell. How wide is it at half of its height?",
    ),
    gives(
      "no-root",
      ({ nCycles, freqHz }) => (nCycles * 2 * Math.log(2)) / (Math.PI * freqHz),
      "The square root of 2 ln 2 is missing.",
    ),
    gives(
      "other-logarithm",
      ({ nCycles, freqHz }) => (nCycles * Math.sqrt(2 * Math.log10(2))) / (Math.PI * freqHz),
      "That is the logarithm to base 10. ln is Math.log.",
    ),
    gives(
      "base-two",
      ({ nCycles, freqHz }) => (nCycles * Math.SQRT2) / (Math.PI * freqHz),
      "That is the logarithm to base 2. ln is Math.log.",
    ),
    gives(
      "half",
      (given) => widthS(given) / 2,
      "That is how far it goes to one side. How wide is it in all?",
    ),
    gives(
      "length-of-cycles",
      ({ nCycles, freqHz }) => nCycles / freqHz,
      "That is how long so many cycles last. The bell is narrower: use the formula.",
    ),
    gives(
      "one-cycle",
      (given) => widthS({ ...given, nCycles: 1 }),
      "That is for one cycle. How many has the wavelet?",
    ),
  ],
  otherwise: "n is nCycles and f is 10: n times the root of 2 ln 2, divided by π f.",
};

export interface AcrossGiven {
  /** Row i, column j: 1 − r of picture i at one time and picture j at another. */
  readonly across: readonly (readonly number[])[];
}

const onDiagonal = ({ across }: AcrossGiven): number[] => across.map((row, i) => row[i]);
const offDiagonal = ({ across }: AcrossGiven, wanted = (i: number, j: number) => i !== j) =>
  across.flatMap((row, i) => row.filter((_, j) => wanted(i, j)));

/** By how much is a picture more like itself at another time than like the other pictures? */
export const lasts: Exercise<number, AcrossGiven> = {
  kind: needsNumber,
  right: (answer, given) => near(answer, mean(offDiagonal(given)) - mean(onDiagonal(given))),
  praise: "Above 0 where the pictures are told apart by patterns that last.",
  mistakes: [
    gives(
      "swapped",
      (given) => mean(onDiagonal(given)) - mean(offDiagonal(given)),
      "That is the difference the other way round. Which should be larger, if patterns last?",
    ),
    gives(
      "others-only",
      (given) => mean(offDiagonal(given)),
      "That is the mean of the other pictures alone. What is it to be compared with?",
    ),
    gives(
      "same-only",
      (given) => mean(onDiagonal(given)),
      "That is the mean of each picture with itself. What is it to be compared with?",
    ),
    gives(
      "diagonal-among-others",
      ({ across }) => mean(across.flat()) - mean(onDiagonal({ across })),
      "Each picture with itself is among the others there. Leave the diagonal out of them.",
    ),
    gives(
      "upper-half",
      (given) => mean(offDiagonal(given, (i, j) => j > i)) - mean(onDiagonal(given)),
      "That is the upper half alone. Row i, column j is not row j, column i here: take both.",
    ),
    gives(
      "ratio",
      (given) => mean(offDiagonal(given)) / mean(onDiagonal(given)),
      "That is a ratio. The question was for a difference.",
    ),
    gives(
      "diagonal-is-zero",
      () => 0,
      "0 is what an RDM of one time has on its diagonal. Here the diagonal is of two times: look at it.",
    ),
    gives(
      "sums",
      (given) => {
        const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
        return sum(offDiagonal(given)) - sum(onDiagonal(given));
      },
      "Those are sums. There are many more others than pictures: take means.",
    ),
  ],
  otherwise: "Two lists: what stands on the diagonal, and what does not. Subtract their means.",
};

export interface StoppedGiven {
  readonly accuracy: Rdm;
}

const shareOf = ({ accuracy }: StoppedGiven, counts: (value: number) => boolean): number =>
  Array.from(accuracy.condensed).filter(counts).length / accuracy.condensed.length;

/** Which share of the pairs is always told apart? */
export const stopped: Exercise<number, StoppedGiven> = {
  kind: needsNumber,
  right: (answer, given) =>
    near(
      answer,
      shareOf(given, (value) => value === 1),
    ),
  praise: "Of so many pairs the accuracy says the same, though they differ.",
  mistakes: [
    gives(
      "count",
      (given) => shareOf(given, (value) => value === 1) * given.accuracy.condensed.length,
      "That is how many pairs. Which share of all pairs is it?",
    ),
    gives(
      "percent",
      (given) => 100 * shareOf(given, (value) => value === 1),
      "That is in per cent. A share lies between 0 and 1.",
    ),
    gives(
      "still-moving",
      (given) => shareOf(given, (value) => value < 1),
      "That is the share of the pairs that are told apart sometimes only.",
    ),
    gives(
      "above-chance",
      (given) => shareOf(given, (value) => value > 0.5),
      "That is the share of the pairs above chance. Which are at 1?",
    ),
    gives(
      "mean",
      ({ accuracy }) => mean(accuracy.condensed),
      "That is the mean accuracy. How many pairs have an accuracy of 1?",
    ),
    gives(
      "of-the-square",
      (given) => {
        const n = given.accuracy.nItems;
        return (shareOf(given, (value) => value === 1) * given.accuracy.condensed.length) / (n * n);
      },
      "That is a share of the cells of the square. Each pair counts once, and there is no diagonal.",
    ),
  ],
  otherwise: "Count the pairs whose accuracy is 1, and divide by how many pairs there are.",
};

export interface CommonGiven {
  readonly withRegion: number;
  readonly withModel: number;
  readonly between: number;
}

const square = (value: number): number => value * value;

function together({ withRegion: a, withModel: b, between: c }: CommonGiven): number {
  return (square(a) + square(b) - 2 * a * b * c) / (1 - square(c));
}

const shareInCommon = (given: CommonGiven): number =>
  square(given.withRegion) + square(given.withModel) - together(given);

/** Which share of the variance of MEG do region and model explain in common? */
export const common: Exercise<number, CommonGiven> = {
  kind: needsNumber,
  right: (answer, given) => near(answer, shareInCommon(given)),
  praise: "What each explains alone, added up, counts the common part twice.",
  mistakes: [
    gives(
      "negative",
      (given) => -shareInCommon(given),
      "That is the sign turned. What is counted twice: the sum, or R² of both?",
    ),
    gives("both", together, "That is what both explain together. Which part of it is common?"),
    gives(
      "sum",
      ({ withRegion, withModel }) => square(withRegion) + square(withModel),
      "There the common part is counted twice. How often should it be?",
    ),
    gives(
      "alone-region",
      (given) => together(given) - square(given.withModel),
      "That is what the region explains alone, beside the model.",
    ),
    gives(
      "alone-model",
      (given) => together(given) - square(given.withRegion),
      "That is what the model explains alone, beside the region.",
    ),
    gives(
      "not-squared",
      (given) => given.withRegion + given.withModel - together(given),
      "Correlations were added where shares of variance are needed. Square them first.",
    ),
    gives(
      "product",
      ({ withRegion, withModel }) => square(withRegion) * square(withModel),
      "That is a product of two shares: right only if chance alone made them meet.",
    ),
    gives(
      "of-region",
      ({ withRegion: a, withModel: b, between: c }) =>
        square(a) + square(c) - together({ withRegion: a, withModel: c, between: b }),
      "That is of the region's variance. Whose variance was asked for?",
    ),
  ],
  otherwise: "Not yet. In order: what each explains, what both explain, what was counted twice.",
};

export interface SmallestGiven {
  readonly nPeople: number;
}

/** A mistake known to the last digits: some lie within a per cent of each other. */
function nearly(
  name: string,
  value: (nPeople: number) => number,
  words: string,
): Mistake<number, SmallestGiven> {
  return shows(
    name,
    (answer: number, { nPeople }) => relative(answer, value(nPeople)) < 5e-4,
    words,
  );
}

/** True for one way too few or too many, given to four digits or more: that is not rounding. */
function miscounts(answer: number, nPeople: number): boolean {
  const off = relative(answer, 1 / 2 ** nPeople);
  return [-1, 1].some((ways) => {
    const miscounted = relative(answer, 1 / (2 ** nPeople + ways));
    return miscounted < 1e-4 && miscounted < off;
  });
}

/** The smallest p of all sign flips of so many people, in one tail. */
export const smallest: Exercise<number, SmallestGiven> = {
  kind: needsNumber,
  right: (answer, { nPeople }) => near(answer, 1 / 2 ** nPeople) && !miscounts(answer, nPeople),
  praise: "Two ways for each person, and the given one is among them.",
  mistakes: [
    nearly(
      "two-tails",
      (n) => 2 / 2 ** n,
      "That is for two tails: all signs turned do as well there. Here large scores count.",
    ),
    nearly(
      "given-left-out",
      (n) => 1 / (2 ** n - 1),
      "One way is missing there. The given one and its opposite are both among them.",
    ),
    nearly(
      "counted-twice",
      (n) => 1 / (2 ** n + 1),
      "The given one is counted twice: it is among the ways already.",
    ),
    shows(
      "never",
      (answer) => answer === 0,
      "The given one does as well as itself, so p is never 0.",
    ),
    nearly(
      "one-a-person",
      (n) => 1 / n,
      "That is one way a person. But each keeps or turns its sign, whatever the others do.",
    ),
    nearly(
      "orders",
      (n) => 1 / Array.from({ length: n }, (_, k) => k + 1).reduce((a, b) => a * b, 1),
      "That counts orders of people. Their order changes nothing; their signs do.",
    ),
    nearly("ways", (n) => 2 ** n, "That is how many ways there are. What is the smallest share?"),
    nearly(
      "default-draws",
      () => 1 / 1000,
      "That is for 1,000 draws. Here all ways are tried: how many are there?",
    ),
  ],
  otherwise: "One person: 2 ways. Two people: 4. And nPeople?",
};

export interface PercentGiven {
  readonly scores: readonly number[];
  readonly bounds: readonly number[];
}

/** The score of a group in percent of the lower bound of the noise ceiling. */
export const percent: Exercise<number, PercentGiven> = {
  kind: needsNumber,
  right: (answer, { scores, bounds }) => near(answer, (100 * mean(scores)) / mean(bounds)),
  praise: "One ratio of two means.",
  mistakes: [
    gives(
      "mean-of-ratios",
      ({ scores, bounds }) => 100 * mean(scores.map((score, k) => score / bounds[k])),
      "That is the mean of ratios. Somebody whose bound is near 0 makes it anything: take the means first.",
    ),
    gives(
      "share",
      ({ scores, bounds }) => mean(scores) / mean(bounds),
      "That is a share. How many per cent?",
    ),
    gives(
      "upside-down",
      ({ scores, bounds }) => (100 * mean(bounds)) / mean(scores),
      "That is the bound in percent of the score.",
    ),
    gives(
      "difference",
      ({ scores, bounds }) => 100 * (mean(bounds) - mean(scores)),
      "That is how far the bound is above the score. Which part of it is reached?",
    ),
    gives(
      "of-one",
      ({ scores }) => 100 * mean(scores),
      "That is in percent of 1. Nobody's data reach 1: what do they reach?",
    ),
    gives(
      "squared",
      ({ scores, bounds }) => 100 * square(mean(scores) / mean(bounds)),
      "That is a ratio of variances. Percent of ceiling compares the scores themselves.",
    ),
    gives(
      "first-person",
      ({ scores, bounds }) => (100 * scores[0]) / bounds[0],
      "That is of the first person alone.",
    ),
    gives(
      "missing",
      ({ scores, bounds }) => 100 * (1 - mean(scores) / mean(bounds)),
      "That is how much is missing.",
    ),
  ],
  otherwise: "100 times the mean of the scores, divided by the mean of the bounds.",
};
