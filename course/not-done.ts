import { TsrsaError } from "../src/core/errors.ts";

/** A blank of an exercise that nothing was written into yet. */
export class NotDone extends TsrsaError {
  readonly code = "NOT_DONE";
  constructor(
    /** What belongs into the blank. */
    readonly words: string,
  ) {
    super(`not done yet: ${words}`);
  }
}

/**
 * Stands in a blank of an exercise, and says what belongs there. Throws `NotDone`.
 *
 * @example
 * import { NotDone, todo } from "tsrsa/course";
 * try {
 *   const nPairs: number = todo("the number of pairs");
 * } catch (error) {
 *   console.log(error instanceof NotDone); // true
 * }
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever stands in the blank has to fit the lines below
export function todo<T = any>(words: string): T {
  throw new NotDone(words);
}
