const MOST_STEPS = 60;

/**
 * Eigenvalues of a symmetric tridiagonal matrix, in no order; `beside[i]` stands between the values i − 1 and i. Rows of
 * `vectors` (n × n), if given, are turned with them. Both lists are used up.
 */
export function tridiagonalEigen(
  diagonal: Float64Array,
  beside: Float64Array,
  vectors?: Float64Array,
): Float64Array {
  const n = diagonal.length;
  const [d, e] = [diagonal, new Float64Array(n)];
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
      implicitStep(d, e, low, high, vectors);
    }
  }
  return d;
}

/** One QL step with Wilkinson's shift on the block from `low` to `high`. */
function implicitStep(
  d: Float64Array,
  e: Float64Array,
  low: number,
  high: number,
  vectors: Float64Array | undefined,
): void {
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
    if (vectors !== undefined) turnRows(vectors, d.length, i, sine, cosine);
  }
  d[low] -= shift;
  e[low] = g;
  e[high] = 0;
}

/** Rows i and i + 1. */
function turnRows(vectors: Float64Array, n: number, i: number, sine: number, cosine: number): void {
  const first = i * n;
  const second = first + n;
  for (let k = 0; k < n; k++) {
    const [x, y] = [vectors[first + k], vectors[second + k]];
    vectors[second + k] = sine * x + cosine * y;
    vectors[first + k] = cosine * x - sine * y;
  }
}
