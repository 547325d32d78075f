import { describeTag } from "./constants.ts";
import type { FifTag } from "./tags.ts";
import type { FifFile } from "./tree.ts";
import { bytesOf, fault } from "./values.ts";

/** Type of a sparse matrix of float32, by rows or by columns. */
const byRows = 0x40200004;
const byColumns = 0x40100004;

/** A square matrix of which few numbers are kept: those of row i are from `starts[i]` up to `starts[i + 1]`. */
export interface SparseMatrix {
  readonly n: number;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/** The square sparse matrix in a tag; one stored by columns is read as its transpose. Throws `FileFormatError`. */
export function readSparse(file: FifFile, tag: FifTag, n: number): SparseMatrix {
  if (tag.type !== byRows && tag.type !== byColumns)
    throw fault(file, tag, "a sparse matrix of float32", `type 0x${tag.type.toString(16)}`);
  const bytes = bytesOf(file, tag);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [nStored, nRows, nColumns, nDims] = [16, 12, 8, 4].map((back) =>
    bytes.length < back ? NaN : view.getInt32(bytes.length - back),
  );
  if (nDims !== 2 || nRows !== n || nColumns !== n)
    throw fault(file, tag, `a matrix of ${n} × ${n}`, `${nRows} × ${nColumns}`);
  const expected = 8 * nStored + 4 * (n + 1) + 16;
  if (!(nStored >= 0) || expected !== bytes.length)
    throw fault(file, tag, `${expected} bytes for ${nStored} numbers`, `${bytes.length}`);
  file.budget.take(8 * nStored + 4 * (n + 1), describeTag(tag.kind));
  const matrix = {
    n,
    values: Float32Array.from({ length: nStored }, (_, i) => view.getFloat32(4 * i)),
    indices: Int32Array.from({ length: nStored }, (_, i) => view.getInt32(4 * (nStored + i))),
    starts: Int32Array.from({ length: n + 1 }, (_, i) => view.getInt32(4 * (2 * nStored + i))),
  };
  checkIndices(file, tag, matrix);
  return matrix;
}

function checkIndices(file: FifFile, tag: FifTag, { n, starts, indices }: SparseMatrix): void {
  const ascending = starts.every((start, i) => i === 0 || start >= starts[i - 1]);
  if (!ascending || starts[0] !== 0 || starts[n] !== indices.length)
    throw fault(file, tag, `rows from 0 to ${indices.length}`, "others");
  const wrong = indices.find((index) => index < 0 || index >= n);
  if (wrong !== undefined) throw fault(file, tag, `columns from 0 to ${n - 1}`, `${wrong}`);
}
