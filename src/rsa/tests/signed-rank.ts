import { knownScores } from "../../stats/known-scores.ts";
import { averageRanks } from "../../compute/average-ranks.ts";

/** Up to so many differences the distribution is counted out. */
const MOST_EXACT = 50;

/**
 * Two-sided p value of Wilcoxon's signed-rank test that differences are symmetric around zero. Zeros are left out. Up
 * to 50 differences it is exact, with ties too; above, the normal approximation with the variance of the ties. `NaN` for
 * no difference. Agrees with `scipy.stats.wilcoxon` where that is exact.
 */
export function signedRankP(differences: ArrayLike<number>): number {
  const defined = knownScores(differences);
  if (defined.length === 0) return NaN;
  const known = defined.filter((difference) => difference !== 0);
  const n = known.length;
  if (n === 0) return 1;
  const { ranks, tieSum } = averageRanks(known.map(Math.abs));
  let positive = 0;
  ranks.forEach((rank, k) => (positive += known[k] > 0 ? rank : 0));
  return n <= MOST_EXACT ? exactP(ranks, positive) : normalP(n, positive, tieSum);
}

/** Ranks of ties are halves; doubled they are whole and their sums can be counted. */
function exactP(ranks: Float64Array, positive: number): number {
  const doubled = Array.from(ranks, (rank) => Math.round(2 * rank));
  const total = doubled.reduce((sum, rank) => sum + rank, 0);
  const share = new Float64Array(total + 1);
  share[0] = 1;
  for (const rank of doubled) {
    for (let sum = total; sum >= 0; sum--)
      share[sum] = (share[sum] + (sum >= rank ? share[sum - rank] : 0)) / 2;
  }
  const found = Math.round(2 * positive);
  const tail = Math.min(found, total - found);
  let p = 0;
  for (let sum = 0; sum <= tail; sum++) p += share[sum];
  return Math.min(1, 2 * p);
}

function normalP(n: number, positive: number, tieSum: number): number {
  const mean = (n * (n + 1)) / 4;
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - tieSum / 48;
  return complementaryError(Math.abs(positive - mean) / Math.sqrt(2 * variance));
}

/** erfc by the continued fraction or the series, to about 1e-14. */
function complementaryError(x: number): number {
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum) && k < 200; k++) {
      term *= (-x * x) / k;
      sum += term / (2 * k + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let k = 120; k > 0; k--) fraction = k / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}
