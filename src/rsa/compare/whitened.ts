import { InvalidArgument, Unsupported } from "../../core/errors.ts";
import { centred } from "../../stats/centred.ts";
import { cholesky, solveCholesky, solveLower, whitenBoth } from "../../linalg/cholesky.ts";
import { knownPairs, type PairShape } from "../comparisons/comparison.ts";

// Dissimilarities that share an item are not independent. With noise of covariance Σ on the patterns their covariance
// is V = (C Σ Cᵀ)∘² (C: contrasts of pairs), and the whitened cosine is that of xᵀ V⁻¹ y (Diedrichsen et al. 2021). V is
// pairs × pairs; but xᵀ V⁻¹ y is the product of second moments G = −D/2 that are whitened by Σ and freed from what
// no distance sees, 1vᵀ + v1ᵀ. That is what is computed: items × items, and no iteration.

/** A vector to one whose dot products are xᵀ V⁻¹ y. */
export type Whitener = (vector: Float64Array) => Float64Array;

const whiteners = new WeakMap<PairShape, Whitener>();

/** The whitener of RDMs of one shape, made once. Throws `InvalidArgument`, `Unsupported`. */
export function whitenerOf(shape: PairShape): Whitener {
  const whitener = whiteners.get(shape) ?? makeWhitener(shape);
  whiteners.set(shape, whitener);
  return whitener;
}

/** A condensed vector minus the mean of its known pairs; others are `NaN`. */
export function withoutMean(vector: Float64Array, shape: PairShape): Float64Array {
  if (shape.known === undefined) return centred(vector);
  const values = centred(knownPairs(vector, shape));
  let at = 0;
  return vector.map((_, pair) => (shape.known?.[pair] === 1 ? values[at++] : NaN));
}

function makeWhitener(shape: PairShape): Whitener {
  const { nItems, known, sigma } = shape;
  if (sigma?.kind === "full") {
    return known === undefined
      ? fullWhitener(nItems, factorOf(sigma.matrix, nItems))
      : knownWhitener(shape, sigma.matrix);
  }
  const deviations = sigma?.variances.map(Math.sqrt) ?? new Float64Array(nItems).fill(1);
  const shifts = known === undefined ? meanShifts(deviations) : fittedShifts(known, deviations);
  return (vector) => extended(vector, shifts(vector), known, deviations);
}

/** The v of each vector: what to add to rows and columns. */
type Shifts = (vector: Float64Array) => Float64Array;

/** Without gaps v are means of rows, weighted by the precision of the items. */
function meanShifts(deviations: Float64Array): Shifts {
  const n = deviations.length;
  const precision = deviations.map((deviation) => 1 / (deviation * deviation));
  const total = precision.reduce((sum, p) => sum + p, 0);
  const weights = precision.map((p) => p / total);
  return (vector) => {
    const means = new Float64Array(n);
    for (let i = 0, pair = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++, pair++) {
        const g = -0.5 * vector[pair];
        means[i] += weights[j] * g;
        means[j] += weights[i] * g;
      }
    }
    const overall = means.reduce((sum, mean, i) => sum + weights[i] * mean, 0);
    return means.map((mean) => overall / 2 - mean);
  };
}

/** With gaps v is the least-squares solution over the known pairs. */
function fittedShifts(known: Uint8Array, deviations: Float64Array): Shifts {
  const n = deviations.length;
  const normal = new Float64Array(n * n);
  for (let i = 0; i < n; i++) normal[i * n + i] = 4 / deviations[i] ** 4;
  forEachKnown(known, n, (i, j) => {
    const weight = 2 / (deviations[i] * deviations[j]) ** 2;
    normal[i * n + i] += weight;
    normal[j * n + j] += weight;
    normal[i * n + j] += weight;
    normal[j * n + i] += weight;
  });
  const factor = factorOf(normal, n);
  return (vector) => {
    const right = new Float64Array(n);
    forEachKnown(known, n, (i, j, pair) => {
      const g = -vector[pair] / (deviations[i] * deviations[j]) ** 2;
      right[i] -= g;
      right[j] -= g;
    });
    return solveCholesky(factor, right);
  };
}

