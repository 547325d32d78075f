import { random } from "../../core/random.ts";
import { InvalidArgument } from "../../core/errors.ts";

/**
 * Components that keep the squared distances of `nItems` items within a share `eps`: ⌊4 ln n / (ε²/2 − ε³/3)⌋, as
 * scikit-learn's `johnson_lindenstrauss_min_dim`.
 *
 * @throws InvalidArgument.
 * @example
 * import { projectionSize } from "tsrsa";
 * projectionSize(92); // 3875
 */
export function projectionSize(nItems: number, eps = 0.1): number {
  if (!Number.isSafeInteger(nItems) || nItems < 1)
    throw new InvalidArgument("nItems", nItems, "give a number of items from 1");
  if (!(eps > 0 && eps < 1)) throw new InvalidArgument("eps", eps, "give a share above 0, below 1");
  return Math.floor((4 * Math.log(nItems)) / (eps ** 2 / 2 - eps ** 3 / 3));
}

/** A random matrix of few entries, kept as the places and signs of those that are not 0. */
export interface SparseProjection {
  readonly nFeatures: number;
  readonly nComponents: number;
  readonly density: number;
  /** The absolute value of every entry. */
  readonly value: number;
  /** Components that feature f adds to, from `starts[f]` to `starts[f + 1]`: k for +, −1 − k for −. */
  readonly starts: Uint32Array;
  readonly entries: Int32Array;
}

/** Entries that one matrix may have: 512 MB. */
const mostEntries = 2 ** 27;

/**
 * A sparse random projection (Li, Hastie and Church 2006; scikit-learn's `SparseRandomProjection`): each entry is
 * ±√(1 / (density · nComponents)) with probability density / 2 each, else 0. The same seed gives the same matrix.
 *
 * @param density - share of entries that are not 0; default 1 / √nFeatures.
 */
export function sparseProjection(
  nFeatures: number,
  nComponents: number,
  seed: number,
  density = 1 / Math.sqrt(nFeatures),
): SparseProjection {
  const expected = nFeatures * nComponents * density;
  if (expected > mostEntries)
    throw new InvalidArgument(
      "components",
      nComponents,
      `a projection of ${nFeatures} values would have ${Math.round(expected)} entries; pool first, or take fewer components`,
    );
  const { next } = random(seed);
  const starts = new Uint32Array(nFeatures + 1);
  let entries = new Int32Array(Math.ceil(expected + 6 * Math.sqrt(expected) + 64));
  let count = 0;
  for (let f = 0; f < nFeatures; f++) {
    for (let k = gap(next, density) - 1; k < nComponents; k += gap(next, density)) {
      if (count === entries.length) entries = grown(entries);
      entries[count++] = next() < 0.5 ? k : -1 - k;
    }
    starts[f + 1] = count;
  }
  const value = Math.sqrt(1 / (density * nComponents));
  return { nFeatures, nComponents, density, value, starts, entries: entries.subarray(0, count) };
}

/** Steps to the next entry that is not 0: geometric. */
function gap(next: () => number, density: number): number {
  if (density >= 1) return 1;
  return 1 + Math.floor(Math.log1p(-next()) / Math.log1p(-density));
}

function grown(entries: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(entries.length * 2);
  larger.set(entries);
  return larger;
}

/** A row in the components. */
export function project(row: Float32Array, matrix: SparseProjection): Float32Array {
  const { nComponents, nFeatures, starts, entries, value } = matrix;
  const sums = new Float64Array(nComponents);
  // Of a full matrix every component would be NaN, too.
  if (!row.every(Number.isFinite)) return new Float32Array(nComponents).fill(NaN);
  for (let f = 0; f < nFeatures; f++) {
    const x = row[f];
    if (x === 0) continue;
    for (let at = starts[f]; at < starts[f + 1]; at++) {
      const entry = entries[at];
      if (entry >= 0) sums[entry] += x;
      else sums[-1 - entry] -= x;
    }
  }
  return Float32Array.from(sums, (sum) => sum * value);
}
