import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { sizeOf } from "../../core/matrix.ts";
import { ByteCursor } from "../binary/byte-cursor.ts";
import { readUnpacked } from "../gzip/read-unpacked.ts";
import { affineOf, readPlacement } from "./placement.ts";

/** A volume, or one number a vertex, as FreeSurfer keeps it. */
export interface MghImage {
  /** Width, height, depth, and frames when there are several. An overlay of a surface has one vertex a width. */
  readonly shape: readonly number[];
  /** Values in C order: the last axis runs fastest. */
  readonly data: Float64Array;
  /** 4 × 4, row by row: from voxel indices to scanner coordinates in mm. */
  readonly affine: readonly (readonly number[])[];
  readonly zooms: readonly number[];
}

/** How to read an MGH file. */
export interface ReadMghOptions {
  /** Most bytes that it may take in memory. Default: 192 MiB, or 200 times the size of the file. */
  readonly maxBytes?: number;
}

const optionNames: OptionNames<ReadMghOptions> = { maxBytes: true };

const headerBytes = 284;
const axisNames = ["width", "height", "depth", "frames"];

type Reader = (cursor: ByteCursor, count: number) => ArrayLike<number>;

/** Bytes and reader of each type of voxel. */
const types: Readonly<Record<number, readonly [number, Reader]>> = {
  0: [1, (cursor, count) => cursor.take(count, "voxels")],
  1: [4, (cursor, count) => cursor.int32s(count, "voxels")],
  3: [4, (cursor, count) => cursor.float32s(count, "voxels")],
  4: [2, (cursor, count) => cursor.int16s(count, "voxels")],
  10: [2, (cursor, count) => Uint16Array.from(cursor.int16s(count, "voxels"))],
};

/**
 * Read FreeSurfer's `.mgh` or `.mgz`: a volume, or an overlay of a surface. Agrees with `nibabel.load`.
 *
 * @throws FileFormatError when it is damaged, claims what it does not hold, or is no such file; MissingFile.
 * @example
 * import { readMgh } from "tsrsa/io";
 * async function overlay(path: string) {
 *   const { data, shape } = await readMgh(path);
 *   return shape.slice(1).every((length) => length === 1) ? data : undefined;
 * }
 */
export async function readMgh(input: FileInput, options: ReadMghOptions = {}): Promise<MghImage> {
  checkOptions(options, optionNames);
  const { name, bytes, budget } = await readUnpacked(input, options.maxBytes);
  const cursor = new ByteCursor(name, bytes);
  const version = cursor.int32("version");
  if (version !== 1)
    throw new FileFormatError(name, "version", "1", `${version}`, {
      advice: "this is no MGH file; their names end in .mgh or .mgz",
    });
  const dims = axisNames.map((axis) => cursor.int32(axis));
  dims.forEach((length, at) => {
    if (length < 1) throw cursor.fault(axisNames[at], "1 or more", `${length}`);
  });
  const [size, read] = typeOf(cursor);
  cursor.int32("degrees of freedom");
  const placement = readPlacement(cursor);
  cursor.at = headerBytes;
  cursor.checkRoom(sizeOf(dims), size, `voxels of (${dims.join(", ")})`);
  budget.take(8 * sizeOf(dims), `voxels of (${dims.join(", ")})`);
  return {
    shape: dims[3] === 1 ? dims.slice(0, 3) : dims,
    data: lastFastest(read(cursor, sizeOf(dims)), dims),
    affine: affineOf(placement, dims),
    zooms: placement.sizes,
  };
}

function typeOf(cursor: ByteCursor): readonly [number, Reader] {
  const type = cursor.int32("type of voxels");
  if (!Object.hasOwn(types, type))
    throw cursor.fault("type of voxels", "0, 1, 3, 4 or 10", `${type}`);
  return types[type];
}

/** Values whose first axis runs fastest, put so that the last does. */
function lastFastest(stored: ArrayLike<number>, [nx, ny, nz, nt]: readonly number[]): Float64Array {
  const values = new Float64Array(stored.length);
  let from = 0;
  for (let t = 0; t < nt; t++)
    for (let z = 0; z < nz; z++)
      for (let y = 0; y < ny; y++)
        for (let x = 0; x < nx; x++) values[((x * ny + y) * nz + z) * nt + t] = stored[from++];
  return values;
}
