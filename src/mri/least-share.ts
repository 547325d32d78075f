import { InvalidArgument } from "../core/errors.ts";
import type { Grid } from "./grid.ts";
import { sphereSteps } from "./sphere-patches.ts";

/** Of what a sphere's share of used voxels is counted. */
export const shareOfNames = ["volume", "sphere"] as const;

/** Which spheres are searched at all. */
export interface LeastShareOptions {
  /**
   * The least share of a sphere that must lie in the brain mask, from 0 (default) to 1: at the rim of the brain spheres
   * have few voxels, and their scores are others' noise.
   */
  readonly minShare?: number;
  /**
   * What the share is of: `volume` (default), the voxels of the sphere that the image has, as in rsatoolbox; `sphere`, all
   * that it would have in an image without end.
   */
  readonly shareOf?: (typeof shareOfNames)[number];
}

/**
 * The centres whose sphere has enough of its voxels in use. The share is taken before spheres are cut at the mask; after, it
 * would always be 1. Throws `InvalidArgument` when none is left.
 */
export function withLeastShare(
  positions: Int32Array,
  sizeAt: (centre: number) => number,
  of: { readonly grid: Grid; readonly voxels: Int32Array; readonly radiusMm: number },
  { minShare = 0, shareOf = "volume" }: LeastShareOptions,
): Int32Array {
  if (minShare === 0) return positions;
  const steps = sphereSteps(of.grid, of.radiusMm);
  const whole = shareOf === "sphere" ? allSteps(of) : undefined;
  const kept = positions.filter((centre) => {
    const there = whole ?? inside(of.grid, of.voxels[centre], steps);
    // A share that is a fraction may lack the last bit.
    return sizeAt(centre) >= minShare * there * (1 - 1e-12);
  });
  if (kept.length > 0) return kept;
  throw new InvalidArgument(
    "minShare",
    minShare,
    "no sphere has so much of it in the brain mask; give a smaller share, or a smaller radius",
  );
}

/** How many voxels the sphere has where no image ends. */
function allSteps({ grid, radiusMm }: { readonly grid: Grid; readonly radiusMm: number }): number {
  const endless = { ...grid, shape: grid.shape.map(() => Number.MAX_SAFE_INTEGER) };
  return sphereSteps(endless as never, radiusMm).length / 3;
}

/** How many steps from a voxel lead to voxels of the image. */
function inside({ shape }: Grid, voxel: number, steps: Int32Array): number {
  const [nx, ny, nz] = shape;
  const [i, j, k] = [Math.floor(voxel / (ny * nz)), Math.floor(voxel / nz) % ny, voxel % nz];
  const within = (at: number, n: number): boolean => at >= 0 && at < n;
  let count = 0;
  for (let at = 0; at < steps.length; at += 3)
    if (within(i + steps[at], nx) && within(j + steps[at + 1], ny) && within(k + steps[at + 2], nz))
      count++;
  return count;
}
