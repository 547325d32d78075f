import { Windows } from "./layouts";
import { int, address, number } from "./params";
import { CORRELATION } from "./convert";

/**
 * Block = tile of 4 items. For each window: sums, sums of squares, and 1 / norm of the (centred) patterns.
 * Added up in the very order of windowTiles, so that an item and its copy are at distance 0.
 */
export function windowNorms(params: usize, block: i32, scratch: usize): void {
  const step = <usize>int(params, Windows.nChannels) << 5;
  const length = int(params, Windows.length);
  const from = int(params, Windows.first);
  const to = int(params, Windows.last);
  const stride = <usize>int(params, Windows.stride) << 3;
  const windows = int(params, Windows.segmentWindows);
  const panel = address(params, Windows.panels) + <usize>block * <usize>int(params, Windows.nSamples) * step;
  const tile = <usize>block << 5;
  for (let base = from - (from % windows); base < to; base += windows) {
    const first = max(0, from - base);
    const last = min(windows, to - base);
    for (let t = first; t < last + length - 1; t++) {
      sampleSums(panel + <usize>(base + t) * step, step, scratch + (<usize>t << 6));
    }
    for (let k: usize = 0; k < 64; k += 16) addWindows(scratch + k, first, last, length);
    for (let s = first; s < last; s++) {
      writeNorms(params, scratch + (<usize>s << 6), <usize>(base + s - from) * stride + tile);
    }
  }
}

/** Sums and sums of squares of 4 items over the channels of one sample. */
function sampleSums(at: usize, step: usize, to: usize): void {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let q0 = f64x2.splat(0);
  let q1 = f64x2.splat(0);
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
  v128.store(to, s0);
  v128.store(to, s1, 16);
  v128.store(to, q0, 32);
  v128.store(to, q1, 48);
}

/** Suffix sums over the first window length, then prefix sums of what comes after, as in windowTiles. */
function addWindows(sums: usize, first: i32, last: i32, length: i32): void {
  for (let t = length - 2; t >= first; t--) {
    const at = sums + (<usize>t << 6);
    v128.store(at, f64x2.add(v128.load(at), v128.load(at, 64)));
  }
  let prefix = f64x2.splat(0);
  for (let s = 1; s < last; s++) {
    prefix = f64x2.add(prefix, v128.load(sums + (<usize>(s + length - 1) << 6)));
    if (s < first) continue;
    const at = sums + (<usize>s << 6);
    v128.store(at, f64x2.add(v128.load(at), prefix));
  }
}

function writeNorms(params: usize, from: usize, row: usize): void {
  const metric = int(params, Windows.metric);
  const inverseCount = number(params, Windows.inverseCount);
  const sums = address(params, Windows.sums) + row;
  const squares = address(params, Windows.squares) + row;
  const scales = address(params, Windows.scales) + row;
  for (let lane: usize = 0; lane < 32; lane += 8) {
    const sum = metric == CORRELATION ? load<f64>(from + lane) : 0;
    const square = load<f64>(from + lane, 32);
    store<f64>(sums + lane, sum);
    store<f64>(squares + lane, square);
    store<f64>(scales + lane, 1 / Math.sqrt(square - sum * sum * inverseCount));
  }
}
