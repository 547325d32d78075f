import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import type { FileInput } from "../../core/byte-source.ts";
import { InvalidArgument } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { CheckedHeader } from "./check-header.ts";
import { readDetails } from "./details.ts";
import { readExtensions } from "./extensions.ts";
import { openFiles } from "./files.ts";
import type { NiftiFile } from "./files.ts";
import { gridOf, readStoredNumbers, readValues } from "./read-voxels.ts";
import type { Box } from "./read-voxels.ts";
import type { NiftiHeader, NiftiImage, NiftiStored } from "./types.ts";

/** How to open. */
export interface NiftiOpenOptions {
  /** The voxels of a .hdr and .img pair whose header is given as bytes; for paths the other file is found. */
  readonly voxels?: FileInput;
  /**
   * Most bytes that the values of one reading may take. Default for a packed file: 192 MiB, or 200 values for each of
   * its bytes if that is more; any for one that is not packed.
   */
  readonly maxBytes?: number;
  /** Ends what is fetched of a file on a server, as long as it is open. */
  readonly signal?: AbortSignal;
}

/** What to read of an image; both ranges go from the first up to but without the last. Default: all. */
export interface NiftiSelection {
  /** Volumes in the order of the file (the fourth axis, then those after it). */
  readonly volumes?: readonly [first: number, last: number];
  /** Slices along z, the third axis: a slab. */
  readonly slices?: readonly [first: number, last: number];
  readonly signal?: AbortSignal;
}

/**
 * An open image: everything but its voxels is known, and any volumes or slab of them can be read. All results are in
 * **C order** (last axis fastest; see {@link NiftiImage}), scaled in float64 as nibabel's `get_fdata`.
 *
 * Every read throws `FileFormatError` when the file is damaged, `InvalidArgument` for what does not exist, `Cancelled`.
 * Of a packed file (.nii.gz) the first read runs on to the end once, so that its checksum vouches for every number;
 * reading backwards unpacks it from the start again, so read volumes in order.
 */
export interface NiftiReader extends NiftiHeader {
  /** Product of the lengths of the axes after the third. */
  readonly nVolumes: number;
  /** One volume, of shape (nx, ny, nz): z varies fastest. */
  readVolume(
    volume: number,
    options?: Pick<NiftiSelection, "signal">,
  ): Promise<Matrix<Float64Array>>;
  /** Volumes from `first` up to but without `last`, of shape (nx, ny, nz, last − first). */
  readVolumes(
    first: number,
    last: number,
    options?: Pick<NiftiSelection, "signal">,
  ): Promise<Matrix<Float64Array>>;
  /** What is selected, of shape (nx, ny, slices, volumes). */
  read(selection?: NiftiSelection): Promise<Matrix<Float64Array>>;
  /** Everything, of the image's own shape. */
  readAll(options?: Pick<NiftiSelection, "signal">): Promise<Matrix<Float64Array>>;
  /** As `read`, the stored numbers without scaling and in the file's type. */
  readStored(selection?: NiftiSelection): Promise<NiftiStored>;
  close(): Promise<void>;
}

const openNiftiNames: OptionNames<NiftiOpenOptions> = {
  voxels: true,
  maxBytes: true,
  signal: true,
};

/**
 * Open a NIfTI image (version 1 or 2; .nii, .nii.gz, or a .hdr and .img pair, named by either) without reading its
 * voxels. Its header is checked against the size of the file before anything is allocated. Shape, affine and scaling
 * agree with `nibabel.load`. Complex numbers, colours, 1-bit and 128-bit voxels are refused.
 *
 * Throws `MissingFile`, or `FileFormatError` naming the field, what was expected and what was found.
 *
 * @example
 * import { niftiBytes, openNifti } from "tsrsa/io";
 * const affine = [[3, 0, 0, -3], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const data = new Float64Array([1, 2, 3, 4, 5, 6, 7, 8]);
 * const image = await openNifti(niftiBytes({ data, shape: [2, 1, 2, 2], affine }));
 * image.nVolumes; // 2
 * Array.from((await image.readVolume(1)).data); // [2, 4, 6, 8]
 * await image.close();
 */
