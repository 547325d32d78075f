import { mean } from "../../src/stats/mean.ts";
import { pearson } from "../../src/stats/pearson.ts";
import type { Exercise } from "../judge.ts";
import { needsNumber, needsNumbers } from "../kinds.ts";
import { gives, givesExactly, near, shows } from "../mistakes.ts";

export interface PixelGiven {
  /** Pixels in a row. */
  readonly side: number;
  readonly row: number;
  readonly column: number;
}

/** Which feature is a pixel? */
export const pixel: Exercise<number, PixelGiven> = {
  kind: needsNumber,
  right: (answer, { side, row, column }) => answer === side * row + column,
  praise: "Whole rows first, then along the row; both count from 0.",
  mistakes: [
    givesExactly(
      "column-major",
      ({ side, row, column }) => side * column + row,
      "That counts down the columns, as the file does. We laid the pixels out row by row.",
    ),
    givesExactly(
      "from-one",
      ({ side, row, column }) => side * (row - 1) + column - 1,
      "That takes row and column as counted from 1. Here both count from 0.",
    ),
    givesExactly(
      "counted-from-one",
      ({ side, row, column }) => side * row + column + 1,
      "That is which pixel it is, counted from 1. The first feature is number 0.",
    ),
    givesExactly(
      "next-row",
      ({ side, row, column }) => side * (row + 1) + column,
      "That is one row further down. The first row is row 0.",
    ),
    givesExactly(
      "sum",
      ({ row, column }) => row + column,
      "How many pixels are there in each of the rows above?",
    ),
    givesExactly(
      "product",
      ({ row, column }) => row * column,
      "How many pixels are there in each of the rows above?",
    ),
    givesExactly(
      "row-start",
      ({ side, row }) => side * row,
      "That is where the row begins. Go along it to the column.",
    ),
  ],
  otherwise: "How many pixels stand in the rows above, and how many to the left in its own?",
};

export interface DelayGiven {
  readonly delayVolumes: number;
  /** Seconds of a volume. */
  readonly volumeS: number;
}

/** How many seconds before the response was its picture shown? */
export const delay: Exercise<number, DelayGiven> = {
  kind: needsNumber,
  right: (answer, { delayVolumes, volumeS }) => near(answer, delayVolumes * volumeS),
  praise: "About as long as blood takes to answer.",
  mistakes: [
    gives(
      "milliseconds",
      ({ delayVolumes, volumeS }) => 1000 * delayVolumes * volumeS,
      "That is in milliseconds. The question was for seconds.",
    ),
    gives(
      "sign",
      ({ delayVolumes, volumeS }) => -delayVolumes * volumeS,
      "The picture came before the response, and the question is by how much: above 0.",
    ),
    gives(
      "one-more",
      ({ delayVolumes, volumeS }) => (delayVolumes + 1) * volumeS,
      "That is one volume too many: from one volume to the next are 2 s, not from one to itself.",
    ),
    gives(
      "volumes",
      ({ delayVolumes }) => delayVolumes,
      "That is in volumes. How long is a volume?",
    ),
    gives(
      "rate",
      ({ delayVolumes, volumeS }) => delayVolumes / volumeS,
      "Volumes divided by seconds are no seconds. Multiply.",
    ),
    gives("none", () => 0, "Then volume and picture would be of the same moment. Blood is slow."),
  ],
  otherwise: "How many volumes lie between, and how long is each?",
};

export interface SeriesGiven {
  readonly measured: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
}

function squares(values: ArrayLike<number>, from: (at: number) => number): number {
  return mean(Array.from(values, (value, at) => (value - from(at)) ** 2));
}

function r2({ measured, predicted }: SeriesGiven): number {
  const middle = mean(measured);
  return 1 - squares(measured, (at) => predicted[at]) / squares(measured, () => middle);
}

