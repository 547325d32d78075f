import type { PairDataset } from "../../src/pairs/pair-dataset.ts";
import type { Exercise } from "../judge.ts";
import { needsFunction, needsNumber } from "../kinds.ts";
import { gives, givesExactly, near, shows } from "../mistakes.ts";

export interface DivideGiven {
  /** Pictures for the test. */
  readonly nTest: number;
  /** All pictures. */
  readonly nImages: number;
}

/** How many test pairs do test pictures make? */
export const testPairs: Exercise<number, DivideGiven> = {
  kind: needsNumber,
  right: (answer, { nTest }) => answer === (nTest * (nTest - 1)) / 2,
  praise: "Pairs of two test pictures, each once.",
  mistakes: [
    givesExactly(
      "mixed",
      ({ nTest, nImages }) => nTest * (nImages - nTest),
      "Those are pairs of a test picture and a training picture. They belong to neither part.",
    ),
    givesExactly(
      "all-with-a-test-picture",
      ({ nTest, nImages }) => (nTest * (nTest - 1)) / 2 + nTest * (nImages - nTest),
      "That counts pairs with one training picture as well: pictures that were seen in training.",
    ),
    givesExactly(
      "share-of-pairs",
      ({ nTest, nImages }) => {
        const all = ((nTest / nImages) * nImages * (nImages - 1)) / 2;
        return [Math.round(all), Math.ceil(all), all];
      },
      "That is the same share of the pairs: the division that leaks.",
    ),
    givesExactly(
      "both-halves",
      ({ nTest }) => nTest * (nTest - 1),
      "Each pair is counted twice: a with b, and b with a.",
    ),
    givesExactly(
      "diagonal",
      ({ nTest }) => (nTest * (nTest + 1)) / 2,
      "A picture and itself are no pair.",
    ),
    givesExactly("square", ({ nTest }) => nTest ** 2, "That is every cell of the square."),
    givesExactly(
      "all-pairs",
      ({ nImages }) => (nImages * (nImages - 1)) / 2,
      "Those are the pairs of all pictures.",
    ),
    givesExactly("pictures", ({ nTest }) => nTest, "Those are the pictures, not their pairs."),
    givesExactly(
      "training-pairs",
      ({ nTest, nImages }) => ((nImages - nTest) * (nImages - nTest - 1)) / 2,
      "Those are the training pairs.",
    ),
  ],
  otherwise: "How many pairs do n pictures make? And how many pictures are for the test?",
};

export interface LeakGiven {
  readonly dataset: Pick<PairDataset, "folds">;
}

/** The share of test pairs of which so many pictures are in training pairs too. */
function seenShare({ dataset }: LeakGiven, least: number): number {
  const [{ test, trainImages }] = dataset.folds;
  const seen = new Set(trainImages);
  const counts = Array.from(test.i, (a, at) => Number(seen.has(a)) + Number(seen.has(test.j[at])));
  return counts.filter((count) => count >= least).length / counts.length;
}

/** Which share of the test pairs have both pictures in training pairs as well? */
export const leak: Exercise<number, LeakGiven> = {
  kind: needsNumber,
  right: (answer, given) => near(answer, seenShare(given, 2)),
  praise: "So many test pairs consist of pictures that the model had met with other partners.",
  mistakes: [
    gives(
      "percent",
      (given) => 100 * seenShare(given, 2),
      "That is in per cent. A share lies between 0 and 1.",
    ),
    gives(
      "count",
      (given) => seenShare(given, 2) * given.dataset.folds[0].test.target.length,
      "That is how many pairs. Which share of the test pairs is it?",
    ),
    gives(
      "one-is-enough",
      (given) => seenShare(given, 1),
      "There one picture was enough. Both have to be in training pairs.",
    ),
    gives(
      "not-seen",
      (given) => 1 - seenShare(given, 2),
      "That is the share without. Which share has both?",
    ),
    gives(
      "of-training-pairs",
      ({ dataset }) => dataset.folds[0].test.target.length / dataset.folds[0].train.target.length,
      "That compares the number of test pairs with that of training pairs.",
    ),
    gives(
      "test-share",
      ({ dataset: { folds } }) => {
        const [{ test, train }] = folds;
        return test.target.length / (test.target.length + train.target.length);
      },
      "That is the share of pairs that are for the test. Look at the pictures in them.",
    ),
    gives("none", () => 0, "No test pair is a training pair. But what of the pictures in it?"),
  ],
  otherwise: "For each test pair (test.i[at], test.j[at]): are both numbers among trainImages?",
};

