import { incompleteBeta } from "./incomplete-beta.ts";

/** Probabilities that F of so many degrees of freedom is at least `value`, and at most. */
export function fTails(
  value: number,
  above: number,
  below: number,
): { upper: number; lower: number } {
  const share = below / (below + above * value);
  return {
    upper: incompleteBeta(share, below / 2, above / 2),
    lower: incompleteBeta((above * value) / (below + above * value), above / 2, below / 2),
  };
}
