import { cholesky, solveCholesky } from "../../linalg/cholesky.ts";
import { dot } from "../../linalg/dot.ts";
import { meanPatternOf, type TrainTwoClasses, type TwoClasses } from "./two-class.ts";

/** How a linear discriminant weighs the two items. */
export type Priors = "equal" | "counts";

/**
 * CoSMoMVPA's discriminant: scatter within items / number of trials, + `share` of the mean of its diagonal, and no prior.
 */
export function cosmoLda(share: number): TrainTwoClasses {
  return (classes) => {
    const covariance = pooledCovariance(classes);
    return discriminant(classes, ridged(covariance, classes.nFeatures, share), 0);
  };
}

/**
 * scikit-learn's `lsqr` discriminant: covariances of the items weighed by their priors, each (1 − share) S + share · mean of
 * the diagonal; `auto`: of each item standardised, shrunk by Ledoit and Wolf, and scaled back.
 */
export function lsqrLda(shrinkage: number | "auto", priors: Priors): TrainTwoClasses {
  return (classes) => {
    const [p, q] = priorsOf(classes, priors);
    const of = (rows: readonly number[]): Float64Array =>
      shrinkage === "auto" ? autoCovariance(classes, rows) : shrunk(classes, rows, shrinkage);
    const [a, b] = [of(classes.first), of(classes.second)];
    return discriminant(
      classes,
      a.map((value, at) => p * value + q * b[at]),
      Math.log(q / p),
    );
  };
}

/** Scatter within items / number of trials, features × features. */
export function pooledCovariance(classes: TwoClasses): Float64Array {
  const n = classes.first.length + classes.second.length;
  const scatter = sumOf(scatterOf(classes, classes.first), scatterOf(classes, classes.second));
  return scatter.map((s) => s / n);
}

/** Σ⁻¹ (m₂ − m₁), and the threshold between the means, moved by the priors. */
export function discriminant(
  classes: TwoClasses,
  covariance: Float64Array,
  logOdds: number,
): ReturnType<TrainTwoClasses> {
  const factor = cholesky(covariance, classes.nFeatures);
  if (factor === undefined) return undefined;
  return betweenMeans(classes, logOdds, (difference) => solveCholesky(factor, difference));
}

/** Weights from the difference of the means, and the threshold between these, moved by the priors. */
export function betweenMeans(
  { data, nFeatures, first, second }: TwoClasses,
  logOdds: number,
  weigh: (difference: Float64Array) => Float64Array,
): ReturnType<TrainTwoClasses> {
  const [a, b] = [first, second].map((rows) => meanPatternOf(data, nFeatures, rows));
  const weights = weigh(b.map((value, f) => value - a[f]));
  if (weights.some(Number.isNaN)) return undefined;
  const middle = a.map((value, f) => (value + b[f]) / 2);
  return { weights, intercept: logOdds - dot(weights, middle) };
}

/** The weights of the two items. */
export function priorsOf({ first, second }: TwoClasses, priors: Priors): [number, number] {
  if (priors === "equal") return [0.5, 0.5];
  const n = first.length + second.length;
  return [first.length / n, second.length / n];
}

/** Products of the rows without their mean, features × features. */
export function scatterOf(
  { data, nFeatures: n }: Pick<TwoClasses, "data" | "nFeatures">,
  rows: readonly number[],
): Float64Array {
  const mean = meanPatternOf(data, n, rows);
  const scatter = new Float64Array(n * n);
  for (const row of rows)
    for (let i = 0; i < n; i++) {
      const left = data[row * n + i] - mean[i];
      for (let j = 0; j < n; j++) scatter[i * n + j] += left * (data[row * n + j] - mean[j]);
    }
  return scatter;
}

/** Sums of two matrices. */
export function sumOf(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, at) => value + b[at]);
}

function meanDiagonal(matrix: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += matrix[i * n + i] / n;
  return sum;
}

/** With a share of the mean of its diagonal on it. */
export function ridged(matrix: Float64Array, n: number, share: number): Float64Array {
  const ridge = share * meanDiagonal(matrix, n);
  return matrix.map((value, at) => (at % (n + 1) === 0 ? value + ridge : value));
}

function shrunk(classes: TwoClasses, rows: readonly number[], share: number): Float64Array {
  const n = classes.nFeatures;
  const covariance = scatterOf(classes, rows).map((s) => s / rows.length);
  const target = share * meanDiagonal(covariance, n);
  return covariance.map((value, at) => (1 - share) * value + (at % (n + 1) === 0 ? target : 0));
}

/** A class standardised (ddof 0), its covariance shrunk by Ledoit and Wolf (2004), and scaled back. */
export function autoCovariance(classes: TwoClasses, rows: readonly number[]): Float64Array {
  const { data, nFeatures: n } = classes;
  const mean = meanPatternOf(data, n, rows);
  const spread = Float64Array.from({ length: n }, (_, f) => {
    const squares = rows.reduce((sum, row) => sum + (data[row * n + f] - mean[f]) ** 2, 0);
    return Math.sqrt(squares / rows.length) || 1;
  });
  const x = Float64Array.from({ length: rows.length * n }, (_, at) => {
    const f = at % n;
    return (data[rows[Math.floor(at / n)] * n + f] - mean[f]) / spread[f];
  });
  const covariance = ledoitWolf(x, rows.length, n);
  return covariance.map((value, at) => value * spread[Math.floor(at / n)] * spread[at % n]);
}

/** The covariance of centred rows drawn towards a multiple of the identity, as scikit-learn's `ledoit_wolf`. */
function ledoitWolf(x: Float64Array, nRows: number, n: number): Float64Array {
  const s = new Float64Array(n * n);
  const fourth = new Float64Array(n * n);
  for (let row = 0; row < nRows; row++)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const product = x[row * n + i] * x[row * n + j];
        s[i * n + j] += product / nRows;
        fourth[i * n + j] += product * product;
      }
  const mu = meanDiagonal(s, n);
  const size = s.reduce((sum, value) => sum + value * value, 0);
  const delta = (size - 2 * mu * mu * n + n * mu * mu) / n;
  const beta = (fourth.reduce((sum, value) => sum + value, 0) / nRows - size) / (n * nRows);
  const share = delta > 0 ? Math.max(0, Math.min(beta, delta)) / delta : 0;
  return s.map((value, at) => (1 - share) * value + (at % (n + 1) === 0 ? share * mu : 0));
}
