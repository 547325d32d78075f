import { InvalidArgument } from "../core/errors.ts";
import type { NiftiAffine } from "../io/nifti/index.ts";
import type { NeighboursOf } from "../searchlight/neighbours.ts";
import { determinant, edgesOf, type Grid } from "./grid.ts";

/** Distances this much below the radius count as equal to it: affines are stored with seven digits. */
const rounding = 1e-6;

/** The spheres of one radius, as far as they lie in the voxels that are used. */
export interface Spheres {
  /** Positions of the voxels around a voxel, ascending, itself among them. */
  readonly around: NeighboursOf;
  /** How many there are. */
  readonly sizeAt: (centre: number) => number;
  /** Where voxels lie on a line on which equal steps are equal differences, and the differences in one sphere. */
  readonly line?: () => { readonly place: Int32Array; readonly differences: Int32Array };
}

/**
 * Spheres around voxels: the voxels strictly nearer than the radius in mm, ascending in C order.
 *
 * @param voxels - numbers of the voxels used, ascending; spheres speak of positions in this list.
 */
export function spheresIn(grid: Grid, voxels: Int32Array, radiusMm: number): Spheres {
  checkRadius(radiusMm);
  const { place, position, steps } = padded(grid, voxels, sphereSteps(grid, radiusMm));
  const found = new Int32Array(steps.length);
  const collect = (centre: number): number => {
    const from = place[centre];
    let n = 0;
    for (let at = 0; at < steps.length; at++) {
      const other = position[from + steps[at]];
      if (other >= 0) found[n++] = other;
    }
    return n;
  };
  return {
    sizeAt: collect,
    around: (centre) => found.slice(0, collect(centre)),
    line: () => ({ place, differences: differencesOf(steps) }),
  };
}

/** Differences above 0 of two voxels of one sphere. */
function differencesOf(steps: Int32Array): Int32Array {
  const found = new Set<number>();
  for (const a of steps) for (const b of steps) if (b > a) found.add(b - a);
  return Int32Array.from(found).sort();
}

interface Padded {
  /** Where each voxel used is in the padded grid. */
  readonly place: Int32Array;
  /** Position among the voxels used of each place of the padded grid; −1: not used. */
  readonly position: Int32Array;
  /** How far each step leads in the padded grid. */
  readonly steps: Int32Array;
}

/** A grid with so much nothing after each line and plane, and around all, that no step leads elsewhere. */
function padded({ shape }: Grid, voxels: Int32Array, steps: Int32Array): Padded {
  const [nx, ny, nz] = shape;
  const farthest = (axis: number): number => {
    let most = 0;
    for (let at = axis; at < steps.length; at += 3) most = Math.max(most, Math.abs(steps[at]));
    return most;
  };
  const [mx, my, mz] = [farthest(0) + 1, farthest(1), farthest(2)];
  const line = nz + mz;
  const plane = (ny + my) * line;
  const place = voxels.map((voxel) => {
    const [i, j, k] = [Math.floor(voxel / (ny * nz)), Math.floor(voxel / nz) % ny, voxel % nz];
    return (i + mx) * plane + j * line + k;
  });
  const position = new Int32Array((nx + 2 * mx) * plane).fill(-1);
  place.forEach((to, at) => (position[to] = at));
  const far = Int32Array.from(
    { length: steps.length / 3 },
    (_, at) => steps[3 * at] * plane + steps[3 * at + 1] * line + steps[3 * at + 2],
  );
  return { place, position, steps: far };
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
