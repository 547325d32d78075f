import { InvalidArgument } from "../../core/errors.ts";
import type { CondensedMetric, PairMetric, Patterns } from "./metric.ts";

/** Dissimilarity of the rows that start at `a` and `b` and are `k` long. */
export type RowKernel = (rows: Float64Array, a: number, b: number, k: number) => number;

/** A metric that looks at two rows at a time. */
export function pairwise(kernel: RowKernel): CondensedMetric {
  return (patterns) => eachPair(patterns, kernel);
}

/** The kernel of every pair of rows, in condensed order. */
export function eachPair({ data, nItems, nFeatures }: Patterns, kernel: RowKernel): Float64Array {
  const condensed = new Float64Array((nItems * (nItems - 1)) / 2);
  let at = 0;
  for (let i = 0; i < nItems; i++) {
    for (let j = i + 1; j < nItems; j++) {
      condensed[at++] = kernel(data, i * nFeatures, j * nFeatures, nFeatures);
    }
  }
  return condensed;
}

/** A metric of one's own over every pair of rows. */
export function eachPairOf(
  metric: PairMetric,
  { data, nItems, nFeatures }: Patterns,
): Float64Array {
  // A copy, so that a function that sorts its arguments in place harms nobody's data.
  const copy = data.slice();
  return eachPair({ data: copy, nItems, nFeatures }, (rows, a, b, k) =>
    checkedDissimilarity(metric(rows.subarray(a, a + k), rows.subarray(b, b + k))),
  );
}

function checkedDissimilarity(value: unknown): number {
  if (typeof value === "number") return value;
  throw new InvalidArgument(
    "result of the metric",
    value,
    "give a function that returns the dissimilarity of two patterns, NaN where there is none",
  );
}
