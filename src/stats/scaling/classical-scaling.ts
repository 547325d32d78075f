import { random } from "../../core/random.ts";

const MOST_STEPS = 2000;
const CLOSE = 1e-12;

/**
 * Coordinates whose inner products come closest to those the dissimilarities imply (Torgerson 1958): the leading
 * eigenvectors of the double-centred squared dissimilarities. `square` is n × n; the result n × dimensions.
 */
export function classicalScaling(
  square: Float64Array,
  n: number,
  dimensions: number,
): Float64Array {
  const inner = doubleCentred(square, n);
  const shift = shiftOf(inner, n);
  const { normal } = random(0);
  const found: Float64Array[] = [];
  const coordinates = new Float64Array(n * dimensions);
  for (let d = 0; d < Math.min(dimensions, n); d++) {
    const start = Float64Array.from({ length: n }, normal);
    const { vector, value } = leading(inner, n, shift, start, found);
    found.push(vector);
    // A negative eigenvalue means that no Euclidean direction is left.
    const length = Math.sqrt(Math.max(0, value));
    const sign = turn(vector);
    for (let i = 0; i < n; i++) coordinates[i * dimensions + d] = sign * length * vector[i];
  }
  return coordinates;
}

function doubleCentred(square: Float64Array, n: number): Float64Array {
  const inner = square.map((d) => -0.5 * d * d);
  const means = Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += inner[i * n + j];
    return sum / n;
  });
  const all = means.reduce((sum, mean) => sum + mean, 0) / n;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) inner[i * n + j] += all - means[i] - means[j];
  return inner;
}

/** Makes the largest eigenvalue also the largest in size, so that iteration finds it. */
function shiftOf(inner: Float64Array, n: number): number {
  const start = Float64Array.from({ length: n }, (_, i) => 1 + ((i * 7919) % 104729) / 104729);
  const { value } = leading(inner, n, 0, start, []);
  return Math.abs(value);
}

/** The eigenvector of `inner + shift` with the largest eigenvalue, orthogonal to those found. */
function leading(
  inner: Float64Array,
  n: number,
  shift: number,
  start: Float64Array,
  found: readonly Float64Array[],
): { vector: Float64Array; value: number } {
  let vector = unit(start);
  let value = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = product(inner, n, vector);
    const before = value;
    value = inProduct(vector, next);
    for (let i = 0; i < n; i++) next[i] += shift * vector[i];
    for (const other of found) {
      const part = inProduct(next, other);
      for (let i = 0; i < n; i++) next[i] -= part * other[i];
    }
    vector = unit(next);
    if (step > 4 && Math.abs(value - before) <= CLOSE * Math.abs(value)) break;
  }
  return { vector, value };
}

function product(inner: Float64Array, n: number, vector: Float64Array): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += inner[i * n + j] * vector[j];
    out[i] = sum;
  }
  return out;
}

function inProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function unit(vector: Float64Array): Float64Array {
  const length = Math.sqrt(inProduct(vector, vector));
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** Eigenvectors have no sign of their own; the largest entry is made positive. */
function turn(vector: Float64Array): 1 | -1 {
  const most = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return most < 0 ? -1 : 1;
}
