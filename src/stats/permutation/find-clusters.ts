import type { Neighbours } from "./adjacency.ts";

/** Finds clusters again and again on the same grid without allocating. */
export interface ClusterFinder {
  /** Calls `found` with the positions of each cluster of values beyond `threshold`, in the direction of `sign`. */
  each(
    values: Float64Array,
    threshold: number,
    sign: 1 | -1,
    found: (queue: Int32Array, size: number) => void,
  ): void;
}

/** A finder for positions with these neighbours. */
export function clusterFinder({ starts, list, inside }: Neighbours): ClusterFinder {
  const n = starts.length - 1;
  const seen = new Int32Array(n);
  const queue = new Int32Array(n);
  let round = 0;
  return {
    each: (values, threshold, sign, found) => {
      round++;
      const passes = (i: number): boolean =>
        seen[i] !== round &&
        sign * values[i] > threshold &&
        (inside === undefined || inside[i] === 1);
      for (let first = 0; first < n; first++) {
        if (!passes(first)) continue;
        let size = 1;
        queue[0] = first;
        seen[first] = round;
        for (let at = 0; at < size; at++) {
          const i = queue[at];
          for (let k = starts[i]; k < starts[i + 1]; k++) {
            const next = list[k];
            if (!passes(next)) continue;
            seen[next] = round;
            queue[size++] = next;
          }
        }
        found(queue, size);
      }
    },
  };
}
