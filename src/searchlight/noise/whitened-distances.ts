import { dotAt } from "../../linalg/dot.ts";
import { hasNaN } from "../../stats/has-nan.ts";

/** (aᵢ − aⱼ) · (bᵢ − bⱼ) for every pair of items, condensed; rows of a and b are k long. */
export function pairProducts(
  a: Float64Array,
  b: Float64Array,
  nItems: number,
  k: number,
): Float64Array {
  return ofProducts(productsOf(a, b, nItems, k), nItems);
}

function productsOf(a: Float64Array, b: Float64Array, n: number, k: number): Float64Array {
  const products = new Float64Array(n * n);
  const same = a === b;
  for (let i = 0; i < n; i++)
    for (let j = same ? i : 0; j < n; j++) {
      const product = dotAt(a, i * k, b, j * k, k);
      products[i * n + j] = product;
      if (same) products[j * n + i] = product;
    }
  return products;
}

function ofProducts(products: Float64Array, n: number): Float64Array {
  const condensed = new Float64Array((n * (n - 1)) / 2);
  for (let i = 0, at = 0; i < n; i++)
    for (let j = i + 1; j < n; j++)
      condensed[at++] =
        products[i * n + i] + products[j * n + j] - products[i * n + j] - products[j * n + i];
  return condensed;
}

/**
 * Cross-validated squared distances of whitened patterns: each fold against the mean over the rows of all others, the
 * mean of these. A fold in which a side lacks an item does not count for its pairs.
 *
 * @param white - nFolds × nItems × k.
 * @param counts - how many rows each pattern is the mean of, nFolds × nItems; undefined: all alike.
 */
export function crossValidated(
  white: Float64Array,
  nItems: number,
  nFolds: number,
  k: number,
  counts: Float64Array | undefined,
): Float64Array {
  const alike = counts === undefined || counts.every((count) => count === counts[0]);
  if (alike && !hasNaN(white)) {
    centreFolds(white, nItems, nFolds, k);
    return balanced(white, nItems, nFolds, k);
  }
  return foldByFold(white, nItems, nFolds, k, counts ?? new Float64Array(nFolds * nItems).fill(1));
}

/** Take the mean over the items of each fold off, which no difference sees: products keep their digits. */
function centreFolds(white: Float64Array, nItems: number, nFolds: number, k: number): void {
  const mean = new Float64Array(k);
  for (let fold = 0; fold < nFolds; fold++) {
    const from = fold * nItems * k;
    mean.fill(0);
    for (let i = 0, at = from; i < nItems; i++)
      for (let c = 0; c < k; c++, at++) mean[c] += white[at] / nItems;
    for (let i = 0, at = from; i < nItems; i++)
      for (let c = 0; c < k; c++, at++) white[at] -= mean[c];
  }
}

/** [‖Σ δ‖² − Σ ‖δ‖²] / (R (R − 1)) with differences δ of each of R folds: no fold is compared with another. */
function balanced(white: Float64Array, nItems: number, nFolds: number, k: number): Float64Array {
  const size = nItems * k;
  const sum = new Float64Array(size);
  const within = new Float64Array(nItems * nItems);
  for (let fold = 0; fold < nFolds; fold++) {
    const own = white.subarray(fold * size, (fold + 1) * size);
    for (let at = 0; at < size; at++) sum[at] += own[at];
    productsOf(own, own, nItems, k).forEach((product, at) => (within[at] += product));
  }
  const all = productsOf(sum, sum, nItems, k);
  const factor = nFolds * (nFolds - 1);
  return ofProducts(
    all.map((product, at) => (product - within[at]) / factor),
    nItems,
  );
}

function foldByFold(
  white: Float64Array,
  nItems: number,
  nFolds: number,
  k: number,
  counts: Float64Array,
): Float64Array {
  const size = nItems * k;
  const estimates = Array.from({ length: nFolds }, (_, fold) => {
    const train = trainingMeans(white, nItems, nFolds, k, counts, fold);
    return pairProducts(train, white.subarray(fold * size, (fold + 1) * size), nItems, k);
  });
  return meanOfKnown(estimates);
}

/** Of each item the mean over the rows of all folds but one; NaN where they have none. */
function trainingMeans(
  white: Float64Array,
  nItems: number,
  nFolds: number,
  k: number,
  counts: Float64Array,
  left: number,
): Float64Array {
  const means = new Float64Array(nItems * k);
  for (let item = 0; item < nItems; item++) {
    let total = 0;
    for (let fold = 0; fold < nFolds; fold++) {
      const row = fold * nItems + item;
      if (fold === left || !(counts[row] > 0) || Number.isNaN(white[row * k])) continue;
      total += counts[row];
      for (let c = 0; c < k; c++) means[item * k + c] += counts[row] * white[row * k + c];
    }
    for (let c = 0; c < k; c++) means[item * k + c] = total > 0 ? means[item * k + c] / total : NaN;
  }
  return means;
}

/** The mean of several condensed vectors; values that are NaN in one do not count there. */
export function meanOfKnown(vectors: readonly Float64Array[]): Float64Array {
  return vectors[0].map((_, at) => {
    let [sum, count] = [0, 0];
    for (const vector of vectors) {
      if (Number.isNaN(vector[at])) continue;
      sum += vector[at];
      count++;
    }
    return count > 0 ? sum / count : NaN;
  });
}
