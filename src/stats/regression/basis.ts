import type { Matrix } from "../../core/matrix.ts";
import { dot } from "../../linalg/dot.ts";
import { inverseUpper, orthonormal } from "../../linalg/orthonormal.ts";
import { columnsOf } from "./check-design.ts";

/** A design as orthonormal columns, in which its normal equations are as well conditioned as can be. */
export interface DesignBasis {
  readonly n: number;
  readonly p: number;
  /** Columns of length 1 at right angles, column after column: p × n. */
  readonly q: Float64Array;
  /** From coefficients of these to coefficients of the design: p × p, upper triangle. */
  readonly back: Float64Array;
  /** Coefficients of the design that make a constant of 1; undefined when none do. */
  readonly ofOne: Float64Array | undefined;
  /** Whether each row follows on the one before it in time; the first does not. */
  readonly linked: Uint8Array;
}

/** Below this share of a constant's length the design holds a constant. */
const nothingLeft = 1e-9;

/**
 * @param design - n × p, of full rank.
 * @param rows - for each row the number of its volume; default: all follow on each other.
 */
export function basisOf(design: Matrix<Float64Array>, rows?: ArrayLike<number>): DesignBasis {
  const [n, p] = design.shape;
  const { q, r } = orthonormal(columnsOf(design));
  const all = new Float64Array(n * p);
  q.forEach((column, c) => all.set(column, c * n));
  const back = inverseUpper(r, p);
  const linked = Uint8Array.from({ length: n }, (_, t) =>
    t > 0 && (rows === undefined || rows[t] === rows[t - 1] + 1) ? 1 : 0,
  );
  return { n, p, q: all, back, ofOne: constantOf(q, back, n), linked };
}

/**
 * A basis of all that columns can make, of which some may follow from others: for designs made of sums of them. It has
 * no way back to coefficients.
 */
export function spanOf(columns: readonly Float64Array[], rows: ArrayLike<number>): DesignBasis {
  const n = rows.length;
  const q = orthonormal(columns).q.filter((column) => column.some((value) => value !== 0));
  const kept = { data: new Float64Array(n * q.length), shape: [n, q.length] };
  q.forEach((column, c) => column.forEach((value, t) => (kept.data[t * q.length + c] = value)));
  return basisOf(kept, rows);
}

function constantOf(
  q: readonly Float64Array[],
  back: Float64Array,
  n: number,
): Float64Array | undefined {
  const one = new Float64Array(n).fill(1);
  const along = Float64Array.from(q, (column) => dot(column, one));
  q.forEach((column, c) => {
    for (let t = 0; t < n; t++) one[t] -= along[c] * column[t];
  });
  if (Math.sqrt(dot(one, one)) > nothingLeft * Math.sqrt(n)) return undefined;
  return timesBack(back, along);
}

/** Coefficients of the design from those of its basis. */
function timesBack(back: Float64Array, gamma: Float64Array): Float64Array {
  const p = gamma.length;
  const out = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    let sum = 0;
    for (let j = i; j < p; j++) sum += back[i * p + j] * gamma[j];
    out[i] = sum;
  }
  return out;
}
