import { dotAt } from "./dot.ts";

/** A Cholesky factor, or where it ends. */
export interface Factorization {
  /** Lower triangle L with L Lᵀ = A, n × n in C order. */
  readonly lower: Float64Array;
  /** The first row that follows from those before it, to rounding; undefined when A is positive definite. */
  readonly failedAt: number | undefined;
}

/** Factorize a symmetric n × n matrix in C order, of which the lower triangle is looked at. */
export function factorize(matrix: Float64Array, n: number): Factorization {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++)
      lower[i * n + j] =
        (matrix[i * n + j] - dotAt(lower, i * n, lower, j * n, j)) / lower[j * n + j];
    const own = matrix[i * n + i];
    const pivot = own - dotAt(lower, i * n, lower, i * n, i);
    if (!(pivot > n * Number.EPSILON * Math.abs(own))) return { lower, failedAt: i };
    lower[i * n + i] = Math.sqrt(pivot);
  }
  return { lower, failedAt: undefined };
}

/** The lower factor of a symmetric positive definite n × n matrix; undefined when it is none. */
export function cholesky(matrix: Float64Array, n: number): Float64Array | undefined {
  const { lower, failedAt } = factorize(matrix, n);
  return failedAt === undefined ? lower : undefined;
}

/** x of L x = b, L lower triangular. */
export function solveLower(lower: Float64Array, b: Float64Array): Float64Array {
  return solveLowerIn(lower, b.slice());
}

function solveLowerIn(lower: Float64Array, x: Float64Array): Float64Array {
  const n = x.length;
  for (let i = 0; i < n; i++) {
    x[i] = (x[i] - dotAt(lower, i * n, x, 0, i)) / lower[i * n + i];
  }
  return x;
}

/** x of Lᵀ x = b, in place. */
function solveUpperIn(lower: Float64Array, x: Float64Array): Float64Array {
  const n = x.length;
  for (let i = n - 1; i >= 0; i--) {
    x[i] /= lower[i * n + i];
    for (let k = 0; k < i; k++) x[k] -= lower[i * n + k] * x[i];
  }
  return x;
}

/** x of L Lᵀ x = b. */
export function solveCholesky(lower: Float64Array, b: Float64Array): Float64Array {
  return solveCholeskyIn(lower, b.slice());
}

/** The same in place: `x` holds b before and the solution after, for who solves many and keeps none. */
export function solveCholeskyIn(lower: Float64Array, x: Float64Array): Float64Array {
  return solveUpperIn(lower, solveLowerIn(lower, x));
}

/** The inverse of L Lᵀ, in C order. */
export function inverseOf(lower: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  const unit = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    unit.fill(0)[i] = 1;
    // Symmetric: a column may stand as a row.
    inverse.set(solveCholesky(lower, unit), i * n);
  }
  return inverse;
}

/** L⁻¹ S L⁻ᵀ of a symmetric S, in C order. */
export function whitenBoth(lower: Float64Array, symmetric: Float64Array, n: number): Float64Array {
  const half = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    // Rows are columns here: S is symmetric, so that each solution is stored as a row of (L⁻¹ S)ᵀ.
    half.set(solveLower(lower, symmetric.subarray(j * n, (j + 1) * n)), j * n);
  }
  const both = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) column[j] = half[j * n + i];
    both.set(solveLower(lower, column), i * n);
  }
  return both;
}
