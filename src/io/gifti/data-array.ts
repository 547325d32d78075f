import { machineIsLittleEndian, swapBytes } from "../../core/bytes.ts";
import { FileFormatError } from "../../core/errors.ts";
import { matrix, sizeOf, type NumericArray } from "../../core/matrix.ts";
import type { XmlElement } from "../xml/parse-xml.ts";
import { arrayBytes, type GiftiInput } from "./array-bytes.ts";
import { childOf, metaOf, textOf } from "./elements.ts";
import type { GiftiArray, GiftiTransform } from "./types.ts";

interface TypedArrayOf {
  readonly BYTES_PER_ELEMENT: number;
  new (count: number): NumericArray;
  new (buffer: ArrayBuffer, offset: number, count: number): NumericArray;
}

const arrayOfType: Readonly<Record<string, TypedArrayOf>> = {
  NIFTI_TYPE_UINT8: Uint8Array,
  NIFTI_TYPE_INT8: Int8Array,
  NIFTI_TYPE_INT16: Int16Array,
  NIFTI_TYPE_UINT16: Uint16Array,
  NIFTI_TYPE_INT32: Int32Array,
  NIFTI_TYPE_UINT32: Uint32Array,
  NIFTI_TYPE_FLOAT32: Float32Array,
  NIFTI_TYPE_FLOAT64: Float64Array,
};

const encodings = ["ASCII", "Base64Binary", "GZipBase64Binary", "ExternalFileBinary"];
const endians = ["LittleEndian", "BigEndian"];
const orders = ["RowMajorOrder", "ColumnMajorOrder"];
const mostAxes = 6;

/** One `DataArray` element. Throws `FileFormatError` before it allocates what the file cannot hold. */
export async function readDataArray(element: XmlElement, file: GiftiInput): Promise<GiftiArray> {
  const intent = attribute(element, "Intent", file).replace(/^NIFTI_INTENT_/, "");
  const shape = shapeOf(element, file);
  const type = oneOf(element, "DataType", Object.keys(arrayOfType), file);
  oneOf(element, "Encoding", encodings, file);
  const order = oneOf(element, "ArrayIndexingOrder", orders, file, "RowMajorOrder");
  const make = arrayOfType[type];
  file.budget.take(sizeOf(shape) * make.BYTES_PER_ELEMENT, `DataArray of (${shape.join(", ")})`);
  const stored = await readValues(element, make, sizeOf(shape), file);
  return {
    intent,
    values: matrix(order === "ColumnMajorOrder" ? rowMajor(stored, shape, make) : stored, shape),
    meta: metaOf(childOf(element, "MetaData")),
    transforms: element.children
      .filter(({ name }) => name === "CoordinateSystemTransformMatrix")
      .map((transform) => transformOf(transform, file)),
  };
}

async function readValues(
  element: XmlElement,
  make: TypedArrayOf,
  count: number,
  file: GiftiInput,
): Promise<NumericArray> {
  const data = childOf(element, "Data")?.text ?? "";
  if (element.attributes.get("Encoding") === "ASCII") return asciiValues(data, make, count, file);
  const size = make.BYTES_PER_ELEMENT;
  const endian = oneOf(element, "Endian", endians, file, size === 1 ? "LittleEndian" : undefined);
  const bytes = Uint8Array.from(await arrayBytes(element, data, count * size, file));
  if ((endian === "LittleEndian") !== machineIsLittleEndian) swapBytes(bytes, size);
  return new make(bytes.buffer, 0, count);
}

const wordPattern = /\S+/g;

function asciiValues(
  data: string,
  make: TypedArrayOf,
  count: number,
  file: GiftiInput,
): NumericArray {
  const values = new make(count);
  let at = 0;
  for (const [word] of data.matchAll(wordPattern)) {
    const value = asciiNumber(word);
    if (at < count) values[at] = value ?? 0;
    if (value === undefined || (at < count && isWhole(values) && values[at] !== value))
      throw fault(file, "Data", "numbers of its type", JSON.stringify(word.slice(0, 20)));
    at++;
  }
  if (at !== count) throw fault(file, "Data", `${count} numbers, as its dimensions say`, `${at}`);
  return values;
}

function isWhole(values: NumericArray): boolean {
  return !(values instanceof Float32Array || values instanceof Float64Array);
}

function asciiNumber(word: string): number | undefined {
  const found = /^([+-]?)(nan|inf(?:inity)?)$/i.exec(word);
  if (found !== null)
    return found[2].toLowerCase() === "nan" ? NaN : found[1] === "-" ? -Infinity : Infinity;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : undefined;
}

/** Values whose first axis runs fastest, put so that the last does. */
function rowMajor(
  stored: NumericArray,
  shape: readonly number[],
  make: TypedArrayOf,
): NumericArray {
  const values = new make(stored.length);
  const at = shape.map(() => 0);
  for (let from = 0; from < stored.length; from++) {
    values[at.reduce((place, index, axis) => place * shape[axis] + index, 0)] = stored[from];
    for (let axis = 0; axis < at.length && ++at[axis] === shape[axis]; axis++) at[axis] = 0;
  }
  return values;
}

function shapeOf(element: XmlElement, file: GiftiInput): number[] {
  const axes = count(element, "Dimensionality", file);
  if (axes < 1 || axes > mostAxes)
    throw fault(file, "Dimensionality", `1 to ${mostAxes}`, String(axes));
  return Array.from({ length: axes }, (_, axis) => count(element, `Dim${axis}`, file));
}

function count(element: XmlElement, name: string, file: GiftiInput): number {
  const text = attribute(element, name, file).trim();
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(value)) throw fault(file, name, "a whole number from 0", JSON.stringify(text));
  return value;
}

function transformOf(element: XmlElement, file: GiftiInput): GiftiTransform {
  const words = textOf(childOf(element, "MatrixData")).match(wordPattern) ?? [];
  const numbers = words.map(asciiNumber);
  if (numbers.length !== 16 || numbers.some((value) => value === undefined))
    throw fault(file, "MatrixData", "16 numbers", `${numbers.length} words`);
  return {
    from: textOf(childOf(element, "DataSpace")),
    to: textOf(childOf(element, "TransformedSpace")),
    affine: matrix(Float64Array.from(numbers as number[]), [4, 4]),
  };
}

function attribute(element: XmlElement, name: string, file: GiftiInput): string {
  const value = element.attributes.get(name);
  if (value === undefined) throw fault(file, "DataArray", `the attribute ${name}`, "none");
  return value;
}

function oneOf(
  element: XmlElement,
  name: string,
  known: readonly string[],
  file: GiftiInput,
  usual?: string,
): string {
  const value = element.attributes.get(name) ?? usual ?? attribute(element, name, file);
  if (!known.includes(value))
    throw fault(file, name, `one of ${known.join(", ")}`, JSON.stringify(value.slice(0, 40)));
  return value;
}

function fault(
  { name }: GiftiInput,
  field: string,
  expected: string,
  found: string,
): FileFormatError {
  return new FileFormatError(name, field, expected, found);
}
