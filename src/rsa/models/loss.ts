import type { PairShape } from "../compare/comparison.ts";
import { comparisonOf, type CanonicalMethod } from "../compare/methods.ts";

/** Minus the mean score of a prediction with the data, each of which is made ready once. */
export function lossOf(
  data: readonly Float64Array[],
  method: CanonicalMethod,
  shape: PairShape,
): (prediction: Float64Array) => number {
  const comparison = comparisonOf(method);
  let sides: unknown[] | undefined;
  return (prediction) => {
    sides ??= data.map((vector) => comparison.prepare(vector, shape));
    const side = comparison.prepare(prediction, shape);
    return -sides.reduce<number>((sum, one) => sum + comparison.score(side, one), 0) / sides.length;
  };
}
