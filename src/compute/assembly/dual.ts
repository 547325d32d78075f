import { Dual } from "./layouts";
import { int, address } from "./params";
import { CONTINUED, LESS_PRODUCT, sumTile } from "./tile";

// Ridge regression in as many dimensions as there are rows. A unit is 8 integers: three ranges of rows it is trained on
// (first, end), and the range it predicts; its system is the products of its training rows about their means, plus alpha.
// A matrix of rows stands in panels [tile of 4 rows][column][4]; a system's panels hold its lower triangle, and what is
// below the diagonal once more, turned, above it.

// @ts-ignore: decorator
@inline
export function range(params: usize, u: i32, k: i32): i32 {
  return load<i32>(address(params, Dual.ranges) + (<usize>u << 5) + (<usize>k << 2));
}

function rowsTrained(params: usize, u: i32): i32 {
  let count = 0;
  for (let k = 0; k < 6; k += 2) count += range(params, u, k + 1) - range(params, u, k);
  return count;
}

/** The row among all that is training row `i` of the unit. */
function rowOf(params: usize, u: i32, i: i32): i32 {
  for (let k = 0; k < 4; k += 2) {
    const count = range(params, u, k + 1) - range(params, u, k);
    if (i < count) return range(params, u, k) + i;
    i -= count;
  }
  return range(params, u, 4) + i;
}

// @ts-ignore: decorator
@inline
export function panelBytes(params: usize): usize {
  return <usize>int(params, Dual.nTiles) << 7;
}

// @ts-ignore: decorator
@inline
function systemOf(params: usize, u: i32): usize {
  return address(params, Dual.systems) + <usize>u * <usize>int(params, Dual.nTiles) * panelBytes(params);
}

// @ts-ignore: decorator
@inline
export function sideOf(params: usize, u: i32, tile: i32): usize {
  return address(params, Dual.sides) + <usize>(u * int(params, Dual.sideTiles) + tile) * panelBytes(params);
}

// @ts-ignore: decorator
@inline
function meansOf(params: usize, u: i32): usize {
  return address(params, Dual.means) + (<usize>u * <usize>(int(params, Dual.nRows) + 1) << 3);
}

// @ts-ignore: decorator
@inline
function f64At(base: usize, k: i32): f64 {
  return load<f64>(base + (<usize>k << 3));
}

/** Block = unit. Means over its training rows of the products of each row, and the mean of those. */
export function dualMeans(params: usize, block: i32, scratch: usize): void {
  const n = int(params, Dual.nRows);
  const means = meansOf(params, block);
  memory.fill(means, 0, <usize>(n + 1) << 3);
  if (int(params, Dual.intercept) == 0) return;
  const count = <f64>rowsTrained(params, block);
  for (let i = 0; i < n; i++) {
    const row = address(params, Dual.products) + (<usize>i * <usize>n << 3);
    let sum: f64 = 0;
    for (let k = 0; k < 6; k += 2) {
      for (let j = range(params, block, k); j < range(params, block, k + 1); j++) sum += f64At(row, j);
    }
    store<f64>(means + (<usize>i << 3), sum / count);
  }
  let all: f64 = 0;
  for (let k = 0; k < 6; k += 2) {
    for (let j = range(params, block, k); j < range(params, block, k + 1); j++) all += f64At(means, j);
  }
  store<f64>(means + (<usize>n << 3), all / count);
}

/** Block = (unit, tile of rows): those of the system first, then those that are predicted. */
export function dualSystems(params: usize, block: i32, scratch: usize): void {
  const perUnit = int(params, Dual.perUnit);
  const u = block / perUnit;
  const tile = block % perUnit;
  const nTiles = int(params, Dual.nTiles);
  const count = rowsTrained(params, u);
  if (tile < nTiles) {
    const to = systemOf(params, u) + <usize>tile * panelBytes(params);
    for (let r = 0; r < 4; r++) {
      const i = tile * 4 + r;
      fillRow(params, u, i < count ? rowOf(params, u, i) : -1, count, i + 1, to + (<usize>r << 3));
      const at = to + (<usize>i << 5) + (<usize>r << 3);
      const pivot = i < count ? load<f64>(at) + f64At(address(params, Dual.alphas), u) : 1;
      store<f64>(at, pivot);
      store<f64>(address(params, Dual.diagonals) + (<usize>(u * nTiles * 4 + i) << 3), pivot);
    }
    return;
  }
  const to = sideOf(params, u, tile - nTiles);
  for (let r = 0; r < 4; r++) {
    const row = range(params, u, 6) + (tile - nTiles) * 4 + r;
    fillRow(params, u, row < range(params, u, 7) ? row : -1, count, nTiles * 4, to + (<usize>r << 3));
  }
}

/** Centred products of a row with the training rows, in every fourth place; 0 where there is none. */
function fillRow(params: usize, u: i32, row: i32, count: i32, columns: i32, to: usize): void {
  const means = meansOf(params, u);
  const products = address(params, Dual.products) + (<usize>max(row, 0) * <usize>int(params, Dual.nRows) << 3);
  const shift = row < 0 ? 0 : f64At(means, int(params, Dual.nRows)) - f64At(means, row);
  const known = row < 0 ? 0 : min(count, columns);
  let at = to;
  let i = 0;
  for (let k = 0; k < 6; k += 2) {
    for (let j = range(params, u, k); j < range(params, u, k + 1) && i < known; j++, i++) {
      store<f64>(at, f64At(products, j) + (shift - f64At(means, j)));
      at += 32;
    }
  }
  for (; i < columns; i++) {
    store<f64>(at, 0);
    at += 32;
  }
}

