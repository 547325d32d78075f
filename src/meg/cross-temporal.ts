import { dot } from "../linalg/dot.ts";
import { unit } from "../rsa/compare/products.ts";
import { centredSide, correlationOf, type Centred } from "../stats/centred.ts";
import { rank } from "../stats/rank.ts";

/** Patterns of one time whose products are correlations: items × features, each row centred and at length 1. */
export interface UnitPatterns {
  readonly data: Float64Array;
  readonly nItems: number;
  readonly nFeatures: number;
  /** Xᵀ X, features × features. */
  readonly gram: Float64Array;
  /** Sum of the rows. */
  readonly sum: Float64Array;
}

/** Make patterns ready; a constant item, or one with `NaN`, is `NaN` in everything. */
export function unitPatterns(data: Float64Array, nItems: number): UnitPatterns {
  const n = data.length / nItems;
  const rows = new Float64Array(data.length);
  for (let item = 0; item < nItems; item++) {
    const row = unit(data.subarray(item * n, (item + 1) * n));
    rows.set(row.every((value) => value === 0) ? row.map(() => NaN) : row, item * n);
  }
  return {
    data: rows,
    nItems,
    nFeatures: n,
    gram: crossGram(rows, rows, nItems, n),
    sum: sumOf(rows, n),
  };
}

/** Xᵀ Y, features × features. */
function crossGram(x: Float64Array, y: Float64Array, nItems: number, n: number): Float64Array {
  const gram = new Float64Array(n * n);
  for (let item = 0; item < nItems; item++)
    for (let i = 0; i < n; i++) {
      const value = x[item * n + i];
      for (let j = 0; j < n; j++) gram[i * n + j] += value * y[item * n + j];
    }
  return gram;
}

function sumOf(rows: Float64Array, n: number): Float64Array {
  const sum = new Float64Array(n);
  rows.forEach((value, at) => (sum[at % n] += value));
  return sum;
}

/** Which entries of D[t, t′] are compared with a model: all but the diagonal, or the upper triangle of its mean with its transpose. */
export type CrossTemporalEntries = "off-diagonal" | "symmetrised";

/** A model as the scores need it. */
export interface CrossTemporalModel {
  /** Items × items, 0 on the diagonal. */
  readonly square: Float64Array;
  readonly ranked: Centred;
  readonly ofSymmetric: Centred;
  readonly mean: number;
  readonly squares: number;
}

/** A condensed model made ready. */
export function crossTemporalModel(condensed: Float64Array, nItems: number): CrossTemporalModel {
  const square = new Float64Array(nItems * nItems);
  for (let i = 0, pair = 0; i < nItems; i++)
    for (let j = i + 1; j < nItems; j++, pair++)
      square[i * nItems + j] = square[j * nItems + i] = condensed[pair];
  const centred = centredSide(condensed);
  return {
    square,
    ranked: centredSide(rank(offDiagonal(square, nItems))),
    ofSymmetric: centredSide(rank(condensed)),
    mean: condensed.reduce((sum, value) => sum + value, 0) / condensed.length,
    squares: 2 * centred.squares,
  };
}

/** M X, items × features: what every later time is multiplied with. Centred, so that rounding does not grow with the mean. */
export function modelTimes(
  model: CrossTemporalModel,
  { data, nItems, nFeatures }: UnitPatterns,
): Float64Array {
  const out = new Float64Array(data.length);
  for (let i = 0; i < nItems; i++)
    for (let j = 0; j < nItems; j++) {
      if (i === j) continue;
      const weight = model.square[i * nItems + j] - model.mean;
      for (let k = 0; k < nFeatures; k++)
        out[i * nFeatures + k] += weight * data[j * nFeatures + k];
    }
  return out;
}

/** Sums over all entries of S = X(t) X(t′)ᵀ, of which D is 1 − S, without S itself. */
interface EntrySums {
  /** Of the off-diagonal entries: sum, and sum of squares. */
  readonly sum: number;
  readonly squares: number;
  /** Sum of the diagonal. */
  readonly diagonal: number;
}

