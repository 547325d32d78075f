import { InvalidArgument } from "../core/errors.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import { joinRows } from "../core/gate/rows.ts";
import { isList } from "../core/gate/vector.ts";
import { toFloat64 } from "../core/matrix.ts";

/** A square matrix of dissimilarities: n × n in C order. */
export interface Square {
  readonly data: Float64Array;
  readonly n: number;
}

/** Differences smaller than this share are rounding, as scipy's `squareform` has it. */
const rounding = 1e-8;

/**
 * The square matrix that a user gave for an RDM: `{ data, shape }` of n × n, or n rows of n with a diagonal of 0.
 * Undefined for anything else: three vectors of three are three RDMs.
 */
export function squareOf(value: object, argument: string): Square | undefined {
  if (isList(value)) return squareOfRows(value, argument);
  if (!("shape" in value)) return undefined;
  const { data, shape } = checkedMatrix(value, argument);
  const isSquare = shape.length === 2 && shape[0] === shape[1];
  return isSquare ? { data: toFloat64(data), n: shape[0] } : undefined;
}

function squareOfRows(rows: ArrayLike<unknown>, argument: string): Square | undefined {
  const n = rows.length;
  if (n < 2) return undefined;
  for (let i = 0; i < n; i++) {
    const row = rows[i];
    if (!isList(row) || row.length !== n || !isNothing(row[i])) return undefined;
  }
  return { data: joinRows(rows, argument), n };
}

/** The pairs above the diagonal. Throws `InvalidArgument` for a matrix that is not symmetric with a diagonal of 0. */
export function condensedOf({ data, n }: Square, argument: string): Float64Array {
  const condensed = new Float64Array((n * (n - 1)) / 2);
  for (let i = 0, at = 0; i < n; i++) {
    if (!isNothing(data[i * n + i])) refuse(argument, `${data[i * n + i]} at (${i}, ${i})`);
    for (let j = i + 1; j < n; j++) {
      const [above, below] = [data[i * n + j], data[j * n + i]];
      if (!isSame(above, below))
        refuse(argument, `${above} at (${i}, ${j}), ${below} at (${j}, ${i})`);
      condensed[at++] = above;
    }
  }
  return condensed;
}

function isNothing(value: unknown): boolean {
  return typeof value === "number" && Math.abs(value) <= rounding;
}

function isSame(a: number, b: number): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b);
  return Math.abs(a - b) <= rounding * Math.max(Math.abs(a), Math.abs(b));
}

function refuse(argument: string, found: string): never {
  throw new InvalidArgument(
    argument,
    found,
    "a square matrix of dissimilarities is symmetric with zeros on its diagonal; of another take the pairs that are meant as one list",
  );
}
