import type { Patterns } from "./metrics/metric.ts";

/** The mean pattern of each item over folds. */
export function meanOf(folds: readonly Patterns[]): Patterns {
  const data = new Float64Array(folds[0].data.length);
  for (const fold of folds) for (let at = 0; at < data.length; at++) data[at] += fold.data[at];
  for (let at = 0; at < data.length; at++) data[at] /= folds.length;
  return { ...folds[0], data };
}
