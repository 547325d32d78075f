import { cholesky, solveLower } from "../../linalg/cholesky.ts";
import { dot } from "../../linalg/dot.ts";
import { singularValues } from "../../linalg/singular-values.ts";
import { betweenMeans, discriminant, pooledCovariance, priorsOf, type Priors } from "./lda.ts";
import { meanPatternOf, type TrainTwoClasses, type TwoClasses } from "./two-class.ts";

/** Singular values up to this of trials with features of spread 1 are left out, as in scikit-learn. */
const TOLERANCE = 1e-4;

/**
 * scikit-learn's `svd` discriminant: scatter within items / trials, without shrinkage, as scikit-learn divides since its
 * pull request 33626 (2026; before: by trials − items, so that decisions were (trials − items) / trials of these, apart
 * from unequal priors). Features are scaled to the spread
 * within items, and directions in which they do not vary are left out: more features than trials, and features that are
 * constant within items, are taken as scikit-learn takes them.
 */
export function svdLda(priors: Priors): TrainTwoClasses {
  return (classes) => {
    const [p, q] = priorsOf(classes, priors);
    const logOdds = Math.log(q / p);
    const covariance = pooledCovariance(classes);
    if (covariance.some(Number.isNaN)) return undefined;
    const n = classes.nFeatures;
    const spread = spreadsOf(classes, covariance);
    if (spread.every((one) => one === 0)) return undefined;
    if (variesInAll(covariance, spread, n)) return discriminant(classes, covariance, logOdds);
    const scale = spread.map((one) => one || 1);
    return betweenMeans(classes, logOdds, (difference) => {
      const scaled = difference.map((value, f) => value / scale[f]);
      return inverseTimes(residualsOf(classes, spread), scaled).map((value, f) => value / scale[f]);
    });
  };
}

/** Standard deviation of each feature within items; 0 exactly where it has one value in each. */
function spreadsOf({ data, nFeatures: n, first, second }: TwoClasses, covariance: Float64Array) {
  const still = (rows: readonly number[], f: number): boolean =>
    rows.every((row) => data[row * n + f] === data[rows[0] * n + f]);
  return Float64Array.from({ length: n }, (_, f) =>
    still(first, f) && still(second, f) ? 0 : Math.sqrt(covariance[f * n + f]),
  );
}

/** Whether no direction can be left out: then the inverse by Cholesky is the same, and much faster. */
function variesInAll(covariance: Float64Array, spread: Float64Array, n: number): boolean {
  if (spread.includes(0)) return false;
  const scaled = covariance.map(
    (value, at) => value / (spread[Math.floor(at / n)] * spread[at % n]),
  );
  const factor = cholesky(scaled, n);
  if (factor === undefined) return false;
  // The sum of squares of the inverse factor is the sum of the inverse eigenvalues.
  return sumOfInverse(factor, n) < 1 / TOLERANCE ** 2;
}

function sumOfInverse(factor: Float64Array, n: number): number {
  let sum = 0;
  for (let j = 0; j < n; j++) {
    const unit = new Float64Array(n);
    unit[j] = 1;
    const column = solveLower(factor, unit);
    sum += dot(column, column);
  }
  return sum;
}

/** Trials without the mean of their item, features of spread 1, / √trials: trial by trial. */
function residualsOf(
  { data, nFeatures: n, first, second }: TwoClasses,
  spread: Float64Array,
): Float64Array[] {
  const root = Math.sqrt(first.length + second.length);
  return [first, second].flatMap((rows) => {
    const mean = meanPatternOf(data, n, rows);
    return rows.map((row) =>
      spread.map((one, f) => (one === 0 ? 0 : (data[row * n + f] - mean[f]) / (one * root))),
    );
  });
}

/** (XᵀX)⁻¹ v for rows of X, without the directions in which they hardly vary. */
function inverseTimes(rows: readonly Float64Array[], v: Float64Array): Float64Array {
  const out = new Float64Array(v.length);
  const { scaled, values } = singularValues(rows);
  scaled.forEach((direction, k) => {
    if (!(values[k] > TOLERANCE)) return;
    const share = dot(direction, v) / values[k] ** 4;
    direction.forEach((value, f) => (out[f] += share * value));
  });
  return out;
}
