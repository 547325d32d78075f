import { int, address, number } from "./params";
import { CORRELATION } from "./convert";

/**
 * Block = (segment of windows, tile of 4 items). For each window: sums, sums of squares, and 1 / norm of the (centred) patterns.
 * Suffix and prefix sums in the very order of windowTiles, so that an item and its copy are at distance 0.
 */
export function windowNorms(params: usize, block: i32, scratch: usize): void {
  const nChannels = int(params, 1);
  const length = int(params, 2);
  const windows = int(params, 15);
  const nTiles = (int(params, 0) + 3) >> 2;
  const base = (block / nTiles) * windows;
  const first = max(0, int(params, 3) - base);
  const last = min(windows, int(params, 4) - base);
  const tile = <usize>(block % nTiles);
  const stride = <usize>int(params, 5) << 3;
  const metric = int(params, 7);
  const inverseCount = number(params, 8);
  const step = <usize>nChannels << 5;
  const panel = address(params, 9) + (tile * <usize>int(params, 6) + <usize>base) * step;
  const outRow = <usize>(base + first - int(params, 3)) * stride + (tile << 5);
  const sums = address(params, 11) + outRow;
  const squares = address(params, 12) + outRow;
  const scales = address(params, 13) + outRow;

  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let q0 = f64x2.splat(0);
  let q1 = f64x2.splat(0);
  for (let t = length - 1; t >= first; t--) {
    let at = panel + <usize>t * step;
    const end = at + step;
    while (at < end) {
      const x = v128.load(at);
      const y = v128.load(at, 16);
      s0 = f64x2.add(s0, x);
      s1 = f64x2.add(s1, y);
      q0 = f64x2.add(q0, f64x2.mul(x, x));
      q1 = f64x2.add(q1, f64x2.mul(y, y));
      at += 32;
    }
    if (t < last) {
      const row = <usize>(t - first) * stride;
      v128.store(sums + row, s0);
      v128.store(sums + row, s1, 16);
      v128.store(squares + row, q0);
      v128.store(squares + row, q1, 16);
    }
  }
  s0 = f64x2.splat(0);
  s1 = f64x2.splat(0);
  q0 = f64x2.splat(0);
  q1 = f64x2.splat(0);
  for (let s = 1; s < last; s++) {
    let at = panel + <usize>(s + length - 1) * step;
    const end = at + step;
    while (at < end) {
      const x = v128.load(at);
      const y = v128.load(at, 16);
      s0 = f64x2.add(s0, x);
      s1 = f64x2.add(s1, y);
      q0 = f64x2.add(q0, f64x2.mul(x, x));
      q1 = f64x2.add(q1, f64x2.mul(y, y));
      at += 32;
    }
    if (s >= first) {
      const row = <usize>(s - first) * stride;
      v128.store(sums + row, f64x2.add(v128.load(sums + row), s0));
      v128.store(sums + row, f64x2.add(v128.load(sums + row, 16), s1), 16);
      v128.store(squares + row, f64x2.add(v128.load(squares + row), q0));
      v128.store(squares + row, f64x2.add(v128.load(squares + row, 16), q1), 16);
    }
  }
  for (let s = 0; s < last - first; s++) {
    const row = <usize>s * stride;
    for (let lane: usize = 0; lane < 32; lane += 8) {
      const sum = metric == CORRELATION ? load<f64>(sums + row + lane) : 0;
      store<f64>(sums + row + lane, sum);
      const norm = load<f64>(squares + row + lane) - sum * sum * inverseCount;
      store<f64>(scales + row + lane, 1 / Math.sqrt(norm));
    }
  }
}
