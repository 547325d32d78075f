import type { BlockInputs } from "../engine/block-work.ts";
import { SearchlightPatches, type PatchAxes, type TimePlan } from "./patches.ts";

/** What a plan's file says of patches; their lists of series are arrays beside it. */
export interface StoredPatches {
  readonly axes: PatchAxes;
  readonly nSeries?: number;
  readonly nSamples?: number;
  readonly time?: TimePlan;
  readonly window?: readonly [number, number];
}

/** Patches as what a plan's file says and arrays. */
export function storePatches({ plan }: SearchlightPatches): {
  stored: StoredPatches;
  arrays: BlockInputs;
} {
  const { space, pooled, axes, nSeries, nSamples, time, window } = plan;
  const stored = { axes, nSeries, nSamples, time, window };
  const inSpace = space === undefined ? {} : listsOf(space.centres, space.around);
  return { stored, arrays: { ...inSpace, ...(pooled !== undefined && { pooled }) } };
}

/** The same patches from what was stored. */
export function loadPatches(stored: StoredPatches, arrays: BlockInputs): SearchlightPatches {
  const { centres, starts, around, pooled } = arrays as Readonly<Record<string, Int32Array>>;
  if (centres === undefined) return new SearchlightPatches({ ...stored, pooled });
  const place = new Map(Array.from(centres, (centre, at) => [centre, at]));
  const near = (centre: number): Int32Array => {
    const at = place.get(centre) ?? 0;
    return around.subarray(starts[at], starts[at + 1]);
  };
  return new SearchlightPatches({ ...stored, pooled, space: { centres, around: near } });
}

function listsOf(centres: Int32Array, around: (centre: number) => Int32Array): BlockInputs {
  const lists = Array.from(centres, around);
  const starts = new Int32Array(lists.length + 1);
  lists.forEach((list, at) => (starts[at + 1] = starts[at] + list.length));
  const all = new Int32Array(starts[lists.length]);
  lists.forEach((list, at) => all.set(list, starts[at]));
  return { centres, starts, around: all };
}
