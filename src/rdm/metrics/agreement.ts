import type { CondensedMetric } from "./metric.ts";
import { pairwise, type RowKernel } from "./pairwise.ts";

/** Share of features that differ. */
export const hamming: CondensedMetric = pairwise((rows, a, b, k) => {
  let differ = 0;
  for (let f = 0; f < k; f++) if (rows[a + f] !== rows[b + f]) differ++;
  return differ / k;
});

/**
 * Share that differs of the features that are not zero in both; 0 when all are. Numbers are compared as they are, as in
 * scipy up to 1.14; later versions make truth values of them first, so that 1 and 2 are alike there.
 */
export const jaccard: CondensedMetric = pairwise((rows, a, b, k) => {
  let differ = 0;
  let present = 0;
  for (let f = 0; f < k; f++) {
    if (rows[a + f] === 0 && rows[b + f] === 0) continue;
    present++;
    if (rows[a + f] !== rows[b + f]) differ++;
  }
  return present === 0 ? 0 : differ / present;
});

/** How often both, one and none of two patterns has a feature. A value counts as present unless it is 0. */
interface Agreement {
  readonly both: number;
  readonly onlyA: number;
  readonly onlyB: number;
  readonly neither: number;
}

function fromCounts(dissimilarity: (counts: Agreement) => number): CondensedMetric {
  const kernel: RowKernel = (rows, a, b, k) => dissimilarity(count(rows, a, b, k));
  return pairwise(kernel);
}

function count(rows: Float64Array, a: number, b: number, k: number): Agreement {
  let both = 0;
  let onlyA = 0;
  let onlyB = 0;
  for (let f = 0; f < k; f++) {
    const [x, y] = [rows[a + f] !== 0, rows[b + f] !== 0];
    if (x && y) both++;
    else if (x) onlyA++;
    else if (y) onlyB++;
  }
  return { both, onlyA, onlyB, neither: k - both - onlyA - onlyB };
}

export const dice: CondensedMetric = fromCounts(
  ({ both, onlyA, onlyB }) => (onlyA + onlyB) / (2 * both + onlyA + onlyB),
);

/** A similarity, in spite of its company; scipy has it so too. */
export const kulczynski1: CondensedMetric = fromCounts(
  ({ both, onlyA, onlyB }) => both / (onlyA + onlyB),
);

export const rogerstanimoto: CondensedMetric = fromCounts(({ both, onlyA, onlyB, neither }) => {
  const differ = 2 * (onlyA + onlyB);
  return differ / (both + neither + differ);
});

export const sokalmichener: CondensedMetric = rogerstanimoto;

export const russellrao: CondensedMetric = fromCounts(
  ({ both, onlyA, onlyB, neither }) => (onlyA + onlyB + neither) / (both + onlyA + onlyB + neither),
);

export const sokalsneath: CondensedMetric = fromCounts(({ both, onlyA, onlyB }) => {
  const differ = 2 * (onlyA + onlyB);
  return differ / (both + differ);
});

export const yule: CondensedMetric = fromCounts(({ both, onlyA, onlyB, neither }) => {
  const crossed = onlyA * onlyB;
  return crossed === 0 ? 0 : (2 * crossed) / (both * neither + crossed);
});
