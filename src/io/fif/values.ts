import { latin1Text } from "../../core/latin1.ts";
import { FileFormatError } from "../../core/errors.ts";
import { denseMatrix, describeTag, elementType } from "./constants.ts";
import type { FifTag } from "./tags.ts";
import type { FifFile } from "./tree.ts";

/** Numbers of a tag in C order; those of a complex type have an imaginary part. */
export interface FifNumbers {
  readonly data: Float64Array;
  readonly imaginary: Float64Array | undefined;
  readonly shape: readonly number[];
}

/** Memory for each letter of a list: of one that holds nothing else than empty lists. */
const mostPerLetter = 16;

type Decode = (view: DataView, at: number) => number;
interface Element {
  readonly bytes: number;
  readonly complex: boolean;
  readonly decode: Decode;
}

const elements = new Map<number, Element>([
  [elementType.byte, real(1, (view, at) => view.getUint8(at))],
  [elementType.int16, real(2, (view, at) => view.getInt16(at))],
  [elementType.dau16, real(2, (view, at) => view.getInt16(at))],
  [elementType.int32, real(4, (view, at) => view.getInt32(at))],
  [elementType.julian, real(4, (view, at) => view.getInt32(at))],
  [elementType.float32, real(4, (view, at) => view.getFloat32(at))],
  [elementType.float64, real(8, (view, at) => view.getFloat64(at))],
  [elementType.uint16, real(2, (view, at) => view.getUint16(at))],
  [elementType.uint32, real(4, (view, at) => view.getUint32(at))],
  [elementType.complex64, { ...real(4, (view, at) => view.getFloat32(at)), complex: true }],
  [elementType.complex128, { ...real(8, (view, at) => view.getFloat64(at)), complex: true }],
]);

function real(bytes: number, decode: Decode): Element {
  return { bytes, complex: false, decode };
}

/** How the numbers of a tag are stored. `bytes` is the size of a real number, or of half a complex one. */
export function elementOf(file: FifFile, tag: FifTag): Element {
  const element = elements.get(tag.type & 0xffff);
  const coding = (tag.type & 0xffff0000) >>> 0;
  if (element !== undefined && (coding === 0 || coding === denseMatrix)) return element;
  const found = `type 0x${tag.type.toString(16)}`;
  throw fault(file, tag, "numbers, or a dense matrix of numbers", found);
}

/** Shape of the matrix in a tag. Throws `FileFormatError` when it is not what the tag's size holds. */
export function matrixShape(file: FifFile, tag: FifTag): number[] {
  const element = elementOf(file, tag);
  if (tag.type < denseMatrix) throw fault(file, tag, "a matrix", "plain numbers");
  const trailer = tag.trailer ?? new Uint8Array(0);
  const view = new DataView(trailer.buffer, trailer.byteOffset, trailer.length);
  const nDims = trailer.length < 4 ? 0 : view.getInt32(trailer.length - 4);
  if (nDims < 1 || nDims > 3 || trailer.length < 4 * (nDims + 1))
    throw fault(file, tag, "a matrix of 1 to 3 dimensions", `${nDims}`);
  const start = trailer.length - 4;
  const shape = Array.from({ length: nDims }, (_, i) => view.getInt32(start - 4 * (i + 1)));
  const each = element.bytes * (element.complex ? 2 : 1);
  const bytes = shape.reduce((product, length) => product * length, each) + 4 * (nDims + 1);
  if (shape.some((length) => length < 0) || bytes !== tag.size)
    throw fault(
      file,
      tag,
      `the bytes of a matrix of shape (${shape.join(", ")})`,
      `${tag.size} bytes`,
    );
  return shape;
}

/** The numbers of a tag, whatever their type. A tag that is no matrix has one dimension. */
export function readNumbers(file: FifFile, tag: FifTag): FifNumbers {
  return decodeNumbers(file, tag, bytesOf(file, tag));
}

