import { centredSide, correlationOf } from "../../stats/centred.ts";

/** How alike two measurements are, summed over the channels both have, and how many those are. */
export interface Similarity {
  readonly sum: number;
  readonly weight: number;
}

/** The similarity of rows a and b (their offsets) of `p` channels. */
export type SimilarityOf = (a: number, b: number) => Similarity;

/** Σ x·y. */
export function dotProducts(rows: Float64Array, p: number): SimilarityOf {
  return (a, b) => {
    let [sum, weight] = [0, 0];
    for (let c = 0; c < p; c++) {
      const product = rows[a + c] * rows[b + c];
      if (Number.isNaN(product)) continue;
      sum += product;
      weight++;
    }
    return { sum, weight };
  };
}

/** Σ x·N·y over the channels that both have, with that part of the precision. */
export function precisionProducts(
  rows: Float64Array,
  p: number,
  precision: Float64Array,
): SimilarityOf {
  return (a, b) => {
    let [sum, weight] = [0, 0];
    const both = (c: number) => !Number.isNaN(rows[a + c]) && !Number.isNaN(rows[b + c]);
    for (let c = 0; c < p; c++) {
      if (!both(c)) continue;
      weight++;
      for (let d = 0; d < p; d++)
        if (both(d)) sum += rows[a + c] * precision[c * p + d] * rows[b + d];
    }
    return { sum, weight };
  };
}

/** Half the correlation, times the number of channels: two equal patterns are 0 apart, opposite ones 2. */
export function correlations(rows: Float64Array, p: number): SimilarityOf {
  const [x, y] = [new Float64Array(p), new Float64Array(p)];
  return (a, b) => {
    const n = sharedChannels(rows, p, a, b, x, y);
    const r = correlationOf(centredSide(x.subarray(0, n)), centredSide(y.subarray(0, n)));
    return { sum: (r * n) / 2, weight: n };
  };
}

/** What two rows have in the channels that both have, into x and y; returns how many. */
function sharedChannels(
  rows: Float64Array,
  p: number,
  a: number,
  b: number,
  x: Float64Array,
  y: Float64Array,
): number {
  let n = 0;
  for (let c = 0; c < p; c++) {
    const [u, v] = [rows[a + c], rows[b + c]];
    if (Number.isNaN(u) || Number.isNaN(v)) continue;
    x[n] = u;
    y[n++] = v;
  }
  return n;
}

/** −½ (x − y)·(log x − log y). */
export function poissonSimilarities(
  rows: Float64Array,
  logRows: Float64Array,
  p: number,
): SimilarityOf {
  return (a, b) => {
    let [sum, weight] = [0, 0];
    for (let c = 0; c < p; c++) {
      const [x, y] = [rows[a + c], rows[b + c]];
      if (Number.isNaN(x) || Number.isNaN(y)) continue;
      sum += ((y - x) * (logRows[a + c] - logRows[b + c])) / 2;
      weight++;
    }
    return { sum, weight };
  };
}
