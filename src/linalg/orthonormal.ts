import { dot } from "./dot.ts";

/** Columns as orthonormal ones times an upper triangle. */
export interface Orthonormal {
  /** Columns of length 1 at right angles; one that follows from those before it is 0. */
  readonly q: readonly Float64Array[];
  /** r[i * n + j]: the part of column j along q[i]; n × n in C order. */
  readonly r: Float64Array;
  /** The share of each column's length that those before it do not explain. */
  readonly independent: Float64Array;
}

/** Orthonormalise columns in turn, twice each, which is exact to rounding (Giraud & Langou 2005). */
export function orthonormal(columns: readonly Float64Array[], relativeCutoff = 1e-10): Orthonormal {
  const n = columns.length;
  const r = new Float64Array(n * n);
  const independent = new Float64Array(n);
  const q: Float64Array[] = [];
  columns.forEach((column, j) => {
    const own = column.slice();
    const before = Math.sqrt(dot(own, own));
    for (let pass = 0; pass < 2; pass++)
      for (let i = 0; i < j; i++) {
        const along = dot(q[i], own);
        r[i * n + j] += along;
        for (let t = 0; t < own.length; t++) own[t] -= along * q[i][t];
      }
    const after = Math.sqrt(dot(own, own));
    independent[j] = before > 0 ? after / before : 0;
    const kept = after > relativeCutoff * before;
    r[j * n + j] = kept ? after : 0;
    q.push(kept ? own.map((value) => value / after) : new Float64Array(own.length));
  });
  return { q, r, independent };
}

/** The inverse of an upper triangle without zeros in its diagonal, n × n in C order. */
export function inverseUpper(r: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    inverse[j * n + j] = 1 / r[j * n + j];
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let k = i + 1; k <= j; k++) sum += r[i * n + k] * inverse[k * n + j];
      inverse[i * n + j] = -sum / r[i * n + i];
    }
  }
  return inverse;
}
