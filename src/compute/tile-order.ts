/** Items on a side of a tile. */
const TILE = 4;

/** Place of pair i < j in tile order: tile after tile of 4 × 4 items, and in a tile row by row. */
export function tilePlace(i: number, j: number, n: number): number {
  const [top, left] = [i - (i % TILE), j - (j % TILE)];
  const above = top * n - (top * (top + 1)) / 2;
  const rows = Math.min(TILE, n - top);
  if (left === top) {
    const before = i - top;
    return above + before * (rows - 1) - (before * (before - 1)) / 2 + (j - i - 1);
  }
  const start = above + (rows * (rows - 1)) / 2 + (left - top - TILE) * rows;
  return start + (i - top) * Math.min(TILE, n - left) + (j - left);
}

/** The place in tile order of each condensed pair: `condensed[k] = tiled[order[k]]`. */
export function tileOrder(n: number): Uint32Array {
  const order = new Uint32Array((n * (n - 1)) / 2);
  let k = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) order[k++] = tilePlace(i, j, n);
  }
  return order;
}

/** Condensed order from tile order. */
export function fromTileOrder(tiled: Float64Array, order: Uint32Array): Float64Array {
  const condensed = new Float64Array(order.length);
  for (let k = 0; k < order.length; k++) condensed[k] = tiled[order[k]];
  return condensed;
}

/** Tile order from condensed order. */
export function toTileOrder(
  condensed: Float64Array,
  order: Uint32Array,
  tiled: Float64Array,
): Float64Array {
  for (let k = 0; k < order.length; k++) tiled[order[k]] = condensed[k];
  return tiled;
}
