import { dot } from "./dot.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** `X = U · diag(s) · Vᵀ` with X, U as lists of columns. */
export interface Singular {
  /** Columns u · s, mutually orthogonal, not normalised. */
  readonly scaled: readonly Float64Array[];
  /** Singular values, in the order of `scaled`. */
  readonly values: Float64Array;
  /** v[i][j]: the part of column i of X in singular direction j. */
  readonly v: readonly Float64Array[];
}

const MOST_SWEEPS = 60;
/** From so many columns on, rotations begin at the eigenvectors of their products: a third of the work. */
const MANY = 24;

/**
 * Singular value decomposition of a few long columns by one-sided Jacobi rotations, which finds small singular
 * values of fewer than 24 columns to full relative precision (Demmel & Veselić 1992), of more exact relative to the
 * largest. `NaN` must not occur.
 */
export function singularValues(columns: readonly Float64Array[]): Singular {
  const { scaled, v } = columns.length < MANY ? asTheyAre(columns) : nearlyOrthogonal(columns);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    if (!rotateAll(scaled, v)) break;
  }
  return {
    scaled,
    v,
    values: Float64Array.from(scaled, (column) => Math.sqrt(dot(column, column))),
  };
}

type Turned = Pick<Singular, "v"> & { readonly scaled: Float64Array[] };

function asTheyAre(columns: readonly Float64Array[]): Turned {
  return {
    scaled: columns.map((column) => column.slice()),
    v: columns.map((_, i) => Float64Array.from(columns, (_c, j) => (i === j ? 1 : 0))),
  };
}

/** Columns along the eigenvectors of their products, which few rotations make quite orthogonal. */
function nearlyOrthogonal(columns: readonly Float64Array[]): Turned {
  const n = columns.length;
  const products = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++)
      products[i * n + j] = products[j * n + i] = dot(columns[i], columns[j]);
  const { vectors } = symmetricEigen(products, n);
  const scaled = columns.map((_, k) => {
    const sum = new Float64Array(columns[0].length);
    columns.forEach((column, i) => addScaled(sum, column, vectors[k * n + i]));
    return sum;
  });
  const v = columns.map((_, i) => Float64Array.from(columns, (_c, k) => vectors[k * n + i]));
  return { scaled, v };
}

function addScaled(sum: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] += factor * values[i];
}

function rotateAll(columns: readonly Float64Array[], v: readonly Float64Array[]): boolean {
  let rotated = false;
  for (let p = 0; p < columns.length; p++) {
    for (let q = p + 1; q < columns.length; q++) rotated = rotate(columns, v, p, q) || rotated;
  }
  return rotated;
}

/** Make columns p and q orthogonal; false when they are already. */
function rotate(
  columns: readonly Float64Array[],
  v: readonly Float64Array[],
  p: number,
  q: number,
): boolean {
  const pp = dot(columns[p], columns[p]);
  const qq = dot(columns[q], columns[q]);
  const pq = dot(columns[p], columns[q]);
  if (Math.abs(pq) <= Number.EPSILON * Math.sqrt(pp * qq)) return false;
  const zeta = (qq - pp) / (2 * pq);
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const cosine = 1 / Math.hypot(1, tangent);
  turn(columns[p], columns[q], cosine, cosine * tangent);
  for (const row of v) {
    const [a, b] = [row[p], row[q]];
    row[p] = cosine * a - cosine * tangent * b;
    row[q] = cosine * tangent * a + cosine * b;
  }
  return true;
}

function turn(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i], b[i]];
    a[i] = cosine * x - sine * y;
    b[i] = sine * x + cosine * y;
  }
}
