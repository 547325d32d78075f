/** Rows minus the mean of each column: nRows × nChannels in C order. */
export function demeaned(rows: Float64Array, nRows: number): Float64Array {
  const p = rows.length / nRows;
  const means = new Float64Array(p);
  for (let at = 0; at < rows.length; at++) means[at % p] += rows[at] / nRows;
  return rows.map((value, at) => value - means[at % p]);
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
      for (let j = 0; j < p; j++) {
        const product = rows[row + i] * rows[row + j];
        products[i * p + j] += product;
        squares[i * p + j] += product * product;
      }
    }
  }
  return { products, squares };
}
