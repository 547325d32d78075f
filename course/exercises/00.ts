import type { Rdm } from "../../src/rdm/rdm.ts";
import { mean } from "../../src/stats/mean.ts";
import { median } from "../../src/stats/median.ts";
import type { Exercise, Mistake } from "../judge.ts";
import { needsNumber } from "../kinds.ts";
import { gives, givesExactly, near, shows } from "../mistakes.ts";

/** How many pairs does an RDM hold? */
export const pairs: Exercise<number, { readonly rdm: Rdm }> = {
  kind: needsNumber,
  right: (nPairs, { rdm }) => nPairs === rdm.condensed.length,
  praise: "Each item with each other item, once.",
  mistakes: [
    counted(
      "whole-square",
      (n) => n ** 2,
      "That is every cell of the square. Its halves say the same, and an item is not compared with itself.",
    ),
    counted(
      "both-halves",
      (n) => n * (n - 1),
      "Each pair is counted twice: a with b, and b with a.",
    ),
    counted(
      "diagonal",
      (n) => (n * (n + 1)) / 2,
      "The diagonal is in it: an item and itself are no pair.",
    ),
    counted(
      "items",
      (n) => n,
      "That is the number of items. How many others can each be paired with?",
    ),
    counted(
      "half-square",
      (n) => n ** 2 / 2,
      "Half of the square still holds half of the diagonal.",
    ),
  ],
  otherwise: "Try it with 3 items on paper: how many pairs? And with 4?",
};

function counted(
  name: string,
  value: (nItems: number) => number,
  words: string,
): Mistake<number, { readonly rdm: Rdm }> {
  return givesExactly(name, ({ rdm }) => value(rdm.nItems), words);
}

/** Scores over time, as far as an exercise looks at them. */
export interface Curves {
  readonly modelNames: readonly string[];
  peak(model?: string): { readonly timeS: number; readonly score: number };
}

/** How far a time may lie from the peak when it was read off a figure. */
const readableMs = 20;

function peakMs({ scores }: { readonly scores: Curves }, model: number): number {
  return 1000 * scores.peak(scores.modelNames[model]).timeS;
}

/** When, in ms, has the curve of the second model its peak? */
export const peak: Exercise<number, { readonly scores: Curves }> = {
  kind: needsNumber,
  right: (answer, given) => Math.abs(answer - peakMs(given, 1)) <= readableMs,
  praise: "The highest point of the curve, in milliseconds after the second word.",
  mistakes: [
    shows(
      "seconds",
      (answer, given) => Math.abs(1000 * answer - peakMs(given, 1)) <= readableMs,
      "That is the time in seconds. How many milliseconds is it?",
    ),
    shows(
      "other-model",
      (answer, given) => Math.abs(answer - peakMs(given, 0)) <= readableMs,
      "That is the peak of the other curve. Which colour has association strength?",
    ),
    shows(
      "window-edge",
      (answer, given) => Math.abs(Math.abs(answer - peakMs(given, 1)) - 100) <= readableMs,
      "That is the edge of the window. A score stands at the middle of its window: where is that?",
    ),
    gives(
      "height",
      ({ scores }) => scores.peak(scores.modelNames[1]).score,
      "That is how high the peak is, a correlation. The question was when.",
    ),
    shows(
      "before-onset",
      (answer) => answer < 0,
      "Times below 0 are before the word appeared. Can the brain have answered then?",
    ),
  ],
  otherwise: "Go straight down from the highest point to the axis of time. What is written there?",
};

export interface GapGiven {
  readonly rdm: Rdm;
  /** 0 or 1 for each item. */
  readonly kindOf: (item: string) => number;
}

/** Dissimilarities of the pairs whose two kinds pass, matched by label, or by position among the sorted kinds. */
function values(
  { rdm, kindOf }: GapGiven,
  wanted: (a: number, b: number) => boolean,
  byPosition = false,
): number[] {
  const items = rdm.items ?? [];
  const kinds = items.map(kindOf);
  if (byPosition) kinds.sort((a, b) => a - b);
  return items.flatMap((_, i) =>
    items.flatMap((__, j) => (j > i && wanted(kinds[i], kinds[j]) ? [rdm.at(i, j)] : [])),
  );
}

const same = (a: number, b: number): boolean => a === b;
const different = (a: number, b: number): boolean => a !== b;

function gapOf(given: GapGiven, byPosition = false): number {
  return mean(values(given, different, byPosition)) - mean(values(given, same, byPosition));
}

