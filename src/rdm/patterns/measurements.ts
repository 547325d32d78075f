import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { toRows, type MatrixLike } from "../../core/matrix.ts";
import { compareCodePoints } from "../../table/code-point-order.ts";

/** Repeated measurements: which row is of which item, and of which run. */
export interface Measurements {
  /** nObservations × nChannels in C order. */
  readonly data: Float64Array;
  readonly nChannels: number;
  /** Labels, sorted, each once; undefined when every row is an item. */
  readonly items: readonly string[] | undefined;
  readonly nItems: number;
  /** The item of each row, by number. */
  readonly itemOf: Int32Array;
  /** The run of each row, by number; undefined when none were given. */
  readonly runOf: Int32Array | undefined;
  readonly nRuns: number;
}

/** Checked measurements. Throws `ShapeMismatch`, `InvalidArgument` for nothing to compare. */
export function toMeasurements(
  rows: MatrixLike,
  labels: readonly string[] | undefined,
  runs: ArrayLike<string | number> | undefined,
): Measurements {
  const { data, shape } = toRows(rows);
  const [n, nChannels] = shape;
  if (n * nChannels === 0)
    throw new InvalidArgument("rows", `${n} × ${nChannels}`, "give at least one of each");
  for (const [name, list] of [
    ["labels", labels],
    ["runs", runs],
  ] as const) {
    if (list !== undefined && list.length !== n)
      throw new ShapeMismatch(`${n} ${name}, one per row`, `${list.length}`);
  }
  const items = labels && [...new Set(labels)].sort(compareCodePoints);
  const place = new Map(items?.map((item, at) => [item, at]));
  const numbered = runs === undefined ? undefined : numberedByAppearance(runs);
  return {
    data,
    nChannels,
    items,
    nItems: items?.length ?? n,
    itemOf: Int32Array.from({ length: n }, (_, row) =>
      labels === undefined ? row : (place.get(labels[row]) ?? 0),
    ),
    runOf: numbered?.numbers,
    nRuns: numbered?.count ?? 0,
  };
}

/**
 * Runs for measurements that have none: the first measurement of each item is of the first, the second of the second …
 * Throws `InvalidArgument` when items have different numbers of measurements.
 */
export function withRuns(measurements: Measurements): Measurements & { runOf: Int32Array } {
  const { itemOf, nItems, runOf } = measurements;
  if (runOf !== undefined) return { ...measurements, runOf };
  const seen = new Int32Array(nItems);
  const found = itemOf.map((item) => seen[item]++);
  const nRuns = seen[0];
  if (seen.some((count) => count !== nRuns))
    throw new InvalidArgument(
      "runs",
      undefined,
      "items have different numbers of measurements, so that it must be said which run each is of",
    );
  return { ...measurements, runOf: found, nRuns };
}

/** The mean of the rows of each item that are wanted: nItems × nChannels, `NaN` for an item without a row. */
export function meansByItem(
  { data, nChannels: p, nItems, itemOf }: Measurements,
  wanted: (row: number) => boolean = () => true,
): Float64Array {
  const means = new Float64Array(nItems * p);
  const counts = new Int32Array(nItems);
  itemOf.forEach((item, row) => {
    if (!wanted(row)) return;
    counts[item]++;
    for (let c = 0; c < p; c++) means[item * p + c] += data[row * p + c];
  });
  return means.map((sum, at) => sum / counts[Math.floor(at / p)]);
}

/** Rows minus their mean. */
export function withoutRowMeans(rows: Float64Array, p: number): Float64Array {
  const out = rows.slice();
  for (let row = 0; row < rows.length; row += p) {
    let mean = 0;
    for (let c = 0; c < p; c++) mean += rows[row + c] / p;
    for (let c = 0; c < p; c++) out[row + c] -= mean;
  }
  return out;
}

function numberedByAppearance(runs: ArrayLike<string | number>) {
  const number = new Map<string | number, number>();
  const numbers = Int32Array.from({ length: runs.length }, (_, row) => {
    const found = number.get(runs[row]) ?? number.size;
    number.set(runs[row], found);
    return found;
  });
  return { numbers, count: number.size };
}
