import { symmetricEigen } from "../linalg/symmetric-eigen.ts";

/** Factor of the second-moment matrix that an RDM stands for. */
export interface GeometryFactor {
  /** nItems × rank in C order: A with A Aᵀ = G. */
  readonly factor: Float64Array;
  readonly rank: number;
  /** Share of the absolute eigenvalues that were negative: 0 for distances that patterns can have. */
  readonly dropped: number;
}

/** G = −½ H D H of squared distances, H taking out means: products of patterns about their mean, n × n. */
export function secondMoment(squared: Float64Array, n: number): Float64Array {
  const means = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) means[i] += squared[i * n + j] / n;
  const total = means.reduce((sum, mean) => sum + mean / n, 0);
  return squared.map((d, at) => -0.5 * (d - means[Math.floor(at / n)] - means[at % n] + total));
}

/** Eigenvalues below this share of the largest are rounding. */
const rounding = 1e-12;

/** The factor of the nearest matrix that products of patterns can be: negative eigenvalues become 0. */
export function geometryFactor(moment: Float64Array, n: number): GeometryFactor {
  const { values, vectors } = symmetricEigen(moment, n);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const kept = [...values.keys()].filter((k) => values[k] > rounding * largest);
  kept.sort((a, b) => values[b] - values[a]);
  const factor = new Float64Array(n * kept.length);
  kept.forEach((k, c) => {
    const root = Math.sqrt(values[k]);
    for (let i = 0; i < n; i++) factor[i * kept.length + c] = vectors[k * n + i] * root;
  });
  const all = values.reduce((sum, value) => sum + Math.abs(value), 0);
  const negative = values.reduce(
    (sum, value) => sum + (value < -rounding * largest ? -value : 0),
    0,
  );
  return { factor, rank: kept.length, dropped: all === 0 ? 0 : negative / all };
}
