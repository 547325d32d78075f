import type { Random } from "../../../src/core/random.ts";
import { anatomicalGrid, centres, functionalGrid, nVoxels, type Point } from "./grids.ts";
import type { Head, Tissue } from "./head.ts";

/** A T1-weighted picture of a head, C order, whole numbers. */
export function anatomyOf(head: Head, random: Random): Float64Array {
  const values = new Float64Array(nVoxels(anatomicalGrid));
  let at = 0;
  for (const point of centres(anatomicalGrid)) {
    const { grey, white, fluid, skull, scalp } = head(point);
    const signal = 560 * grey + 860 * white + 190 * fluid + 90 * skull + 700 * scalp;
    values[at++] = signal < 12 ? 0 : Math.round(signal + 12 * random.normal());
  }
  return values;
}

/** What a functional image sees of a head. */
export interface FunctionalHead {
  /** The signal without any response, C order; 0 outside the brain. */
  readonly signal: Float64Array;
  /** Voxels of the brain, in C order. */
  readonly voxels: readonly number[];
  /** Their centres in mm. */
  readonly centres: readonly Point[];
}

/** The brain in the functional grid: voxels of which at least half is brain. */
export function functionalHeadOf(head: Head): FunctionalHead {
  const signal = new Float64Array(nVoxels(functionalGrid));
  const [voxels, points]: [number[], Point[]] = [[], []];
  let at = 0;
  for (const point of centres(functionalGrid)) {
    const { grey, white, fluid } = meanTissue(head, point);
    if (grey + white + fluid > 0.5 && grey + white > 0.3) {
      signal[at] = 1000 * grey + 850 * white + 1250 * fluid;
      voxels.push(at);
      points.push(point);
    }
    at++;
  }
  return { signal, voxels, centres: points };
}

function meanTissue(head: Head, [x, y, z]: Point): Tissue {
  const sum = { grey: 0, white: 0, fluid: 0, skull: 0, scalp: 0 };
  for (const dx of [-1.75, 1.75])
    for (const dy of [-1.9, 1.9])
      for (const dz of [-1.9, 1.9]) {
        const tissue = head([x + dx, y + dy, z + dz]);
        for (const name of ["grey", "white", "fluid"] as const) sum[name] += tissue[name] / 8;
      }
  return sum;
}
