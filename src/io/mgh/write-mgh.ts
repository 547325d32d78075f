import { writePath } from "#platform/files";
import { gzip } from "#platform/zlib";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { matrix } from "../../core/matrix.ts";
import type { MghImage } from "./read-mgh.ts";

/** What is written: an image, or values with their shape alone. */
export type MghContent = Pick<MghImage, "data" | "shape"> & Partial<Pick<MghImage, "affine">>;

const headerBytes = 284;

/**
 * Write an MGH file in float32, packed when its name ends in `.mgz`: a volume of shape (x, y, z) or (x, y, z, frames),
 * or an overlay of shape (vertices, 1, 1). Without an affine, no placement is written. nibabel and FreeSurfer read it.
 *
 * @throws ShapeMismatch; InvalidArgument for an affine with an axis of 0; DiskFull, NotAllowed, InTheWay.
 * @example
 * import { writeMgh } from "tsrsa/io";
 * async function writeOverlay(path: string, scores: Float64Array) {
 *   await writeMgh(path, { data: scores, shape: [scores.length, 1, 1] });
 * }
 */
export async function writeMgh(path: string | URL, content: MghContent): Promise<void> {
  const bytes = mghBytes(content);
  const packed = /\.mgz$/i.test(path instanceof URL ? path.pathname : path);
  await writePath(path, [packed ? await gzip(bytes) : bytes]);
}

function mghBytes({ data, shape, affine }: MghContent): Uint8Array {
  if (shape.length < 3 || shape.length > 4 || shape.some((length) => length < 1))
    throw new ShapeMismatch("shape (x, y, z) or (x, y, z, frames)", `(${shape.join(", ")})`);
  matrix(data, shape);
  const [nx, ny, nz, nt = 1] = shape;
  const bytes = new Uint8Array(headerBytes + 4 * data.length);
  const view = new DataView(bytes.buffer);
  [1, nx, ny, nz, nt, 3, 0].forEach((value, at) => view.setInt32(4 * at, value));
  if (affine !== undefined) place(view, affine, shape);
  let at = headerBytes;
  for (let t = 0; t < nt; t++)
    for (let z = 0; z < nz; z++)
      for (let y = 0; y < ny; y++)
        for (let x = 0; x < nx; x++, at += 4)
          view.setFloat32(at, data[((x * ny + y) * nz + z) * nt + t]);
  return bytes;
}

function place(view: DataView, affine: MghImage["affine"], shape: readonly number[]): void {
  const columns = [0, 1, 2].map((axis) => [0, 1, 2].map((row) => affine[row][axis]));
  const sizes = columns.map((column) => Math.hypot(...column));
  if (!sizes.every((size) => size > 0 && Number.isFinite(size)))
    throw new InvalidArgument("affine", affine, "give three axes that are not 0, in mm");
  const centre = [0, 1, 2].map(
    (row) =>
      affine[row][3] +
      columns.reduce((sum, column, axis) => sum + (column[row] * shape[axis]) / 2, 0),
  );
  const directions = columns.flatMap((column, axis) => column.map((value) => value / sizes[axis]));
  view.setInt16(28, 1);
  [...sizes, ...directions, ...centre].forEach((value, at) => view.setFloat32(30 + 4 * at, value));
}
