import { WeightedProducts, WeightedValues } from "./layouts";
import { int, address, number } from "./params";

// Bootstrap over items of values as they are: a pair of items drawn w and v times has the weight w · v.

/**
 * Block = vector. Its values at the pairs of a sample, minus their weighted mean where they shall be centred, and their
 * weighted sum of squares. Parameters: n, values, items of the sample (u32), how many, all items, pairs of the sample, out,
 * squares, total weight, weight of each pair, whether to centre.
 */
export function weightedValues(params: usize, block: i32, scratch: usize): void {
  const values = address(params, WeightedValues.values) + ((<usize>block * <usize>int(params, WeightedValues.n)) << 3);
  const items = address(params, WeightedValues.items);
  const m = int(params, WeightedValues.nDrawn);
  const nItems = int(params, WeightedValues.nItems);
  const nPairs = int(params, WeightedValues.nPairs);
  const out = address(params, WeightedValues.out) + ((<usize>block * <usize>nPairs) << 3);
  const weights = address(params, WeightedValues.weights);
  let least: f64 = Infinity;
  let most: f64 = -Infinity;
  let sum: f64 = 0;
  let at: usize = 0;
  for (let a = 0; a < m; a++) {
    const item = load<u32>(items + (<usize>a << 2));
    const row = values + (<usize>(item * <u32>nItems - (item * (item + 1)) / 2 - item - 1) << 3);
    for (let b = a + 1; b < m; b++) {
      const value = load<f64>(row + (<usize>load<u32>(items + (<usize>b << 2)) << 3));
      store<f64>(out + at, value);
      sum += value * load<f64>(weights + at);
      least = Math.min(least, value);
      most = Math.max(most, value);
      at += 8;
    }
  }
  const centre = int(params, WeightedValues.centred) != 0;
  const mean = centre ? sum / number(params, WeightedValues.total) : 0;
  const constant = centre && least == most;
  let squares: f64 = 0;
  for (let k: usize = 0; k < at; k += 8) {
    const value = constant ? 0 : load<f64>(out + k) - mean;
    store<f64>(out + k, value);
    squares += value * value * load<f64>(weights + k);
  }
  store<f64>(address(params, WeightedValues.squares) + (<usize>block << 3), squares);
}

/**
 * Block = chunk of the pairs. Weighted products of each left vector with each right one, over these pairs.
 * Parameters: pairs, length of a chunk, left vectors, how many, right vectors, how many, weight of each pair,
 * out [chunk][left][right].
 */
export function weightedProducts(params: usize, block: i32, scratch: usize): void {
  const n = int(params, WeightedProducts.n);
  const length = int(params, WeightedProducts.chunkLength);
  const nLeft = int(params, WeightedProducts.nLeft);
  const nRight = int(params, WeightedProducts.nRight);
  const size = min(length, n - block * length);
  const skip = (<usize>block * <usize>length) << 3;
  const weights = address(params, WeightedProducts.weights) + skip;
  const stride = <usize>n << 3;
  let out = address(params, WeightedProducts.out) + ((<usize>block * <usize>(nLeft * nRight)) << 3);
  let left = address(params, WeightedProducts.left) + skip;
  for (let i = 0; i < nLeft; i++) {
    for (let k: usize = 0; k < <usize>size << 3; k += 8) {
      store<f64>(scratch + k, load<f64>(left + k) * load<f64>(weights + k));
    }
    let right = address(params, WeightedProducts.right) + skip;
    for (let j = 0; j < nRight; j++) {
      store<f64>(out, product(scratch, right, size));
      out += 8;
      right += stride;
    }
    left += stride;
  }
}

/** Σ x · y in four interleaved streams, the order the plain twin follows too. */
function product(x: usize, y: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  const whole = <usize>(n & ~3) << 3;
  for (let at: usize = 0; at < whole; at += 32) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(x + at), v128.load(y + at)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(x + at, 16), v128.load(y + at, 16)));
  }
  s0 = f64x2.add(s0, s1);
  let total = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
  for (let at = whole; at < <usize>n << 3; at += 8) total += load<f64>(x + at) * load<f64>(y + at);
  return total;
}
