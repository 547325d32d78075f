import { oneOf, type Kind } from "../../core/gate/kinds.ts";

const tails = ["both", "greater", "less"] as const;

/** Which side of the null hypothesis counts: both, only above it, or only below it. */
export type Tail = (typeof tails)[number];

/** Throws `UnknownOption` for what is no tail. */
export const tailKind: Kind = oneOf(tails);

/** A tail in the words of a figure legend. */
export function tailWords(tail: Tail): string {
  return tail === "both" ? "two-sided" : `one-sided, ${tail}`;
}

/** The statistic made such that large is extreme. */
export function extremeness(value: number, tail: Tail): number {
  if (tail === "both") return Math.abs(value);
  return tail === "greater" ? value : -value;
}
