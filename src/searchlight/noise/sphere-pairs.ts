import { addPair } from "./add-pair.ts";

/** How the series of spheres lie, so that the place of a pair can be told from a difference. */
export interface PairSteps {
  /** Where each series lies on a line, ascending; no two are at one place. */
  readonly place: Int32Array;
  /** Differences of places that occur between two series of a sphere, above 0. */
  readonly differences: Int32Array;
  /** Number of the last patch that each series is in. */
  readonly lastPatch: Int32Array;
}

/** Numbers of pairs kept at most; with more, all are forgotten and made anew. */
const mostNumbers = 2 ** 25;

/**
 * Sums over residuals of pairs of series, made once for all spheres that have the pair: neighbouring spheres share most
 * of theirs. A series that no later sphere has is forgotten.
 */
export class SpherePairs {
  readonly #values: Float64Array;
  readonly #length: number;
  readonly #steps: PairSteps;
  /** Column of each difference; −1: it does not occur. */
  readonly #column: Int32Array;
  readonly #nColumns: number;
  readonly #rows: (Float64Array | undefined)[];
  readonly #free: Float64Array[] = [];
  readonly #endingAt = new Map<number, number[]>();
  #nLive = 0;

  constructor(values: Float64Array, length: number, steps: PairSteps) {
    this.#values = values;
    this.#length = length;
    this.#steps = steps;
    const most = steps.differences.reduce((largest, step) => Math.max(largest, step), 0);
    this.#column = new Int32Array(most + 1).fill(-1);
    this.#column[0] = 0;
    steps.differences.forEach((step, at) => (this.#column[step] = at + 1));
    this.#nColumns = steps.differences.length + 1;
    this.#rows = new Array<Float64Array | undefined>(steps.place.length);
    steps.lastPatch.forEach((patch, series) => {
      const ending = this.#endingAt.get(patch);
      if (ending === undefined) this.#endingAt.set(patch, [series]);
      else ending.push(series);
    });
  }

  /** Sums of all pairs of some series, p × p. Patches are best asked for in order. */
  sums(series: Int32Array, position: number): { products: Float64Array; squares: Float64Array } {
    const p = series.length;
    const products = new Float64Array(p * p);
    const squares = new Float64Array(p * p);
    const { place } = this.#steps;
    for (let i = 0; i < p; i++) {
      const row = this.#row(series[i]);
      const own = place[series[i]];
      for (let j = i; j < p; j++) {
        const at = 2 * this.#column[place[series[j]] - own];
        if (Number.isNaN(row[at])) this.#fill(row, at, series[i], series[j]);
        products[i * p + j] = products[j * p + i] = row[at];
        squares[i * p + j] = squares[j * p + i] = row[at + 1];
      }
    }
    this.#forget(position);
    return { products, squares };
  }

  #row(series: number): Float64Array {
    const known = this.#rows[series];
    if (known !== undefined) return known;
    if (this.#nLive * 2 * this.#nColumns > mostNumbers) this.#forgetAll();
    const row = this.#free.pop() ?? new Float64Array(2 * this.#nColumns);
    row.fill(NaN);
    this.#rows[series] = row;
    this.#nLive++;
    return row;
  }

  #fill(row: Float64Array, at: number, a: number, b: number): void {
    const sums = addPair(this.#values, a * this.#length, b * this.#length, this.#length);
    row[at] = sums.product;
    row[at + 1] = sums.square;
  }

  #forget(position: number): void {
    for (const series of this.#endingAt.get(position) ?? []) {
      const row = this.#rows[series];
      if (row === undefined) continue;
      this.#free.push(row);
      this.#rows[series] = undefined;
      this.#nLive--;
    }
  }

  #forgetAll(): void {
    this.#rows.fill(undefined);
    this.#nLive = 0;
  }
}
