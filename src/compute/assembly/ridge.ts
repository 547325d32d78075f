import { Ridge } from "./layouts";
import { int, address } from "./params";
import { addRows, addScaled, addTile } from "./multiply";

/** A unit of work is 4 integers: two segments that are not trained on (−1: none), the one tested (−1: none), 0. */
// @ts-ignore: decorator
@inline
function unit(params: usize, block: i32, k: i32): i32 {
  return load<i32>(address(params, Ridge.units) + (<usize>block << 4) + (<usize>k << 2));
}

// @ts-ignore: decorator
@inline
function rowsIn(params: usize, s: i32): i32 {
  const at = address(params, Ridge.starts) + (<usize>s << 2);
  return load<i32>(at, 4) - load<i32>(at);
}

// @ts-ignore: decorator
@inline
function isTrained(params: usize, block: i32, s: i32): bool {
  return s != unit(params, block, 0) && s != unit(params, block, 1);
}

function rowsTrained(params: usize, block: i32): i32 {
  let n = 0;
  for (let s = 0; s < int(params, Ridge.nSegments); s++) if (isTrained(params, block, s)) n += rowsIn(params, s);
  return n;
}

/** Sums of products of feature i with features from that of group g on, in a segment. */
// @ts-ignore: decorator
@inline
function gramRow(params: usize, s: i32, i: i32, g: i32): usize {
  const featureBytes = <usize>int(params, Ridge.nTiles) << 10;
  return address(params, Ridge.featureProducts) + <usize>(g * int(params, Ridge.nSegments) + s) * featureBytes + (<usize>i << 8);
}

// @ts-ignore: decorator
@inline
function featureSums(params: usize, s: i32, g: i32): usize {
  return address(params, Ridge.featureSums) + <usize>(g * int(params, Ridge.nSegments) + s) * 768;
}

/**
 * Block = unit. The inverse of the features' centred products over the training rows plus alpha on the diagonal, as
 * panels [tile of 4][feature][4]; the training means; and the smallest pivot as a share of its diagonal entry.
 */
export function ridgeInverses(params: usize, block: i32, scratch: usize): void {
  const p = int(params, Ridge.nFeatures);
  const nTiles = int(params, Ridge.nTiles);
  const rowBytes = <usize>nTiles << 5;
  const means = address(params, Ridge.means) + <usize>block * rowBytes;
  const n = rowsTrained(params, block);
  const alpha = load<f64>(address(params, Ridge.alphas) + (<usize>block << 3));
  const products = scratch;
  const inverse = scratch + <usize>p * rowBytes;
  trainMeans(params, block, n, means);
  for (let i = 0; i < p; i++) trainProducts(params, block, i, n, means, products + <usize>i * rowBytes);
  for (let i = 0; i < p; i++) {
    const at = products + <usize>i * (rowBytes + 8);
    store<f64>(at, load<f64>(at) + alpha);
  }
  const pivot = factorize(products, rowBytes, p);
  store<f64>(address(params, Ridge.pivots) + (<usize>block << 3), pivot);
  if (!(pivot > 0)) return;
  invert(products, inverse, rowBytes, p);
  pack(products, rowBytes, p, address(params, Ridge.inverses) + <usize>block * <usize>p * rowBytes);
}

function trainMeans(params: usize, block: i32, n: i32, means: usize): void {
  const nTiles = int(params, Ridge.nTiles);
  memory.fill(means, 0, <usize>nTiles << 5);
  if (int(params, Ridge.intercept) == 0) return;
  for (let s = 0; s < int(params, Ridge.nSegments); s++) {
    if (!isTrained(params, block, s)) continue;
    for (let i = 0; i < nTiles * 4; i += 4) {
      addScaled(means + (<usize>i << 3), 1, featureSums(params, s, i >> 5) + (<usize>(i & 31) << 3), 4);
    }
  }
  for (let i = 0; i < nTiles * 4; i++) {
    const at = means + (<usize>i << 3);
    store<f64>(at, load<f64>(at) / <f64>n);
  }
}

function trainProducts(params: usize, block: i32, i: i32, n: i32, means: usize, to: usize): void {
  const nTiles = int(params, Ridge.nTiles);
  memory.fill(to, 0, <usize>nTiles << 5);
  for (let s = 0; s < int(params, Ridge.nSegments); s++) {
    if (!isTrained(params, block, s)) continue;
    for (let j = 0; j < nTiles * 4; j += 32) {
      addScaled(to + (<usize>j << 3), 1, gramRow(params, s, i, j >> 5), min(32, nTiles * 4 - j));
    }
  }
  addScaled(to, -<f64>n * load<f64>(means + (<usize>i << 3)), means, nTiles * 4);
}

