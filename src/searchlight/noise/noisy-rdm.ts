import { sizeOf } from "../../core/matrix.ts";
import type { PatchMetricOptions } from "../patch-metric.ts";
import type { PatchedPatterns } from "../patched-patterns.ts";
import { featuresOf, takeFeatures } from "../take-patch.ts";
import type { PatchNoise } from "./patch-noise.ts";
import { factorOf, noiseCovarianceOf, whitenRows } from "./whiten.ts";
import { crossValidated, meanOfKnown, pairProducts } from "./whitened-distances.ts";

/**
 * Distances of one patch in units of its noise. `crossnobis` is signed, squared and divided by the number of features;
 * `mahalanobis` is the distance itself, or with folds its signed square.
 */
export function noisyRdm(
  patched: PatchedPatterns,
  noise: PatchNoise,
  position: number,
  { metric, squareRoot = false }: PatchMetricOptions,
): Float64Array {
  const { nFolds, shape } = patched;
  const nItems = shape[0];
  const { rows, series, samples, width } = rowsOfPatch(patched, position);
  const undefinedRdm = new Float64Array((nItems * (nItems - 1)) / 2).fill(NaN);
  if (series.length === 0) return undefinedRdm;
  const of = (run: number | undefined) =>
    noiseCovarianceOf(noise.sums(series, samples, run, position), noise.method);
  const p = series.length;
  const size = { p, width, nItems, nFolds };
  const found = noise.perRun
    ? overPairsOfRuns(rows, size, of)
    : pooled(rows, size, patched.counts, of(undefined));
  if (found === undefined) return undefinedRdm;
  const squares = withoutPartial(found, rows, size);
  const nFeatures = found.kept.length * width;
  return rdmOfSquares({ squares, nFeatures, nFolds }, { metric, squareRoot });
}

/** Squared distances as the metric has them. */
export function rdmOfSquares(
  found: { readonly squares: Float64Array; readonly nFeatures: number; readonly nFolds: number },
  { metric, squareRoot = false }: Pick<PatchMetricOptions, "metric" | "squareRoot">,
): Float64Array {
  const { squares, nFeatures, nFolds } = found;
  if (metric === "crossnobis")
    return rooted(
      squares.map((d) => d / nFeatures),
      squareRoot,
    );
  return nFolds > 1 ? rooted(squares, squareRoot) : squares.map(Math.sqrt);
}

function rooted(squares: Float64Array, squareRoot: boolean): Float64Array {
  return squareRoot ? squares.map((d) => Math.sign(d) * Math.sqrt(Math.abs(d))) : squares;
}

function rowsOfPatch({ data, shape, nFolds, patches }: PatchedPatterns, position: number) {
  const patch = patches.at(position);
  const perItem = sizeOf(shape.slice(1));
  const features = featuresOf(patch, shape, patches.plan);
  const { axes } = patches.plan;
  const nSeries = axes.series === undefined ? 1 : shape[axes.series];
  const series = patch.series ?? Int32Array.from({ length: nSeries }, (_, at) => at);
  return {
    rows: takeFeatures(data, nFolds * shape[0], perItem, features),
    series,
    samples: patch.samples,
    width: series.length === 0 ? 0 : features.length / series.length,
  };
}

interface PatchSize {
  readonly p: number;
  readonly width: number;
  readonly nItems: number;
  readonly nFolds: number;
}

interface Found {
  readonly squares: Float64Array;
  /** Which series count. */
  readonly kept: Int32Array;
}

/** NaN for pairs of an item that a fold has in part: in that fold it is neither there nor missing. */
function withoutPartial(
  { squares, kept }: Found,
  rows: Float64Array,
  { p, width, nItems, nFolds }: PatchSize,
): Float64Array {
  const partial = new Uint8Array(nItems);
  for (let row = 0; row < nFolds * nItems; row++) {
    let missing = 0;
    for (const series of kept)
      for (let w = 0; w < width; w++)
        if (Number.isNaN(rows[(row * p + series) * width + w])) missing++;
    if (missing > 0 && missing < kept.length * width) partial[row % nItems] = 1;
  }
  let pair = 0;
  for (let i = 0; i < nItems; i++)
    for (let j = i + 1; j < nItems; j++, pair++)
      if (partial[i] + partial[j] > 0) squares[pair] = NaN;
  return squares;
}

type Covariance = ReturnType<typeof noiseCovarianceOf>;

function pooled(
  rows: Float64Array,
  { p, width, nItems, nFolds }: PatchSize,
  counts: Float64Array | undefined,
  { kept, covariance }: Covariance,
): Found | undefined {
  if (kept.length === 0) return undefined;
  const lower = factorOf(covariance, kept.length);
  const white = whitenRows(rows, p, width, kept, lower);
  const k = kept.length * width;
  const squares =
    nFolds > 1
      ? crossValidated(white, nItems, nFolds, k, counts)
      : pairProducts(white, white, nItems, k);
  return { squares, kept };
}

/** Every two folds with the mean of their covariances. */
function overPairsOfRuns(
  rows: Float64Array,
  { p, width, nItems, nFolds }: PatchSize,
  of: (run: number) => Covariance,
): Found | undefined {
  const own = Array.from({ length: nFolds }, (_, run) => of(run));
  const kept = own[0].kept.filter((at) => own.every((one) => one.kept.includes(at)));
  const n = kept.length;
  if (n === 0) return undefined;
  const covariances = own.map((one) => restricted(one, kept));
  const size = nItems * p * width;
  const estimates: Float64Array[] = [];
  for (let a = 0; a < nFolds; a++)
    for (let b = a + 1; b < nFolds; b++) {
      const lower = factorOf(
        covariances[a].map((value, at) => (value + covariances[b][at]) / 2),
        n,
      );
      const [left, right] = [a, b].map((fold) =>
        whitenRows(rows.subarray(fold * size, (fold + 1) * size), p, width, kept, lower),
      );
      estimates.push(pairProducts(left, right, nItems, n * width));
    }
  return { squares: meanOfKnown(estimates), kept };
}

function restricted({ kept: own, covariance }: Covariance, kept: Int32Array): Float64Array {
  if (own.length === kept.length) return covariance;
  const at = kept.map((series) => own.indexOf(series));
  const n = kept.length;
  return Float64Array.from(
    { length: n * n },
    (_, k) => covariance[at[Math.floor(k / n)] * own.length + at[k % n]],
  );
}
