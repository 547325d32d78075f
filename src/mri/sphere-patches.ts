import { InvalidArgument } from "../core/errors.ts";
import type { NiftiAffine } from "../io/nifti/index.ts";
import { SearchlightPatches } from "../searchlight/index.ts";
import { determinant, edgesOf, nVoxelsOf, type Grid } from "./grid.ts";

/** Distances this much below the radius count as equal to it: affines are stored with seven digits. */
const rounding = 1e-6;

/**
 * Spheres around voxels, as far as they lie in the voxels that are used: the voxels strictly nearer than the radius in
 * mm, ascending in C order.
 *
 * @param voxels - numbers of the voxels used, ascending; patches speak of positions in this list.
 * @param centres - positions in that list.
 */
export function spherePatches(
  grid: Grid,
  voxels: Int32Array,
  centres: Int32Array,
  radiusMm: number,
): SearchlightPatches {
  checkRadius(radiusMm);
  const [nx, ny, nz] = grid.shape;
  const position = positionInList(nVoxelsOf(grid), voxels);
  const steps = sphereSteps(grid, radiusMm);
  const around = (centre: number): Int32Array => {
    const voxel = voxels[centre];
    const [i, j, k] = [Math.floor(voxel / (ny * nz)), Math.floor(voxel / nz) % ny, voxel % nz];
    const near = new Int32Array(steps.length / 3);
    let n = 0;
    for (let at = 0; at < steps.length; at += 3) {
      const [x, y, z] = [i + steps[at], j + steps[at + 1], k + steps[at + 2]];
      if (x < 0 || x >= nx || y < 0 || y >= ny || z < 0 || z >= nz) continue;
      const other = position[(x * ny + y) * nz + z];
      if (other >= 0) near[n++] = other;
    }
    return near.slice(0, n);
  };
  return new SearchlightPatches({
    axes: { series: 1, samples: undefined },
    nSeries: voxels.length,
    nSamples: undefined,
    space: { centres, around },
    time: undefined,
    pooled: undefined,
    window: undefined,
  });
}

/** One patch of all these voxels. */
export function pooledPatch(nVoxels: number, pooled: Int32Array): SearchlightPatches {
  return new SearchlightPatches({
    axes: { series: 1, samples: undefined },
    nSeries: nVoxels,
    nSamples: undefined,
    space: undefined,
    time: undefined,
    pooled,
    window: undefined,
  });
}

/**
 * Steps (di, dj, dk) from a voxel to all that are strictly nearer than the radius, itself among them, in C order.
 * |affine · step| is right for any grid; MNE-RSA multiplies the other way round, which is another length when voxels
 * are both oblique and of unequal edges.
 */
export function sphereSteps({ shape, affine }: Grid, radiusMm: number): Int32Array {
  const [mi, mj, mk] = farthestSteps(affine, radiusMm).map((most, axis) =>
    Math.min(most, shape[axis] - 1),
  );
  const steps: number[] = [];
  const limit = radiusMm * (1 - rounding);
  for (let i = -mi; i <= mi; i++)
    for (let j = -mj; j <= mj; j++)
      for (let k = -mk; k <= mk; k++)
        if ((i === 0 && j === 0 && k === 0) || lengthOf(affine, i, j, k) < limit)
          steps.push(i, j, k);
  return Int32Array.from(steps);
}

/** Length of a step in mm. */
export function lengthOf([a, b, c]: NiftiAffine, i: number, j: number, k: number): number {
  return Math.hypot(
    a[0] * i + a[1] * j + a[2] * k,
    b[0] * i + b[1] * j + b[2] * k,
    c[0] * i + c[1] * j + c[2] * k,
  );
}

/** How many voxels along each axis a sphere can reach: its radius over the distance of the grid's planes. */
function farthestSteps(affine: NiftiAffine, radiusMm: number): number[] {
  const [p, q, r] = edgesOf(affine);
  const volume = Math.abs(determinant(affine));
  // The area of the other two edges over the volume is at most their product over the volume.
  return [(q * r) / volume, (p * r) / volume, (p * q) / volume].map((perMm) =>
    Math.ceil(radiusMm * perMm),
  );
}

function checkRadius(radiusMm: number): void {
  if (radiusMm > 0 && Number.isFinite(radiusMm)) return;
  throw new InvalidArgument(
    "radiusMm",
    radiusMm,
    "give a radius in mm, more than 0; leave it out to compare all voxels at once",
  );
}

function positionInList(nVoxels: number, voxels: Int32Array): Int32Array {
  const position = new Int32Array(nVoxels).fill(-1);
  voxels.forEach((voxel, at) => (position[voxel] = at));
  return position;
}