export type Features = (a: readonly number[], b: readonly number[]) => readonly number[];

const [one, two, other] = [
  [1, 5, 2.5, -3],
  [4, 1, 7.5, 2],
  [-2, 6, 0.5, 9],
];

function isList(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((number) => typeof number === "number" && !Number.isNaN(number))
  );
}

const sameList = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, at) => Math.abs(value - b[at]) < 1e-9);

/** Features of two pictures that do not change when they are swapped, and know of both. */
export const symmetric: Exercise<Features, object> = {
  kind: (answer) => needsFunction(answer) ?? needsLists(answer as Features),
  right: (features) =>
    sameList(features(one, two), features(two, one)) &&
    sameList(features(one, other), features(other, one)) &&
    !sameList(features(one, two), features(one, other)) &&
    !sameList(features(one, two), features(other, two)) &&
    features(one, two).length > 1 &&
    knowsDifference(features),
  praise: "(a, b) and (b, a) are now one question, and have one answer.",
  mistakes: [
    shows(
      "concatenated",
      (features) =>
        sameList(features(one, two), [...one, ...two]) ||
        sameList(features(one, two), [...two, ...one]),
      "That is one after the other: swapped, it is another list.",
    ),
    shows(
      "signed",
      (features) =>
        sameList(
          features(one, two),
          features(two, one).map((value) => -value),
        ),
      "Swapped, all signs turn. Which function forgets the sign?",
    ),
    shows(
      "constant",
      (features) => sameList(features(one, two), features(one, other)),
      "It gives the same for other pictures: it knows nothing of b.",
    ),
    shows(
      "one-only",
      (features) => sameList(features(one, two), features(other, two)),
      "It gives the same for other pictures: it knows nothing of a.",
    ),
    shows(
      "not-symmetric",
      (features) => !sameList(features(one, two), features(two, one)),
      "Swapped, it gives another list. Use only what does not care which is first.",
    ),
    shows(
      "one-number",
      (features) => features(one, two).length === 1,
      "That is one number for all of them. Give the model a number for each feature, to weigh them.",
    ),
    shows(
      "cannot-tell-alike",
      (features) => !knowsDifference(features),
      "It is symmetric, but cannot say “alike”: from a sum nobody learns whether two are close. Compare them.",
    ),
  ],
  otherwise: "Swap the two and look at both lists.",
};

/** False for features that move in a straight line with both pictures: sums. */
function knowsDifference(features: Features): boolean {
  const shift = (values: readonly number[], by: number): number[] =>
    values.map((value) => value + by);
  // Moving a up and b down by the same leaves every sum of the two as it is.
  return !sameList(features(one, two), features(shift(one, 1.5), shift(two, -1.5)));
}

function needsLists(features: Features): string | undefined {
  try {
    if (isList(features(one, two))) return undefined;
    return "The function has to give a list of numbers for two lists of numbers.";
  } catch (error) {
    return `The function fails for two lists of numbers: ${(error as Error).message}`;
  }
}

export interface UnitsGiven {
  readonly nTestImages: number;
  readonly nTestPairs: number;
  readonly nPermutations: number;
}

/** How many independent things does the permutation test exchange? */
export const units: Exercise<number, UnitsGiven> = {
  kind: needsNumber,
  right: (answer, { nTestImages }) => answer === nTestImages,
  praise: "Pictures are what was drawn, so pictures are what is exchanged. Their pairs follow.",
  mistakes: [
    givesExactly(
      "pairs",
      ({ nTestPairs }) => nTestPairs,
      "Those are the pairs. Two pairs that share a picture are not independent: what do they share?",
    ),
    givesExactly(
      "permutations",
      ({ nPermutations }) => nPermutations,
      "That is how often it is exchanged. What is?",
    ),
    givesExactly(
      "one-less",
      ({ nTestImages }) => nTestImages - 1,
      "That is how many pairs each picture is in, or degrees of freedom. How many pictures are there?",
    ),
    givesExactly("both", ({ nTestImages }) => 2 * nTestImages, "Each picture is counted twice."),
    givesExactly(
      "square",
      ({ nTestImages }) => nTestImages ** 2,
      "That is every cell of the square.",
    ),
    shows(
      "more-than-tested",
      (answer, { nTestImages }) => answer > nTestImages,
      "That is more than there are test pictures. Training pictures are not in the test.",
    ),
  ],
  otherwise: "What is divided into training and test, and shuffled in section 10?",
};
