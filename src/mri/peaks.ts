import { voxelOfNumber, voxelToMm, type Millimetres, type VoxelIndex } from "./coordinates.ts";
import { nVoxelsOf, type Grid } from "./grid.ts";
import { lengthOf } from "./sphere-patches.ts";

/** A place where a map is highest. */
export interface VoxelPeak {
  readonly score: number;
  readonly voxel: VoxelIndex;
  readonly mm: Millimetres;
  /** Voxels of its patch. */
  readonly nVoxels: number;
}

/** Which peaks. */
export interface PeakOptions {
  /** At most so many; default 10. */
  readonly most?: number;
  /** Peaks nearer than this to a higher one are left out, in mm; default 8, as in SPM and nilearn. */
  readonly minDistanceMm?: number;
}

/** Voxels not lower than any of their 26 neighbours, the highest first; of a plateau the first in C order. */
export function findPeaks(
  grid: Grid,
  centres: Int32Array,
  scores: Float64Array,
  patchSizes: Int32Array,
  { most = 10, minDistanceMm = 8 }: PeakOptions,
): VoxelPeak[] {
  const tops = localMaxima(grid, centres, scores);
  tops.sort((a, b) => scores[b] - scores[a] || a - b);
  const kept: { at: number; voxel: VoxelIndex }[] = [];
  for (const at of tops) {
    if (kept.length >= most) break;
    const voxel = voxelOfNumber(grid.shape, centres[at]);
    const near = kept.some(({ voxel: other }) => {
      const [i, j, k] = voxel.map((value, axis) => value - other[axis]);
      return lengthOf(grid.affine, i, j, k) < minDistanceMm;
    });
    if (!near) kept.push({ at, voxel });
  }
  return kept.map(({ at, voxel }) => ({
    score: scores[at],
    voxel,
    mm: voxelToMm(grid, voxel),
    nVoxels: patchSizes[at],
  }));
}

function localMaxima(grid: Grid, centres: Int32Array, scores: Float64Array): number[] {
  const [nx, ny, nz] = grid.shape;
  const map = new Float64Array(nVoxelsOf(grid)).fill(NaN);
  centres.forEach((voxel, at) => (map[voxel] = scores[at]));
  const isTop = (voxel: number): boolean => {
    const [i, j, k] = voxelOfNumber(grid.shape, voxel);
    for (let x = Math.max(0, i - 1); x <= Math.min(nx - 1, i + 1); x++)
      for (let y = Math.max(0, j - 1); y <= Math.min(ny - 1, j + 1); y++)
        for (let z = Math.max(0, k - 1); z <= Math.min(nz - 1, k + 1); z++) {
          const other = (x * ny + y) * nz + z;
          if (map[other] > map[voxel] || (map[other] === map[voxel] && other < voxel)) return false;
        }
    return true;
  };
  const tops: number[] = [];
  centres.forEach((voxel, at) => {
    if (!Number.isNaN(scores[at]) && isTop(voxel)) tops.push(at);
  });
  return tops;
}
