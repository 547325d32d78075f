import { ShapeMismatch } from "../core/errors.ts";
import { matrix, sizeOf, type Matrix, type NumericArray } from "../core/matrix.ts";
import type { PatchPlan } from "./patches.ts";
import { checkDataShape } from "./take-patch.ts";

/** Patterns of all items, fold by fold; one fold when there is no cross-validation. */
export interface FoldedPatterns {
  /** nItems × series × … of each fold. */
  readonly folds: readonly Matrix[];
  /** The same, fold after fold. */
  readonly all: NumericArray;
  readonly nItems: number;
}

/** Throws `ShapeMismatch` when numbers, shape and patches do not fit. */
export function foldedPatterns(
  patterns: Matrix,
  crossValidated: boolean,
  plan: PatchPlan,
): FoldedPatterns {
  const { data, shape } = matrix<NumericArray>(patterns.data, patterns.shape);
  const least = crossValidated ? 3 : 2;
  if (shape.length < least || shape[0] === 0)
    throw new ShapeMismatch(
      crossValidated ? "patterns of folds × items × series" : "patterns of items × series",
      `shape (${shape.join(", ")})`,
    );
  const nFolds = crossValidated ? shape[0] : 1;
  const foldShape = crossValidated ? shape.slice(1) : shape;
  checkDataShape(foldShape, plan);
  const size = sizeOf(foldShape);
  const folds = Array.from({ length: nFolds }, (_, fold) => ({
    data: data.subarray(fold * size, (fold + 1) * size),
    shape: foldShape,
  }));
  return { folds, all: data, nItems: foldShape[0] };
}