/**
 * Block = (unit, group of row tiles). Cholesky's factor in the tiles of some columns: first of the rows of those columns
 * themselves, in a single group, then of the rows below. Writes the smallest pivot as a share of its diagonal entry.
 */
export function choleskyTiles(params: usize, block: i32, scratch: usize): void {
  const groups = int(params, Dual.groups);
  const u = block / groups;
  const pivots = address(params, Dual.pivots) + (<usize>u << 3);
  const firstColumn = int(params, Dual.firstColumn);
  const lastColumn = int(params, Dual.lastColumn);
  const first = int(params, Dual.firstRow) + (block % groups) * int(params, Dual.rowTiles);
  const last = min(int(params, Dual.nTiles), first + int(params, Dual.rowTiles));
  if (firstColumn > 0 && !(load<f64>(pivots) > 0)) return;
  const system = systemOf(params, u);
  const bytes = panelBytes(params);
  if (firstColumn == 0 && first == 0) store<f64>(pivots, 1);
  for (let j = firstColumn; j < lastColumn; j++) {
    const columns = system + <usize>j * bytes;
    const left = <usize>j << 7;
    for (let i = max(first, j); i < last; i++) {
      const rows = system + <usize>i * bytes;
      const tile = rows + left;
      sumTile(LESS_PRODUCT, CONTINUED, columns, 32, rows, 32, left, tile, 32);
      if (i == j) factorize(tile, address(params, Dual.diagonals) + (<usize>(u * int(params, Dual.nTiles) + j) << 5), pivots, int(params, Dual.nTiles) * 4);
      else {
        solveForward(columns + left, tile);
        turn(tile, columns + (<usize>i << 7));
      }
    }
  }
}

function factorize(tile: usize, diagonal: usize, pivots: usize, n: i32): void {
  for (let c: usize = 0; c < 4; c++) {
    const pivot = load<f64>(tile + c * 40);
    const share = pivot / load<f64>(diagonal + c * 8);
    if (!(share > 1e-15 * <f64>n)) store<f64>(pivots, 0);
    else if (share < load<f64>(pivots)) store<f64>(pivots, share);
    const root = sqrt(pivot);
    for (let r: usize = 0; r < 4; r++) {
      const at = tile + c * 32 + r * 8;
      store<f64>(at, r < c ? 0 : load<f64>(at) / root);
    }
    for (let d = c + 1; d < 4; d++) {
      const factor = load<f64>(tile + c * 32 + d * 8);
      for (let r = d; r < 4; r++) {
        const at = tile + d * 32 + r * 8;
        store<f64>(at, load<f64>(at) - factor * load<f64>(tile + c * 32 + r * 8));
      }
    }
  }
}

/** X of X Lᵀ = T in place, for 4 × 4 tiles [column][row]. */
function solveForward(factor: usize, tile: usize): void {
  for (let c: usize = 0; c < 4; c++) {
    for (let d: usize = 0; d < c; d++) less(tile + c * 32, load<f64>(factor + d * 32 + c * 8), tile + d * 32);
    divide(tile + c * 32, load<f64>(factor + c * 40));
  }
}

/** X of X L = T in place. */
function solveBackward(factor: usize, tile: usize): void {
  for (let c: usize = 4; c > 0; ) {
    c--;
    for (let d = c + 1; d < 4; d++) less(tile + c * 32, load<f64>(factor + c * 32 + d * 8), tile + d * 32);
    divide(tile + c * 32, load<f64>(factor + c * 40));
  }
}

// @ts-ignore: decorator
@inline
function less(to: usize, factor: f64, from: usize): void {
  const f = f64x2.splat(factor);
  v128.store(to, f64x2.sub(v128.load(to), f64x2.mul(f, v128.load(from))));
  v128.store(to, f64x2.sub(v128.load(to, 16), f64x2.mul(f, v128.load(from, 16))), 16);
}

// @ts-ignore: decorator
@inline
function divide(to: usize, by: f64): void {
  const d = f64x2.splat(by);
  v128.store(to, f64x2.div(v128.load(to), d));
  v128.store(to, f64x2.div(v128.load(to, 16), d), 16);
}

function turn(tile: usize, to: usize): void {
  for (let c: usize = 0; c < 4; c++) {
    for (let r: usize = 0; r < 4; r++) store<f64>(to + r * 32 + c * 8, load<f64>(tile + c * 32 + r * 8));
  }
}

/** Block = (unit, tile of right-hand sides). Each row b becomes the solution x of x A = b. */
export function dualSolve(params: usize, block: i32, scratch: usize): void {
  const u = block / int(params, Dual.sideTiles);
  if (!(load<f64>(address(params, Dual.pivots) + (<usize>u << 3)) > 0)) return;
  const nTiles = int(params, Dual.nTiles);
  const bytes = panelBytes(params);
  const system = systemOf(params, u);
  const side = sideOf(params, u, block % int(params, Dual.sideTiles));
  for (let j = 0; j < nTiles; j++) {
    const columns = system + <usize>j * bytes;
    const left = <usize>j << 7;
    sumTile(LESS_PRODUCT, CONTINUED, columns, 32, side, 32, left, side + left, 32);
    solveForward(columns + left, side + left);
  }
  for (let j = nTiles - 1; j >= 0; j--) {
    const columns = system + <usize>j * bytes;
    const at = <usize>j << 7;
    const right = at + 128;
    sumTile(LESS_PRODUCT, CONTINUED, columns + right, 32, side + right, 32, bytes - right, side + at, 32);
    solveBackward(columns + at, side + at);
  }
}
