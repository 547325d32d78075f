import { Patches } from "./layouts";
import { int, address } from "./params";
import { CORRELATION, COSINE, SQEUCLIDEAN, noiseOf } from "./convert";
import { addVoxels, squareOf } from "./patch-gram";
import {
  align, itemBytes, tilesOf, setBytes, spareTile, listsOf, listBytes, voxelsOf, marksOf, panelOf, setOf, rdmOf, rowsOf,
  pairsOf,
} from "./patch-memory";
import { addUnits, voxelsOfUnits } from "./unit-sums";
import { crossValidatedAngles, crossValidatedSquares } from "./patch-folds";
import { clearMarks, cameIn, wentOut } from "./patch-lists";
import { convertRow, storeEdge } from "./window-tiles";
import { scoreVector } from "./scores";
import { countVector } from "./kendall";

/**
 * A patch keeps what it shares with the one before only while every item's sum of squares is at least this part of the
 * largest since sums were last made afresh: what has left leaves its rounding behind.
 */
const KEPT: f64 = 16;
/** A pattern whose variance is a smaller part of its sum of squares is computed mean first. */
const LOSSY: f64 = 256;

/** Block = some neighbouring patches. Writes [squared norm, products with the vectors] of each patch's RDM. */
export function patchScores(params: usize, block: i32, scratch: usize): void {
  const nPairs = pairsOf(params);
  const rdm = rdmOf(params, scratch);
  const rest = rdm + align((<usize>nPairs + 1) << 3);
  const nVectors = int(params, Patches.nVectors);
  const ranked = int(params, Patches.ranked) != 0;
  const vectors = address(params, Patches.vectors);
  const first = block * int(params, Patches.inBlock);
  const last = min(int(params, Patches.nPatches), first + int(params, Patches.inBlock));
  const marks = begin(params, first, last, scratch);
  let kept = false;
  for (let patch = first; patch < last; patch++) {
    kept = patchRdm(params, patch, patch - first + 2, kept, marks, scratch);
    const out = address(params, Patches.out) + ((<usize>patch * <usize>(nVectors + 1)) << 3);
    scoreVector(rdm, nPairs, ranked, vectors, nVectors, out, rest);
  }
}

/** Block as above. Writes [distinct values, tied pairs], then [discordant, tied in both] with each model. */
export function patchTaus(params: usize, block: i32, scratch: usize): void {
  const nPairs = pairsOf(params);
  const rdm = rdmOf(params, scratch);
  const rest = rdm + align((<usize>nPairs + 1) << 3);
  const nModels = int(params, Patches.nVectors);
  const orders = address(params, Patches.vectors);
  const first = block * int(params, Patches.inBlock);
  const last = min(int(params, Patches.nPatches), first + int(params, Patches.inBlock));
  const marks = begin(params, first, last, scratch);
  let kept = false;
  for (let patch = first; patch < last; patch++) {
    kept = patchRdm(params, patch, patch - first + 2, kept, marks, scratch);
    const out = address(params, Patches.out) + ((<usize>patch * <usize>(nModels + 1)) << 4);
    countVector(rdm, nPairs, nModels, orders, address(params, Patches.denses), address(params, Patches.summaries), out, rest);
  }
}

function begin(params: usize, first: i32, last: i32, scratch: usize): usize {
  memory.fill(scratch, 0, itemBytes(params));
  const starts = address(params, Patches.starts) + (<usize>first << 2);
  return clearMarks(starts, address(params, Patches.lists), last - first, marksOf(params, scratch));
}

