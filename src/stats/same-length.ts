import { ShapeMismatch } from "../core/errors.ts";

/** Throws `ShapeMismatch` unless both have as many values. */
export function sameLength(x: ArrayLike<number>, y: ArrayLike<number>): void {
  if (x.length === y.length) return;
  throw new ShapeMismatch(
    `as many values on both sides (${x.length})`,
    `${y.length}`,
    "pair the values one to one",
  );
}
