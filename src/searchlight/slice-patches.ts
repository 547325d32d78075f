import { SearchlightPatches } from "./patches.ts";

/** Length of the outermost axis of patches: places, or windows where there is one place. */
export function outerLength({ shape }: SearchlightPatches): number {
  return shape[0] ?? 1;
}

/** The patches from … to along their outermost axis, each as it was. */
export function slicePatches(
  patches: SearchlightPatches,
  from: number,
  to: number,
): SearchlightPatches {
  const { plan } = patches;
  const { space, time } = plan;
  if (space !== undefined) {
    const centres = space.centres.subarray(from, to);
    return new SearchlightPatches({ ...plan, space: { ...space, centres } });
  }
  if (time === undefined) return patches;
  const { from: first, step = 1 } = time;
  const part = { ...time, from: first + from * step, to: Math.min(time.to, first + to * step) };
  return new SearchlightPatches({ ...plan, time: part });
}
