// A brain-like volume for the searchlight rows: 40 × 48 × 34 voxels of 3 mm, of which an ellipsoid is inside.
import { library } from "./data.mjs";

const { searchlightPatches } = await library("searchlight/index.js");

export const size = [40, 48, 34];
const MM = 3;
const RADIUS_MM = 10;
/** Chosen for the number of centres of a whole brain: 31,584. */
const N_VOXELS = 31_584;

/** 1 for the `count` voxels nearest to the middle, else 0, in C order (the last axis fastest). */
export function brainMask(count = N_VOXELS) {
  const far = allVoxels().map((voxel) =>
    voxel.reduce((sum, at, axis) => sum + ((2 * at + 1) / size[axis] - 1) ** 2, 0),
  );
  const order = Uint32Array.from(far.keys()).sort((a, b) => far[a] - far[b] || a - b);
  const mask = new Uint8Array(far.length);
  for (const k of order.subarray(0, count)) mask[k] = 1;
  return mask;
}

/** Positions in mm, voxels × 3, of the voxels inside. */
export function brainPositions(count = N_VOXELS) {
  const mask = brainMask(count);
  return Float64Array.from(
    allVoxels()
      .filter((_, k) => mask[k] === 1)
      .flatMap((voxel) => voxel.map((at) => at * MM)),
  );
}

function allVoxels() {
  const voxels = [];
  for (let x = 0; x < size[0]; x++)
    for (let y = 0; y < size[1]; y++) for (let z = 0; z < size[2]; z++) voxels.push([x, y, z]);
  return voxels;
}

/** The voxels of every sphere: all one patch after the other, and where each patch begins. */
export function sphereLists(positions, radiusMm = RADIUS_MM) {
  const nSeries = positions.length / 3;
  const place = { data: positions, shape: [nSeries, 3] };
  const patches = searchlightPatches({ nSeries }, { spatialRadius: radiusMm, positions: place });
  const lists = [...patches].map(({ series }) => series);
  const starts = new Float64Array(lists.length + 1);
  lists.forEach((list, k) => (starts[k + 1] = starts[k] + list.length));
  const voxels = new Float64Array(starts[lists.length]);
  lists.forEach((list, k) => voxels.set(list, starts[k]));
  return { voxels, starts };
}

/** Patches of these voxels. */
export function patchesOf(nSeries, voxels, starts) {
  const patches = Array.from({ length: starts.length - 1 }, (_, k) =>
    voxels.subarray(starts[k], starts[k + 1]),
  );
  return searchlightPatches({ nSeries }, { patches });
}
