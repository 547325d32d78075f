import { InvalidArgument } from "../../core/errors.ts";
import { gridOf, nVoxelsOf, type Volume } from "../grid.ts";

/** Labels of a probabilistic atlas, and what was lost on the way. */
export interface ProbableLabels {
  readonly labels: Int32Array;
  readonly notes: readonly string[];
}

/** How probable a region must be by itself. */
export const usualThreshold = 0.25;

/** Whether an image has a volume a region. */
export function isProbabilistic({ shape }: Volume): boolean {
  return shape.slice(3).some((n) => n > 1);
}

/**
 * Of each voxel the most probable region, numbered from 1 as the volumes are, where its probability is at least the
 * threshold; of equals the first. Throws `InvalidArgument` for values that are neither probabilities nor percents.
 */
export function probableLabels(image: Volume, threshold = usualThreshold): ProbableLabels {
  const grid = gridOf(image, "atlas");
  const nVoxels = nVoxelsOf(grid);
  const nRegions = image.shape.slice(3).reduce((product, n) => product * n, 1);
  if (image.data.length !== nVoxels * nRegions)
    throw new InvalidArgument(
      "atlas",
      `${image.data.length} values`,
      "give as many as its shape has",
    );
  const unit = unitOf(image.data);
  const labels = new Int32Array(nVoxels);
  const own = new Int32Array(nRegions);
  for (let v = 0; v < nVoxels; v++) {
    let [best, most] = [0, 0];
    for (let r = 0; r < nRegions; r++) {
      const share = image.data[v * nRegions + r] / unit;
      if (share < threshold || !(share > 0)) continue;
      own[r]++;
      if (share > most) [best, most] = [r + 1, share];
    }
    labels[v] = best;
  }
  return { labels, notes: notesOf(labels, own, threshold) };
}

/** 1 of probabilities, 100 of percents. */
function unitOf(data: ArrayLike<number>): number {
  let [least, most] = [0, 0];
  for (let at = 0; at < data.length; at++) {
    least = Math.min(least, Number.isNaN(data[at]) ? 0 : data[at]);
    most = Math.max(most, Number.isNaN(data[at]) ? 0 : data[at]);
  }
  if (least >= 0 && most <= 100) return most > 1 ? 100 : 1;
  throw new InvalidArgument(
    "atlas",
    least < 0 ? least : most,
    "an atlas of a volume a region has probabilities from 0 to 1, or percents up to 100",
  );
}

function notesOf(labels: Int32Array, own: Int32Array, threshold: number): string[] {
  const kept = new Int32Array(own.length);
  for (const label of labels) if (label > 0) kept[label - 1]++;
  const lost = [...own.keys()].filter((r) => kept[r] < own[r] / 2 || own[r] === 0);
  return [
    `the most probable region of each voxel, where its probability is at least ${threshold}`,
    ...(lost.length > 0
      ? [
          `regions ${lost.map((r) => r + 1).join(", ")} kept less than half of the voxels in which they are that probable`,
        ]
      : []),
  ];
}
