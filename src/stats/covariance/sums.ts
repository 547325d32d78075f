/** What is left of a channel that is constant but for rounding is below this share of its largest value. */
const ROUNDING = 4 * Number.EPSILON;

/**
 * Rows minus the mean of each column: nRows × nChannels in C order. A channel that is constant but for rounding becomes
 * exact zeros, so that nobody takes what the rounding left for noise.
 */
export function demeaned(rows: Float64Array, nRows: number): Float64Array {
  const p = rows.length / nRows;
  const out = new Float64Array(rows.length);
  for (let c = 0; c < p; c++) {
    let [mean, low, high] = [0, Infinity, -Infinity];
    for (let at = c; at < rows.length; at += p) {
      mean += rows[at] / nRows;
      low = Math.min(low, rows[at]);
      high = Math.max(high, rows[at]);
    }
    if (high - low <= ROUNDING * Math.max(-low, high)) continue;
    for (let at = c; at < rows.length; at += p) out[at] = rows[at] - mean;
  }
  return out;
}

/** Sums over rows of the products of two channels, and of their squares: nChannels × nChannels each. */
export function productSums(
  rows: Float64Array,
  p: number,
): { products: Float64Array; squares: Float64Array } {
  const products = new Float64Array(p * p);
  const squares = new Float64Array(p * p);
  for (let row = 0; row < rows.length; row += p) {
    for (let i = 0; i < p; i++) {
      for (let j = i; j < p; j++) {
        const product = rows[row + i] * rows[row + j];
        products[i * p + j] += product;
        squares[i * p + j] += product * product;
      }
    }
  }
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < i; j++) {
      products[i * p + j] = products[j * p + i];
      squares[i * p + j] = squares[j * p + i];
    }
  }
  return { products, squares };
}