/** A = UᵀU with U in the upper triangle of the rows; 0 when A is singular to rounding. */
function factorize(rows: usize, rowBytes: usize, p: i32): f64 {
  let smallest: f64 = 1;
  for (let i = 0; i < p; i++) {
    // The diagonal as it was is kept below it, where nothing else is read.
    store<f64>(rows + <usize>i * rowBytes + rowBytes * <usize>p, load<f64>(rows + <usize>i * (rowBytes + 8)));
  }
  for (let k = 0; k < p; k++) {
    const row = rows + <usize>k * rowBytes;
    const at = row + (<usize>k << 3);
    const pivot = load<f64>(at);
    const share = pivot / load<f64>(row + rowBytes * <usize>p);
    if (!(share > 1e-15 * <f64>p)) return 0;
    smallest = min(smallest, share);
    const root = sqrt(pivot);
    for (let j = k; j < p; j++) {
      const to = row + (<usize>j << 3);
      store<f64>(to, load<f64>(to) / root);
    }
    for (let i = k + 1; i < p; i++) {
      const from = row + (<usize>i << 3);
      addScaled(rows + <usize>i * (rowBytes + 8), -load<f64>(from), from, p - i);
    }
  }
  return smallest;
}

/** From U (in rows) the inverse of A, its lower triangle in rows; `lower` holds the inverse of Uᵀ meanwhile. */
function invert(rows: usize, lower: usize, rowBytes: usize, p: i32): void {
  for (let i = 0; i < p; i++) {
    const to = lower + <usize>i * rowBytes;
    memory.fill(to, 0, rowBytes);
    store<f64>(to + (<usize>i << 3), 1);
    for (let k = 0; k < i; k++) {
      const factor = load<f64>(rows + <usize>k * rowBytes + (<usize>i << 3));
      addScaled(to, -factor, lower + <usize>k * rowBytes, k + 1);
    }
    const pivot = load<f64>(rows + <usize>i * (rowBytes + 8));
    for (let j = 0; j <= i; j++) {
      const at = to + (<usize>j << 3);
      store<f64>(at, load<f64>(at) / pivot);
    }
  }
  memory.fill(rows, 0, rowBytes * <usize>p);
  for (let k = 0; k < p; k++) {
    const from = lower + <usize>k * rowBytes;
    for (let i = 0; i <= k; i++) {
      addScaled(rows + <usize>i * rowBytes, load<f64>(from + (<usize>i << 3)), from, i + 1);
    }
  }
}

function pack(rows: usize, rowBytes: usize, p: i32, to: usize): void {
  const nTiles = (p + 3) >> 2;
  for (let tile = 0; tile < nTiles; tile++) {
    for (let k = 0; k < p; k++) {
      for (let r = 0; r < 4; r++) {
        const i = tile * 4 + r;
        let value: f64 = 0;
        if (i < p) value = load<f64>(rows + <usize>max(i, k) * rowBytes + (<usize>min(i, k) << 3));
        store<f64>(to, value);
        to += 8;
      }
    }
  }
}

/**
 * Block = 32 targets. For each unit the weights, and how well they predict the tested segment: R² and correlation.
 * Weights are kept if an address is given: [unit][block][feature][32], and the training means of the targets.
 */
export function ridgeScores(params: usize, block: i32, scratch: usize): void {
  const nUnits = int(params, Ridge.nUnits);
  const nTiles = int(params, Ridge.nTiles);
  const bytes = <usize>nTiles << 10;
  const nBlocks = int(params, Ridge.nBlocks);
  const sums = scratch;
  const right = scratch + 2048;
  for (let u = 0; u < nUnits; u++) {
    const kept = address(params, Ridge.weights);
    const weights = kept == 0 ? right + bytes : kept + <usize>(u * nBlocks + block) * bytes;
    const targetMeans = address(params, Ridge.targetMeans) + <usize>(u * nBlocks + block) * 256;
    fit(params, u, block, right, weights, targetMeans);
    if (unit(params, u, 2) < 0) continue;
    const scores = <usize>(u * nBlocks + block) << 8;
    predictTested(params, u, block, weights, sums);
    score(params, u, block, sums, targetMeans, address(params, Ridge.r2) + scores, address(params, Ridge.r) + scores);
  }
}

// @ts-ignore: decorator
@inline
function targetProducts(params: usize, block: i32, s: i32): usize {
  return address(params, Ridge.targetProducts) + <usize>(block * int(params, Ridge.nSegments) + s) * (<usize>int(params, Ridge.nTiles) << 10);
}

// @ts-ignore: decorator
@inline
function targetSums(params: usize, block: i32, s: i32): usize {
  return address(params, Ridge.targetSums) + <usize>(block * int(params, Ridge.nSegments) + s) * 768;
}

