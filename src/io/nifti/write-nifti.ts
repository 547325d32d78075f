import { text, either, oneOf, object, kind, list, numbers, thing } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { fileNameOf, writePath } from "#platform/files";
import { gzipChunks } from "#platform/zlib";
import { InvalidArgument, ShapeMismatch, UnknownOption } from "../../core/errors.ts";
import { sizeOf, type NumericArray } from "../../core/matrix.ts";
import { datatypeNames, typeOfName } from "./datatypes.ts";
import type { StoredType } from "./datatypes.ts";
import { encodeHeader } from "./encode-header.ts";
import { encodeVoxels, fitScaling, type FittedScaling } from "./encode-voxels.ts";
import { encodePlacement } from "./write-placement.ts";
import type { NiftiAffine, NiftiDatatype, NiftiHeader, NiftiScaling } from "./types.ts";

/**
 * What is written: values in C order (last axis fastest), their shape (x, y, z, …, 1 to 7 axes) and the affine. What
 * else a read image has is kept: spread it, `{ ...image, data, shape }`.
 */
export interface NiftiInput extends Partial<
  Pick<
    NiftiHeader,
    "zooms" | "sform" | "qform" | "units" | "description" | "details" | "extensions"
  >
> {
  readonly data: NumericArray;
  readonly shape: readonly number[];
  readonly affine: NiftiAffine;
}

/** How an image is written. */
export interface NiftiWriteOptions {
  /** Type of the voxels in the file. Default: "float32". */
  readonly datatype?: NiftiDatatype;
  /**
   * Stored = round((value − intercept) / slope). "fit" spreads the values over the range of a type of whole numbers;
   * zeros stay zeros, and no other value becomes one. Default: none; then whole numbers must be given for such a type.
   */
  readonly scaling?: NiftiScaling | "fit";
  /** Of the format. Default: 1, and 2 where an axis is longer than 32767. */
  readonly version?: 1 | 2;
}

const writeNiftiNames: OptionNames<NiftiWriteOptions> = {
  datatype: text,
  scaling: either(oneOf(["fit"]), object),
  version: kind("1 or 2", (value) => value === 1 || value === 2),
};

/**
 * Write a NIfTI image that nibabel reads with the same values and affine: `.nii`, or packed when the name ends in
 * `.gz`. Little-endian; the file gets its name when it is complete. NIfTI-1 has float32 affines, NIfTI-2 float64.
 *
 * Throws `ShapeMismatch`, and `InvalidArgument` for values that the type cannot hold.
 *
 * @example
 * import { readNifti, writeNifti } from "tsrsa";
 * async function negate(from: string, to: string) {
 *   const image = await readNifti(from);
 *   await writeNifti(to, { ...image, data: image.data.map((value) => -value) });
 * }
 */
export async function writeNifti(
  path: string | URL,
  image: NiftiInput,
  options: NiftiWriteOptions = {},
): Promise<void> {
  checkOptions(options, writeNiftiNames);
  const name = fileNameOf(path);
  if (!/\.nii(\.gz)?$/i.test(name))
    throw new InvalidArgument("path", name, "give a name that ends in .nii or .nii.gz");
  const chunks = niftiChunks(image, options);
  await writePath(path, /\.gz$/i.test(name) ? gzipChunks(oneByOne(chunks)) : chunks);
}

/**
 * The bytes of a `.nii` file, as {@link writeNifti} writes it.
 *
 * @example
 * import { niftiBytes } from "tsrsa/io";
 * const affine = [[2, 0, 0, 0], [0, 2, 0, 0], [0, 0, 2, 0], [0, 0, 0, 1]];
 * niftiBytes({ data: new Float32Array(8), shape: [2, 2, 2], affine }).length; // 384
 */
export function niftiBytes(image: NiftiInput, options: NiftiWriteOptions = {}): Uint8Array {
  checkOptions(options, writeNiftiNames);
  const chunks = [...niftiChunks(image, options)];
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

const isImage = thing("an image with data, shape and affine", "data", "shape", "affine");

function* niftiChunks(image: NiftiInput, options: NiftiWriteOptions): Generator<Uint8Array> {
  isImage(image, "image");
  const { data, shape } = image;
  list(shape, "shape");
  numbers(data, "data of the image");
  checkShape(shape, data.length);
  const type = typeOf(options.datatype ?? "float32");
  const version = versionOf(shape, options.version);
  const scaling = scalingOf(image, type, version, options.scaling);
  yield encodeHeader({
    version,
    shape,
    type,
    scaling,
    placement: encodePlacement(image),
    units: image.units ?? { space: "mm", time: shape.length > 3 ? "s" : "unknown" },
    description: image.description ?? "",
    details: image.details,
    extensions: image.extensions ?? [],
  });
  yield* encodeVoxels({ data, shape }, type, scaling);
}

function checkShape(shape: readonly number[], length: number): void {
  const possible = shape.length >= 1 && shape.length <= 7;
  if (!possible || !shape.every((n) => Number.isSafeInteger(n) && n >= 1))
    throw new InvalidArgument(
      "shape",
      `(${shape.join(", ")})`,
      "give 1 to 7 lengths of at least 1",
    );
  if (sizeOf(shape) === length) return;
  throw new ShapeMismatch(`${sizeOf(shape)} values for (${shape.join(", ")})`, `${length}`);
}

function typeOf(name: string): StoredType {
  const type = typeOfName(name);
  if (type === undefined) throw new UnknownOption("datatype", name, datatypeNames);
  return type;
}

const longestAxis1 = 32767;

function versionOf(shape: readonly number[], wanted: 1 | 2 | undefined): 1 | 2 {
  const long = shape.some((length) => length > longestAxis1);
  if (wanted === 1 && long)
    throw new InvalidArgument("version", 1, `an axis is longer than ${longestAxis1}; give 2`);
  return wanted ?? (long ? 2 : 1);
}

function scalingOf(
  { data }: NiftiInput,
  type: StoredType,
  version: 1 | 2,
  wanted: NiftiScaling | "fit" | undefined,
): FittedScaling | undefined {
  if (wanted === undefined) return undefined;
  const fitted: FittedScaling = wanted === "fit" ? fitScaling(data, type) : wanted;
  const { slope, intercept, zero } = fitted;
  if (!Number.isFinite(slope) || slope === 0 || !Number.isFinite(intercept))
    throw new InvalidArgument(
      "scaling",
      `${slope}, ${intercept}`,
      "give finite numbers, slope not 0",
    );
  // What is divided by is what the header will hold.
  return version === 1
    ? { slope: Math.fround(slope), intercept: Math.fround(intercept), zero }
    : { slope, intercept, zero };
}

async function* oneByOne(
  chunks: Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}
