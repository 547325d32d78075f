import { latin1Text } from "../../core/latin1.ts";
import { swapBytes, machineIsLittleEndian } from "../../core/bytes.ts";
import type { ByteSource } from "../../core/byte-source.ts";
import { FileFormatError, Unsupported } from "../../core/errors.ts";
import type { NumericArray } from "../../core/matrix.ts";
import { Budget } from "../budget/budget.ts";
import type { NpyArray } from "../npy/npy-array.ts";
import { inRows, ofClass, textArray, type NumberClass } from "./arrays.ts";
import type { MatValue } from "./mat-value.ts";

/** Version 4 has five numbers before each variable: kind, rows, columns, whether complex, and length of the name. */
const headBytes = 20;
const mostNameBytes = 256;
/** Numbers of one byte become characters in rows. */
const mostRatio = 40;

interface Head {
  readonly little: boolean;
  readonly precision: Precision;
  readonly content: "numbers" | "text" | "sparse";
  readonly shape: readonly [rows: number, columns: number];
  readonly isComplex: boolean;
  readonly nameBytes: number;
}

interface Precision {
  readonly numberClass: NumberClass;
  readonly array: (new (buffer: ArrayBuffer) => NumericArray) & { BYTES_PER_ELEMENT: number };
}

/** By the digit of the kind. */
const precisions: readonly Precision[] = [
  { numberClass: "double", array: Float64Array },
  { numberClass: "single", array: Float32Array },
  { numberClass: "int32", array: Int32Array },
  { numberClass: "int16", array: Int16Array },
  { numberClass: "uint16", array: Uint16Array },
  { numberClass: "uint8", array: Uint8Array },
];
const contents = ["numbers", "text", "sparse"] as const;

/** True when these are the first bytes of a MATLAB 4 file of `size` bytes, which has no signature. */
export function isMat4(start: Uint8Array, size: number): boolean {
  const head = start.length < headBytes ? undefined : parseHead(start);
  return head !== undefined && headBytes + head.nameBytes + dataBytes(head) <= size;
}

/** Variables of a MATLAB 4 file, one after the other. */
export async function readMat4(
  source: ByteSource,
  wanted: (name: string) => boolean,
): Promise<Map<string, MatValue>> {
  const budget = new Budget(source.name, source.size, { ratio: mostRatio });
  const values = new Map<string, MatValue>();
  const seen = new Set<string>();
  for (let at = 0; at < source.size;) {
    const head = await readHead(source, at);
    const from = at + headBytes + head.nameBytes;
    const name = nameOf(await source.read(at + headBytes, head.nameBytes), source.name, at);
    if (seen.has(name)) throw fault(source.name, "variables", "each once", `${name} twice`);
    seen.add(name);
    at = from + dataBytes(head);
    if (at > source.size)
      throw fault(source.name, name, `${dataBytes(head)} bytes`, `${source.size - from}`);
    if (wanted(name)) values.set(name, await readValue(source, from, head, name, budget));
  }
  return values;
}

async function readHead(source: ByteSource, at: number): Promise<Head> {
  const field = `variable at byte ${at}`;
  if (at + headBytes > source.size)
    throw fault(source.name, field, `a head of ${headBytes} bytes`, `${source.size - at}`);
  const head = parseHead(await source.read(at, headBytes));
  if (head !== undefined) return head;
  throw fault(source.name, field, "the head of a MATLAB 4 variable", "other bytes");
}

function parseHead(bytes: Uint8Array): Head | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, headBytes);
  for (const little of [true, false]) {
    const [kind, rows, columns, imaginary, nameBytes] = [0, 4, 8, 12, 16].map((at) =>
      view.getInt32(at, little),
    );
    // The digits are machine (0 and 1: the two byte orders), 0, precision and content.
    const [machine, rest] = [Math.floor(kind / 1000), kind % 1000];
    const precision = precisions.at(Math.floor(rest / 10));
    const content = contents.at(rest % 10);
    const sane = kind >= 0 && machine === (little ? 0 : 1) && rest < 100;
    if (!sane || precision === undefined || content === undefined) continue;
    if (rows < 0 || columns < 0 || imaginary < 0 || imaginary > 1) continue;
    if (nameBytes < 1 || nameBytes > mostNameBytes) continue;
    const isComplex = imaginary === 1;
    return { little, precision, content, shape: [rows, columns], isComplex, nameBytes };
  }
  return undefined;
}

function dataBytes({ shape, precision, isComplex, content }: Head): number {
  // A sparse matrix has its imaginary part in a column of its own.
  const parts = isComplex && content !== "sparse" ? 2 : 1;
  return shape[0] * shape[1] * precision.array.BYTES_PER_ELEMENT * parts;
}

function nameOf(bytes: Uint8Array, file: string, at: number): string {
  const end = bytes.indexOf(0);
  const name = latin1Text(end < 0 ? bytes : bytes.subarray(0, end));
  if (/^[A-Za-z_]\w*$/.test(name)) return name;
  throw fault(file, `variable at byte ${at}`, "a name of letters and digits", JSON.stringify(name));
}

async function readValue(
  source: ByteSource,
  from: number,
  head: Head,
  name: string,
  budget: Budget,
): Promise<MatValue> {
  if (head.content === "sparse")
    return { kind: "unreadable", what: "a sparse matrix: save full(…) of it" };
  const count = head.shape[0] * head.shape[1];
  budget.take(dataBytes(head) + count * (head.content === "text" ? 32 : 8), name);
  const bytes = Uint8Array.from(await source.read(from, dataBytes(head)));
  const size = head.precision.array.BYTES_PER_ELEMENT;
  if (head.little !== machineIsLittleEndian) swapBytes(bytes, size);
  const [real, imag] = [0, head.isComplex ? 1 : 0].map(
    (part) => new head.precision.array(bytes.slice(part * count * size).buffer),
  );
  if (head.content === "text") {
    if (head.isComplex) throw fault(source.name, name, "text", "complex numbers");
    return textArray(textOf(real, source.name, name), head.shape);
  }
  const { shape } = head;
  if (!head.isComplex) return numbers(real, head);
  const [re, im] = [real.slice(0, count), imag].map((part) =>
    inRows(Float64Array.from(part), shape),
  );
  return { kind: "complex", dtype: "<c16", shape, real: re, imag: im };
}

function numbers(values: NumericArray, { shape, precision: { numberClass } }: Head): NpyArray {
  return ofClass(inRows<number, NumericArray>(values, shape), {
    shape,
    numberClass,
    isLogical: false,
  });
}

function textOf(codes: NumericArray, file: string, name: string): string {
  let text = "";
  for (const code of codes) {
    if (!Number.isInteger(code) || code < 0 || code > 255)
      throw fault(file, name, "character codes of one byte", `${code}`);
    text += String.fromCharCode(code);
  }
  return text;
}

function fault(file: string, field: string, expected: string, found: string): FileFormatError {
  return new FileFormatError(file, field, expected, found);
}

/** Machines of the eighties that kept numbers in ways of their own. Throws `Unsupported`. */
export function refuseOldMachines(start: Uint8Array, file: string): void {
  if (start.length < headBytes) return;
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const [kind, nameBytes] = [view.getInt32(0, true), view.getInt32(16, true)];
  if (kind < 2000 || kind >= 5000 || nameBytes < 1 || nameBytes > mostNameBytes) return;
  throw new Unsupported(
    `${file} is a MATLAB 4 file of a VAX or Cray`,
    "open it in MATLAB and save it again",
  );
}