function fit(params: usize, u: i32, block: i32, right: usize, weights: usize, targetMeans: usize): void {
  const p = int(params, Ridge.nFeatures);
  const nTiles = int(params, Ridge.nTiles);
  const means = address(params, Ridge.means) + <usize>u * (<usize>nTiles << 5);
  const inverse = address(params, Ridge.inverses) + <usize>u * <usize>p * (<usize>nTiles << 5);
  const n = rowsTrained(params, u);
  memory.fill(right, 0, <usize>nTiles << 10);
  memory.fill(weights, 0, <usize>nTiles << 10);
  memory.fill(targetMeans, 0, 256);
  for (let s = 0; s < int(params, Ridge.nSegments); s++) {
    if (!isTrained(params, u, s)) continue;
    addScaled(right, 1, targetProducts(params, block, s), nTiles << 7);
    if (int(params, Ridge.intercept)) addScaled(targetMeans, 1, targetSums(params, block, s), 32);
  }
  for (let lane: usize = 0; lane < 256; lane += 8) {
    store<f64>(targetMeans + lane, load<f64>(targetMeans + lane) / <f64>n);
  }
  for (let k = 0; k < p; k++) {
    addScaled(right + (<usize>k << 8), -<f64>n * load<f64>(means + (<usize>k << 3)), targetMeans, 32);
  }
  for (let i = 0; i < nTiles; i++) {
    const a = inverse + <usize>i * (<usize>p << 5);
    for (let lane: usize = 0; lane < 256; lane += 32) {
      addTile(a, 32, right + lane, 256, p, weights + (<usize>i << 10) + lane);
    }
  }
}

/** Of the tested segment, for 32 lanes each: Σ(xw)², Σ(xw)y, Σxw and (training means)·w, in that order. */
function predictTested(params: usize, u: i32, block: i32, weights: usize, sums: usize): void {
  const p = int(params, Ridge.nFeatures);
  const nTiles = int(params, Ridge.nTiles);
  const s = unit(params, u, 2);
  const means = address(params, Ridge.means) + <usize>u * (<usize>nTiles << 5);
  const tile = sums + 1024;
  memory.fill(sums, 0, 1024);
  for (let lane: usize = 0; lane < 256; lane += 32) {
    for (let i = 0; i < nTiles; i++) {
      for (let r: usize = 0; r < 1024; r += 256) {
        v128.store(tile + r, f64x2.splat(0));
        v128.store(tile + r, f64x2.splat(0), 16);
      }
      const gram = gramRow(params, s, 0, i >> 3) + (<usize>(i & 7) << 5);
      addTile(gram, 256, weights + lane, 256, p, tile);
      for (let r: usize = 0; r < 1024; r += 256) {
        addProduct(sums + lane, tile + r, weights + (<usize>i << 10) + r + lane);
      }
    }
  }
  const products = targetProducts(params, block, s);
  for (let k = 0; k < p; k++) {
    const row = weights + (<usize>k << 8);
    for (let lane: usize = 0; lane < 256; lane += 32) {
      addProduct(sums + 256 + lane, products + (<usize>k << 8) + lane, row + lane);
    }
  }
  for (let g = 0; g < nTiles * 4; g += 32) {
    const count = min(32, p - g);
    if (count > 0) addRows(sums + 512, featureSums(params, s, g >> 5), weights + (<usize>g << 8), count);
  }
  addRows(sums + 768, means, weights, p);
}

// @ts-ignore: decorator
@inline
function addProduct(to: usize, a: usize, b: usize): void {
  v128.store(to, f64x2.add(v128.load(to), f64x2.mul(v128.load(a), v128.load(b))));
  v128.store(to, f64x2.add(v128.load(to, 16), f64x2.mul(v128.load(a, 16), v128.load(b, 16))), 16);
}

function score(params: usize, u: i32, block: i32, sums: usize, targetMeans: usize, r2: usize, r: usize): void {
  const s = unit(params, u, 2);
  const n = <f64>rowsIn(params, s);
  const targets = targetSums(params, block, s);
  for (let lane: usize = 0; lane < 256; lane += 8) {
    const fitted = load<f64>(sums + lane);
    const both = load<f64>(sums + lane, 256);
    const sum = load<f64>(sums + lane, 512);
    const offset = load<f64>(targetMeans + lane) - load<f64>(sums + lane, 768);
    const y = load<f64>(targets + lane);
    const squares = load<f64>(targets + lane, 256);
    const about = load<f64>(targets + lane, 512);
    const predicted = fitted + 2 * offset * sum + n * offset * offset;
    const product = both + offset * y;
    const error = squares - 2 * product + predicted;
    const mean = (sum + n * offset) / n;
    const spread = predicted - n * mean * mean;
    const together = product - mean * y;
    store<f64>(r2 + lane, about > 0 ? 1 - error / about : error > 0 ? 0 : 1);
    store<f64>(r + lane, spread > 1e-14 * predicted && about > 0 ? together / sqrt(spread * about) : NaN);
  }
}
