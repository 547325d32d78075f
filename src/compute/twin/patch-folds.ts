import { tilePlace } from "../tile-order.ts";
import type { PatchSums } from "./patch-sums.ts";

/** Twin of `crossValidatedAngles` in `assembly/patch-folds.ts`. */
export function crossValidatedAngles(
  [mean, ...folds]: readonly PatchSums[],
  p: Float64Array,
  inverseCount: number,
): Float64Array {
  const n = mean.n;
  const [nFolds, regVar, regDenom, bounded] = p.subarray(17);
  const product = ({ products, sums }: PatchSums, i: number, j: number): number =>
    products[i * n + j] - sums[i] * sums[j] * inverseCount;
  const variances = Float64Array.from({ length: n }, (_, i) => product(mean, i, i));
  const least = regDenom > 0 ? regDenom * meanKnown(variances) : -Infinity;
  const rdm = new Float64Array((n * (n - 1)) / 2).fill(1);
  for (let fold = 0; fold < nFolds; fold++) {
    const [plus, minus] = [folds[2 * fold], folds[2 * fold + 1]];
    const lengths = variances.map((variance, i) => {
      const own = (product(plus, i, i) - product(minus, i, i)) / 4;
      return Math.sqrt(regVar > 0 ? Math.max(own, regVar * variance) : own);
    });
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        const both = (product(plus, i, j) - product(minus, i, j)) / 2;
        const cosine = both / Math.max(lengths[i] * lengths[j], least) / 2;
        const at = tilePlace(i, j, n);
        rdm[at] -= (bounded !== 0 ? Math.min(1, Math.max(-1, cosine)) : cosine) / nFolds;
      }
    }
  }
  return rdm;
}

/** Twin of `crossValidatedSquares`. */
export function crossValidatedSquares(
  [mean, ...folds]: readonly PatchSums[],
  p: Float64Array,
): Float64Array {
  const n = mean.n;
  const [size, , , , signedRoot] = p.subarray(17);
  const rdm = new Float64Array((n * (n - 1)) / 2);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const within = folds.reduce((sum, { products }) => sum + products[i * n + j], 0);
      const square = (size / (size - 1)) * mean.products[i * n + j] - within / (size * (size - 1));
      const root = square < 0 ? -Math.sqrt(-square) : Math.sqrt(square);
      rdm[tilePlace(i, j, n)] = signedRoot !== 0 ? root : square;
    }
  }
  return rdm;
}

function meanKnown(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
