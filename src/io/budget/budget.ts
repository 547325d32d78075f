import { FileFormatError } from "../../core/errors.ts";

/** What any file may make of memory, however small it is. */
const plainBytes = 192 * 2 ** 20;

/** What a file may cost beyond that. */
export interface BudgetOptions {
  /** Bytes in memory for each byte of the file: 200 where it is packed, few where it is not. */
  readonly ratio: number;
  /** Bytes in memory in all, whatever the file's size, where the user says so. */
  readonly maxBytes?: number;
}

/** Bytes of memory that a small object of the engine takes: an array, a text, an entry of a map. */
export const objectBytes = 48;

/**
 * What reading one file may cost. Every reader draws from one of these before it allocates: bytes that the file claims,
 * and objects that are made of it. The limit is in proportion to the file's size and never to time, so that a file is
 * refused on every machine or on none.
 */
export class Budget {
  readonly file: string;
  readonly most: number;
  readonly #fileBytes: number;
  #taken = 0;

  constructor(file: string, fileBytes: number, { ratio, maxBytes }: BudgetOptions) {
    this.file = file;
    this.#fileBytes = fileBytes;
    this.most = maxBytes ?? Math.max(plainBytes, fileBytes * ratio);
  }

  /** Bytes that may still be taken. */
  get left(): number {
    return this.most - this.#taken;
  }

  /** Take `bytes` for what `field` names. Throws `FileFormatError` when it is more than is left. */
  take(bytes: number, field: string): void {
    if (!(bytes <= this.left)) throw this.#exceeded(bytes, field);
    this.#taken += bytes;
  }

  /** Take room for `count` objects, of `bytesEach` each. */
  takeObjects(count: number, field: string, bytesEach = objectBytes): void {
    this.take(count * bytesEach, field);
  }

  #exceeded(bytes: number, field: string): FileFormatError {
    const taken = this.#taken === 0 ? "" : `, beside ${this.#taken} before`;
    return new FileFormatError(
      this.file,
      field,
      `at most ${this.most} bytes in memory for a file of ${this.#fileBytes} bytes`,
      `${bytes}${taken}`,
      {
        advice:
          "a small file that claims so much is damaged or made to take all memory; read less of it, or raise maxBytes if you trust it",
      },
    );
  }
}
