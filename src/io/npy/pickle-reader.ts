import { latin1Text } from "../../core/latin1.ts";
import { damaged } from "./pickle-values.ts";

/** Takes pieces from the bytes of a pickle, never past their end. */
export class PickleReader {
  #at = 0;
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #file: string;

  constructor(bytes: Uint8Array, file: string) {
    this.#bytes = bytes;
    this.#file = file;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get done(): boolean {
    return this.#at === this.#bytes.length;
  }

  u1(): number {
    return this.#view.getUint8(this.#step(1));
  }

  u2(): number {
    return this.#view.getUint16(this.#step(2), true);
  }

  u4(): number {
    return this.#view.getUint32(this.#step(4), true);
  }

  i4(): number {
    return this.#view.getInt32(this.#step(4), true);
  }

  u8(): number {
    return Number(this.#view.getBigUint64(this.#step(8), true));
  }

  /** Big-endian, as pickle has it. */
  f8(): number {
    return this.#view.getFloat64(this.#step(8));
  }

  bytes(length: number): Uint8Array {
    const start = this.#step(length);
    return this.#bytes.subarray(start, start + length);
  }

  text(length: number): string {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.bytes(length));
    } catch {
      throw damaged(this.#file, "text that is not UTF-8, or is cut short");
    }
  }

  line(): string {
    const end = this.#bytes.indexOf(10, this.#at);
    if (end < 0) throw damaged(this.#file, "a line without an end");
    const text = this.text(end - this.#at);
    this.#at++;
    return text;
  }

  /** A line of protocol 0: characters above 255 are written by their numbers. */
  escapedLine(): string {
    const end = this.#bytes.indexOf(10, this.#at);
    if (end < 0) throw damaged(this.#file, "a line without an end");
    const text = latin1Text(this.bytes(end - this.#at));
    this.#at++;
    return text.replace(
      /\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g,
      (_, short?: string, long?: string) => {
        const code = parseInt(short ?? long ?? "", 16);
        if (code <= 0x10ffff) return String.fromCodePoint(code);
        throw damaged(this.#file, "a character that is none");
      },
    );
  }

  #step(length: number): number {
    const start = this.#at;
    if (!(length <= this.#bytes.length - start))
      throw damaged(this.#file, `an end after ${this.#bytes.length} bytes, in the middle`);
    this.#at += length;
    return start;
  }
}