/** The RDM of a patch in tile order; true when the next may be made from its sums. */
function patchRdm(params: usize, patch: i32, number: i32, kept: bool, marks: usize, scratch: usize): bool {
  const metric = int(params, Patches.metric);
  const starts = address(params, Patches.starts) + (<usize>patch << 2);
  const from = load<u32>(starts);
  const count = <i32>(load<u32>(starts, 4) - from);
  const list = address(params, Patches.lists) + (<usize>from << 2);
  const leading = listsOf(params, scratch);
  const trailing = leading + listBytes(params);
  const came = cameIn(list, count, number, marks, leading);
  let again = !kept || came < 0;
  let went = 0;
  if (!again) {
    const before = load<u32>(starts - 4);
    went = wentOut(address(params, Patches.lists) + (<usize>before << 2), <i32>(from - before), number, marks, trailing);
    again = came + went >= count;
  }
  let exact = true;
  const nValues = count * int(params, Patches.unitLength);
  for (let k = 0; k < int(params, Patches.nSets); k++) {
    const set = setOf(params, k, scratch);
    if (!again) {
      add(params, k, leading, came, false, scratch, scratch);
      add(params, k, trailing, went, true, scratch, scratch);
    }
    if (again || !noteSquares(params, true, set)) {
      makeAfresh(params, k, list, count, scratch, scratch);
      noteSquares(params, false, set);
    }
    if (metric != CORRELATION || nValues < 2 || !isLossy(params, nValues, set)) continue;
    if (int(params, Patches.unitLength) > 1) {
      const voxels = voxelsOf(params, scratch);
      centre(params, k, voxels, voxelsOfUnits(params, list, count, voxels), scratch);
    } else centre(params, k, list, count, scratch);
    exact = false;
  }
  const rdm = rdmOf(params, scratch);
  if (nValues < (metric <= COSINE ? 2 : 1)) {
    const end = rdm + (<usize>pairsOf(params) << 3);
    for (let at = rdm; at < end; at += 8) store<f64>(at, NaN);
  } else if (int(params, Patches.nSets) == 1) writeRdm(params, nValues, scratch);
  else if (metric >= SQEUCLIDEAN) crossValidatedSquares(params, setOf(params, 0, scratch), setBytes(params), rdm);
  else crossValidatedAngles(params, nValues, setOf(params, 0, scratch), setBytes(params), rdm);
  return exact && came >= 0 && metric < SQEUCLIDEAN;
}

/**
 * Add voxels to a set of sums, or take them away, less what is to be taken off each item. Of units, whose sums are made,
 * nothing can be taken off: then the list is of their voxels.
 */
function add(
  params: usize,
  k: i32,
  list: usize,
  count: i32,
  negative: bool,
  shifts: usize,
  scratch: usize,
): void {
  const set = setOf(params, k, scratch);
  if (shifts == scratch && int(params, Patches.unitLength) > 1) {
    addUnits(params, k, list, count, negative, set);
    return;
  }
  const tiles = tilesOf(params, set);
  const panel = panelOf(params, scratch);
  const nTiles = (int(params, Patches.nItems) + 3) >> 2;
  addVoxels(rowsOf(params, k), nTiles, list, count, int(params, Patches.metric), negative, shifts, tiles, set, panel);
}

function makeAfresh(params: usize, k: i32, list: usize, count: i32, shifts: usize, scratch: usize): void {
  const set = setOf(params, k, scratch);
  const tiles = tilesOf(params, set);
  memory.fill(tiles, 0, set + setBytes(params) - tiles);
  memory.fill(set, 0, itemBytes(params));
  add(params, k, list, count, false, shifts, scratch);
}

/** Take in the sums of squares; false when one has become so small that the rounding of what left may be seen in it. */
function noteSquares(params: usize, updated: bool, set: usize): bool {
  const n = int(params, Patches.nItems);
  const nTiles = (n + 3) >> 2;
  const tiles = tilesOf(params, set);
  const most = set + 2 * itemBytes(params);
  let good = true;
  for (let i = 0; i < n; i++) {
    const square = squareOf(tiles, i, nTiles);
    const at = most + (<usize>i << 3);
    const before = updated ? load<f64>(at) : square;
    good = good && square * KEPT >= before;
    store<f64>(at, Math.max(before, square));
  }
  return good;
}

