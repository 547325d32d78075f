import { Noisy } from "./layouts";
import { int, address, number } from "./params";
import { pairSums } from "./pair-sums";
import { factorRows } from "./factor-rows";
import { PRODUCT, REPLACED, sumTile } from "./tile";

// Scratch memory: what the patch before had (voxels and slots), what this one has, free slots; sums of pairs by slot;
// the covariance with the patterns beside it; a column of it; training means; products of items.
const EPSILON: f64 = 2.220446049250313e-16;

// @ts-ignore: decorator
@inline
function aligned(bytes: usize): usize {
  return (bytes + 63) & ~(<usize>63);
}

/**
 * Block = patches `block · inBlock` … Squared distances of items in units of the noise of each patch, whose covariance
 * is drawn towards its diagonal. Sums over residuals of two voxels stay in slots while neighbouring patches have both:
 * they are the same whoever computed them, and all else is in the order of the list.
 */
export function noisyPatches(params: usize, block: i32, scratch: usize): void {
  const most = <usize>int(params, Noisy.mostVoxels);
  const ids = aligned(most << 2);
  const side = (most + 1) & ~1;
  const before = scratch;
  const beforeSlots = before + ids;
  const slots = beforeSlots + ids;
  const free = slots + ids;
  const came = free + ids;
  const products = came + ids;
  const squares = products + aligned((side * side) << 3);
  const rest = squares + aligned((side * side) << 3);
  for (let slot: usize = 0; slot < most; slot++) store<u32>(free + (slot << 2), <u32>slot);
  let nFree = <i32>most;
  let nBefore = 0;
  const first = block * int(params, Noisy.inBlock);
  const last = min(first + int(params, Noisy.inBlock), int(params, Noisy.nPatches));
  const starts = address(params, Noisy.starts);
  for (let patch = first; patch < last; patch++) {
    const from = load<u32>(starts + (<usize>patch << 2));
    const count = <i32>(load<u32>(starts + (<usize>patch << 2), 4) - from);
    const list = address(params, Noisy.lists) + (<usize>from << 2);
    nFree = takeSlots(list, count, before, beforeSlots, nBefore, slots, free, nFree, came);
    sumNewPairs(params, list, count, slots, came, products, squares, side);
    memory.copy(before, list, <usize>count << 2);
    memory.copy(beforeSlots, slots, <usize>count << 2);
    nBefore = count;
    distances(params, patch, list, count, slots, products, squares, side, rest);
  }
}

/** A slot for every voxel of a list, those of voxels that the list before had kept; both ascend. Returns free slots left. */
function takeSlots(
  list: usize,
  count: i32,
  before: usize,
  beforeSlots: usize,
  nBefore: i32,
  slots: usize,
  free: usize,
  nFree: i32,
  came: usize,
): i32 {
  let at = 0;
  let left = nFree;
  for (let k = 0; k < count; k++) {
    const voxel = load<u32>(list + (<usize>k << 2));
    while (at < nBefore && load<u32>(before + (<usize>at << 2)) < voxel) {
      move(beforeSlots, at, free, left);
      at++;
      left++;
    }
    const known = at < nBefore && load<u32>(before + (<usize>at << 2)) == voxel;
    store<u32>(came + (<usize>k << 2), known ? 0 : 1);
    if (!known) continue;
    move(beforeSlots, at, slots, k);
    at++;
  }
  for (; at < nBefore; at++, left++) move(beforeSlots, at, free, left);
  for (let k = 0; k < count; k++) {
    if (load<u32>(came + (<usize>k << 2)) == 0) continue;
    left--;
    move(free, left, slots, k);
  }
  return left;
}

// @ts-ignore: decorator
@inline
function move(from: usize, at: i32, to: usize, place: i32): void {
  store<u32>(to + (<usize>place << 2), load<u32>(from + (<usize>at << 2)));
}

/** Sums of pairs of which one voxel at least is new. */
function sumNewPairs(
  params: usize,
  list: usize,
  count: i32,
  slots: usize,
  came: usize,
  products: usize,
  squares: usize,
  side: usize,
): void {
  const series = address(params, Noisy.series);
  const bytes = <usize>int(params, Noisy.length) << 3;
  let one = -1;
  for (let k = 0; k <= count; k++) {
    // Two new voxels at a time; the last may be alone.
    const isNew = k < count && load<u32>(came + (<usize>k << 2)) != 0;
    if (!isNew && (k < count || one < 0)) continue;
    if (one < 0) {
      one = k;
      continue;
    }
    const other = isNew ? k : one;
    for (let j = 0; j < count; j += 2) {
      const next = min(j + 1, count - 1);
      if (load<u32>(came + (<usize>j << 2)) != 0 && load<u32>(came + (<usize>next << 2)) != 0 && next < one) continue;
      pairSums(series, bytes, list, slots, one, other, j, next, products, squares, side);
    }
    one = -1;
  }
}

