import { InvalidArgument } from "../../core/errors.ts";
import type { Rdm } from "../../rdm/rdm.ts";

/** The lowest and highest value that colours stand for. */
export type Range = readonly [low: number, high: number];

/** Lowest and highest finite dissimilarity of some RDMs, the diagonal left out; undefined when there is none. */
export function finiteRange(rdms: readonly Rdm[]): Range | undefined {
  let [low, high] = [Infinity, -Infinity];
  for (const { condensed } of rdms) {
    for (const value of condensed) {
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : undefined;
}

/** Throws `InvalidArgument` unless the range goes up between finite numbers. */
export function checkedRange(range: Range): Range {
  const [low, high] = range;
  if (Number.isFinite(low) && Number.isFinite(high) && low < high) return [low, high];
  throw new InvalidArgument("range", `[${low}, ${high}]`, "give [lowest, highest], both finite");
}

/** How many dissimilarities are missing or infinite, and how many lie outside of the range. */
export function countUnshown(
  rdm: Rdm,
  range: Range | undefined,
): { missing: number; outside: number } {
  let [missing, outside] = [0, 0];
  for (const value of rdm.condensed) {
    if (!Number.isFinite(value)) missing++;
    else if (range !== undefined && (value < range[0] || value > range[1])) outside++;
  }
  return { missing, outside };
}
