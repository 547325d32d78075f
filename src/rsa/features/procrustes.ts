import { dot } from "../../linalg/dot.ts";
import { singularValues } from "../../linalg/singular-values.ts";
import { symmetricEigen } from "../../linalg/symmetric-eigen.ts";
import type { FeatureComparison } from "./feature-comparison.ts";
import { gramOf, type CentredFeatures } from "./feature-matrix.ts";

/** Columns of features at length 1 all together. */
type Columns = readonly Float64Array[];

/**
 * Procrustes distance: the least ‖A − BQ‖ over all rotations and reflections Q, of centred features at length 1; its square
 * is 2 − 2 ‖AᵀB‖⁎ (Ding et al. 2021; Williams et al. 2021). 0 for features that are a rotation of each other, at most √2.
 */
export const procrustes: FeatureComparison<Columns> = {
  name: "procrustes",
  leastItems: 2,
  prepare: columnsOf,
  score: (a, b) => {
    if (a.length === 0 || b.length === 0) return NaN;
    const [few, many] = a.length <= b.length ? [a, b] : [b, a];
    const products = few.map((x) => Float64Array.from(many, (y) => dot(x, y)));
    if (products.some((row) => row.some(Number.isNaN))) return NaN;
    const common = singularValues(products).values.reduce((sum, value) => sum + value, 0);
    return Math.sqrt(Math.max(0, 2 - 2 * common));
  },
};

/** More features than items are turned into as many columns as there are items, which lie in the same angles. */
function columnsOf(features: CentredFeatures): Columns {
  const { data, nItems, nFeatures } = features;
  const length = Math.sqrt(dot(data, data));
  if (length === 0) return [];
  if (Number.isNaN(length)) return [new Float64Array(nItems).fill(NaN)];
  if (nFeatures <= nItems)
    return Array.from({ length: nFeatures }, (_, f) =>
      Float64Array.from({ length: nItems }, (_, i) => data[i * nFeatures + f] / length),
    );
  const { values, vectors } = symmetricEigen(gramOf(features), nItems);
  return Array.from(values, (value, k) =>
    vectors
      .subarray(k * nItems, (k + 1) * nItems)
      .map((entry) => (entry * Math.sqrt(Math.max(0, value))) / length),
  );
}
