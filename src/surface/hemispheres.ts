/** Something of each half of the cortex, or of one. */
export interface Halves<T> {
  readonly left?: T;
  readonly right?: T;
}

/** Names of the two halves, in the order of their rows. */
export const sides = ["left", "right"] as const;

/** One half of the cortex. */
export type Side = (typeof sides)[number];
