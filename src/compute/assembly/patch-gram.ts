import { SQEUCLIDEAN } from "./convert";
import { tilePair } from "./gram";
import { CONTINUED, LESS_PRODUCT, PRODUCT, SQUARED_DIFFERENCE, sumTile } from "./tile";

/** Bytes of packed voxels that are multiplied at a time: they stay in the first-level cache. */
const PANEL_BYTES: usize = 20480;
/** Most voxels that are packed at a time. */
const MOST: i32 = 64;

// @ts-ignore: decorator
@inline
export function panelBytes(nTiles: i32): usize {
  return <usize>voxelsAtATime(nTiles) * (<usize>nTiles << 5);
}

// @ts-ignore: decorator
@inline
function voxelsAtATime(nTiles: i32): i32 {
  return max(8, min(MOST, <i32>(PANEL_BYTES / (<usize>nTiles << 5))));
}

/**
 * Add the products of all pairs of items over some voxels to the tiles, and the values to the sums; or take them away.
 * Voxel after voxel in the order of the list, so that every pair is summed in one order.
 *
 * @param rows - [voxel][item], the items filled up to whole tiles; what is subtracted from each item lies in `shifts`.
 * @param panel - room for the packed voxels: [tile][voxel][4 items].
 */
export function addVoxels(
  rows: usize,
  nTiles: i32,
  list: usize,
  count: i32,
  metric: i32,
  negative: bool,
  shifts: usize,
  tiles: usize,
  sums: usize,
  panel: usize,
): void {
  const atMost = voxelsAtATime(nTiles);
  const nParts = (count + atMost - 1) / atMost;
  let from = 0;
  for (let part = 0; part < nParts; part++) {
    // Parts of equal size: a short one at the end would cost its whole overhead.
    const size = (count - from + nParts - part - 1) / (nParts - part);
    pack(rows, nTiles, list + (<usize>from << 2), size, shifts, panel);
    const bytes = <usize>size << 5;
    let to = tiles;
    for (let i = 0; i < nTiles; i++) {
      const a = panel + <usize>i * bytes;
      addSums(a, bytes, negative, sums + (<usize>i << 5));
      for (let j = i; j < nTiles; j++) {
        const b = panel + <usize>j * bytes;
        if (metric >= SQEUCLIDEAN) addDifferences(a, b, bytes, to);
        else if (negative) subtractProducts(a, b, bytes, to);
        else addProducts(a, b, bytes, to);
        to += 128;
      }
    }
    from += size;
  }
}

function pack(rows: usize, nTiles: i32, list: usize, size: i32, shifts: usize, panel: usize): void {
  const stride = <usize>nTiles << 5;
  const step = <usize>size << 5;
  for (let k = 0; k < size; k++) {
    let from = rows + <usize>load<u32>(list + (<usize>k << 2)) * stride;
    let shift = shifts;
    const end = from + stride;
    for (let to = panel + (<usize>k << 5); from < end; to += step) {
      v128.store(to, f64x2.sub(v128.load(from), v128.load(shift)));
      v128.store(to, f64x2.sub(v128.load(from, 16), v128.load(shift, 16)), 16);
      from += 32;
      shift += 32;
    }
  }
}

function addSums(a: usize, bytes: usize, negative: bool, to: usize): void {
  let s0 = v128.load(to);
  let s1 = v128.load(to, 16);
  const end = a + bytes;
  if (negative) {
    for (let x = a; x < end; x += 32) {
      s0 = f64x2.sub(s0, v128.load(x));
      s1 = f64x2.sub(s1, v128.load(x, 16));
    }
  } else {
    for (let x = a; x < end; x += 32) {
      s0 = f64x2.add(s0, v128.load(x));
      s1 = f64x2.add(s1, v128.load(x, 16));
    }
  }
  v128.store(to, s0);
  v128.store(to, s1, 16);
}

function addProducts(a: usize, b: usize, bytes: usize, to: usize): void {
  sumTile(PRODUCT, CONTINUED, a, 32, b, 32, bytes, to, 32);
}

function subtractProducts(a: usize, b: usize, bytes: usize, to: usize): void {
  sumTile(LESS_PRODUCT, CONTINUED, a, 32, b, 32, bytes, to, 32);
}

function addDifferences(a: usize, b: usize, bytes: usize, to: usize): void {
  sumTile(SQUARED_DIFFERENCE, CONTINUED, a, 32, b, 32, bytes, to, 32);
}

/** Σ x² of an item: on the diagonal of a tile on the diagonal. */
// @ts-ignore: decorator
@inline
export function squareOf(tiles: usize, item: i32, nTiles: i32): f64 {
  const tile = item >> 2;
  return load<f64>(tiles + (tilePair(tile, tile, nTiles) << 7) + <usize>((item & 3) * 40));
}
