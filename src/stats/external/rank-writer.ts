import type { Spool } from "../../core/spool.ts";

/** Ranks that are written at a time. */
const PIECE = 2 ** 14;

/** Puts ranks aside, many at a time. */
export class RankWriter {
  readonly #spool: Spool;
  readonly #values = new Float64Array(PIECE);
  #count = 0;

  constructor(spool: Spool) {
    this.#spool = spool;
  }

  /** True when it must be flushed. */
  put(rank: number): boolean {
    this.#values[this.#count++] = rank;
    return this.#count === PIECE;
  }

  async flush(): Promise<void> {
    const part = this.#values.slice(0, this.#count);
    this.#count = 0;
    await this.#spool.append(new Uint8Array(part.buffer));
  }
}
