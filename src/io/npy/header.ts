import { latin1Text } from "../../core/latin1.ts";
import { FileFormatError } from "../../core/errors.ts";
import { parseDtype, type Dtype } from "./dtype.ts";
import { parsePythonLiteral, type PythonLiteral } from "./python-literal.ts";

/** The first bytes of every `.npy` file: \x93NUMPY. */
export const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const;

/** Bytes before the header's text in version 1 (2 bytes of length) and later (4). */
export const preambleBytes = (version: number): number => (version === 1 ? 10 : 12);

const MOST_HEADER_BYTES = 1 << 20;
const MOST_AXES = 64;

/** Where the header's text lies. */
export interface Preamble {
  readonly version: number;
  readonly start: number;
  readonly end: number;
}

/** What the header says. */
export interface NpyHeader {
  readonly dtype: Dtype;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  /** Number of elements. */
  readonly count: number;
}

/** Magic, version and length of the header; `start` holds the first 12 bytes, or all of a shorter file. */
export function parsePreamble(start: Uint8Array, fileBytes: number, file: string): Preamble {
  if (!MAGIC.every((byte, i) => start[i] === byte)) {
    const found = fileBytes === 0 ? "an empty file" : `bytes ${hex(start.subarray(0, 6))}`;
    throw new FileFormatError(file, "first 6 bytes", `${hex(MAGIC)} (an .npy file)`, found);
  }
  const [major, minor] = [start[6], start[7]];
  if (major === undefined || minor === undefined || major < 1 || major > 3 || minor !== 0)
    throw new FileFormatError(file, "format version", "1.0, 2.0 or 3.0", `${major}.${minor}`);
  const begin = preambleBytes(major);
  if (start.length < begin)
    throw new FileFormatError(file, "header length", `${begin} bytes`, `${fileBytes} bytes`);
  const view = new DataView(start.buffer, start.byteOffset, start.length);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > Math.min(MOST_HEADER_BYTES, fileBytes - begin)) {
    const most = Math.min(MOST_HEADER_BYTES, fileBytes - begin);
    throw new FileFormatError(file, "header length", `at most ${most} bytes`, `${length}`);
  }
  return { version: major, start: begin, end: begin + length };
}

/** The header's text; `dataBytes` is what the file has after it, and must be exactly the array. */
export function parseHeader(
  text: Uint8Array,
  version: number,
  dataBytes: number,
  file: string,
): NpyHeader {
  const entries = headerEntries(text, version, file);
  const dtype = parseDtype(entries.get("descr"), file);
  const fortran = entries.get("fortran_order");
  if (typeof fortran !== "boolean")
    throw new FileFormatError(file, "header entry fortran_order", "True or False", show(fortran));
  const shape = parseShape(entries.get("shape"), file);
  const count = countElements(shape, dtype, dataBytes, file);
  return { dtype, fortran, shape, count };
}

function headerEntries(text: Uint8Array, version: number, file: string) {
  let found: PythonLiteral;
  try {
    const utf8 = new TextDecoder("utf-8", { fatal: true });
    found = parsePythonLiteral(version === 3 ? utf8.decode(text) : latin1Text(text));
  } catch (cause) {
    const why = cause instanceof SyntaxError ? cause.message : "text that is not UTF-8";
    throw new FileFormatError(file, "header", "a Python dictionary", why, { cause });
  }
  if (typeof found !== "object" || found === null || !("dict" in found))
    throw new FileFormatError(file, "header", "a Python dictionary", show(found));
  const keys = [...found.dict.keys()].sort().join(", ");
  if (keys !== "descr, fortran_order, shape")
    throw new FileFormatError(file, "header", "descr, fortran_order and shape", keys || "nothing");
  return found.dict;
}

function parseShape(value: PythonLiteral | undefined, file: string): number[] {
  const axes = typeof value === "object" && value !== null && "tuple" in value ? value.tuple : [];
  const ok = typeof value === "object" && value !== null && "tuple" in value;
  const sane = axes.every((axis) => typeof axis === "number" && Number.isSafeInteger(axis));
  if (!ok || !sane || axes.length > MOST_AXES)
    throw new FileFormatError(file, "header entry shape", "a tuple of lengths", show(value));
  return axes as number[];
}

function countElements(shape: readonly number[], dtype: Dtype, dataBytes: number, file: string) {
  const count = shape.includes(0) ? 0 : shape.reduce((product, length) => product * length, 1);
  // Elements of no bytes would let a short file claim any number of them.
  if (dtype.itemBytes === 0 && count > 0)
    throw new FileFormatError(file, "header entry descr", "elements of 1 byte or more", dtype.name);
  if (count * dtype.itemBytes !== dataBytes) {
    throw new FileFormatError(
      file,
      "data",
      `${count * dtype.itemBytes} bytes for shape (${shape.join(", ")}) of ${dtype.name}`,
      `${dataBytes} bytes`,
      count * dtype.itemBytes < dataBytes
        ? { advice: "if several arrays were saved to one file, save them as .npz instead" }
        : { advice: "the file is damaged or cut short; copy or make it again" },
    );
  }
  return count;
}

function hex(bytes: Iterable<number>): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

function show(value: unknown): string {
  return value === undefined ? "none" : JSON.stringify(value).slice(0, 80);
}
