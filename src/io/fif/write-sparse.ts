import type { SparseMatrix } from "./sparse.ts";
import type { TagWriter } from "./tag-writer.ts";

/** Type of a sparse matrix of float32, row by row. */
const byRows = 0x40200004;

/** A square sparse matrix as MNE keeps it: numbers, columns, starts of rows, then its sizes. */
export function writeSparse(
  writer: TagWriter,
  kind: number,
  { n, starts, indices, values }: SparseMatrix,
): void {
  const nStored = values.length;
  const view = new DataView(new ArrayBuffer(8 * nStored + 4 * (n + 1) + 16));
  values.forEach((value, i) => view.setFloat32(4 * i, value));
  indices.forEach((index, i) => view.setInt32(4 * (nStored + i), index));
  starts.forEach((start, i) => view.setInt32(4 * (2 * nStored + i), start));
  [nStored, n, n, 2].forEach((value, i) => view.setInt32(4 * (2 * nStored + n + 1 + i), value));
  writer.tag(kind, byRows, new Uint8Array(view.buffer));
}
