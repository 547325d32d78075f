import type { Matrix } from "../../core/matrix.ts";

/** Some rows of a matrix. */
export function takeRows(
  { data, shape: [, p] }: Matrix<Float64Array>,
  rows: Int32Array,
): Matrix<Float64Array> {
  const taken = new Float64Array(rows.length * p);
  rows.forEach((row, at) => taken.set(data.subarray(row * p, (row + 1) * p), at * p));
  return { data: taken, shape: [rows.length, p] };
}
