import type { Spool } from "../../core/spool.ts";

/** Values that are read at a time. */
const PIECE = 2 ** 14;

/** Goes through a sorted run that was put aside. */
export class RunReader {
  readonly #spool: Spool;
  readonly #start: number;
  readonly #length: number;
  #values: Float64Array = new Float64Array(0);
  #at = 0;
  #read = 0;

  constructor(spool: Spool, start: number, length: number) {
    this.#spool = spool;
    this.#start = start;
    this.#length = length;
  }

  get hasValue(): boolean {
    return this.#at < this.#values.length;
  }

  get value(): number {
    return this.#values[this.#at];
  }

  next(): void {
    this.#at++;
  }

  /** Nothing more is in memory, and something is left. */
  get isEmpty(): boolean {
    return !this.hasValue && this.#read < this.#length;
  }

  async fill(): Promise<void> {
    const count = Math.min(PIECE, this.#length - this.#read);
    const bytes = await this.#spool.read(this.#start + 8 * this.#read, 8 * count);
    this.#values = new Float64Array(bytes.buffer);
    this.#read += count;
    this.#at = 0;
  }
}
