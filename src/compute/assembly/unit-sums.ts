import { Patches } from "./layouts";
import { int } from "./params";
import { addVoxels } from "./patch-gram";
import { itemBytes, panelOf, rowsOf, setBytes, tileBytes, tilesOf, unitOf, voxelsOf } from "./patch-memory";

// Voxels that always come together, as the samples of a source do, are a unit: what they add to a patch is summed once,
// and a patch is a sum over its units.

/** Units of a block. */
const IN_BLOCK: i32 = 32;

/** Block = some units. Writes the sums of each in every set. */
export function unitSums(params: usize, block: i32, scratch: usize): void {
  const first = block * IN_BLOCK;
  const last = min(int(params, Patches.nUnits), first + IN_BLOCK);
  const nTiles = (int(params, Patches.nItems) + 3) >> 2;
  const length = int(params, Patches.unitLength);
  const list = voxelsOf(params, scratch);
  const panel = panelOf(params, scratch);
  memory.fill(scratch, 0, itemBytes(params));
  for (let unit = first; unit < last; unit++) {
    writeVoxels(params, <u32>unit, list);
    for (let k = 0; k < int(params, Patches.nSets); k++) {
      const sums = unitOf(params, k, <u32>unit);
      memory.fill(sums, 0, itemBytes(params) + tileBytes(params));
      const tiles = sums + itemBytes(params);
      addVoxels(rowsOf(params, k), nTiles, list, length, int(params, Patches.metric), false, scratch, tiles, sums, panel);
    }
  }
}

/** The voxels of all units of a list, one after the other; returns how many. */
export function voxelsOfUnits(params: usize, list: usize, count: i32, to: usize): i32 {
  const length = int(params, Patches.unitLength);
  for (let k = 0; k < count; k++) {
    writeVoxels(params, load<u32>(list + (<usize>k << 2)), to + (<usize>(k * length) << 2));
  }
  return count * length;
}

function writeVoxels(params: usize, unit: u32, to: usize): void {
  const from = unit * <u32>int(params, Patches.unitStride) + <u32>int(params, Patches.unitFirst);
  const length = <u32>int(params, Patches.unitLength);
  for (let k: u32 = 0; k < length; k++) store<u32>(to + (<usize>k << 2), from + k);
}

/** Add the sums of units to a set of sums, or take them away. */
export function addUnits(params: usize, k: i32, list: usize, count: i32, negative: bool, set: usize): void {
  const items = itemBytes(params);
  const tiles = tilesOf(params, set);
  const bytes = set + setBytes(params) - tiles;
  for (let at = 0; at < count; at++) {
    const unit = unitOf(params, k, load<u32>(list + (<usize>at << 2)));
    addVector(unit, items, negative, set);
    addVector(unit + items, bytes, negative, tiles);
  }
}

function addVector(from: usize, bytes: usize, negative: bool, to: usize): void {
  const end = from + bytes;
  if (negative) {
    for (let a = from, b = to; a < end; a += 32, b += 32) {
      v128.store(b, f64x2.sub(v128.load(b), v128.load(a)));
      v128.store(b, f64x2.sub(v128.load(b, 16), v128.load(a, 16)), 16);
    }
  } else {
    for (let a = from, b = to; a < end; a += 32, b += 32) {
      v128.store(b, f64x2.add(v128.load(b), v128.load(a)));
      v128.store(b, f64x2.add(v128.load(b, 16), v128.load(a, 16)), 16);
    }
  }
}
