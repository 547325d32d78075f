import { FileFormatError } from "../../core/errors.ts";
import { bytesOfType, onnxTypes, type OnnxExternal, type OnnxTensorInfo } from "./types.ts";
import {
  append,
  damaged,
  varints,
  wireFields,
  wireText,
  type Wire,
  type WireField,
} from "./wire.ts";

/** Numbers that are kept: shapes, axes and scales have few. */
const mostValues = 64;

/** Where tensors are met: the file, and those whose numbers lie in another. */
export interface TensorWire extends Wire {
  readonly outside: OnnxTensorInfo[];
}

/** The numbers of a tensor as they lie in the file. */
interface Stored {
  /** Field 9, raw bytes. */
  raw?: WireField;
  /** Bytes of typed fields: floats, doubles, whole numbers. */
  typedBytes: number;
  readonly few: WireField[];
}

/**
 * What a TensorProto says of itself; its numbers are not copied. Throws `FileFormatError` when its shape does not fit
 * its numbers.
 */
export function parseTensor(wire: TensorWire, start: number, end: number): OnnxTensorInfo {
  const dims: number[] = [];
  const stored: Stored = { typedBytes: 0, few: [] };
  const entries = new Map<string, string>();
  let [name, kind, isExternal] = ["", 0, false];
  for (const field of wireFields(wire, "a tensor", start, end)) {
    if (field.number === 1) append(dims, varints(wire, "shape of a tensor", field));
    else if (field.number === 2) kind = field.value;
    else if (field.number === 8) name = wireText(wire, "name of a tensor", field);
    else if (field.number === 9) stored.raw = field;
    else if ([4, 5, 7, 10, 11].includes(field.number)) addTyped(stored, field);
    else if (field.number === 13) addEntry(wire, entries, field);
    else if (field.number === 14) isExternal = field.value === 1;
  }
  const what = `weights ${JSON.stringify(name)}`;
  if (dims.length > 64) throw damaged(wire, what, "at most 64 axes", `${dims.length}`);
  const type = onnxTypes[kind];
  if (type === undefined || kind === 0)
    throw damaged(wire, what, "a type of numbers that is known", `number ${kind}`);
  const external = isExternal ? externalOf(wire, what, entries) : undefined;
  const tensor = { name, type, shape: dims, external };
  checkSize(wire, what, tensor, stored);
  const [values, floats] = [wholeValues(wire, tensor, stored), floatValues(wire, tensor, stored)];
  const found = { ...tensor, values, floats };
  if (external !== undefined) wire.outside.push(found);
  return found;
}

function addTyped(stored: Stored, field: WireField): void {
  stored.typedBytes += field.end - field.start;
  const isKept = field.number === 4 || field.number === 5 || field.number === 7;
  // Of more fields than numbers are kept none is needed.
  if (isKept && stored.few.length <= mostValues) stored.few.push(field);
}

function addEntry(wire: Wire, entries: Map<string, string>, { start, end }: WireField): void {
  let [key, value] = ["", ""];
  for (const field of wireFields(wire, "external data", start, end)) {
    if (field.number === 1) key = wireText(wire, "external data", field);
    else if (field.number === 2) value = wireText(wire, "external data", field);
  }
  entries.set(key, value);
}

function externalOf(wire: Wire, what: string, entries: ReadonlyMap<string, string>): OnnxExternal {
  const location = entries.get("location");
  if (location === undefined || location === "")
    throw damaged(wire, what, "the file of external data", "none");
  const number = (key: string): number | undefined => {
    const text = entries.get(key);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
    throw damaged(wire, what, `a number of bytes as ${key}`, JSON.stringify(text.slice(0, 40)));
  };
  return { location, offset: number("offset") ?? 0, length: number("length") };
}

type Sized = Omit<OnnxTensorInfo, "values" | "floats">;

function checkSize(wire: Wire, what: string, tensor: Sized, stored: Stored): void {
  const { shape, type, external } = tensor;
  const count = countOf(shape);
  if (count === undefined)
    throw new FileFormatError(
      wire.file,
      what,
      "a shape whose numbers can be counted",
      `(${shape.slice(0, 8).join(", ")})`,
    );
  if (type === "string") return;
  const bytes = bytesOfType(type, count);
  const found = external === undefined ? bytesStored(stored) : external.length;
  const fits =
    external !== undefined || stored.raw !== undefined || type === "float32" || type === "float64"
      ? found === undefined || found === bytes
      : stored.typedBytes >= count / 2;
  if (!fits) throw damaged(wire, what, `${bytes} bytes for (${shape.join(", ")})`, `${found}`);
}

/** Number of elements, undefined when it is no count. */
function countOf(shape: readonly number[]): number | undefined {
  if (!shape.every((length) => Number.isSafeInteger(length) && length >= 0)) return undefined;
  const count = shape.reduce((product, length) => product * length, 1);
  return Number.isSafeInteger(count * 16) ? count : undefined;
}

function bytesStored({ raw, typedBytes }: Stored): number {
  return raw === undefined ? typedBytes : raw.end - raw.start;
}

function wholeValues(wire: Wire, tensor: Sized, stored: Stored): number[] | undefined {
  const { shape, type, external } = tensor;
  const count = countOf(shape) ?? Infinity;
  if (external !== undefined || (type !== "int64" && type !== "int32") || count > mostValues)
    return undefined;
  if (stored.raw === undefined) {
    const values = stored.few.flatMap((field) => varints(wire, "whole numbers", field));
    return values.length === count ? values : undefined;
  }
  const { bytes } = wire;
  const view = new DataView(bytes.buffer, bytes.byteOffset + stored.raw.start);
  return Array.from({ length: count }, (_, at) =>
    type === "int64" ? Number(view.getBigInt64(8 * at, true)) : view.getInt32(4 * at, true),
  );
}

/** The numbers of a short list of floats: of scales. */
function floatValues(wire: Wire, tensor: Sized, { raw, few }: Stored): number[] | undefined {
  const { shape, type, external } = tensor;
  const count = shape.length === 1 ? shape[0] : Infinity;
  if (external !== undefined || type !== "float32" || count > mostValues) return undefined;
  const { bytes } = wire;
  return (raw === undefined ? few : [raw]).flatMap(({ start, end }) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
    return Array.from({ length: (end - start) / 4 }, (_, at) => view.getFloat32(4 * at, true));
  });
}
