import { dot } from "./centred.ts";

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

/**
 * Singular value decomposition of a few long columns by one-sided Jacobi rotations, which finds small singular
 * values to full relative precision (Demmel & Veselić 1992). `NaN` must not occur.
 */
export function singularValues(columns: readonly Float64Array[]): Singular {
  const scaled = columns.map((column) => column.slice());
  const v = columns.map((_, i) => Float64Array.from(columns, (_c, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    if (!rotateAll(scaled, v)) break;
  }
  return {
    scaled,
    v,
    values: Float64Array.from(scaled, (column) => Math.sqrt(dot(column, column))),
  };
}

function rotateAll(columns: Float64Array[], v: Float64Array[]): boolean {
  let rotated = false;
  for (let p = 0; p < columns.length; p++) {
    for (let q = p + 1; q < columns.length; q++) rotated = rotate(columns, v, p, q) || rotated;
  }
  return rotated;
}

/** Make columns p and q orthogonal; false when they are already. */
function rotate(columns: Float64Array[], v: Float64Array[], p: number, q: number): boolean {
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
