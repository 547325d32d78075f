/** Features taken at once: two rows of a tile of four stay in the first-level cache. */
const FEATURE_BLOCK = 512;

/**
 * Products of every row with every row, n × n, symmetric, in C order: `G = rows · rowsᵀ`.
 *
 * Every entry is summed over blocks of features in the same order wherever its rows stand, so the
 * numbers do not depend on the order of the rows.
 *
 * @param rows n × k numbers in C order.
 * @example
 * gram(Float64Array.of(1, 2, 3, 4), 2, 2); // Float64Array [5, 11, 11, 25]
 */
export function gram(rows: Float64Array, n: number, k: number): Float64Array {
  const products = new Float64Array(n * n);
  for (let from = 0; from < k; from += FEATURE_BLOCK) {
    addBlock(rows, products, n, k, from, Math.min(k, from + FEATURE_BLOCK));
  }
  mirror(products, n);
  return products;
}

function addBlock(
  rows: Float64Array,
  products: Float64Array,
  n: number,
  k: number,
  from: number,
  to: number,
): void {
  const tiled = n - (n % 2);
  for (let i = 0; i < tiled; i += 2) {
    for (let j = 0; j <= i; j += 2) addTile(rows, products, n, k, i, j, from, to);
  }
  if (tiled === n) return;
  for (let j = 0; j < n; j++) addPair(rows, products, n, k, tiled, j, from, to);
}

/** Rows i, i + 1 with rows j, j + 1: four sums held in registers for four loads. */
function addTile(
  rows: Float64Array,
  products: Float64Array,
  n: number,
  k: number,
  i: number,
  j: number,
  from: number,
  to: number,
): void {
  let s00 = 0;
  let s01 = 0;
  let s10 = 0;
  let s11 = 0;
  let a = i * k + from;
  let b = j * k + from;
  for (let f = from; f < to; f++, a++, b++) {
    const a0 = rows[a];
    const a1 = rows[a + k];
    const b0 = rows[b];
    const b1 = rows[b + k];
    s00 += a0 * b0;
    s01 += a0 * b1;
    s10 += a1 * b0;
    s11 += a1 * b1;
  }
  const at = i * n + j;
  products[at] += s00;
  products[at + 1] += s01;
  products[at + n] += s10;
  products[at + n + 1] += s11;
}

function addPair(
  rows: Float64Array,
  products: Float64Array,
  n: number,
  k: number,
  i: number,
  j: number,
  from: number,
  to: number,
): void {
  let sum = 0;
  for (let f = from; f < to; f++) sum += rows[i * k + f] * rows[j * k + f];
  products[i * n + j] += sum;
}

function mirror(products: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) products[j * n + i] = products[i * n + j];
  }
}
