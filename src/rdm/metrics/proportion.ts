import { InvalidArgument } from "../../core/errors.ts";
import type { CondensedMetric, Patterns } from "./metric.ts";
import { eachPair, pairwise } from "./pairwise.ts";

/** Σ |x − y| / (|x| + |y|); a feature that is zero in both adds nothing. */
export const canberra: CondensedMetric = pairwise((rows, a, b, k) => {
  let sum = 0;
  for (let f = 0; f < k; f++) {
    const [x, y] = [rows[a + f], rows[b + f]];
    const size = Math.abs(x) + Math.abs(y);
    if (size !== 0) sum += Math.abs(x - y) / size;
  }
  return sum;
});

/** Σ |x − y| / Σ |x + y|. */
export const braycurtis: CondensedMetric = pairwise((rows, a, b, k) => {
  let apart = 0;
  let together = 0;
  for (let f = 0; f < k; f++) {
    apart += Math.abs(rows[a + f] - rows[b + f]);
    together += Math.abs(rows[a + f] + rows[b + f]);
  }
  return apart / together;
});

/**
 * Square root of the Jensen–Shannon divergence of patterns scaled to sum to 1.
 * A pattern with a negative value, or all zeros, is no distribution and is infinitely far from all, as in scipy.
 */
export const jensenshannon: CondensedMetric = (patterns, { base = Math.E }) => {
  if (!(base > 1)) throw new InvalidArgument("base", base, "give a base above 1");
  const perBase = 1 / Math.log(base);
  return eachPair(distributions(patterns), (rows, a, b, k) => {
    let divergence = 0;
    for (let f = 0; f < k; f++) {
      const [p, q] = [rows[a + f], rows[b + f]];
      const middle = (p + q) / 2;
      divergence += relativeEntropy(p, middle) + relativeEntropy(q, middle);
    }
    return Math.sqrt((Math.max(0, divergence) / 2) * perBase);
  });
};

function relativeEntropy(p: number, q: number): number {
  if (p === Infinity || q === Infinity) return Infinity;
  return p === 0 ? 0 : p * Math.log(p / q);
}

/** Rows that sum to 1; a row that is no distribution becomes all infinite. */
function distributions({ data, nItems, nFeatures: k }: Patterns): Patterns {
  const scaled = new Float64Array(data.length);
  for (let i = 0; i < nItems; i++) {
    const row = data.subarray(i * k, (i + 1) * k);
    const sum = row.reduce((total, value) => total + value, 0);
    const valid = sum !== 0 && !row.some((value) => value < 0);
    row.forEach((value, f) => (scaled[i * k + f] = valid ? value / sum : Infinity));
  }
  return { data: scaled, nItems, nFeatures: k };
}
