import type { Rdm } from "../../src/rdm/rdm.ts";
import type { Exercise, Mistake } from "../judge.ts";
import { needsNumber } from "../judge.ts";

/** What the exercises of notebook 00 are given. */
export interface Given {
  readonly rdm: Rdm;
}

/** How many pairs does an RDM hold? */
export const pairs: Exercise<number, Given> = {
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
): Mistake<number, Given> {
  const off = (answer: number, { rdm }: Given): number =>
    answer === value(rdm.nItems) ? 0 : Infinity;
  return { name, off, words };
}
