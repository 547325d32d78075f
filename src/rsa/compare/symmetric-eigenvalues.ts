/**
 * Eigenvalues alone of a symmetric matrix, in no order: reflections to tridiagonal form, then implicit QL steps (Golub &
 * Van Loan, 8.3). Many times faster than with vectors; small ones are exact relative to the largest. `NaN` must not occur.
 */
export function symmetricEigenvalues(matrix: Float64Array, n: number): Float64Array {
  const a = matrix.slice();
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  for (let i = n - 1; i > 1; i--) beside[i] = reflect(a, n, i);
  if (n > 1) beside[1] = a[n];
  for (let i = 0; i < n; i++) diagonal[i] = a[i * n + i];
  return tridiagonalValues(diagonal, beside);
}

/** Clear row i left of its neighbour to the diagonal by a reflection from both sides; returns that neighbour. */
function reflect(a: Float64Array, n: number, i: number): number {
  const row = i * n;
  let scale = 0;
  for (let k = 0; k < i; k++) scale += Math.abs(a[row + k]);
  if (scale === 0 || scale === Math.abs(a[row + i - 1])) return a[row + i - 1];
  const v = new Float64Array(i);
  let squares = 0;
  for (let k = 0; k < i; k++) {
    v[k] = a[row + k] / scale;
    squares += v[k] * v[k];
  }
  const length = v[i - 1] >= 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
  const half = squares - v[i - 1] * length;
  v[i - 1] -= length;
  reflectBlock(a, n, v, half);
  return scale * length;
}

/** A − v pᵀ − p vᵀ of the leading block, its lower triangle alone. */
function reflectBlock(a: Float64Array, n: number, v: Float64Array, half: number): void {
  const size = v.length;
  const p = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    const row = j * n;
    let sum = a[row + j] * v[j];
    for (let k = 0; k < j; k++) {
      sum += a[row + k] * v[k];
      p[k] += a[row + k] * v[j];
    }
    p[j] += sum;
  }
  let along = 0;
  for (let j = 0; j < size; j++) {
    p[j] /= half;
    along += p[j] * v[j];
  }
  for (let j = 0; j < size; j++) p[j] -= (along / (2 * half)) * v[j];
  for (let j = 0; j < size; j++) {
    const row = j * n;
    for (let k = 0; k <= j; k++) a[row + k] -= v[j] * p[k] + p[j] * v[k];
  }
}

const MOST_STEPS = 60;

/** `beside[i]` stands between the values i − 1 and i. */
function tridiagonalValues(d: Float64Array, beside: Float64Array): Float64Array {
  const n = d.length;
  const e = new Float64Array(n);
  for (let i = 1; i < n; i++) e[i - 1] = beside[i];
  for (let low = 0; low < n; low++) {
    for (let step = 0; step < MOST_STEPS; step++) {
      let high = low;
      while (
        high + 1 < n &&
        Math.abs(e[high]) > Number.EPSILON * (Math.abs(d[high]) + Math.abs(d[high + 1]))
      )
        high++;
      if (high === low) break;
      implicitStep(d, e, low, high);
    }
  }
  return d;
}

/** One QL step with Wilkinson's shift on the block from `low` to `high`. */
function implicitStep(d: Float64Array, e: Float64Array, low: number, high: number): void {
  const g0 = (d[low + 1] - d[low]) / (2 * e[low]);
  const r0 = Math.hypot(g0, 1);
  let g = d[high] - d[low] + e[low] / (g0 + (g0 >= 0 ? r0 : -r0));
  let [sine, cosine, shift] = [1, 1, 0];
  for (let i = high - 1; i >= low; i--) {
    const f = sine * e[i];
    const b = cosine * e[i];
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= shift;
      e[high] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = d[i + 1] - shift;
    const t = (d[i] - g) * sine + 2 * cosine * b;
    shift = sine * t;
    d[i + 1] = g + shift;
    g = cosine * t - b;
  }
  d[low] -= shift;
  e[low] = g;
  e[high] = 0;
}