export async function openNifti(
  input: FileInput,
  options: NiftiOpenOptions = {},
): Promise<NiftiReader> {
  checkOptions(options, openNiftiNames);
  const file = await openFiles(input, options);
  try {
    return { ...(await describe(file)), ...readsOf(file), close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Read a whole NIfTI image: header, affine and all values in **C order** (last axis fastest, as in numpy), scaled in
 * float64. Agrees with `nibabel.load(path).get_fdata()`. Takes 8 bytes a voxel; to read less, use `openNifti` of
 * `tsrsa/io`. Its affine maps voxel indices to mm; see {@link NiftiImage}.
 *
 * Throws `MissingFile`, `FileFormatError`; never returns a short or guessed image.
 *
 * @example
 * import { readNifti } from "tsrsa";
 * async function valueAt(path: string, [x, y, z]: number[]) {
 *   const { data, shape } = await readNifti(path);
 *   return data[(x * shape[1] + y) * shape[2] + z];
 * }
 */
export async function readNifti(
  input: FileInput,
  options: NiftiOpenOptions = {},
): Promise<NiftiImage> {
  checkOptions(options, openNiftiNames);
  const file = await openFiles(input, options);
  try {
    const header = await describe(file);
    const { data } = await readsOf(file).readAll(options);
    return { ...header, data };
  } finally {
    await file.close();
  }
}

async function describe(file: NiftiFile): Promise<NiftiHeader> {
  const { header } = file;
  return {
    ...headerOf(header),
    details: readDetails(file.headerBytes, header.fields),
    extensions: await readExtensions(file.head, header),
  };
}

function headerOf(header: CheckedHeader): Omit<NiftiHeader, "details" | "extensions"> {
  const { fields, shape, zooms, affine, affineFrom, sform, qform, scaling, units } = header;
  return {
    version: fields.version,
    byteOrder: fields.littleEndian ? "little" : "big",
    shape,
    zooms,
    affine,
    affineFrom,
    sform,
    qform,
    datatype: header.type.name,
    scaling,
    units,
    description: fields.description,
  };
}

function readsOf(file: NiftiFile): Omit<NiftiReader, keyof NiftiHeader | "close"> {
  const { shape } = file.header;
  const [nx, ny, nz, nVolumes] = gridOf(shape);
  const read = async (selection: NiftiSelection = {}) => {
    const { box, shape } = boxOf(file, selection);
    const data = await proved(file, () => readValues(file, box, selection.signal));
    return { data, shape };
  };
  return {
    nVolumes,
    read,
    readVolumes: (first, last, options) => read({ ...options, volumes: [first, last] }),
    readVolume: async (volume, options) => {
      checkVolume(volume, nVolumes);
      const { data } = await read({ ...options, volumes: [volume, volume + 1] });
      return { data, shape: [nx, ny, nz] };
    },
    readAll: async ({ signal } = {}) => {
      const box: Box = { slices: [0, nz], volumes: [0, nVolumes], order: "axes" };
      return { data: await proved(file, () => readValues(file, box, signal)), shape };
    },
    readStored: async (selection = {}) => {
      const { box, shape } = boxOf(file, selection);
      const data = await proved(file, () => readStoredNumbers(file, box, selection.signal));
      return { data, shape };
    },
  };
}

// A packed file vouches for its numbers only at its end.
async function proved<T>(file: NiftiFile, read: () => Promise<T>): Promise<T> {
  if (file.doubtful) await file.prove();
  const result = await read();
  await file.prove();
  return result;
}

function boxOf(file: NiftiFile, selection: NiftiSelection): { box: Box; shape: number[] } {
  const [nx, ny, nz, nVolumes] = gridOf(file.header.shape);
  const slices = checkRange("slices", selection.slices, nz);
  const volumes = checkRange("volumes", selection.volumes, nVolumes);
  return {
    box: { slices, volumes, order: "file" },
    shape: [nx, ny, slices[1] - slices[0], volumes[1] - volumes[0]],
  };
}

function checkRange(
  argument: string,
  range: readonly [number, number] | undefined,
  length: number,
): readonly [number, number] {
  const [first, last] = range ?? [0, length];
  const whole = Number.isInteger(first) && Number.isInteger(last);
  if (whole && first >= 0 && first < last && last <= length) return [first, last];
  throw new InvalidArgument(
    argument,
    `[${first}, ${last}]`,
    `give two whole numbers, the first below the last, from 0 to ${length}`,
  );
}

function checkVolume(volume: number, nVolumes: number): void {
  if (Number.isInteger(volume) && volume >= 0 && volume < nVolumes) return;
  throw new InvalidArgument("volume", volume, `give a whole number from 0 to ${nVolumes - 1}`);
}
