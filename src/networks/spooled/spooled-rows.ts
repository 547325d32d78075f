import { openSpool } from "#platform/spool";
import type { Spool } from "../../core/spool.ts";

/** Rows of one layer: in memory while they are few, else put aside on disk. */
export class SpooledRows {
  readonly nFeatures: number;
  readonly #spool: Spool | undefined;
  readonly #rows: Float32Array[] = [];
  #count = 0;
  readonly #means: number[] = [];
  readonly #constant: boolean[] = [];

  private constructor(nFeatures: number, spool: Spool | undefined) {
    this.nFeatures = nFeatures;
    this.#spool = spool;
  }

  /** Rows of `nFeatures` numbers, on disk where they shall be. */
  static async open(nFeatures: number, onDisk: boolean): Promise<SpooledRows> {
    return new SpooledRows(nFeatures, onDisk ? await openSpool() : undefined);
  }

  get isOnDisk(): boolean {
    return this.#spool !== undefined;
  }

  get count(): number {
    return this.#count;
  }

  /** Mean of a row, to take from it. */
  mean(row: number): number {
    return this.#means[row];
  }

  /** Whether all numbers of a row are the same: it then has no correlation. */
  isConstant(row: number): boolean {
    return this.#constant[row];
  }

  async add(row: Float32Array): Promise<void> {
    let sum = 0;
    let same = true;
    for (const value of row) {
      sum += value;
      same &&= value === row[0];
    }
    this.#means.push(sum / row.length);
    this.#constant.push(same);
    this.#count++;
    if (this.#spool === undefined) this.#rows.push(row);
    else await this.#spool.append(new Uint8Array(row.buffer, row.byteOffset, row.byteLength));
  }

  /** Numbers of a row from one feature to another. */
  async part(row: number, from: number, to: number): Promise<Float32Array> {
    if (this.#spool === undefined) return this.#rows[row].subarray(from, to);
    const bytes = await this.#spool.read((row * this.nFeatures + from) * 4, (to - from) * 4);
    return new Float32Array(bytes.buffer, bytes.byteOffset, to - from);
  }

  /** All rows behind one another. */
  async all(): Promise<Float32Array> {
    const data = new Float32Array(this.#count * this.nFeatures);
    for (let row = 0; row < this.#count; row++)
      data.set(await this.part(row, 0, this.nFeatures), row * this.nFeatures);
    return data;
  }

  async close(): Promise<void> {
    this.#rows.length = 0;
    await this.#spool?.close();
  }
}