function forEachKnown(
  known: Uint8Array,
  n: number,
  visit: (i: number, j: number, pair: number) => void,
): void {
  for (let i = 0, pair = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++, pair++) if (known[pair] === 1) visit(i, j, pair);
  }
}

/** The known pairs of the whitened G, each standing for two entries, then its diagonal. */
function extended(
  vector: Float64Array,
  shifts: Float64Array,
  known: Uint8Array | undefined,
  deviations: Float64Array,
): Float64Array {
  const n = deviations.length;
  const out = new Float64Array(vector.length + n);
  for (let i = 0, pair = 0; i < n; i++) {
    out[vector.length + i] = (2 * shifts[i]) / (deviations[i] * deviations[i]);
    for (let j = i + 1; j < n; j++, pair++) {
      if (known !== undefined && known[pair] === 0) continue;
      const g = -0.5 * vector[pair] + shifts[i] + shifts[j];
      out[pair] = (Math.SQRT2 * g) / (deviations[i] * deviations[j]);
    }
  }
  return out;
}

function factorOf(matrix: Float64Array, n: number): Float64Array {
  const factor = cholesky(matrix, n);
  if (factor !== undefined) return factor;
  throw new InvalidArgument(
    "sigma",
    `a ${n} × ${n} matrix`,
    "it is not positive definite; regularise it, as shrinkage does",
  );
}

/** L⁻¹ G L⁻ᵀ without the direction of L⁻¹ 1. */
function fullWhitener(n: number, factor: Float64Array): Whitener {
  const direction = solveLower(factor, new Float64Array(n).fill(1));
  const length = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0));
  const unit = direction.map((value) => value / length);
  return (vector) => without(whitenBoth(factor, secondMoments(vector, n), n), unit);
}

function secondMoments(vector: Float64Array, n: number): Float64Array {
  const square = new Float64Array(n * n);
  for (let i = 0, pair = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++, pair++)
      square[i * n + j] = square[j * n + i] = -0.5 * vector[pair];
  }
  return square;
}

/** P A P with P = I − u uᵀ. */
function without(square: Float64Array, unit: Float64Array): Float64Array {
  const n = unit.length;
  const products = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) products[i] += square[i * n + j] * unit[j];
  }
  const both = products.reduce((sum, product, i) => sum + product * unit[i], 0);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++)
      square[i * n + j] += both * unit[i] * unit[j] - products[i] * unit[j] - unit[i] * products[j];
  }
  return square;
}

/** Pairs of a V that is formed in full; as many take 130 MB. */
const MOST_PAIRS = 4000;

/** A full Σ and gaps: V itself, restricted to the known pairs. */
function knownWhitener(shape: PairShape, sigma: Float64Array): Whitener {
  const n = shape.nItems;
  const pairs: (readonly [number, number])[] = [];
  forEachKnown(shape.known ?? new Uint8Array(), n, (i, j) => pairs.push([i, j]));
  if (pairs.length > MOST_PAIRS) {
    throw new Unsupported(
      `${pairs.length} pairs with gaps and a full covariance`,
      `at most ${MOST_PAIRS} can be whitened; leave the items with NaN out, or give variances only`,
    );
  }
  const covariance = new Float64Array(pairs.length ** 2);
  pairs.forEach(([i, j], p) => {
    pairs.forEach(([k, l], q) => {
      const xi = sigma[i * n + k] - sigma[i * n + l] - sigma[j * n + k] + sigma[j * n + l];
      covariance[p * pairs.length + q] = xi * xi;
    });
  });
  const factor = factorOf(covariance, pairs.length);
  return (vector) => solveLower(factor, knownPairs(vector, shape));
}
