import type { Mistake } from "./judge.ts";
import { nearest } from "./judge.ts";

/** How far an answer is from a value, as a share of the value; where that is 0, how far at all. */
export function relative(answer: number, value: number): number {
  const off = Math.abs(answer - value);
  return value === 0 ? off : off / Math.abs(value);
}

/** True within half a per cent. */
export function near(answer: number, value: number): boolean {
  return relative(answer, value) <= nearest;
}

/** A mistake that gives a number, known by how near the answer is to it. */
export function gives<Given>(
  name: string,
  value: (given: Given) => number,
  words: string,
): Mistake<number, Given> {
  return { name, off: (answer, given) => relative(answer, value(given)), words };
}

/** A mistake that gives exactly this: a count, a name. */
export function givesExactly<Answer extends number | string, Given>(
  name: string,
  value: (given: Given) => Answer | readonly Answer[],
  words: string,
): Mistake<Answer, Given> {
  const off = (answer: Answer, given: Given): number => {
    const wrong = value(given);
    const all: readonly Answer[] = typeof wrong === "object" ? wrong : [wrong];
    return all.includes(answer) ? 0 : Infinity;
  };
  return { name, off, words };
}

/** A mistake that an answer has or has not. */
export function shows<Answer, Given>(
  name: string,
  has: (answer: Answer, given: Given) => boolean,
  words: string,
): Mistake<Answer, Given> {
  return { name, off: (answer, given) => (has(answer, given) ? 0 : Infinity), words };
}