/** R² by hand. */
export const r2ByHand: Exercise<number, SeriesGiven> = {
  kind: needsNumber,
  right: (answer, given) => near(answer, r2(given)),
  praise: "The same as r2Score gives: what is left over, against what there was.",
  mistakes: [
    gives(
      "r-squared",
      ({ measured, predicted }) => pearson(measured, predicted) ** 2,
      "That is the square of Pearson's r. It forgives a prediction of the wrong size; R² does not.",
    ),
    gives(
      "correlation",
      ({ measured, predicted }) => pearson(measured, predicted),
      "That is Pearson's r. R² asks how much of the variance is left over.",
    ),
    gives(
      "left-over",
      (given) => 1 - r2(given),
      "That is the share that is left over. Which share was predicted?",
    ),
    gives(
      "swapped",
      ({ measured, predicted }) => r2({ measured: predicted, predicted: measured }),
      "Measured and predicted are swapped: the variance to be explained is that of the measurement.",
    ),
    gives(
      "about-zero",
      ({ measured, predicted }) =>
        1 - squares(measured, (at) => predicted[at]) / squares(measured, () => 0),
      "The mean was not subtracted. A model that knows only the mean has an R² of 0.",
    ),
    gives(
      "root",
      (given) => 1 - Math.sqrt(1 - r2(given)),
      "That compares standard deviations. R² compares variances: squares.",
    ),
    gives(
      "explained-variance",
      ({ measured, predicted }) => {
        const middle = mean(predicted);
        return squares(predicted, () => middle) / squares(measured, () => mean(measured));
      },
      "That is the variance of the prediction, right or wrong. Compare it with the measurement.",
    ),
    gives(
      "error",
      ({ measured, predicted }) => squares(measured, (at) => predicted[at]),
      "That is the mean squared error. Against what is it large or small?",
    ),
  ],
  otherwise:
    "Not yet. In order: the mean, the squares of measured − predicted, the squares of measured − mean, 1 − their ratio.",
};

export interface RunsGiven {
  /** The run of each volume. */
  readonly runs: ArrayLike<number>;
}

/** The folds that each run has volumes in. */
function foldsOfRuns(folds: readonly number[], { runs }: RunsGiven): Map<number, Set<number>> {
  const of = new Map<number, Set<number>>();
  for (const [at, fold] of folds.entries())
    of.set(runs[at], (of.get(runs[at]) ?? new Set<number>()).add(fold));
  return of;
}

const cuts = (folds: readonly number[], given: RunsGiven): boolean =>
  [...foldsOfRuns(folds, given).values()].some((of) => of.size > 1);

/** Runs in each fold. */
function runsInFolds(folds: readonly number[], given: RunsGiven): number[] {
  const counts = new Map<number, number>();
  for (const of of foldsOfRuns(folds, given).values())
    for (const fold of of) counts.set(fold, (counts.get(fold) ?? 0) + 1);
  return [...counts.values()];
}

const wholeNumber = (value: number): boolean => Number.isInteger(value);

/** A fold for each volume, ten in all, no run cut. */
export const folds: Exercise<readonly number[], RunsGiven> = {
  kind: needsNumbers,
  right: (answer, given) =>
    answer.length === given.runs.length &&
    answer.every(wholeNumber) &&
    new Set(answer).size === 10 &&
    !cuts(answer, given) &&
    new Set(runsInFolds(answer, given)).size === 1,
  praise: "Two whole runs in each: nothing in a test run is a neighbour of what was trained on.",
  mistakes: [
    shows(
      "length",
      (answer, { runs }) => answer.length !== runs.length,
      "Give a number for each volume: the list is of another length.",
    ),
    shows(
      "cut-runs",
      cuts,
      "A run has volumes in several folds: neighbours in time, with the same picture, are then in training and test. That leaks.",
    ),
    shows(
      "fold-a-run",
      (answer, { runs }) => new Set(answer).size === new Set(Array.from(runs)).size,
      "Each run is a fold of its own. That leaks nothing, but ten folds were asked for.",
    ),
    shows(
      "one-fold",
      (answer) => new Set(answer).size === 1,
      "All volumes are in one fold: there is nothing to train on.",
    ),
    shows(
      "other-number",
      (answer) => new Set(answer).size !== 10,
      "No run is cut, but there are not ten folds.",
    ),
    shows(
      "unequal",
      (answer, given) => new Set(runsInFolds(answer, given)).size > 1,
      "No run is cut, but some folds have more runs than others.",
    ),
    shows("fractions", (answer) => !answer.every(wholeNumber), "A fold has a whole number."),
  ],
  otherwise: "From the number of its run, which fold does a volume belong to?",
};
