import { FileFormatError } from "../../core/errors.ts";

/** Types of elements by their number: bytes of one value, and how it is read. */
const numberTypes: Readonly<Record<number, NumberType>> = {
  1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  2: { bytes: 1, read: (view, at) => view.getUint8(at) },
  3: { bytes: 2, read: (view, at, little) => view.getInt16(at, little) },
  4: { bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
  5: { bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  6: { bytes: 4, read: (view, at, little) => view.getUint32(at, little) },
  7: { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  9: { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) },
};

interface NumberType {
  readonly bytes: number;
  readonly read: (view: DataView, at: number, little: boolean) => number;
}

export const elementType = {
  int64: 12,
  uint64: 13,
  matrix: 14,
  compressed: 15,
  utf8: 16,
  utf16: 17,
  utf32: 18,
} as const;

/** A tagged piece of a MATLAB 5 file. */
export interface Element {
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** Reads the elements in a stretch of bytes, one after the other. */
export class ElementReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #file: string;
  readonly little: boolean;
  #at = 0;

  constructor(bytes: Uint8Array, little: boolean, file: string) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#file = file;
    this.little = little;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** Another reader, over bytes of this file. */
  inside(bytes: Uint8Array): ElementReader {
    return new ElementReader(bytes, this.little, this.#file);
  }

  /** The next element. Throws `FileFormatError` when the bytes end before it does. */
  next(field: string): Element {
    const tag = this.#tag(field);
    const from = this.#at + tag.start;
    if (from + tag.length > this.#bytes.length)
      throw this.fault(field, `${tag.length} bytes`, `${this.#bytes.length - from}`);
    const bytes = this.#bytes.subarray(from, from + tag.length);
    // Elements begin at multiples of 8; the last one may go without what fills up.
    this.#at = Math.min(this.#bytes.length, tag.packed ? this.#at + 8 : from + roundUp(tag.length));
    return { type: tag.type, bytes };
  }

  /** The next variable of a file: compressed ones are not filled up to a multiple of 8. */
  nextVariable(): Element {
    const at = this.#at;
    const element = this.next("variable");
    if (element.type === elementType.compressed)
      this.#at = Math.min(this.#bytes.length, at + 8 + element.bytes.length);
    return element;
  }

  /** An element of numbers, as numbers. */
  numbers(field: string): number[] {
    return Array.from(this.numbersOf(this.next(field), field));
  }

  numbersOf({ type, bytes }: Element, field: string): Float64Array {
    const found = numberTypes[type];
    if (found === undefined || bytes.length % found.bytes !== 0)
      throw this.fault(field, "numbers", `${bytes.length} bytes of type ${type}`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const values = new Float64Array(bytes.length / found.bytes);
    for (let i = 0; i < values.length; i++)
      values[i] = found.read(view, i * found.bytes, this.little);
    return values;
  }

  fault(field: string, expected: string, found: string): FileFormatError {
    return new FileFormatError(this.#file, field, expected, found);
  }

  /** The tag: 8 bytes, or 4 with up to 4 bytes of data beside it. */
  #tag(field: string): { type: number; length: number; start: number; packed: boolean } {
    if (this.left < 8) throw this.fault(field, "a tag of 8 bytes", `${this.left} bytes`);
    const first = this.#view.getUint32(this.#at, this.little);
    if (first >>> 16 !== 0) {
      const length = first >>> 16;
      if (length > 4) throw this.fault(field, "at most 4 bytes beside a tag", `${length}`);
      return { type: first & 0xffff, length, start: 4, packed: true };
    }
    const length = this.#view.getUint32(this.#at + 4, this.little);
    return { type: first, length, start: 8, packed: false };
  }
}

function roundUp(length: number): number {
  return Math.ceil(length / 8) * 8;
}