/** By how much are trials of different kinds less alike than trials of one kind? */
export const gap: Exercise<number, GapGiven> = {
  kind: needsNumber,
  right: (answer, given) => near(answer, gapOf(given)),
  praise: "Pairs of different kinds less pairs of one kind: above 0, as the model says.",
  mistakes: [
    gives(
      "swapped",
      (given) => -gapOf(given),
      "That is the difference the other way round. Which should be larger, by the model?",
    ),
    gives(
      "different-only",
      (given) => mean(values(given, different)),
      "That is the mean of the pairs of different kinds alone. What is it to be compared with?",
    ),
    gives(
      "same-only",
      (given) => mean(values(given, same)),
      "That is the mean of the pairs of one kind alone. What is it to be compared with?",
    ),
    gives(
      "ratio",
      (given) => mean(values(given, different)) / mean(values(given, same)),
      "That is a ratio. The question was for a difference.",
    ),
    gives(
      "diagonal",
      (given) => {
        const within = values(given, same);
        const whole = 2 * within.length + given.rdm.nItems;
        return mean(values(given, different)) - (2 * mean(within) * within.length) / whole;
      },
      "The diagonal is in it: each item with itself, 0, makes the pairs of one kind look alike. Take pairs of two items.",
    ),
    gives(
      "by-position",
      (given) => gapOf(given, true),
      "The kinds were taken by position, in sorted order. In which order are the items of the RDM? Ask kindOf for each label.",
    ),
    gives(
      "one-kind-only",
      (given) => mean(values(given, different)) - mean(values(given, (a, b) => a + b === 0)),
      "The pairs of two unrelated trials are missing. Are they not of one kind as well?",
    ),
    gives(
      "medians",
      (given) => median(values(given, different)) - median(values(given, same)),
      "That is a difference of medians. The question was for means.",
    ),
  ],
  otherwise:
    "Not yet. In order: go through each pair once, put it on one of two lists, subtract their means.",
};

export interface NullGiven {
  /** Scores under all orders, the given one among them. */
  readonly scores: ArrayLike<number>;
  readonly score: number;
}

function share({ scores }: NullGiven, counts: (score: number) => boolean): number {
  return Array.from(scores).filter(counts).length / scores.length;
}

const rounding = 1e-12;

/** The p value of a Mantel test from its null distribution. */
export const pValue: Exercise<number, NullGiven> = {
  kind: needsNumber,
  right: (answer, given) =>
    near(
      answer,
      share(given, (one) => one >= given.score - rounding),
    ),
  praise: "The share of orders that do as well as the given one, which is among them.",
  mistakes: [
    gives(
      "strictly-larger",
      (given) => share(given, (one) => one > given.score + rounding),
      "The given order itself is not counted. It is one of the orders that could have come up, and it does as well as itself.",
    ),
    gives(
      "counted-twice",
      (given) =>
        (1 + share(given, (one) => one >= given.score - rounding) * given.scores.length) /
        (1 + given.scores.length),
      "The given order is counted twice: it is among the scores already.",
    ),
    gives(
      "count",
      (given) => share(given, (one) => one >= given.score - rounding) * given.scores.length,
      "That is how many orders do as well. Which share of all orders is it?",
    ),
    gives(
      "percent",
      (given) => 100 * share(given, (one) => one >= given.score - rounding),
      "That is in per cent; a p value is a share, from 0 to 1.",
    ),
    gives(
      "other-tail",
      (given) => share(given, (one) => one <= given.score + rounding),
      "That counts the orders that do as badly or worse. We ask how rarely one does as well.",
    ),
    gives(
      "two-sided",
      (given) => share(given, (one) => Math.abs(one) >= Math.abs(given.score) - rounding),
      "That counts orders that disagree as strongly, too. A model that is right agrees: one side is enough.",
    ),
  ],
  otherwise:
    "Not yet. How many of the scores are at least as large, and how many are there in all?",
};

/** How many orders are needed for p to come below a level? */
export const orders: Exercise<number, { readonly level: number }> = {
  kind: needsNumber,
  right: (answer, { level }) => answer === Math.floor(1 / level) + 1,
  praise: "The given order is one of them, so p is at least 1 / orders, and that has to be below.",
  mistakes: [
    givesExactly(
      "equal",
      ({ level }) => Math.floor(1 / level),
      "Then the smallest p is exactly the level. Is that below it?",
    ),
    givesExactly(
      "one-too-many",
      ({ level }) => Math.floor(1 / level) + 2,
      "That is one more than needed: the given order is among the orders already.",
    ),
    givesExactly(
      "one-too-few",
      ({ level }) => Math.floor(1 / level) - 1,
      "With so few, the smallest p is still above the level.",
    ),
    givesExactly(
      "two-sided",
      ({ level }) => [2 / level, 2 / level + 1],
      "That would do for a test on both sides. Here one side is tested.",
    ),
    givesExactly(
      "five-percent",
      () => [20, 21],
      "That is enough for p < 0.05. Which level was asked for?",
    ),
    shows(
      "pairs",
      (answer) => answer === 19_900 || answer === 200,
      "That is how many pairs or trials there are. The question is how often their order is drawn.",
    ),
    shows(
      "not-whole",
      (answer) => !Number.isInteger(answer),
      "One cannot draw a part of an order. Give a whole number.",
    ),
    shows(
      "more-than-needed",
      (answer, { level }) => answer > Math.floor(1 / level) + 1,
      "That is enough, but it is not the smallest number.",
    ),
  ],
  otherwise: "If none of the n orders does as well but the given one, what is p?",
};
