import { Segments } from "./layouts";
import { int, address } from "./params";
import { addTile } from "./multiply";

/**
 * Block = 32 targets. Sums of products of every feature with every target, for each segment of rows apart, and of each
 * target its sum, sum of squares, and sum of squares about its mean in the segment, which is exactly 0 for a constant.
 *
 * Features are panels [tile of 4][row][4]; targets [row][targets, a multiple of 32]. Results are
 * [block][segment][feature][32] and [block][segment][3][32], and the means that were subtracted from the targets.
 */
export function segmentProducts(params: usize, block: i32, scratch: usize): void {
  const nRows = int(params, Segments.nRows);
  const nTiles = int(params, Segments.nTiles);
  const width = <usize>int(params, Segments.width) << 3;
  const nSegments = int(params, Segments.nSegments);
  const panels = address(params, Segments.panels);
  const starts = address(params, Segments.starts);
  const featureBytes = <usize>nTiles << 10;
  const panelBytes = <usize>nRows << 5;
  const targets = address(params, Segments.targets) + (<usize>block << 8);
  const means = address(params, Segments.means) + (<usize>block << 8);
  memory.fill(means, 0, 256);
  if (int(params, Segments.centred)) meansOf(targets, width, nRows, means);
  for (let s = 0; s < nSegments; s++) {
    const first = load<i32>(starts + (<usize>s << 2));
    const count = load<i32>(starts + (<usize>s << 2), 4) - first;
    const products = address(params, Segments.products) + <usize>(block * nSegments + s) * featureBytes;
    const sums = address(params, Segments.sums) + <usize>(block * nSegments + s) * 768;
    const tileBytes = <usize>count << 5;
    memory.fill(products, 0, featureBytes);
    copyCentred(targets + <usize>first * width, width, count, means, scratch);
    for (let tile = 0; tile < 8; tile++) {
      const y = scratch + <usize>tile * tileBytes;
      const lane = <usize>tile << 5;
      sumUp(y, count, sums + lane);
      for (let i = 0; i < nTiles; i++) {
        const x = panels + <usize>i * panelBytes + (<usize>first << 5);
        addTile(x, 32, y, 32, count, products + (<usize>i << 10) + lane);
      }
    }
  }
}

/** Means are taken about the first value, so that a constant becomes exact zeros. */
function meansOf(targets: usize, width: usize, nRows: i32, means: usize): void {
  const end = targets + <usize>nRows * width;
  for (let row = targets; row < end; row += width) {
    for (let lane: usize = 0; lane < 256; lane += 16) {
      const apart = f64x2.sub(v128.load(row + lane), v128.load(targets + lane));
      v128.store(means + lane, f64x2.add(v128.load(means + lane), apart));
    }
  }
  for (let lane: usize = 0; lane < 256; lane += 16) {
    const mean = f64x2.div(v128.load(means + lane), f64x2.splat(<f64>nRows));
    v128.store(means + lane, f64x2.add(v128.load(targets + lane), mean));
  }
}

/** Rows of 32 become 8 panels [row][4]. */
function copyCentred(rows: usize, width: usize, count: i32, means: usize, to: usize): void {
  const tileBytes = <usize>count << 5;
  for (let row = 0; row < count; row++) {
    let at = to + (<usize>row << 5);
    for (let lane: usize = 0; lane < 256; lane += 32) {
      v128.store(at, f64x2.sub(v128.load(rows + lane), v128.load(means + lane)));
      v128.store(at, f64x2.sub(v128.load(rows + lane, 16), v128.load(means + lane, 16)), 16);
      at += tileBytes;
    }
    rows += width;
  }
}

// @ts-ignore: decorator
@inline
function meanOf(panel: usize, count: i32): v128 {
  const shift = v128.load(panel);
  let sum = f64x2.splat(0);
  let at = panel;
  for (let row = 0; row < count; row++) {
    sum = f64x2.add(sum, f64x2.sub(v128.load(at), shift));
    at += 32;
  }
  return f64x2.add(shift, f64x2.div(sum, f64x2.splat(<f64>count)));
}

function sumUp(panel: usize, count: i32, to: usize): void {
  for (let half: usize = 0; half < 32; half += 16) {
    const mean = meanOf(panel + half, count);
    let sum = f64x2.splat(0);
    let squares = f64x2.splat(0);
    let about = f64x2.splat(0);
    let at = panel + half;
    for (let row = 0; row < count; row++) {
      const y = v128.load(at);
      const d = f64x2.sub(y, mean);
      sum = f64x2.add(sum, y);
      squares = f64x2.add(squares, f64x2.mul(y, y));
      about = f64x2.add(about, f64x2.mul(d, d));
      at += 32;
    }
    v128.store(to + half, sum);
    v128.store(to + half, squares, 256);
    v128.store(to + half, about, 512);
  }
}
