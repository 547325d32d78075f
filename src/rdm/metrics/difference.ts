import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { byKernels } from "./by-kernels.ts";
import type { CondensedMetric } from "./metric.ts";
import { eachPair, pairwise, type RowKernel } from "./pairwise.ts";

/** Sum of squared differences. Not by Gram matrix: that loses the digits of near patterns far from zero. */
export const squaredDifferences: RowKernel = (rows, a, b, k) => {
  let even = 0;
  let odd = 0;
  let f = 0;
  for (; f + 1 < k; f += 2) {
    const d0 = rows[a + f] - rows[b + f];
    const d1 = rows[a + f + 1] - rows[b + f + 1];
    even += d0 * d0;
    odd += d1 * d1;
  }
  if (f < k) even += (rows[a + f] - rows[b + f]) ** 2;
  return even + odd;
};

export const sqeuclidean: CondensedMetric = (patterns) =>
  byKernels(patterns, "sqeuclidean") ?? eachPair(patterns, squaredDifferences);

export const euclidean: CondensedMetric = (patterns) =>
  byKernels(patterns, "euclidean") ??
  eachPair(patterns, (rows, a, b, k) => Math.sqrt(squaredDifferences(rows, a, b, k)));

export const cityblock: CondensedMetric = pairwise((rows, a, b, k) => {
  let sum = 0;
  for (let f = 0; f < k; f++) sum += Math.abs(rows[a + f] - rows[b + f]);
  return sum;
});

export const chebyshev: CondensedMetric = pairwise((rows, a, b, k) => {
  let largest = 0;
  for (let f = 0; f < k; f++) largest = Math.max(largest, Math.abs(rows[a + f] - rows[b + f]));
  return largest;
});

/** (Σ w |difference|ᵖ)^(1/p). */
export const minkowski: CondensedMetric = (patterns, { p = 2, w }) => {
  if (!(p > 0)) throw new InvalidArgument("p", p, "give an exponent above 0");
  const weights = checkedWeights(w, patterns.nFeatures);
  if (p === Infinity) return chebyshev(patterns, {});
  return eachPair(patterns, (rows, a, b, k) => {
    let sum = 0;
    for (let f = 0; f < k; f++) sum += weights[f] * Math.abs(rows[a + f] - rows[b + f]) ** p;
    return sum ** (1 / p);
  });
};

function checkedWeights(w: ArrayLike<number> | undefined, nFeatures: number): Float64Array {
  if (w === undefined) return new Float64Array(nFeatures).fill(1);
  if (w.length !== nFeatures)
    throw new ShapeMismatch(`${nFeatures} weights w, one per feature`, `${w.length}`);
  const weights = Float64Array.from(w);
  const bad = weights.find((weight) => !(weight >= 0));
  if (bad !== undefined) throw new InvalidArgument("w", bad, "give weights of 0 or more");
  return weights;
}