/** As {@link readNumbers} for a tag whose bytes were fetched separately. */
export function decodeNumbers(file: FifFile, tag: FifTag, bytes: Uint8Array): FifNumbers {
  if (tag.type === elementType.oldPack) return readOldPack(file, tag, bytes);
  const element = elementOf(file, tag);
  const each = element.bytes * (element.complex ? 2 : 1);
  if (tag.type < denseMatrix && bytes.length % each !== 0)
    throw fault(file, tag, `a multiple of ${each} bytes`, `${bytes.length}`);
  const shape = tag.type < denseMatrix ? [bytes.length / each] : matrixShape(file, tag);
  const n = shape.reduce((product, length) => product * length, 1);
  file.budget.take(8 * n * (element.complex ? 2 : 1), describeTag(tag.kind));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const part = (from: number): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => element.decode(view, i * each + from));
  return { data: part(0), imaginary: element.complex ? part(element.bytes) : undefined, shape };
}

/** Integers of a tag. */
export function readInts(file: FifFile, tag: FifTag): Int32Array {
  const { data } = readNumbers(file, tag);
  const ints = Int32Array.from(data);
  if (ints.every((int, i) => int === data[i])) return ints;
  throw fault(file, tag, "whole numbers", "fractions");
}

/** The one integer of a tag. */
export function readInt(file: FifFile, tag: FifTag): number {
  const ints = readInts(file, tag);
  if (ints.length !== 1) throw fault(file, tag, "one number", `${ints.length}`);
  return ints[0];
}

/** The one number of a tag. */
export function readNumber(file: FifFile, tag: FifTag): number {
  const { data } = readNumbers(file, tag);
  if (data.length !== 1) throw fault(file, tag, "one number", `${data.length}`);
  return data[0];
}

/** Text of a tag. FIF text is Latin-1; what does not fit stands as `&#12345;`, as MNE-Python writes it. */
export function readString(file: FifFile, tag: FifTag): string {
  if (tag.type !== elementType.string) throw fault(file, tag, "text (type 10)", `type ${tag.type}`);
  return unescape(latin1Text(bytesOf(file, tag)));
}

/** Names joined by colons; a colon within a name stands as `{COLON}`, as MNE-Python writes it. */
export function readNames(file: FifFile, tag: FifTag): string[] {
  const text = readString(file, tag);
  file.budget.takeObjects(text.length, describeTag(tag.kind), mostPerLetter);
  return text === "" ? [] : text.split(":").map((name) => name.replaceAll("{COLON}", ":"));
}

/** JSON of a tag. */
export function readJson(file: FifFile, tag: FifTag): unknown {
  file.budget.takeObjects(tag.size, describeTag(tag.kind), mostPerLetter);
  try {
    return JSON.parse(readString(file, tag));
  } catch (cause) {
    if (cause instanceof SyntaxError) throw fault(file, tag, "JSON", cause.message);
    throw cause;
  }
}

/** Bytes of a tag that was read on opening. */
export function bytesOf(file: FifFile, tag: FifTag): Uint8Array {
  if (tag.bytes !== undefined) return tag.bytes;
  throw fault(file, tag, "at most 64 MB", `${tag.size} bytes`);
}

/** An error about the content of a tag. */
export function fault(
  file: FifFile,
  tag: FifTag,
  expected: string,
  found: string,
): FileFormatError {
  const field = `${describeTag(tag.kind)} at byte ${tag.position - 16}`;
  return new FileFormatError(file.name, field, expected, found);
}

function unescape(text: string): string {
  return text.replace(/&#(\d{3,7});/g, (escaped, digits: string) => {
    const code = Number(digits);
    return code > 255 && code <= 0x10ffff ? String.fromCodePoint(code) : escaped;
  });
}

// An offset and a scale, then 16-bit numbers.
function readOldPack(file: FifFile, tag: FifTag, bytes: Uint8Array): FifNumbers {
  if (bytes.length < 8 || bytes.length % 2 !== 0)
    throw fault(file, tag, "8 bytes and then pairs of bytes", `${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [offset, scale] = [view.getFloat32(0), view.getFloat32(4)];
  const n = (bytes.length - 8) / 2;
  file.budget.take(8 * n, describeTag(tag.kind));
  const data = Float64Array.from(
    { length: n },
    (_, i) => view.getInt16(8 + 2 * i) * scale + offset,
  );
  return { data, imaginary: undefined, shape: [n] };
}
