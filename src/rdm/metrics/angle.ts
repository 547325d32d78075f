import { gram } from "../../compute/gram.ts";
import { centred, rootOfProduct } from "../../stats/centred.ts";
import { byKernels } from "./by-kernels.ts";
import type { CondensedMetric, Patterns } from "./metric.ts";

/** 1 − Pearson's correlation over features. A constant item has none: `NaN`. */
export const correlation: CondensedMetric = (patterns) =>
  byKernels(patterns, "correlation") ?? oneMinusCosine(centreRows(patterns));

/** 1 − cosine of the angle. A zero item has none: `NaN`. */
export const cosine: CondensedMetric = (patterns) =>
  byKernels(patterns, "cosine") ?? oneMinusCosine(patterns);

/** Rows minus their means. */
export function centreRows({ data, nItems, nFeatures }: Patterns): Patterns {
  const rows = new Float64Array(data.length);
  for (let i = 0; i < nItems; i++) {
    const from = i * nFeatures;
    rows.set(centred(data.subarray(from, from + nFeatures)), from);
  }
  return { data: rows, nItems, nFeatures };
}

/** A distance this near to 0 or 2 is that, but for rounding. */
const ROUNDING = 9e-16;

/** Patterns of one direction are 0 apart and opposite ones 2, as in exact arithmetic: ranks see ties where they are. */
function withoutRounding(distance: number): number {
  if (Math.abs(distance) < ROUNDING) return 0;
  return Math.abs(2 - distance) < ROUNDING ? 2 : distance;
}

function oneMinusCosine({ data, nItems: n, nFeatures }: Patterns): Float64Array {
  const condensed = new Float64Array((n * (n - 1)) / 2);
  if (nFeatures === 1) return condensed.fill(NaN);
  const products = gram(data, n, nFeatures);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const lengths = rootOfProduct(products[i * n + i], products[j * n + j]);
      condensed[at++] = withoutRounding(1 - products[i * n + j] / lengths);
    }
  }
  return condensed;
}