function entrySums(a: UnitPatterns, b: UnitPatterns): EntrySums {
  const { nItems, nFeatures: n } = a;
  let [diagonal, squares] = [0, 0];
  for (let item = 0; item < nItems; item++) {
    const own = dot(
      a.data.subarray(item * n, (item + 1) * n),
      b.data.subarray(item * n, (item + 1) * n),
    );
    diagonal += own;
    squares += own * own;
  }
  return { diagonal, sum: dot(a.sum, b.sum) - diagonal, squares: dot(a.gram, b.gram) - squares };
}

/**
 * Pearson correlation of D[t, t′] with a model, in closed form: T² (nF + F²) operations for T times instead of T² n² F.
 *
 * @param ofModel - M X(t) of the rows' time.
 */
export function pearsonOfEntries(
  a: UnitPatterns,
  b: UnitPatterns,
  model: CrossTemporalModel,
  ofModel: Float64Array,
  entries: CrossTemporalEntries,
): number {
  const count = a.nItems * (a.nItems - 1);
  const { sum, squares } = entrySums(a, b);
  const product = dot(ofModel, b.data);
  const second = entries === "off-diagonal" ? squares : (squares + swappedProduct(a, b)) / 2;
  const variance = second - (sum * sum) / count;
  if (!(variance > 1e-14 * Math.abs(second)) || !(model.squares > 0)) return NaN;
  return Math.max(-1, Math.min(1, -product / Math.sqrt(variance * model.squares)));
}

/** Σ over i ≠ j of S(i, j) S(j, i). */
function swappedProduct(a: UnitPatterns, b: UnitPatterns): number {
  const { nItems, nFeatures: n } = a;
  const gram = crossGram(b.data, a.data, nItems, n);
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += gram[i * n + j] * gram[j * n + i];
  for (let item = 0; item < nItems; item++) {
    const own = dot(
      a.data.subarray(item * n, (item + 1) * n),
      b.data.subarray(item * n, (item + 1) * n),
    );
    sum -= own * own;
  }
  return sum;
}

/** Spearman correlation of D[t, t′] with a model: D is made and ranked for this cell. */
export function spearmanOfEntries(
  a: UnitPatterns,
  b: UnitPatterns,
  model: CrossTemporalModel,
  entries: CrossTemporalEntries,
): number {
  const d = crossTemporalDissimilarities(a, b);
  if (entries === "off-diagonal")
    return correlationOf(centredSide(rank(offDiagonal(d, a.nItems))), model.ranked);
  return correlationOf(centredSide(rank(upperOfMean(d, a.nItems))), model.ofSymmetric);
}

/** D[t, t′](i, j) = 1 − r of item i at t and item j at t′, items × items. */
export function crossTemporalDissimilarities(a: UnitPatterns, b: UnitPatterns): Float64Array {
  const { nItems, nFeatures: n } = a;
  const d = new Float64Array(nItems * nItems);
  for (let i = 0; i < nItems; i++) {
    const row = a.data.subarray(i * n, (i + 1) * n);
    for (let j = 0; j < nItems; j++)
      d[i * nItems + j] = 1 - dot(row, b.data.subarray(j * n, (j + 1) * n));
  }
  return d;
}

/** Mean of D over different items minus that of the same: above 0 where items are told apart across time. */
export function generalisation(a: UnitPatterns, b: UnitPatterns): number {
  const { sum, diagonal } = entrySums(a, b);
  return diagonal / a.nItems - sum / (a.nItems * (a.nItems - 1));
}

function offDiagonal(square: Float64Array, n: number): Float64Array {
  return square.filter((_, at) => Math.floor(at / n) !== at % n);
}

function upperOfMean(square: Float64Array, n: number): Float64Array {
  const upper = new Float64Array((n * (n - 1)) / 2);
  for (let i = 0, pair = 0; i < n; i++)
    for (let j = i + 1; j < n; j++, pair++)
      upper[pair] = (square[i * n + j] + square[j * n + i]) / 2;
  return upper;
}
