import type { Head } from "../haxby-like/head.ts";
import { fourVoxels, maskAroundFour, numberOf } from "./four-voxels.ts";
import { centreOf, nVoxels, type Point } from "./grid.ts";
import { pixelWeights, receptiveFieldAt, type ReceptiveField } from "./retinotopy.ts";

/** The back of a drawn brain as functional images see it; lists go by voxel of the mask, in C order. */
export interface VisualBrain {
  readonly voxels: readonly number[];
  /** Signal at rest. */
  readonly signal: readonly number[];
  readonly fields: readonly (ReceptiveField | undefined)[];
  /** Weights of the pixels, row-major. */
  readonly weights: readonly (Float64Array | undefined)[];
  readonly gains: readonly number[];
}

/** The voxels that are brain; those with enough grey matter in a visual area see something. */
export function drawVisualBrain(head: Head): VisualBrain {
  const [voxels, signal, gains]: number[][] = [[], [], []];
  const fields: (ReceptiveField | undefined)[] = [];
  const four = new Set(fourVoxels.map((one) => numberOf(one.voxel)));
  for (const voxel of maskAroundFour(brainVoxels(head))) {
    const centre = centreOf(voxel);
    const { grey, white, fluid } = head(centre);
    // The voxels that the example shows see something, wherever the folds of this head lie.
    const share = four.has(voxel) ? 1 : greyShare(head, centre);
    const field = share > 0.25 ? receptiveFieldAt(centre) : undefined;
    voxels.push(voxel);
    signal.push(1000 * grey + 850 * white + 1250 * fluid);
    fields.push(field);
    gains.push(field === undefined ? 0 : field.gain * Math.min(1, 1.4 * share));
  }
  return {
    voxels,
    signal,
    fields,
    gains,
    weights: fields.map((field) => field && pixelWeights(field)),
  };
}

/** Voxels of the slab around visual cortex that are brain, ascending. */
function brainVoxels(head: Head): number[] {
  return Array.from({ length: nVoxels }, (_, voxel) => voxel).filter((voxel) => {
    const [, y, z] = centreOf(voxel);
    const { grey, white, fluid } = head(centreOf(voxel));
    return y > -108 && z > -36 && grey + white + fluid >= 0.5;
  });
}

/** How much of a voxel is grey matter. */
function greyShare(head: Head, [x, y, z]: Point): number {
  let sum = 0;
  for (const dx of [-0.8, 0.8])
    for (const dy of [-0.8, 0.8])
      for (const dz of [-0.8, 0.8]) sum += head([x + dx, y + dy, z + dz]).grey / 8;
  return sum;
}
