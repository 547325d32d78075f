import { Scores } from "./layouts";
import { int, address } from "./params";
import { averageRanks } from "./ranks";
import { afterArgsort } from "./argsort";

/** Sum of a vector in four interleaved streams, the order the plain twin follows too. */
function sum(x: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  const whole = x + (<usize>(n & ~3) << 3);
  for (let at = x; at < whole; at += 32) {
    s0 = f64x2.add(s0, v128.load(at));
    s1 = f64x2.add(s1, v128.load(at, 16));
  }
  s0 = f64x2.add(s0, s1);
  let total = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
  for (let at = whole; at < x + (<usize>n << 3); at += 8) total += load<f64>(at);
  return total;
}

/** Σ (x − mean) · y. */
function centredDot(x: usize, mean: f64, y: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  const m = f64x2.splat(mean);
  const whole = <usize>(n & ~3) << 3;
  for (let at: usize = 0; at < whole; at += 32) {
    s0 = f64x2.add(s0, f64x2.mul(f64x2.sub(v128.load(x + at), m), v128.load(y + at)));
    s1 = f64x2.add(s1, f64x2.mul(f64x2.sub(v128.load(x + at, 16), m), v128.load(y + at, 16)));
  }
  s0 = f64x2.add(s0, s1);
  let total = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
  for (let at = whole; at < <usize>n << 3; at += 8) total += (load<f64>(x + at) - mean) * load<f64>(y + at);
  return total;
}

/** Σ (x − mean)². */
function centredSquare(x: usize, mean: f64, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  const m = f64x2.splat(mean);
  const whole = x + (<usize>(n & ~3) << 3);
  for (let at = x; at < whole; at += 32) {
    const d0 = f64x2.sub(v128.load(at), m);
    const d1 = f64x2.sub(v128.load(at, 16), m);
    s0 = f64x2.add(s0, f64x2.mul(d0, d0));
    s1 = f64x2.add(s1, f64x2.mul(d1, d1));
  }
  s0 = f64x2.add(s0, s1);
  let total = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
  for (let at = whole; at < x + (<usize>n << 3); at += 8) {
    const d = load<f64>(at) - mean;
    total += d * d;
  }
  return total;
}

/**
 * Block = vector. Its squared norm after (ranking and) centring, then its product with each centred model.
 * For ranks the norm needs no pass over the data: (n³ − n − ties) / 12.
 */
export function scoreVectors(params: usize, block: i32, scratch: usize): void {
  const n = int(params, Scores.n);
  const nModels = int(params, Scores.nModels);
  const x = address(params, Scores.values) + <usize>block * <usize>int(params, Scores.vectorBytes);
  const out = address(params, Scores.out) + ((<usize>block * <usize>(nModels + 1)) << 3);
  scoreVector(x, n, int(params, Scores.ranked) != 0, address(params, Scores.models), nModels, out, scratch);
}

/** Scores of one vector; ranks lie in the scratch memory behind what sorting takes. */
export function scoreVector(
  values: usize,
  n: i32,
  ranked: bool,
  models: usize,
  nModels: i32,
  out: usize,
  scratch: usize,
): void {
  let x = values;
  let mean: f64;
  if (ranked) {
    const ranks = afterArgsort(scratch, n);
    const ties = averageRanks(x, n, ranks, scratch);
    const size = <f64>n;
    x = ranks;
    mean = 0.5 * (size + 1);
    store<f64>(out, (size * size * size - size - ties) / 12);
  } else {
    mean = sum(x, n) / <f64>n;
    const square = centredSquare(x, mean, n);
    // Equal values whose mean is a rounding away from them have no variance.
    const noise = 4.440892098500626e-16 * mean;
    store<f64>(out, square <= <f64>n * (noise * noise) ? 0 : square);
  }
  for (let m = 0; m < nModels; m++) {
    store<f64>(out + (<usize>(m + 1) << 3), centredDot(x, mean, models + ((<usize>m * <usize>n) << 3), n));
  }
}
