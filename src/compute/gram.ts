import { OutOfMemory } from "./errors.ts";

/** Features taken at once: a panel of three rows, 12 kB, stays in the first-level cache with its partner. */
const FEATURES = 512;
/** Rows of a panel. Nine sums and six numbers are what fits the 16 registers. */
const ROWS = 3;

/**
 * Products of every row with every row, n × n, symmetric, in C order: `G = rows · rowsᵀ`.
 *
 * Every entry is summed over the features in the same order wherever its rows stand, so the numbers do not depend on
 * the order of the rows.
 *
 * @param rows - n × k numbers in C order.
 * @example
 * gram(Float64Array.of(1, 2, 3, 4), 2, 2); // Float64Array(4) [ 5, 11, 11, 25 ]
 */
export function gram(rows: Float64Array, n: number, k: number): Float64Array {
  const nPanels = Math.ceil(n / ROWS);
  const side = nPanels * ROWS;
  const padded = roomFor(side * side);
  const panels = new Float64Array(side * FEATURES);
  for (let from = 0; from < k; from += FEATURES) {
    const width = Math.min(FEATURES, k - from);
    packPanels(rows, n, k, from, width, panels);
    for (let i = 0; i < nPanels; i++) {
      for (let j = 0; j <= i; j++) addTile(panels, i, j, width, padded, side);
    }
  }
  return symmetric(padded, side, n);
}

/** The same features of three rows next to each other, so that a tile reads memory in order. */
function packPanels(
  rows: Float64Array,
  n: number,
  k: number,
  from: number,
  width: number,
  panels: Float64Array,
): void {
  for (let i = 0; i < n; i++) {
    const start = Math.floor(i / ROWS) * ROWS * FEATURES + (i % ROWS);
    for (let f = 0; f < width; f++) panels[start + f * ROWS] = rows[i * k + from + f];
  }
}

/** Three rows with three rows, the sums held in registers. */
function addTile(
  panels: Float64Array,
  i: number,
  j: number,
  width: number,
  products: Float64Array,
  side: number,
): void {
  let [s00, s01, s02, s10, s11, s12, s20, s21, s22] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  let a = i * ROWS * FEATURES;
  let b = j * ROWS * FEATURES;
  for (const end = a + ROWS * width; a < end; a += ROWS, b += ROWS) {
    const a0 = panels[a];
    const a1 = panels[a + 1];
    const a2 = panels[a + 2];
    const b0 = panels[b];
    const b1 = panels[b + 1];
    const b2 = panels[b + 2];
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
  }
  let at = i * ROWS * side + j * ROWS;
  products[at] += s00;
  products[at + 1] += s01;
  products[at + 2] += s02;
  at += side;
  products[at] += s10;
  products[at + 1] += s11;
  products[at + 2] += s12;
  at += side;
  products[at] += s20;
  products[at + 1] += s21;
  products[at + 2] += s22;
}

function symmetric(padded: Float64Array, side: number, n: number): Float64Array {
  const products = roomFor(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) products[i * n + j] = products[j * n + i] = padded[i * side + j];
  }
  return products;
}

function roomFor(length: number): Float64Array {
  try {
    return new Float64Array(length);
  } catch {
    throw new OutOfMemory(length * 8, 0);
  }
}
