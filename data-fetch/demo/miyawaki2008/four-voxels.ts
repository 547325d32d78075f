import { calcarineZ, poleY } from "./retinotopy.ts";
import { centreOf, shape } from "./grid.ts";

/** The four voxels that nilearn's example shows, and which voxel of the mask each is in the real archive. */
export const fourVoxels = [
  { column: 1780, voxel: [30, 10, 10] },
  { column: 1935, voxel: [31, 9, 10] },
  { column: 1951, voxel: [31, 10, 10] },
  { column: 2131, voxel: [32, 10, 10] },
] as const;

/** More voxels would add time and nothing to see. */
const mostAfter = 800;

/** The number of a voxel in C order. */
export function numberOf([i, j, k]: readonly number[]): number {
  return (i * shape[1] + j) * shape[2] + k;
}

/**
 * Voxels of a mask, ascending, so that the four have the places they have in the real mask: of the brain's voxels
 * before, between and after them those nearest to the visual cortex. Throws when the brain has too few.
 */
export function maskAroundFour(brain: readonly number[]): number[] {
  const anchors = fourVoxels.map(({ voxel }) => numberOf(voxel));
  const mask: number[] = [];
  let from = -1;
  for (const [at, anchor] of anchors.entries()) {
    const between = brain.filter((voxel) => voxel > from && voxel < anchor);
    mask.push(...nearest(between, fourVoxels[at].column - mask.length), anchor);
    from = anchor;
  }
  const rest = brain.filter((voxel) => voxel > from);
  return [...mask, ...nearest(rest, Math.min(rest.length, mostAfter))];
}

function nearest(voxels: readonly number[], wanted: number): number[] {
  if (voxels.length < wanted)
    throw new Error(`the drawn brain has ${voxels.length} voxels where ${wanted} are needed`);
  const byDistance = [...voxels].sort((a, b) => distance(a) - distance(b) || a - b);
  return byDistance.slice(0, wanted).sort((a, b) => a - b);
}

/** How far a voxel is from the middle of visual cortex, in mm. */
function distance(voxel: number): number {
  const [x, y, z] = centreOf(voxel);
  return Math.hypot(x, y - poleY - 18, z - calcarineZ);
}
