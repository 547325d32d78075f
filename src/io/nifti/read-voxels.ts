import { Unsupported } from "../../core/errors.ts";
import { throwIfCancelled } from "../../core/job.ts";
import { Budget } from "../budget/budget.ts";
import type { StoredArray } from "./datatypes.ts";
import { decodeStored, toFloats } from "./decode.ts";
import type { NiftiFile } from "./files.ts";

/** A box of an image: all of x and y, some z, some volumes; each from the first up to but without the last. */
export interface Box {
  readonly slices: readonly [first: number, last: number];
  readonly volumes: readonly [first: number, last: number];
  /** Volumes as in the file (the fourth axis fastest), or by axes in C order (the last fastest), which takes them all. */
  readonly order: "file" | "axes";
}

/** Lengths of x, y and z (1 where the image has no such axis) and the number of volumes. */
export function gridOf(shape: readonly number[]): [number, number, number, number] {
  const [nx, ny = 1, nz = 1, ...rest] = shape;
  return [nx, ny, nz, rest.reduce((product, length) => product * length, 1)];
}

/** Values of a box in C order, scaled in float64. */
export async function readValues(
  file: NiftiFile,
  box: Box,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const { scaling } = file.header;
  const out = allocate(Float64Array, file, box);
  await readBox(file, box, signal, (stored, place) =>
    scatterValues(toFloats(file.voxels.name, stored), out, place, scaling),
  );
  return out;
}

/** Stored numbers of a box in C order. */
export async function readStoredNumbers(
  file: NiftiFile,
  box: Box,
  signal?: AbortSignal,
): Promise<StoredArray> {
  const out = allocate(file.header.type.array, file, box);
  await readBox(file, box, signal, (stored, place) => scatterStored(stored, out, place));
  return out;
}

/** Numbers for each byte of a packed file, at most. */
const mostVoxelsPerByte = 200;

function allocate<T>(array: TypeOfArray<T>, file: NiftiFile, box: Box): T {
  const [nx, ny] = gridOf(file.header.shape);
  const length = nx * ny * lengthOf(box.slices) * lengthOf(box.volumes);
  const { name } = file.voxels;
  const bytesEach = array.BYTES_PER_ELEMENT;
  if (file.packedBytes !== undefined)
    new Budget(name, file.packedBytes, {
      ratio: mostVoxelsPerByte * bytesEach,
      maxBytes: file.maxBytes,
    }).take(length * bytesEach, "voxels");
  try {
    return new array(length);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Unsupported(
      `${file.voxels.name}: this machine has no room for ${length} voxels at once`,
      "read it with openNifti, volume by volume or slab by slab",
    );
  }
}

interface TypeOfArray<T> {
  new (length: number): T;
  readonly BYTES_PER_ELEMENT: number;
}

/** Where a piece of the file goes in a result. */
interface Place {
  readonly nx: number;
  /** Rows along x in a slice of the piece, and the first of them. */
  readonly rows: number;
  readonly firstRow: number;
  readonly ny: number;
  /** Slices in the piece, the first of them in the result, and how many the result has. */
  readonly slices: number;
  readonly firstSlice: number;
  readonly allSlices: number;
  /** For each volume of the piece its place on the result's last axis, and the length of that. */
  readonly columns: Float64Array;
  readonly allColumns: number;
}

/** Bytes read at a time. */
const pieceBytes = 1 << 23;

async function readBox(
  file: NiftiFile,
  { slices, volumes, order }: Box,
  signal: AbortSignal | undefined,
  take: (stored: StoredArray, place: Place) => void,
): Promise<void> {
  const { header, voxels } = file;
  const [nx, ny, nz] = gridOf(header.shape);
  const sliceBytes = nx * ny * header.type.bytes;
  const allSlices = lengthOf(slices);
  const allColumns = lengthOf(volumes);
  const [slicesAtOnce, volumesAtOnce] = pieceSize(sliceBytes, allSlices, nz);
  // A slice alone may be larger than a piece.
  const rowsAtOnce = Math.min(ny, Math.max(1, Math.floor((pieceBytes * ny) / sliceBytes)));
  const column = order === "axes" ? columnByAxes(header.shape.slice(3)) : undefined;
  for (let v = volumes[0]; v < volumes[1]; v += volumesAtOnce)
    for (let z = slices[0]; z < slices[1]; z += slicesAtOnce) {
      throwIfCancelled(signal, `reading ${voxels.name}`);
      const nSlices = Math.min(slicesAtOnce, slices[1] - z);
      const columns = Float64Array.from(
        { length: Math.min(volumesAtOnce, volumes[1] - v) },
        (_, i) => column?.(v + i) ?? v + i - volumes[0],
      );
      const at = header.voxOffset + (v * nz + z) * sliceBytes;
      const firstSlice = z - slices[0];
      for (let firstRow = 0; firstRow < ny; firstRow += rowsAtOnce) {
        const rows = Math.min(rowsAtOnce, ny - firstRow);
        const rowBytes = nx * header.type.bytes;
        const bytes = await voxels.read(
          at + firstRow * rowBytes,
          nSlices * columns.length * rows * rowBytes,
        );
        const stored = decodeStored(bytes, header.type, header.fields.littleEndian);
        const place = { nx, ny, rows, firstRow, slices: nSlices, firstSlice, allSlices };
        take(stored, { ...place, columns, allColumns });
      }
    }
}

// Several volumes where they lie together in the file, else some slices of one.
function pieceSize(sliceBytes: number, slices: number, nz: number): [number, number] {
  const fit = Math.max(1, Math.floor(pieceBytes / sliceBytes));
  if (slices < nz || fit <= nz) return [Math.min(fit, slices), 1];
  return [nz, Math.floor(fit / nz)];
}

// In the file the fourth axis varies fastest of those that count volumes, in C order the last.
function columnByAxes(axes: readonly number[]): (volume: number) => number {
  return (volume) => {
    let rest = volume;
    let column = 0;
    for (const length of axes) {
      column = column * length + (rest % length);
      rest = Math.floor(rest / length);
    }
    return column;
  };
}

function scatterValues(
  from: Float64Array,
  out: Float64Array,
  place: Place,
  { slope, intercept } = { slope: 1, intercept: 0 },
): void {
  // −0 is what leaves every number as it is, 0 would turn −0 into 0.
  const add = intercept === 0 ? -0 : intercept;
  const { nx, ny, rows, firstRow, slices, firstSlice, allSlices, columns, allColumns } = place;
  const volume = nx * rows * slices;
  for (let x = 0; x < nx; x++)
    for (let y = 0; y < rows; y++)
      for (let z = 0; z < slices; z++) {
        const voxel = x + nx * (y + rows * z);
        const row = ((x * ny + firstRow + y) * allSlices + firstSlice + z) * allColumns;
        for (let v = 0; v < columns.length; v++)
          out[row + columns[v]] = from[voxel + v * volume] * slope + add;
      }
}

function scatterStored(from: StoredArray, out: StoredArray, place: Place): void {
  const { nx, ny, rows, firstRow, slices, firstSlice, allSlices, columns, allColumns } = place;
  const volume = nx * rows * slices;
  for (let x = 0; x < nx; x++)
    for (let y = 0; y < rows; y++)
      for (let z = 0; z < slices; z++) {
        const voxel = x + nx * (y + rows * z);
        const row = ((x * ny + firstRow + y) * allSlices + firstSlice + z) * allColumns;
        for (let v = 0; v < columns.length; v++) out[row + columns[v]] = from[voxel + v * volume];
      }
}

function lengthOf([first, last]: readonly [number, number]): number {
  return last - first;
}
