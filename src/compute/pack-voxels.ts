import type { NumericArray } from "../core/matrix.ts";
import { typicalValue } from "./typical-value.ts";

/** Numbers beyond this, or all below its inverse, have squares that are no numbers. */
const LARGEST = 1e140;

/** True when products of the numbers are numbers; NaN and infinities do not count, they spoil their own pairs only. */
export function isOrdinary(data: NumericArray): boolean {
  let most = 0;
  for (let k = 0; k < data.length; k++) {
    const size = Math.abs(data[k]);
    if (size > most && size < Infinity) most = size;
  }
  return most === 0 || (most < LARGEST && most > 1 / LARGEST);
}

/** Voxels copied at a time: a few lines of the cache for every item. */
const STRETCH = 32;

/**
 * Copy patterns of items × voxels to rows of [voxel][item], the items filled up with zeros to a multiple of 4. With
 * `shift` a typical value of each item is taken off, which no correlation notices and which keeps sums small.
 */
export function packVoxels(
  data: NumericArray,
  nItems: number,
  nVoxels: number,
  shift: boolean,
  rows: Float64Array,
): void {
  const stride = Math.ceil(nItems / 4) * 4;
  if (stride > nItems) rows.fill(0);
  for (let first = 0; first < nVoxels; first += STRETCH) {
    const last = Math.min(nVoxels, first + STRETCH);
    for (let item = 0; item < nItems; item++) {
      const from = item * nVoxels;
      for (let v = first, to = first * stride + item; v < last; v++, to += stride)
        rows[to] = data[from + v];
    }
  }
  if (shift) takeTypicalOff(data, nItems, nVoxels, rows);
}

function takeTypicalOff(
  data: NumericArray,
  nItems: number,
  nVoxels: number,
  rows: Float64Array,
): void {
  const stride = Math.ceil(nItems / 4) * 4;
  const typical = Float64Array.from({ length: nItems }, (_, item) =>
    typicalValue(nVoxels, (v) => data[item * nVoxels + v]),
  );
  for (let v = 0, at = 0; v < nVoxels; v++, at += stride) {
    for (let item = 0; item < nItems; item++) rows[at + item] -= typical[item];
  }
}
