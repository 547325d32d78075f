import { gram } from "../../compute/gram.ts";
import { centred } from "../../stats/centred.ts";
import type { CondensedMetric, Patterns } from "./metric.ts";

/** 1 − Pearson's correlation over features. A constant item has none: `NaN`. */
export const correlation: CondensedMetric = (patterns) => oneMinusCosine(centreRows(patterns));

/** 1 − cosine of the angle. A zero item has none: `NaN`. */
export const cosine: CondensedMetric = (patterns) => oneMinusCosine(patterns);

/** Rows minus their means. */
export function centreRows({ data, nItems, nFeatures }: Patterns): Patterns {
  const rows = new Float64Array(data.length);
  for (let i = 0; i < nItems; i++) {
    const from = i * nFeatures;
    rows.set(centred(data.subarray(from, from + nFeatures)), from);
  }
  return { data: rows, nItems, nFeatures };
}

function oneMinusCosine({ data, nItems, nFeatures }: Patterns): Float64Array {
  if (nFeatures === 1) return new Float64Array((nItems * (nItems - 1)) / 2).fill(NaN);
  const products = gram(unitRows(data, nItems, nFeatures), nItems, nFeatures);
  const condensed = new Float64Array((nItems * (nItems - 1)) / 2);
  for (let i = 0, at = 0; i < nItems; i++) {
    for (let j = i + 1; j < nItems; j++) condensed[at++] = 1 - products[i * nItems + j];
  }
  return condensed;
}

function unitRows(data: Float64Array, n: number, k: number): Float64Array {
  const unit = new Float64Array(data.length);
  for (let i = 0; i < n; i++) {
    let squares = 0;
    for (let at = i * k; at < (i + 1) * k; at++) squares += data[at] * data[at];
    const length = Math.sqrt(squares);
    for (let at = i * k; at < (i + 1) * k; at++) unit[at] = data[at] / length;
  }
  return unit;
}
