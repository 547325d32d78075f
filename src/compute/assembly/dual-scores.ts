import { Dual } from "./layouts";
import { int, address } from "./params";
import { CONTINUED, PRODUCT, sumTile } from "./tile";
import { range, sideOf } from "./dual";

/** Tiles of targets that a block takes: the weights of the predicted rows stay in the cache with them. */
const TILES: i32 = 8;

/** Block = (unit, 32 targets). R² and correlation of what is predicted for the tested rows. */
export function dualScores(params: usize, block: i32, scratch: usize): void {
  const nTargetTiles = int(params, Dual.targetTiles);
  const groups = (nTargetTiles + TILES - 1) / TILES;
  const u = block / groups;
  if (!(load<f64>(address(params, Dual.pivots) + (<usize>u << 3)) > 0)) return;
  const first = (block % groups) * TILES;
  for (let tile = first; tile < min(nTargetTiles, first + TILES); tile++) {
    const targets = address(params, Dual.targets) + <usize>tile * (<usize>int(params, Dual.nRows) << 5);
    predict(params, u, targets, scratch);
    const to = <usize>(u * nTargetTiles + tile) << 5;
    for (let lane: usize = 0; lane < 32; lane += 8) {
      const y = targets + (<usize>range(params, u, 6) << 5) + lane;
      score(y, scratch + lane, range(params, u, 7) - range(params, u, 6), address(params, Dual.r2) + to + lane, address(params, Dual.r) + to + lane);
    }
  }
}

/** Predictions [tested row][4 targets]: the mean of the training rows, and the weights of these times their values. */
function predict(params: usize, u: i32, targets: usize, to: usize): void {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  if (int(params, Dual.intercept)) {
    let count = 0;
    for (let k = 0; k < 6; k += 2) {
      for (let row = range(params, u, k); row < range(params, u, k + 1); row++) {
        low = f64x2.add(low, v128.load(targets + (<usize>row << 5)));
        high = f64x2.add(high, v128.load(targets + (<usize>row << 5), 16));
        count++;
      }
    }
    low = f64x2.div(low, f64x2.splat(<f64>count));
    high = f64x2.div(high, f64x2.splat(<f64>count));
  }
  const nTiles = (range(params, u, 7) - range(params, u, 6) + 3) >> 2;
  for (let tile = 0; tile < nTiles; tile++) {
    const at = to + (<usize>tile << 7);
    for (let r: usize = 0; r < 128; r += 32) {
      v128.store(at + r, low);
      v128.store(at + r, high, 16);
    }
    let weights = sideOf(params, u, tile);
    for (let k = 0; k < 6; k += 2) {
      const from = <usize>range(params, u, k) << 5;
      const bytes = (<usize>range(params, u, k + 1) << 5) - from;
      sumTile(PRODUCT, CONTINUED, weights, 32, targets + from, 32, bytes, at, 32);
      weights += bytes;
    }
  }
}

// @ts-ignore: decorator
@inline
function at(values: usize, k: i32): f64 {
  return load<f64>(values + (<usize>k << 5));
}

/** About the first, so that the mean of a constant is exactly it. */
function meanOf(values: usize, n: i32): f64 {
  let sum: f64 = 0;
  for (let k = 0; k < n; k++) sum += at(values, k) - at(values, 0);
  return at(values, 0) + sum / <f64>n;
}

function score(y: usize, fit: usize, n: i32, r2: usize, r: usize): void {
  const mean = meanOf(y, n);
  const middle = meanOf(fit, n);
  let error: f64 = 0, about: f64 = 0, spread: f64 = 0, squares: f64 = 0, together: f64 = 0;
  for (let k = 0; k < n; k++) {
    const observed = at(y, k);
    const predicted = at(fit, k);
    const a = observed - mean;
    const b = predicted - middle;
    error += (observed - predicted) * (observed - predicted);
    about += a * a;
    spread += b * b;
    together += a * b;
    squares += predicted * predicted;
  }
  store<f64>(r2, about > 0 ? 1 - error / about : error > 0 ? 0 : 1);
  store<f64>(r, spread > 1e-14 * squares && about > 0 ? together / sqrt(spread * about) : NaN);
}