function distances(
  params: usize,
  patch: i32,
  list: usize,
  count: i32,
  slots: usize,
  products: usize,
  squares: usize,
  side: usize,
  scratch: usize,
): void {
  const nItems = int(params, Noisy.nItems);
  const nFolds = int(params, Noisy.nFolds);
  const stride = <usize>((nItems + 3) & ~3);
  const width = stride * <usize>nFolds;
  const pad = (<usize>count + 1) & ~1;
  const rowBytes = (pad + width) << 3;
  const column = scratch + aligned(rowBytes * <usize>count);
  const means = column + aligned(<usize>count << 3);
  const gram = means + aligned((width << 3) * <usize>count);
  const nPairs = <usize>((nItems * (nItems - 1)) / 2);
  const out = address(params, Noisy.out) + ((<usize>patch * (nPairs + 1)) << 3);
  fill(params, list, count, slots, products, squares, side, scratch, rowBytes, pad);
  memory.fill(out, 0, (nPairs + 1) << 3);
  store<f64>(out, factorRows(scratch, count, rowBytes, column, <f64>count * EPSILON) ? 1 : 0);
  const white = scratch + (pad << 3);
  trainingMeans(params, white, rowBytes, count, width, stride, nFolds, means);
  const known = address(params, Noisy.known);
  for (let fold = 0; fold < nFolds; fold++) {
    const shift = (<usize>fold * stride) << 3;
    for (let i: usize = 0; i < stride; i += 4) {
      for (let j: usize = 0; j < stride; j += 4) {
        const to = gram + ((i * stride + j) << 3);
        sumTile(PRODUCT, REPLACED, means + shift + (i << 3), width << 3, white + shift + (j << 3), rowBytes, (width << 3) * <usize>count, to, stride << 3);
      }
    }
    addPairs(gram, stride, nItems, known + shift, out + 8);
  }
}

/** Add distances of a fold where both items are known. */
function addPairs(gram: usize, stride: usize, nItems: i32, known: usize, out: usize): void {
  let to = out;
  for (let i = 0; i < nItems; i++) {
    const rowI = gram + ((<usize>i * stride) << 3);
    const own = load<f64>(rowI + (<usize>i << 3));
    const knownI = load<f64>(known + (<usize>i << 3)) > 0;
    for (let j = i + 1; j < nItems; j++, to += 8) {
      if (!knownI || !(load<f64>(known + (<usize>j << 3)) > 0)) continue;
      const rowJ = gram + ((<usize>j * stride) << 3);
      const cross = load<f64>(rowI + (<usize>j << 3)) + load<f64>(rowJ + (<usize>i << 3));
      store<f64>(to, load<f64>(to) + (own + load<f64>(rowJ + (<usize>j << 3)) - cross));
    }
  }
}

/** The covariance drawn towards its diagonal of ones, and the patterns of each voxel beside its row. */
function fill(
  params: usize,
  list: usize,
  count: i32,
  slots: usize,
  products: usize,
  squares: usize,
  side: usize,
  to: usize,
  rowBytes: usize,
  pad: usize,
): void {
  const perDof = 1 / number(params, Noisy.dof);
  const kept = 1 - shareOf(params, count, slots, products, squares, side);
  const width = rowBytes - (pad << 3);
  const rows = address(params, Noisy.rows);
  for (let i = 0; i < count; i++) {
    const row = to + <usize>i * rowBytes;
    const from = products + ((<usize>load<u32>(slots + (<usize>i << 2)) * side) << 3);
    store<f64>(row + ((pad - 1) << 3), 0);
    // Columns before the diagonal are not looked at, but for the one beside it, which two numbers at a time go over.
    for (let j = i & ~1; j < count; j++) {
      const sum = load<f64>(from + (<usize>load<u32>(slots + (<usize>j << 2)) << 3));
      store<f64>(row + (<usize>j << 3), i == j ? 1 : kept * sum * perDof);
    }
    memory.copy(row + (pad << 3), rows + <usize>load<u32>(list + (<usize>i << 2)) * width, width);
  }
}

/** How much of the covariance beside the diagonal is taken away (Schäfer & Strimmer 2005); none without shrinkage. */
function shareOf(params: usize, count: i32, slots: usize, products: usize, squares: usize, side: usize): f64 {
  if (int(params, Noisy.shrunk) == 0) return 0;
  const n = number(params, Noisy.nRows);
  const dof = number(params, Noisy.dof);
  const perRow = 1 / (n - 1);
  let error: f64 = 0;
  let size: f64 = 0;
  for (let i = 1; i < count; i++) {
    const row = (<usize>load<u32>(slots + (<usize>i << 2)) * side) << 3;
    for (let j = 0; j < i; j++) {
      const at = row + (<usize>load<u32>(slots + (<usize>j << 2)) << 3);
      const r = load<f64>(products + at) * perRow;
      error += load<f64>(squares + at) * perRow - r * r;
      size += r * r;
    }
  }
  error *= n / (dof * dof);
  return size > 0 ? min(1, max(0, error / size)) : 1;
}

/** Of each item and fold the weighted mean over other folds, count × width. */
function trainingMeans(
  params: usize,
  white: usize,
  rowBytes: usize,
  count: i32,
  width: usize,
  stride: usize,
  nFolds: i32,
  means: usize,
): void {
  const weights = address(params, Noisy.weights);
  for (let v = 0; v < count; v++) {
    const row = white + <usize>v * rowBytes;
    const to = means + ((<usize>v * width) << 3);
    memory.fill(to, 0, width << 3);
    for (let fold = 0; fold < nFolds; fold++) {
      for (let other = 0; other < nFolds; other++) {
        if (other == fold && nFolds > 1) continue;
        const weight = weights + ((<usize>(fold * nFolds + other) * stride) << 3);
        const from = row + ((<usize>other * stride) << 3);
        const own = to + ((<usize>fold * stride) << 3);
        for (let i: usize = 0; i < stride << 3; i += 16) {
          const part = f64x2.mul(v128.load(weight + i), v128.load(from + i));
          v128.store(own + i, f64x2.add(v128.load(own + i), part));
        }
      }
    }
  }
}
