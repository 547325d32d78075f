import { sizeOf } from "../../core/matrix.ts";
import { cOrdered, numberArray, numberClasses, textArray } from "./arrays.ts";
import { elementType, type Element, type ElementReader } from "./elements.ts";
import type { MatStruct, MatValue } from "./mat-value.ts";

/** Array classes, by their number. */
const classes = {
  cell: 1,
  struct: 2,
  object: 3,
  char: 4,
  sparse: 5,
  firstNumber: 6,
  lastNumber: 15,
  function: 16,
  opaque: 17,
} as const;

/** Cells in cells in cells: more of them is no data, but an attack on the stack. */
const mostDepth = 64;

/** As many as numpy has. */
const mostAxes = 64;

/** More than this is no text: blanks need no bytes in the file. */
const mostChars = 2 ** 24;

/** What a value within another takes in memory, however few bytes of the file it has. */
const valueBytes = 400;
/** What a row of characters is cut into. */
const [charBytes, rowBytes] = [2, 24];

/** What an array says of itself. */
export interface MatHead {
  readonly name: string;
  readonly shape: readonly number[];
  readonly isComplex: boolean;
  readonly isLogical: boolean;
  readonly arrayClass: number;
}

/** The head of a matrix element, and a reader of what follows it. */
export function readHead(
  reader: ElementReader,
  { bytes }: Element,
): { head: MatHead; rest: ElementReader } {
  const rest = reader.inside(bytes);
  const [flags = 0] = rest.numbers("array flags", 2);
  const arrayClass = flags & 0xff;
  const said = {
    isComplex: (flags & 0x800) !== 0,
    isLogical: (flags & 0x200) !== 0,
    arrayClass,
  };
  // An object of a newer kind has a name and its class, and no dimensions.
  if (arrayClass === classes.opaque)
    return { head: { ...said, name: textOf(rest.next("array name").bytes), shape: [] }, rest };
  const shape = rest.numbers("dimensions", mostAxes);
  const ok =
    shape.length >= 2 &&
    shape.length <= mostAxes &&
    shape.every((length) => Number.isInteger(length) && length >= 0) &&
    Number.isSafeInteger(sizeOf(shape));
  if (!ok)
    throw rest.fault(
      "dimensions",
      `2 to ${mostAxes} lengths`,
      `${shape.length}: ${shape.slice(0, 4).join(" × ")}${shape.length > 4 ? " …" : ""}`,
    );
  return { head: { ...said, shape, name: textOf(rest.next("array name").bytes) }, rest };
}

/** The value of a matrix element whose head was read. */
export function readValue(rest: ElementReader, head: MatHead, depth: number): MatValue {
  if (depth > mostDepth)
    throw rest.fault(head.name || "cells", `at most ${mostDepth} levels`, "more");
  const { arrayClass } = head;
  if (arrayClass === classes.cell) return readCells(rest, head, depth);
  if (arrayClass === classes.struct) return readStruct(rest, head, depth);
  if (arrayClass === classes.char) return readChars(rest, head);
  if (arrayClass >= classes.firstNumber && arrayClass <= classes.lastNumber)
    return readNumbers(rest, head);
  return { kind: "unreadable", what: unreadable(rest, arrayClass) };
}

function readNested(reader: ElementReader, field: string, depth: number): MatValue {
  reader.budget.take(valueBytes, field);
  const element = reader.next(field);
  if (element.type !== elementType.matrix)
    throw reader.fault(field, "an array", `an element of type ${element.type}`);
  // An empty value may be left out but for its tag.
  if (element.bytes.length === 0)
    return { kind: "number", dtype: "<f8", shape: [0, 0], data: new Float64Array(0) };
  const { head, rest } = readHead(reader, element);
  return readValue(rest, head, depth + 1);
}

function readCells(rest: ElementReader, { shape, name }: MatHead, depth: number): MatValue {
  const n = checkedCount(rest, shape, name, 1);
  const cells = Array.from({ length: n }, () => readNested(rest, `a cell of ${name}`, depth));
  return { kind: "cell", shape, data: cOrdered(cells, shape) };
}

