import { InvalidArgument } from "../../core/errors.ts";

/**
 * The solution of A x = b for a symmetric positive definite A (n × n, C order; only the lower triangle is looked at).
 * Throws `InvalidArgument` when A is not positive definite.
 */
export function choleskySolve(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const lower = factor(a, n);
  const x = b.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[i * n + k] * x[k];
    x[i] /= lower[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    x[i] /= lower[i * n + i];
    for (let k = 0; k < i; k++) x[k] -= lower[i * n + k] * x[i];
  }
  return x;
}

/** The lower triangle L with L Lᵀ = A; row by row, so that both factors of a sum lie in order. */
function factor(a: Float64Array, n: number): Float64Array {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const sum = a[i * n + j] - dotOf(lower, i * n, j * n, j);
      if (i > j) lower[i * n + j] = sum / lower[j * n + j];
      else lower[i * n + i] = Math.sqrt(checked(sum));
    }
  }
  return lower;
}

/** Four sums at a time: one alone would wait for itself. */
function dotOf(values: Float64Array, a: number, b: number, length: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let k = 0;
  for (; k + 3 < length; k += 4) {
    s0 += values[a + k] * values[b + k];
    s1 += values[a + k + 1] * values[b + k + 1];
    s2 += values[a + k + 2] * values[b + k + 2];
    s3 += values[a + k + 3] * values[b + k + 3];
  }
  for (; k < length; k++) s0 += values[a + k] * values[b + k];
  return s0 + s1 + s2 + s3;
}

function checked(pivot: number): number {
  if (pivot > 0) return pivot;
  throw new InvalidArgument(
    "alpha",
    "a system without a unique solution",
    "features repeat each other; give a larger alpha",
  );
}
