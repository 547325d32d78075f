import { mean } from "./mean.ts";

/**
 * Values minus their mean. Values that are all the same become exact zeros: a mean rounded by one bit would leave a
 * constant with a spurious direction, and a correlation with it some number where none is defined.
 */
export function centred(values: ArrayLike<number>): Float64Array {
  if (isConstant(values)) return new Float64Array(values.length);
  const middle = mean(values);
  return Float64Array.from(values, (value) => value - middle);
}

/** True when all values are the same number. */
export function isConstant(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}

/** Centred values at length 1; `NaN` throughout when they are constant or one is `NaN`. */
export function unitCentred(values: ArrayLike<number>): Float64Array {
  const unit = centred(values);
  const length = Math.sqrt(dot(unit, unit));
  for (let i = 0; i < unit.length; i++) unit[i] /= length;
  return unit;
}

/** Sum of products. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
