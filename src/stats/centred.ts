import { dot } from "../linalg/dot.ts";
import { mean } from "./mean.ts";

/** Values minus their mean, and the sum of their squares. */
export interface Centred {
  readonly values: Float64Array;
  readonly squares: number;
}

/**
 * Values minus their mean. Values that are all the same become exact zeros: a mean rounded by one bit would leave a
 * constant with a spurious direction, and a correlation with it some number where none is defined.
 */
export function centred(values: ArrayLike<number>): Float64Array {
  const out = new Float64Array(values.length);
  if (isConstant(values)) return out;
  const middle = mean(values);
  for (let i = 0; i < out.length; i++) out[i] = values[i] - middle;
  return out;
}

/** One side of a correlation, ready for any number of partners. */
export function centredSide(values: ArrayLike<number>): Centred {
  const out = centred(values);
  return { values: out, squares: dot(out, out) };
}

/** Pearson's correlation of two sides; `NaN` when one is constant or has `NaN`. */
export function correlationOf(a: Centred, b: Centred): number {
  return clipped(dot(a.values, b.values) / rootOfProduct(a.squares, b.squares));
}

/** A correlation within [−1, 1]: rounding may leave it a bit outside. `NaN` stays. */
export function clipped(r: number): number {
  return Math.min(1, Math.max(-1, r));
}

/** √(a b): exactly a when both are, also where the product itself is too large or small for a number. */
export function rootOfProduct(a: number, b: number): number {
  const product = a * b;
  return product > 1e-280 && product < Infinity ? Math.sqrt(product) : Math.sqrt(a) * Math.sqrt(b);
}

/** True when all values are the same number. */
export function isConstant(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}
