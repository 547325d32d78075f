import { Patches } from "./layouts";
import { int, address } from "./params";
import { panelBytes } from "./patch-gram";

// @ts-ignore: decorator
@inline
export function align(bytes: usize): usize {
  return (bytes + 63) & ~63;
}

// Scratch memory: zeros for every item; a tile; lists of voxels; the voxels of a list of units; marks; panel; the sets of sums; the RDM; then what
// sorting takes. A set of sums has, per item, sums, scales, largest squares and means, then its tiles.
// @ts-ignore: decorator
@inline
export function itemBytes(params: usize): usize {
  return align(<usize>((int(params, Patches.nItems) + 3) >> 2) << 5);
}

// @ts-ignore: decorator
@inline
export function tilesOf(params: usize, set: usize): usize {
  return set + 4 * itemBytes(params);
}

// @ts-ignore: decorator
@inline
export function tileBytes(params: usize): usize {
  const nTiles = <usize>((int(params, Patches.nItems) + 3) >> 2);
  return (nTiles * (nTiles + 1)) << 6;
}

// @ts-ignore: decorator
@inline
export function setBytes(params: usize): usize {
  return 4 * itemBytes(params) + tileBytes(params);
}

/** Sums of a unit in a set: of its values, then of all pairs in tiles. Unit after unit, set after set. */
// @ts-ignore: decorator
@inline
export function unitOf(params: usize, set: i32, unit: u32): usize {
  const place = <usize>set * <usize>int(params, Patches.nUnits) + <usize>unit;
  return address(params, Patches.units) + place * (itemBytes(params) + tileBytes(params));
}

// @ts-ignore: decorator
@inline
export function spareTile(params: usize, scratch: usize): usize {
  return scratch + itemBytes(params);
}

// @ts-ignore: decorator
@inline
export function listsOf(params: usize, scratch: usize): usize {
  return spareTile(params, scratch) + 128;
}

// @ts-ignore: decorator
@inline
export function listBytes(params: usize): usize {
  return align((<usize>int(params, Patches.mostVoxels) + 1) << 2);
}

// @ts-ignore: decorator
@inline
export function voxelsOf(params: usize, scratch: usize): usize {
  return listsOf(params, scratch) + 2 * listBytes(params);
}

// @ts-ignore: decorator
@inline
export function marksOf(params: usize, scratch: usize): usize {
  const length = int(params, Patches.unitLength);
  const most = <usize>((int(params, Patches.mostVoxels) + 1) * length);
  const bytes: usize = length == 1 ? 0 : align(most << 2);
  return voxelsOf(params, scratch) + bytes;
}

// @ts-ignore: decorator
@inline
export function panelOf(params: usize, scratch: usize): usize {
  return marksOf(params, scratch) + align(<usize>int(params, Patches.nVoxels));
}

// @ts-ignore: decorator
@inline
export function setOf(params: usize, set: i32, scratch: usize): usize {
  return panelOf(params, scratch) + panelBytes((int(params, Patches.nItems) + 3) >> 2) + <usize>set * setBytes(params);
}

// @ts-ignore: decorator
@inline
export function rdmOf(params: usize, scratch: usize): usize {
  return setOf(params, int(params, Patches.nSets), scratch);
}

/** Rows of a set: [voxel][item], set after set. */
// @ts-ignore: decorator
@inline
export function rowsOf(params: usize, set: i32): usize {
  const nTiles = <usize>((int(params, Patches.nItems) + 3) >> 2);
  return address(params, Patches.rows) + <usize>set * <usize>int(params, Patches.nVoxels) * (nTiles << 5);
}

// @ts-ignore: decorator
@inline
export function pairsOf(params: usize): i32 {
  const n = int(params, Patches.nItems);
  return (n * (n - 1)) >> 1;
}
