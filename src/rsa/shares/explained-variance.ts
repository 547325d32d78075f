import { dot } from "../../linalg/dot.ts";
import { symmetricEigen } from "../../linalg/symmetric-eigen.ts";
import { membersOf, type ModelSet } from "./model-sets.ts";

/** Models that agree this well are one direction: beyond it the difference of two is rounding. */
const SAME = 1e-12;

/** Correlations of models (centred, at length 1) with each other, n × n in C order. */
export function correlationsOf(units: readonly Float64Array[]): Float64Array {
  const n = units.length;
  const all = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++)
      all[i * n + j] = all[j * n + i] = i === j ? 1 : dot(units[i], units[j]);
  return all;
}

/** The pseudo-inverse of the correlations of some of the models, by which their least squares follow. */
export function inverseOf(
  correlations: Float64Array,
  nModels: number,
  set: ModelSet,
): Float64Array {
  const members = membersOf(set);
  const n = members.length;
  const part = Float64Array.from(
    { length: n * n },
    (_, k) => correlations[members[Math.floor(k / n)] * nModels + members[k % n]],
  );
  const { values, vectors } = symmetricEigen(part, n);
  const inverse = new Float64Array(n * n);
  values.forEach((value, k) => {
    if (!(value > SAME * n)) return;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        inverse[i * n + j] += (vectors[k * n + i] * vectors[k * n + j]) / value;
  });
  return inverse;
}

/** Inverse · correlations of the members with the data: their standardised coefficients. */
export function coefficientsOf(
  inverse: Float64Array,
  members: readonly number[],
  correlations: ArrayLike<number>,
): Float64Array {
  const n = members.length;
  return Float64Array.from(members, (_, i) =>
    members.reduce((sum, member, j) => sum + inverse[i * n + j] * correlations[member], 0),
  );
}

/** How many times the variance of each model's coefficient grows because other models resemble it: 1/(1 − R²). */
export function varianceInflation(units: readonly Float64Array[]): number[] {
  const n = units.length;
  const correlations = correlationsOf(units);
  return units.map((_, j) => {
    const others = (2 ** n - 1) ^ (1 << j);
    if (others === 0) return 1;
    const row = correlations.subarray(j * n, (j + 1) * n);
    const members = membersOf(others);
    const weights = coefficientsOf(inverseOf(correlations, n, others), members, row);
    const explained = members.reduce((sum, member, k) => sum + weights[k] * row[member], 0);
    return 1 / Math.max(1 - explained, 0);
  });
}
