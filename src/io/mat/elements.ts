import { machineIsLittleEndian, swapBytes } from "../../core/bytes.ts";
import { FileFormatError } from "../../core/errors.ts";
import type { NumericArray } from "../../core/matrix.ts";
import type { Budget } from "../budget/budget.ts";

/** Types of elements by their number: the array that holds them. */
const numberTypes: Readonly<Record<number, new (buffer: ArrayBuffer) => NumericArray>> = {
  1: Int8Array,
  2: Uint8Array,
  3: Int16Array,
  4: Uint16Array,
  5: Int32Array,
  6: Uint32Array,
  7: Float32Array,
  9: Float64Array,
};
const numberBytes: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 2,
  5: 4,
  6: 4,
  7: 4,
  9: 8,
};

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
  readonly budget: Budget;
  #at = 0;

  constructor(bytes: Uint8Array, little: boolean, budget: Budget) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#file = budget.file;
    this.budget = budget;
    this.little = little;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** Another reader, over bytes of this file. */
  inside(bytes: Uint8Array): ElementReader {
    return new ElementReader(bytes, this.little, this.budget);
  }

  /** The next element. Throws `FileFormatError` when the bytes end before it does, or it has room for more numbers. */
  next(field: string, most = Infinity): Element {
    const tag = this.#tag(field);
    if (tag.length > 8 * most)
      throw this.fault(field, `at most ${most} numbers`, `${tag.length} bytes`);
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

  /** A short element of numbers, as numbers: at most `most`, whatever the file claims. */
  numbers(field: string, most: number): number[] {
    return Array.from(this.numbersOf(this.next(field, most), field));
  }

  numbersOf({ type, bytes }: Element, field: string): NumericArray {
    const [Numbers, size] = [numberTypes[type], numberBytes[type]];
    if (Numbers === undefined || bytes.length % size !== 0)
      throw this.fault(field, "numbers", `${bytes.length} bytes of type ${type}`);
    // A copy, which begins where its numbers want it. (A Node buffer's own slice would be no copy.)
    const copy = new Uint8Array(bytes);
    if (this.little !== machineIsLittleEndian) swapBytes(copy, size);
    return new Numbers(copy.buffer);
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
