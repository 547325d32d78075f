import type { RdmLike } from "../rdm-list.ts";
import type { Rdm } from "../rdm.ts";
import { transformRdm } from "./transform-rdm.ts";

/**
 * Square roots; what is below 0 becomes 0. The input stays as it is (rsatoolbox's `sqrt_transform`, with which the
 * values agree, overwrites it).
 *
 * @example
 * import { Rdm, sqrtTransform } from "tsrsa";
 * sqrtTransform(new Rdm([4, -1, 9])).condensed; // Float64Array(3) [ 2, 0, 3 ]
 */
export function sqrtTransform(rdm: RdmLike): Rdm {
  return transformRdm(
    rdm,
    (condensed) => condensed.map((value) => Math.sqrt(notBelow0(value))),
    rootName,
  );
}

/**
 * What is below 0 becomes 0, as for cross-validated distances that are shown. The input stays as it is (rsatoolbox's
 * `positive_transform`, with which the values agree, overwrites it).
 *
 * @example
 * import { positiveTransform, Rdm } from "tsrsa";
 * positiveTransform(new Rdm([4, -1, 9])).condensed; // Float64Array(3) [ 4, 0, 9 ]
 */
export function positiveTransform(rdm: RdmLike): Rdm {
  return transformRdm(
    rdm,
    (condensed) => condensed.map(notBelow0),
    (metric) => metric,
  );
}

/**
 * Scaled so that the least dissimilarity is 0 and the greatest 1; `NaN` everywhere when all are equal.
 * `NaN` stays, and does not count (in rsatoolbox's `minmax_transform`, with which the values agree, one makes all `NaN`).
 *
 * @example
 * import { minmaxTransform, Rdm } from "tsrsa";
 * minmaxTransform(new Rdm([2, 4, 3])).condensed; // Float64Array(3) [ 0, 1, 0.5 ]
 */
export function minmaxTransform(rdm: RdmLike): Rdm {
  return transformRdm(rdm, minmax, (metric) => `minmax transformed ${metric}`);
}

/** In new memory: the least value 0, the greatest 1. */
export function minmax(values: Float64Array): Float64Array {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return values.map((value) => (value - least) / (greatest - least));
}

function notBelow0(value: number): number {
  return value < 0 ? 0 : value;
}

function rootName(metric: string): string {
  const roots: Record<string, string> = {
    "squared euclidean": "euclidean",
    sqeuclidean: "euclidean",
    "squared mahalanobis": "mahalanobis",
  };
  return roots[metric] ?? `sqrt of ${metric}`;
}
