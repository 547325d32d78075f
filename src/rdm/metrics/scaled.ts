import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { toRows } from "../../core/matrix.ts";
import { dot } from "../../linalg/dot.ts";
import { centred } from "../../stats/centred.ts";
import type { CondensedMetric, MetricParams, Patterns } from "./metric.ts";
import { eachPair } from "./pairwise.ts";

/** Euclidean with every feature divided by its standard deviation. A feature without variance gives `NaN`. */
export const seuclidean: CondensedMetric = (patterns, { V }) => {
  const variances = V === undefined ? sampleVariances(patterns) : checkedVariances(V, patterns);
  return eachPair(patterns, (rows, a, b, k) => {
    let sum = 0;
    for (let f = 0; f < k; f++) sum += (rows[a + f] - rows[b + f]) ** 2 / variances[f];
    return Math.sqrt(sum);
  });
};

/** √((x − y) · VI · (x − y)ᵀ). */
export const mahalanobis: CondensedMetric = (patterns, params) =>
  sqmahalanobis(patterns, params).map(Math.sqrt);

/** Its square, which cross-validation needs. */
export const sqmahalanobis: CondensedMetric = (patterns, params) => {
  const { data, nItems, nFeatures: k } = patterns;
  const whitened = timesPrecision(patterns, checkedPrecision(params, k));
  // Each row next to its product with VI: one kernel sees both.
  const both = new Float64Array(2 * data.length);
  for (let i = 0; i < nItems; i++) {
    both.set(data.subarray(i * k, (i + 1) * k), 2 * i * k);
    both.set(whitened.subarray(i * k, (i + 1) * k), (2 * i + 1) * k);
  }
  return eachPair({ data: both, nItems, nFeatures: 2 * k }, (rows, a, b) => {
    let sum = 0;
    for (let f = 0; f < k; f++) {
      sum += (rows[a + f] - rows[b + f]) * (rows[a + k + f] - rows[b + k + f]);
    }
    return sum;
  });
};

function checkedPrecision({ VI }: MetricParams, k: number): Float64Array {
  if (VI === undefined) {
    throw new InvalidArgument(
      "VI",
      undefined,
      "give the inverse covariance of the features, or noise where a function takes it; sqeuclidean is for the identity",
    );
  }
  const { data, shape } = toRows(VI);
  if (shape[0] !== k || shape[1] !== k)
    throw new ShapeMismatch(`VI of ${k} × ${k}, features × features`, shape.join(" × "));
  return data;
}

/** Every row times VI transposed. */
function timesPrecision({ data, nItems, nFeatures: k }: Patterns, VI: Float64Array): Float64Array {
  const out = new Float64Array(data.length);
  for (let i = 0; i < nItems; i++) {
    for (let f = 0; f < k; f++) {
      let sum = 0;
      for (let g = 0; g < k; g++) sum += VI[f * k + g] * data[i * k + g];
      out[i * k + f] = sum;
    }
  }
  return out;
}

function checkedVariances(V: ArrayLike<number>, { nFeatures }: Patterns): Float64Array {
  if (V.length !== nFeatures)
    throw new ShapeMismatch(`${nFeatures} variances V, one per feature`, `${V.length}`);
  return Float64Array.from(V);
}

function sampleVariances({ data, nItems, nFeatures: k }: Patterns): Float64Array {
  return Float64Array.from({ length: k }, (_, f) => {
    const column = centred(Float64Array.from({ length: nItems }, (_value, i) => data[i * k + f]));
    return dot(column, column) / (nItems - 1);
  });
}
