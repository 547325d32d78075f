import { perPair } from "../../src/rdm/per-pair.ts";
import type { Rdm } from "../../src/rdm/rdm.ts";
import type { Exercise, Mistake } from "../judge.ts";
import { needsNumber, needsRdm } from "../kinds.ts";
import { gives, givesExactly, near, shows } from "../mistakes.ts";

export interface SizeGiven {
  /** Size of a voxel in mm, along each axis. */
  readonly mm: readonly number[];
}

/** How far apart are the centres of two voxels that touch at a corner? */
export const corner: Exercise<number, SizeGiven> = {
  kind: needsNumber,
  right: (answer, { mm }) => near(answer, Math.hypot(...mm)),
  praise:
    "Pythagoras, in all three directions. A sphere of a smaller radius leaves this voxel out.",
  mistakes: [
    gives(
      "city-block",
      ({ mm }) => mm.reduce((sum, size) => sum + size, 0),
      "That is the way along the edges. How long is the straight line?",
    ),
    gives(
      "voxels",
      ({ mm }) => Math.sqrt(mm.length),
      "That is a distance in voxels. A voxel has a size in mm, another one along each axis.",
    ),
    gives(
      "in-plane",
      ({ mm }) => Math.hypot(...mm.slice(0, 2)),
      "That is the distance within one slice. They touch at a corner: one step along the third axis as well.",
    ),
    gives(
      "one-step",
      ({ mm }) => Math.max(...mm),
      "That is a step along one axis. There is one along each.",
    ),
    gives(
      "squared",
      ({ mm }) => Math.hypot(...mm) ** 2,
      "That is the square of the distance. The root is missing.",
    ),
    gives(
      "metres",
      ({ mm }) => Math.hypot(...mm) / 1000,
      "That is in metres; this page measures in mm.",
    ),
    gives(
      "volume",
      ({ mm }) => mm.reduce((product, size) => product * size, 1),
      "That is the volume of a voxel. The question was for a distance.",
    ),
  ],
  otherwise: "Take one step along each axis, in mm, and square, add, take the root.",
};

export interface ItemsGiven {
  /** Names as `face/0`: the category and the run. */
  readonly items: readonly string[];
}

const categoryOf = (item: string): string => item.split("/")[0];
const runOf = (item: string): string => item.split("/")[1];

function countPairs(items: readonly string[], wanted: (a: string, b: string) => boolean): number {
  return items.reduce(
    (sum, a, i) => sum + items.slice(i + 1).filter((b) => wanted(a, b)).length,
    0,
  );
}

const across = (a: string, b: string): boolean => runOf(a) !== runOf(b);

/** How many pairs are of different runs? */
export const acrossRuns: Exercise<number, ItemsGiven> = {
  kind: needsNumber,
  right: (answer, { items }) => answer === countPairs(items, across),
  praise: "Each pair once, and only where the runs differ.",
  mistakes: [
    givesExactly(
      "all-pairs",
      ({ items }) => (items.length * (items.length - 1)) / 2,
      "Those are all pairs, those within a run included.",
    ),
    givesExactly(
      "both-halves",
      ({ items }) => 2 * countPairs(items, across),
      "Each pair is counted twice: a with b, and b with a.",
    ),
    givesExactly(
      "within-runs",
      ({ items }) => countPairs(items, (a, b) => !across(a, b)),
      "Those are the pairs of one run, which are to be left out.",
    ),
    givesExactly(
      "one-category",
      ({ items }) => countPairs(items, (a, b) => across(a, b) && categoryOf(a) === categoryOf(b)),
      "Those are the pairs of one category only. Two categories make a pair as well.",
    ),
    givesExactly(
      "two-categories",
      ({ items }) => countPairs(items, (a, b) => across(a, b) && categoryOf(a) !== categoryOf(b)),
      "Those are the pairs of two categories only. What of the same category in two runs?",
    ),
    givesExactly(
      "square",
      ({ items }) => items.length ** 2,
      "That is every cell of the square, the diagonal included.",
    ),
    givesExactly(
      "runs",
      ({ items }) => {
        const runs = new Set(items.map(runOf)).size;
        return (runs * (runs - 1)) / 2;
      },
      "That is the number of pairs of runs. Each run has several patterns.",
    ),
    givesExactly("items", ({ items }) => items.length, "That is the number of patterns."),
  ],
  otherwise: "For each pattern, count those after it in the list that are of another run.",
};

export interface ModelGiven extends ItemsGiven {
  /** The category that the model is about. */
  readonly of: string;
}

export type Value = (a: string, b: string) => number;

function differs({ of }: ModelGiven): Value {
  return (a, b) => ((categoryOf(a) === of) === (categoryOf(b) === of) ? 0 : 1);
}

const model = (given: ModelGiven, value: Value): Rdm =>
  perPair(given.items, (a, b) => (across(a, b) ? value(a, b) : NaN), {});

