import type { Matrix } from "../../core/matrix.ts";
import { orthonormal } from "../../linalg/orthonormal.ts";

type Rows = Matrix<Float64Array>;

/** Some volumes of a run, copied. */
export function takeVolumes({ data, shape: [, width] }: Rows, volumes: Int32Array): Rows {
  const taken = new Float64Array(volumes.length * width);
  volumes.forEach((volume, at) =>
    taken.set(data.subarray(volume * width, (volume + 1) * width), at * width),
  );
  return { data: taken, shape: [volumes.length, width] };
}

/** Confounds with more columns; undefined when there are none at all. */
export function withColumns(
  rows: Rows | undefined,
  columns: readonly Float64Array[],
  n: number,
): Rows | undefined {
  const own = rows?.shape[1] ?? 0;
  const width = own + columns.length;
  if (width === 0) return undefined;
  const data = new Float64Array(n * width);
  for (let t = 0; t < n; t++) {
    for (let c = 0; c < own; c++) data[t * width + c] = rows?.data[t * own + c] ?? 0;
    columns.forEach((column, c) => (data[t * width + own + c] = column[t]));
  }
  return { data, shape: [n, width] };
}

/** Take the mean and the straight line off each column. */
export function detrendInPlace(rows: Rows): void {
  const [n] = rows.shape;
  const length = Math.sqrt((n * (n * n - 1)) / 12);
  dropDirections(rows, [
    new Float64Array(n).fill(1 / Math.sqrt(n)),
    Float64Array.from({ length: n }, (_, t) => (t - (n - 1) / 2) / length),
  ]);
}

/** Project directions of length 1 at right angles out of each column. */
export function dropDirections(
  { data, shape: [n, width] }: Rows,
  directions: readonly Float64Array[],
): void {
  const size = new Float64Array(width);
  for (const direction of directions) {
    size.fill(0);
    for (let t = 0, at = 0; t < n; t++)
      for (let j = 0; j < width; j++, at++) size[j] += direction[t] * data[at];
    for (let t = 0, at = 0; t < n; t++)
      for (let j = 0; j < width; j++, at++) data[at] -= direction[t] * size[j];
  }
}

/** What is left of a column that follows from others, or is constant, is below this share of it. */
const nothing = 1e-10;

/** Directions of length 1 at right angles that confounds span, each less its mean first where they are standardised. */
export function directionsOf(
  { data, shape: [n, width] }: Rows,
  standardize: boolean,
): Float64Array[] {
  const columns = Array.from({ length: width }, (_, c) => {
    const column = Float64Array.from({ length: n }, (_t, t) => data[t * width + c]);
    if (!standardize) return column;
    const mean = column.reduce((sum, value) => sum + value / n, 0);
    const largest = column.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const centred = column.map((value) => value - mean);
    const spread = centred.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return spread > n * Number.EPSILON * largest ? centred : new Float64Array(n);
  });
  return orthonormal(columns, nothing).q.filter((column) => column.some((value) => value !== 0));
}
