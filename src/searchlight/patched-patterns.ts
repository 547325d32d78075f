import { ShapeMismatch } from "../core/errors.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import { thing } from "../core/gate/kinds.ts";
import { sizeOf, type Matrix, type NumericArray } from "../core/matrix.ts";
import type { PatchNoise } from "./noise/patch-noise.ts";
import type { SearchlightPatches } from "./patches.ts";
import { checkDataShape } from "./take-patch.ts";

/** Patterns of all items, fold after fold, and the patches to be cut from them. */
export interface PatchedPatterns {
  /** nFolds × nItems × series × samples × …, C order. */
  readonly data: NumericArray;
  /** Of one fold: nItems × series × samples × …, as the patches were made for. */
  readonly shape: readonly number[];
  /** 1: distances are not cross-validated. */
  readonly nFolds: number;
  readonly patches: SearchlightPatches;
  /** How many observations each pattern is the mean of, nFolds × nItems. Undefined: nobody counted. */
  readonly counts?: Float64Array;
  /** What is known of their noise, for `crossnobis` and `mahalanobis`. */
  readonly noise?: PatchNoise;
}

/** A user's patterns. Throws `ShapeMismatch` when numbers, shape and patches do not fit. */
export function patchedPatterns(
  patterns: Matrix,
  crossValidated: boolean,
  patches: SearchlightPatches,
): PatchedPatterns {
  const { data, shape } = checkedMatrix(patterns, "patterns");
  thing("patches as searchlightPatches makes them", "plan", "length")(patches, "patches");
  const least = crossValidated ? 3 : 2;
  if (shape.length < least || sizeOf(shape.slice(0, least - 1)) === 0)
    throw new ShapeMismatch(
      crossValidated ? "patterns of folds × items × series" : "patterns of items × series",
      `shape (${shape.join(", ")})`,
    );
  if (crossValidated && shape[0] < 2)
    throw new ShapeMismatch("patterns of at least two folds", `${shape[0]}`);
  const ofFold = crossValidated ? shape.slice(1) : shape;
  checkDataShape(ofFold, patches.plan);
  return { data, shape: ofFold, nFolds: crossValidated ? shape[0] : 1, patches };
}
