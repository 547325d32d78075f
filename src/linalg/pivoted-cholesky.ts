import { pauses } from "../core/job.ts";

/** Below this share of the largest, what is left of a row is a combination of others and rounding. */
const NOTHING = 1e-13;

/** Rows of L, and the rows that were taken as pivots, in order: those rows of L form a triangle. */
export async function pivotedCholesky(
  products: Float64Array,
  n: number,
  signal: AbortSignal | undefined,
): Promise<{ rows: Float64Array[]; pivots: number[] }> {
  const pause = pauses(signal, "a triangular factor");
  const rows = Array.from({ length: n }, () => new Float64Array(n));
  const left = Float64Array.from({ length: n }, (_, i) => products[i * n + i]);
  const most = left[largest(left)];
  const pivots: number[] = [];
  for (let k = 0; k < n; k++) {
    const pivot = largest(left);
    if (!(left[pivot] > NOTHING * most)) break;
    const root = Math.sqrt(left[pivot]);
    pivots.push(pivot);
    const own = rows[pivot];
    for (let i = 0; i < n; i++) {
      if (left[i] === -Infinity) continue;
      const row = rows[i];
      let value = products[i * n + pivot];
      for (let c = 0; c < k; c++) value -= row[c] * own[c];
      if (i !== pivot) row[k] = value / root;
      if (i !== pivot) left[i] -= row[k] * row[k];
    }
    own[k] = root;
    left[pivot] = -Infinity;
    if (pause.due()) await pause.turn();
  }
  return { rows, pivots };
}

/** Where the largest is, the first of equals. */
function largest(values: Float64Array): number {
  let best = 0;
  values.forEach((value, at) => {
    if (value > values[best]) best = at;
  });
  return best;
}

/** Solve Tᵀ x = b, T the triangle of the pivots' rows. */
export function solveTransposed(
  rows: readonly Float64Array[],
  pivots: readonly number[],
  right: Float64Array,
): Float64Array {
  const x = right.slice();
  for (let k = pivots.length - 1; k >= 0; k--) {
    const row = rows[pivots[k]];
    x[k] /= row[k];
    for (let c = 0; c < k; c++) x[c] -= row[c] * x[k];
  }
  return x;
}
