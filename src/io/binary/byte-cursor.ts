import { latin1Text } from "../../core/latin1.ts";
import { FileFormatError } from "../../core/errors.ts";
import { machineIsLittleEndian, swapBytes } from "../../core/bytes.ts";

/** Reads numbers one after another from bytes in memory, the highest byte first, as FreeSurfer and MNE write. */
export class ByteCursor {
  readonly file: string;
  readonly bytes: Uint8Array;
  at = 0;
  readonly #view: DataView;

  constructor(file: string, bytes: Uint8Array) {
    this.file = file;
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Bytes that are still to come. */
  get left(): number {
    return this.bytes.length - this.at;
  }

  int16(field: string): number {
    return this.#view.getInt16(this.#step(2, field));
  }

  /** An unsigned number of three bytes. */
  uint24(field: string): number {
    const at = this.#step(3, field);
    return (this.bytes[at] << 16) | (this.bytes[at + 1] << 8) | this.bytes[at + 2];
  }

  int32(field: string): number {
    return this.#view.getInt32(this.#step(4, field));
  }

  uint32(field: string): number {
    return this.#view.getUint32(this.#step(4, field));
  }

  float32(field: string): number {
    return this.#view.getFloat32(this.#step(4, field));
  }

  int16s(count: number, field: string): Int16Array {
    return new Int16Array(this.#turned(count, 2, field).buffer);
  }

  int32s(count: number, field: string): Int32Array {
    return new Int32Array(this.#turned(count, 4, field).buffer);
  }

  float32s(count: number, field: string): Float32Array {
    return new Float32Array(this.#turned(count, 4, field).buffer);
  }

  /** Unsigned numbers of three bytes. */
  uint24s(count: number, field: string): Int32Array {
    const at = this.#step(3 * count, field);
    const { bytes } = this;
    return Int32Array.from({ length: count }, (_, i) => {
      const from = at + 3 * i;
      return (bytes[from] << 16) | (bytes[from + 1] << 8) | bytes[from + 2];
    });
  }

  /** A copy of the next bytes. */
  take(count: number, field: string): Uint8Array {
    const at = this.#step(count, field);
    return this.bytes.slice(at, at + count);
  }

  /** Text up to `end`, which is read too; one byte a letter. */
  textUntil(end: string, mostBytes: number, field: string): string {
    const text = latin1Text(this.bytes.subarray(this.at, this.at + mostBytes + end.length));
    const length = text.indexOf(end);
    if (length < 0)
      throw this.fault(field, `text of at most ${mostBytes} bytes with its end`, "no end");
    this.at += length + end.length;
    return text.slice(0, length);
  }

  /** Throws unless so many numbers of `bytesEach` can still come; before anything of that size is allocated. */
  checkRoom(count: number, bytesEach: number, field: string): void {
    if (count >= 0 && count * bytesEach <= this.left) return;
    throw this.fault(field, `at most what ${this.left} bytes can hold`, `${count}`);
  }

  fault(field: string, expected: string, found: string): FileFormatError {
    return new FileFormatError(this.file, field, expected, found);
  }

  #turned(count: number, size: number, field: string): Uint8Array {
    const bytes = this.take(count * size, field);
    if (machineIsLittleEndian) swapBytes(bytes, size);
    return bytes;
  }

  #step(length: number, field: string): number {
    if (!(length >= 0 && length <= this.left))
      throw this.fault(field, `${length} bytes`, `${this.left}, then the end of the file`);
    const { at } = this;
    this.at += length;
    return at;
  }
}
