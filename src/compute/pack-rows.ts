import type { Arena } from "./arena.ts";
import { CORRELATION } from "./metric-number.ts";
import { typicalValue } from "./typical-value.ts";

/** Numbers of items × features. */
export type Rows = Float64Array | Float32Array;

/** Rows, and how they are to be compared. */
export interface RowsToCompare {
  readonly rows: Rows;
  readonly n: number;
  readonly k: number;
  readonly metric: number;
  /** All features are whole numbers from 0 to 255: their products are exact, and faster, in integers. */
  readonly bytes: boolean;
}

/** True when all values are whole numbers from 0 to 255. */
export function areBytes(rows: Rows): boolean {
  for (let k = 0; k < rows.length; k++) {
    if ((rows[k] & 255) !== rows[k]) return false;
  }
  return true;
}

/** Copies rows into panels of four items, a typical value taken off each, and sums them on the way. */
export class RowPacker {
  readonly #arena: Arena;
  readonly #from: RowsToCompare;
  readonly #nTiles: number;
  readonly #shifts: Float64Array;
  /** Sum of every item so far. */
  readonly sums: Float64Array;

  constructor(arena: Arena, from: RowsToCompare) {
    this.#arena = arena;
    this.#from = from;
    this.#nTiles = Math.ceil(from.n / 4);
    this.#shifts = shiftsOf(from);
    this.sums = new Float64Array(this.#nTiles * 4);
  }

  /** Bytes that so many features take. */
  bytesOf(nFeatures: number): number {
    return this.#from.bytes
      ? this.#nTiles * 16 * Math.ceil(nFeatures / 2)
      : this.#nTiles * 32 * nFeatures;
  }

  /** Pack features from … from + width − 1 to an address, [tile of 4 items][feature][4 items]. */
  pack(address: number, from: number, width: number): void {
    if (this.#from.bytes) this.#packBytes(address, from, width);
    else this.#packFloats(address, from, width);
  }

  #packFloats(address: number, from: number, width: number): void {
    const panels = this.#arena.float64(address, this.#nTiles * 4 * width);
    for (let tile = 0; tile < this.#nTiles; tile++) {
      this.#packTile(panels.subarray(tile * width * 4), tile, from, width);
    }
  }

  /** Panels [tile][pair of features][4 items][2 features] of 16-bit integers. */
  #packBytes(address: number, from: number, width: number): void {
    const { rows, n, k } = this.#from;
    const length = Math.ceil(width / 2) * 8;
    const panels = this.#arena.int16(address, this.#nTiles * length);
    if (width % 2 === 1 || n % 4 !== 0) panels.fill(0);
    for (let item = 0; item < n; item++) {
      const shift = this.#shifts[item];
      const at = item * k + from;
      const to = (item >> 2) * length + (item & 3) * 2;
      let sum = 0;
      const even = width & ~1;
      for (let f = 0, place = to; f < even; f += 2, place += 8) {
        const first = (rows[at + f] | 0) - shift;
        const second = (rows[at + f + 1] | 0) - shift;
        panels[place] = first;
        panels[place + 1] = second;
        sum += first + second;
      }
      if (even < width) sum += panels[to + even * 4] = rows[at + even] - shift;
      this.sums[item] += sum;
    }
  }

  #packTile(panel: Float64Array, tile: number, from: number, width: number): void {
    const { rows, n, k } = this.#from;
    for (let lane = 0; lane < 4; lane++) {
      const item = tile * 4 + lane;
      const shift = this.#shifts[item];
      const start = item * k + from;
      let sum = 0;
      for (let f = 0, to = lane; f < width; f++, to += 4) {
        const value = item < n ? rows[start + f] - shift : 0;
        panel[to] = value;
        sum += value;
      }
      this.sums[item] += sum;
    }
  }
}

function shiftsOf({ rows, n, k, metric, bytes }: RowsToCompare): Float64Array {
  if (metric !== CORRELATION) return new Float64Array(n);
  if (bytes) return new Float64Array(n).fill(128);
  return Float64Array.from({ length: n }, (_, i) => typicalValue(k, (f) => rows[i * k + f]));
}
