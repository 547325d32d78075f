import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { toRows, type MatrixLike } from "../core/matrix.ts";
import { nearPositions } from "./near-positions.ts";

/** Distances of the pairs that are near, row by row (compressed sparse rows). What is not stored, or is 0, is far. */
export interface SparseDistances {
  /** Where the entries of each row begin, and the end: nSeries + 1 numbers. */
  readonly indptr: ArrayLike<number>;
  /** Column of each entry. */
  readonly indices: ArrayLike<number>;
  /** Distance of each entry. */
  readonly data: ArrayLike<number>;
}

/** The series near a centre: ascending, the centre among them. */
export type NeighboursOf = (centre: number) => Int32Array;

/** Where the series are to each other. */
export interface Geometry {
  readonly distances?: MatrixLike | SparseDistances;
  readonly positions?: MatrixLike;
}

/** Series strictly nearer than `radius`, and the centre itself. */
export function neighbours(
  { distances, positions }: Geometry,
  radius: number,
  nSeries: number,
): NeighboursOf {
  if (!(radius >= 0))
    throw new InvalidArgument("spatialRadius", radius, "give a radius of 0 or more");
  if (positions !== undefined && distances === undefined)
    return nearPositions(checkedPositions(positions, nSeries), radius);
  if (distances === undefined || positions !== undefined) {
    throw new InvalidArgument(
      "spatialRadius",
      radius,
      "say where the series are with distances or positions, one of the two",
    );
  }
  return isSparse(distances)
    ? nearInSparse(checkedSparse(distances, nSeries), radius)
    : nearInDense(checkedDistances(distances, nSeries), radius, nSeries);
}

function nearInDense(distances: Float64Array, radius: number, n: number): NeighboursOf {
  return (centre) =>
    ascending(
      centre,
      Array.from({ length: n }, (_, other) => other).filter(
        (other) => distances[centre * n + other] < radius,
      ),
    );
}

function nearInSparse({ indptr, indices, data }: SparseDistances, radius: number): NeighboursOf {
  return (centre) => {
    const near: number[] = [];
    for (let at = indptr[centre]; at < indptr[centre + 1]; at++) {
      if (data[at] !== 0 && data[at] < radius) near.push(indices[at]);
    }
    return ascending(centre, near);
  };
}

/** The centre with the others, each once, in order. */
export function ascending(centre: number, others: readonly number[]): Int32Array {
  return Int32Array.from(new Set([centre, ...others])).sort();
}

function isSparse(distances: MatrixLike | SparseDistances): distances is SparseDistances {
  return "indptr" in distances;
}

function checkedDistances(distances: MatrixLike, n: number): Float64Array {
  const { data, shape } = toRows(distances);
  if (shape[0] !== n || shape[1] !== n)
    throw new ShapeMismatch(`distances of ${n} × ${n} series`, shape.join(" × "));
  return data;
}

function checkedSparse(sparse: SparseDistances, n: number): SparseDistances {
  const { indptr, indices, data } = sparse;
  if (indptr.length !== n + 1)
    throw new ShapeMismatch(`${n + 1} row starts for ${n} series`, `${indptr.length}`);
  const nEntries = indptr[n];
  if (indices.length !== nEntries || data.length !== nEntries)
    throw new ShapeMismatch(`${nEntries} entries`, `${indices.length} and ${data.length}`);
  for (let at = 0; at < nEntries; at++) checkSeries(indices[at], n, "distances");
  return sparse;
}

function checkedPositions(positions: MatrixLike, n: number): Float64Array {
  const { data, shape } = toRows(positions);
  if (shape[0] !== n || shape[1] !== 3)
    throw new ShapeMismatch(`positions of ${n} series × 3 coordinates`, shape.join(" × "));
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return data;
  throw new InvalidArgument(
    `positions[${Math.floor(bad / 3)}]`,
    data[bad],
    "leave out series without a known position",
  );
}

/** Throws `InvalidArgument` unless it is the number of a series. */
export function checkSeries(series: number, nSeries: number, argument: string): void {
  if (Number.isInteger(series) && series >= 0 && series < nSeries) return;
  throw new InvalidArgument(argument, series, `give series from 0 to ${nSeries - 1}`);
}
