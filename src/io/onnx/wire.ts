import { FileFormatError } from "../../core/errors.ts";

/** One field of a protobuf message. */
export interface WireField {
  readonly number: number;
  /** 0: varint, 1: 8 bytes, 2: a length and so many bytes, 5: 4 bytes. */
  readonly wire: 0 | 1 | 2 | 5;
  /** The value of a varint, signed as int64; beyond 2⁵³ not exact. */
  readonly value: number;
  /** Where the content begins and ends. */
  readonly start: number;
  readonly end: number;
}

/** Bytes in which a message stands, and the name to complain with. */
export interface Wire {
  readonly bytes: Uint8Array;
  readonly file: string;
}

/** The fields of the message between `start` and `end`, in order. Throws `FileFormatError` for what is no protobuf. */
export function* wireFields(
  wire: Wire,
  what: string,
  start = 0,
  end = wire.bytes.length,
): Generator<WireField, void, undefined> {
  let at = start;
  while (at < end) {
    const tag = varint(wire, what, at, end);
    const number = Math.floor(tag.value / 8);
    if (tag.value < 8 || number > 0x1fffffff)
      throw damaged(wire, what, "a field number", `${number} at byte ${at}`);
    const field = content(wire, what, { number, kind: tag.value % 8, at: tag.next, end });
    yield field;
    at = field.end;
  }
}

/** The numbers of a repeated field of varints: packed in one field, or one a field. */
export function varints(wire: Wire, what: string, { wire: kind, value, start, end }: WireField) {
  if (kind === 0) return [value];
  const numbers: number[] = [];
  for (let at = start; at < end;) {
    const found = varint(wire, what, at, end);
    numbers.push(found.value);
    at = found.next;
  }
  return numbers;
}

/** Add numbers to others: as arguments of one call a million would be too many. */
export function append(to: number[], numbers: readonly number[]): void {
  for (const number of numbers) to.push(number);
}

/** Text of a field. Throws `FileFormatError` for bytes that are no UTF-8. */
export function wireText({ bytes, file }: Wire, what: string, { start, end }: WireField): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(start, end));
  } catch (cause) {
    throw new FileFormatError(file, what, "text in UTF-8", "other bytes", { cause });
  }
}

/** An error that tells where a message is not what it should be. */
export function damaged(
  { file }: Pick<Wire, "file">,
  what: string,
  expected: string,
  found: string,
): FileFormatError {
  return new FileFormatError(file, what, expected, found);
}

interface Opened {
  readonly number: number;
  readonly kind: number;
  readonly at: number;
  readonly end: number;
}

function content(wire: Wire, what: string, { number, kind, at, end }: Opened): WireField {
  if (kind === 0) {
    const { value, next } = varint(wire, what, at, end);
    return { number, wire: 0, value, start: at, end: next };
  }
  const start = kind === 2 ? varint(wire, what, at, end) : { value: 0, next: at };
  const length = kind === 1 ? 8 : kind === 5 ? 4 : kind === 2 ? start.value : -1;
  if (length === -1 && kind !== 2)
    throw damaged(wire, what, "a wire type of protobuf", `${kind} at byte ${at}`);
  if (!(length >= 0) || length > end - start.next)
    throw damaged(
      wire,
      what,
      `${length} bytes of field ${number}`,
      `${end - start.next} before the end: the file is cut, or no protobuf`,
    );
  const field = { number, value: 0, start: start.next, end: start.next + length };
  return { ...field, wire: kind as WireField["wire"] };
}

const half = 2 ** 28;

/** A varint as a signed number. Products, not shifts: lengths pass 2³¹. */
function varint({ bytes, file }: Wire, what: string, from: number, end: number) {
  let [low, middle, high] = [0, 0, 0];
  for (let i = 0, at = from; i < 10; i++, at++) {
    if (at >= end)
      throw damaged({ file }, what, "a whole number", `the end of the message at byte ${at}`);
    const seven = bytes[at] & 0x7f;
    if (i < 4) low += seven * 2 ** (7 * i);
    else if (i < 8) middle += seven * 2 ** (7 * (i - 4));
    else high += seven * 2 ** (7 * (i - 8));
    if (bytes[at] < 0x80) return { value: signed(low, middle, high), next: at + 1 };
  }
  throw damaged({ file }, what, "a number of at most 10 bytes", `more at byte ${from}`);
}

function signed(low: number, middle: number, high: number): number {
  if (high < 128) return low + middle * half + high * half * half;
  // Of a negative number the complement is small, and so exact.
  return -(half - 1 - low + (half - 1 - middle) * half + (255 - (high % 256)) * half * half) - 1;
}
