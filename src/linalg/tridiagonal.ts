/** The reflection 1 − v vᵀ / half of the first entries of a vector. */
export interface Reflection {
  readonly v: Float64Array;
  readonly half: number;
}

/** A symmetric matrix as T = H A H, H the product of the reflections, the first outermost. */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** `beside[i]` stands between the values i − 1 and i. */
  readonly beside: Float64Array;
  readonly reflections: readonly Reflection[];
}

/** Reflections from both sides until only the diagonal and its neighbours are left (Golub & Van Loan, 8.3.1). */
export function tridiagonalize(matrix: Float64Array, n: number): Tridiagonal {
  const a = matrix.slice();
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  const reflections: Reflection[] = [];
  for (let i = n - 1; i > 1; i--) beside[i] = clearRow(a, n, i, reflections);
  if (n > 1) beside[1] = a[n];
  for (let i = 0; i < n; i++) diagonal[i] = a[i * n + i];
  return { diagonal, beside, reflections };
}

/** Clear row i left of its neighbour to the diagonal; returns that neighbour. */
function clearRow(a: Float64Array, n: number, i: number, reflections: Reflection[]): number {
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
  reflections.push({ v, half });
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