function readStruct(rest: ElementReader, { shape, name }: MatHead, depth: number): MatStruct {
  const [width = 0] = rest.numbers("length of field names", 1);
  const names = rest.next("field names").bytes;
  if (!Number.isInteger(width) || width < 1 || names.length % width !== 0)
    throw rest.fault(`fields of ${name}`, "names of equal length", `${names.length} bytes`);
  const fields = Array.from({ length: names.length / width }, (_, at) =>
    textOf(names.subarray(at * width, (at + 1) * width)),
  );
  if (new Set(fields).size < fields.length)
    throw rest.fault(`fields of ${name}`, "distinct names", fields.join(", "));
  const n = checkedCount(rest, shape, name, fields.length);
  rest.budget.takeObjects(n, name || "structs", valueBytes);
  const elements = Array.from(
    { length: n },
    () => new Map(fields.map((field) => [field, readNested(rest, `${name}.${field}`, depth)])),
  );
  return { kind: "struct", shape, fields, data: cOrdered(elements, shape) };
}

/** Number of nested values: each takes at least a tag of 8 bytes, so that the file must be long enough. */
function checkedCount(
  rest: ElementReader,
  shape: readonly number[],
  name: string,
  each: number,
): number {
  const n = sizeOf(shape);
  const bytes = 8 * n * Math.max(each, 0);
  if (bytes <= rest.left && (each > 0 || n <= 2 ** 16)) return n;
  throw rest.fault(name || "cells", `room for ${n * each} values`, `${rest.left} bytes`);
}

function readNumbers(rest: ElementReader, head: MatHead): MatValue {
  const numberClass = numberClasses[head.arrayClass - classes.firstNumber];
  const parts = [rest.next(head.name || "values")];
  if (head.isComplex) parts.push(rest.next(`imaginary part of ${head.name}`));
  return numberArray(rest, parts, { ...head, numberClass });
}

function readChars(rest: ElementReader, { shape, name }: MatHead): MatValue {
  const n = sizeOf(shape);
  if (n > mostChars) throw rest.fault(name || "text", `at most ${mostChars} characters`, `${n}`);
  rest.budget.take(n * (shape[0] > 1 ? charBytes + rowBytes : charBytes), name || "text");
  // Some writers leave the text of an empty array out.
  if (n === 0 && rest.left < 8) return textArray("", shape);
  const element = rest.next(name || "text");
  // Some writers leave the characters out, too: they are blanks.
  const text = element.bytes.length === 0 ? " ".repeat(n) : decodeChars(rest, element, name);
  if (text.length !== n) throw rest.fault(name || "text", `${n} characters`, `${text.length}`);
  return textArray(text, shape);
}

function decodeChars(rest: ElementReader, element: Element, name: string): string {
  const { type, bytes } = element;
  if (type === elementType.utf8) return utf8(rest, bytes, name || "text");
  const wide: Record<number, number> = { [elementType.utf16]: 4, [elementType.utf32]: 6 };
  const codes = rest.numbersOf({ type: wide[type] ?? type, bytes }, name || "text");
  let text = "";
  for (const code of codes) {
    if (!Number.isInteger(code) || code < 0 || code > 0x10ffff)
      throw rest.fault(name || "text", "character codes", `${code}`);
    text += code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code);
  }
  return text;
}

function utf8(rest: ElementReader, bytes: Uint8Array, field: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw rest.fault(field, "text in UTF-8", "other bytes");
  }
}

function unreadable(rest: ElementReader, arrayClass: number): string {
  if (arrayClass === classes.sparse) return "a sparse matrix: save full(…) of it";
  if (arrayClass === classes.function) return "a function handle";
  if (arrayClass === classes.object || arrayClass === classes.opaque)
    return "an object (a table, string array or class): save its data as arrays, structs or cells";
  throw rest.fault("array class", "1 to 17", `${arrayClass}`);
}

const decoder = new TextDecoder();

/** A name, which ends at its first zero. */
function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return decoder.decode(end < 0 ? bytes : bytes.subarray(0, end));
}