const equal = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
  a.length === b.length && Array.from(a).every((value, at) => Object.is(value, b[at]));

function sameByLabel(answer: Rdm, expected: Rdm): boolean {
  const { items = [] } = expected;
  if (answer.items === undefined || answer.nItems !== items.length) return false;
  const known = new Set(answer.items);
  return (
    items.every((item) => known.has(item)) &&
    items.every((a, i) =>
      items
        .slice(i + 1)
        .every((b) => Object.is(answer.between(a, b) + 0, expected.between(a, b) + 0)),
    )
  );
}

function isModel(
  name: string,
  expected: (given: ModelGiven) => Rdm,
  words: string,
): Mistake<Rdm, ModelGiven> {
  return shows(name, (answer, given) => sameByLabel(answer, expected(given)), words);
}

/** A model of your own: one category against all others, pairs within a run left out. */
export const ownModel: Exercise<Rdm, ModelGiven> = {
  kind: needsRdm,
  right: (answer, given) => sameByLabel(answer, model(given, differs(given))),
  praise: "0 where both are or neither is, 1 for one of each, and NaN where the pair is left out.",
  mistakes: [
    shows(
      "unlabelled",
      (answer) => answer.items === undefined,
      "It has no labels, so nothing can be matched with it. perPair takes the items first.",
    ),
    isModel(
      "similarity",
      (given) => model(given, (a, b) => 1 - differs(given)(a, b)),
      "It is the other way round: 1 where the two are of one kind. An RDM holds dissimilarities.",
    ),
    isModel(
      "within-runs-kept",
      (given) => perPair(given.items, differs(given), {}),
      "The pairs of one run are in it. Give them NaN, so that they are left out.",
    ),
    isModel(
      "zero-not-left-out",
      (given) => perPair(given.items, (a, b) => (across(a, b) ? differs(given)(a, b) : 0), {}),
      "The pairs of one run are 0 in it: that says they are the same. NaN says that they do not count.",
    ),
    isModel(
      "across-left-out",
      (given) => perPair(given.items, (a, b) => (across(a, b) ? NaN : differs(given)(a, b)), {}),
      "It leaves out the pairs of different runs. Those are the ones to keep.",
    ),
    isModel(
      "category",
      (given) => model(given, (a, b) => (categoryOf(a) === categoryOf(b) ? 0 : 1)),
      "That is the category model: it tells all categories apart. Ours tells one from all others.",
    ),
    isModel(
      "both-needed",
      (given) =>
        model(given, (a, b) => (categoryOf(a) === given.of && categoryOf(b) === given.of ? 0 : 1)),
      "Two patterns that are both of other categories count as different in it. The model does not tell those apart.",
    ),
    shows(
      "by-position",
      (answer, given) =>
        answer.items?.join() !== given.items.join() &&
        equal(answer.condensed, model(given, differs(given)).condensed),
      "Its numbers are in the order of the data's items, and its labels in another. Let perPair see the labels.",
    ),
    shows(
      "other-items",
      (answer, { items }) => answer.nItems !== items.length,
      "It has another number of items than the data. Make a row for each pattern, not for each category.",
    ),
  ],
  otherwise:
    "Look at three pairs with .between(…): two faces, a face and a house, and two of one run.",
};

/** How many people does a sign-flip test need for a level? */
export const people: Exercise<number, { readonly level: number }> = {
  kind: needsNumber,
  right: (answer, { level }) => answer === fewest(level),
  praise: "The signs of n people can be flipped in 2ⁿ ways, and only one of them is as given.",
  mistakes: [
    givesExactly(
      "one-too-few",
      ({ level }) => fewest(level) - 1,
      "With so few, the smallest p is 1 / 2ⁿ: still above the level. Work it out.",
    ),
    givesExactly(
      "two-sided",
      ({ level }) => fewest(level / 2),
      "That would do for a test on both sides, where all flipped counts as well. Ours is one-sided.",
    ),
    givesExactly(
      "orders",
      ({ level }) => [Math.round(1 / level), Math.round(1 / level) + 1],
      "So many flips are needed, not so many people. How many flips do n people give?",
    ),
    givesExactly(
      "five-percent",
      () => 5,
      "That is enough for p < 0.05. Which level was asked for?",
    ),
    shows(
      "not-whole",
      (answer) => !Number.isInteger(answer),
      "That is where 1 / 2ⁿ is the level exactly. People come whole: which is the next number?",
    ),
    shows(
      "more-than-needed",
      (answer, { level }) => answer > fewest(level),
      "That is enough, but it is not the smallest number.",
    ),
    shows("none", (answer) => answer <= 0, "Without people there is nothing to flip."),
  ],
  otherwise:
    "With n people there are 2ⁿ ways to flip signs. For which n is 1 / 2ⁿ below the level?",
};

function fewest(level: number): number {
  let n = 0;
  while (1 / 2 ** n >= level) n += 1;
  return n;
}