function isLossy(params: usize, count: i32, set: usize): bool {
  const n = int(params, Patches.nItems);
  const nTiles = (n + 3) >> 2;
  const tiles = tilesOf(params, set);
  const inverseCount = 1 / <f64>count;
  for (let i = 0; i < n; i++) {
    const sum = load<f64>(set + (<usize>i << 3));
    const square = squareOf(tiles, i, nTiles);
    const variance = square - sum * sum * inverseCount;
    if (square < Infinity && square > 0 && !(variance * LOSSY >= square)) return true;
  }
  return false;
}

/**
 * Make a set of sums afresh with each item's mean over the patch taken off. An item that is constant in it has no
 * correlation: NaN; cross-validated it has no part in any product: 0.
 */
function centre(params: usize, k: i32, list: usize, count: i32, scratch: usize): void {
  const n = int(params, Patches.nItems);
  const stride = <usize>((n + 3) >> 2) << 5;
  const rows = rowsOf(params, k);
  const set = setOf(params, k, scratch);
  const means = set + 3 * itemBytes(params);
  memory.fill(means, 0, itemBytes(params));
  for (let i = 0; i < n; i++) {
    const item = rows + (<usize>i << 3);
    const first = load<f64>(item + <usize>load<u32>(list) * stride);
    let same = true;
    for (let v = 1; v < count && same; v++) {
      same = load<f64>(item + <usize>load<u32>(list + (<usize>v << 2)) * stride) == first;
    }
    const mean = load<f64>(set + (<usize>i << 3)) / <f64>count;
    store<f64>(means + (<usize>i << 3), same ? (int(params, Patches.nSets) == 1 ? NaN : first) : mean);
  }
  makeAfresh(params, k, list, count, means, scratch);
}

function writeRdm(params: usize, count: i32, scratch: usize): void {
  const n = int(params, Patches.nItems);
  const metric = int(params, Patches.metric);
  const set = setOf(params, 0, scratch);
  const nTiles = (n + 3) >> 2;
  const tiles = tilesOf(params, set);
  const inverseCount = metric == CORRELATION ? 1 / <f64>count : 0;
  const scales = set + itemBytes(params);
  for (let i = 0; i < n; i++) {
    const sum = load<f64>(set + (<usize>i << 3));
    const variance = squareOf(tiles, i, nTiles) - sum * sum * inverseCount;
    store<f64>(scales + (<usize>i << 3), 1 / Math.sqrt(variance));
  }
  const rdm = rdmOf(params, scratch);
  writeTiles(n, metric, tiles, set, scales, f64x2.splat(inverseCount), noiseOf(metric, inverseCount), rdm, spareTile(params, scratch));
}

function writeTiles(
  n: i32,
  metric: i32,
  tiles: usize,
  sums: usize,
  scales: usize,
  inverseCount: v128,
  noise: v128,
  rdm: usize,
  spare: usize,
): void {
  let out = rdm;
  let tile = tiles;
  for (let i = 0; i < n; i += 4) {
    const rowSums = sums + (<usize>i << 3);
    const rowScales = scales + (<usize>i << 3);
    for (let j = i; j < n; j += 4) {
      const columnSums = sums + (<usize>j << 3);
      const columnScales = scales + (<usize>j << 3);
      const sums0 = v128.load(columnSums);
      const sums1 = v128.load(columnSums, 16);
      const scales0 = v128.load(columnScales);
      const scales1 = v128.load(columnScales, 16);
      const whole = j > i && j + 4 <= n;
      const to = whole ? out : spare;
      for (let r: usize = 0; r < 4; r++) {
        if (metric >= SQEUCLIDEAN) convertRow(metric, tile, to, r, rowSums, rowScales, sums0, sums1, scales0, scales1, inverseCount, noise);
        else convertRow(CORRELATION, tile, to, r, rowSums, rowScales, sums0, sums1, scales0, scales1, inverseCount, noise);
      }
      if (!whole) storeEdge(i, j, n, spare, out);
      const rows = <usize>min(4, n - i);
      out += (j == i ? (rows * (rows - 1)) >> 1 : rows * <usize>min(4, n - j)) << 3;
      tile += 128;
    }
  }
}
