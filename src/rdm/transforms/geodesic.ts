import { toRdm, type RdmLike } from "../rdm-list.ts";
import type { Rdm } from "../rdm.ts";
import { minmax } from "./simple-transforms.ts";
import { transformRdm } from "./transform-rdm.ts";

/**
 * Lengths of the shortest ways from item to item over the scaled dissimilarities, without the longest direct ones
 * (Lin & Kriegeskorte 2023, arXiv:2309.11028). Pairs that are `NaN` are no way; where no way leads, it is `Infinity`.
 *
 * rsatoolbox's `geodesic_transform` loses the shortest way of all: scaled it is 0, which its graph takes for no
 * connection. Here items 0 apart are connected.
 *
 * @example
 * import { geodesicTransform, Rdm } from "tsrsa";
 * geodesicTransform(new Rdm([0, 2, 1])).condensed; // Float64Array(3) [ 0, 0.5, 0.5 ]
 */
export function geodesicTransform(rdm: RdmLike): Rdm {
  const whole = toRdm(rdm);
  return transformRdm(
    whole,
    (condensed) => shortestWays(minmax(condensed), whole.nItems),
    (metric) => `geodesic transformed ${metric}`,
  );
}

function shortestWays(condensed: Float64Array, n: number): Float64Array {
  const ways = directWays(condensed, n);
  // Floyd and Warshall.
  for (let via = 0; via < n; via++) {
    for (let i = 0; i < n; i++) {
      const first = ways[i * n + via];
      if (first === Infinity) continue;
      for (let j = 0; j < n; j++) {
        const length = first + ways[via * n + j];
        if (length < ways[i * n + j]) ways[i * n + j] = length;
      }
    }
  }
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) condensed[at++] = ways[i * n + j];
  }
  return condensed;
}

function directWays(condensed: Float64Array, n: number): Float64Array {
  const ways = new Float64Array(n * n).fill(Infinity);
  for (let i = 0, at = 0; i < n; i++) {
    ways[i * n + i] = 0;
    for (let j = i + 1; j < n; j++, at++) {
      if (condensed[at] < 1) ways[i * n + j] = ways[j * n + i] = condensed[at];
    }
  }
  return ways;
}
