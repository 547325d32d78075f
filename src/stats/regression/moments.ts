import type { DesignBasis } from "./basis.ts";

/** How noise is modelled: independent from volume to volume, or following on the volume before. */
export const noiseModels = ["ols", "ar1"] as const;

/** A model of noise over time. */
export type NoiseModel = (typeof noiseModels)[number];

/**
 * What of a run's time courses decides a fit, summed up in one pass over the volumes: no time course is kept. The first
 * volume is taken off each where the design holds a constant, against cancellation.
 */
export class Moments {
  readonly basis: DesignBasis;
  readonly nSeries: number;
  readonly noise: NoiseModel;
  /** Value of the first row, that is taken off. */
  readonly offset: Float64Array;
  /** Σ q y, series × p. */
  readonly plain: Float64Array;
  /** Σ (qₜ yₜ₋₁ + qₜ₋₁ yₜ) over rows that follow on each other, series × p. */
  readonly lagged: Float64Array;
  readonly squares: Float64Array;
  readonly products: Float64Array;
  readonly sums: Float64Array;
  /** Rows after which none follows, ascending; and the value of each series there, series × ends. */
  readonly ends: Int32Array;
  readonly atEnds: Float64Array;
  /** Rows that follow on none; and the value of each series there. */
  readonly starts: Int32Array;
  readonly atStarts: Float64Array;
  readonly #lagged: Float64Array;
  readonly #previous: Float64Array;

  constructor(basis: DesignBasis, nSeries: number, noise: NoiseModel) {
    const { n, p, linked } = basis;
    const ar = noise === "ar1" ? 1 : 0;
    this.basis = basis;
    this.nSeries = nSeries;
    this.noise = noise;
    this.offset = new Float64Array(nSeries);
    this.plain = new Float64Array(nSeries * p);
    this.lagged = new Float64Array(ar * nSeries * p);
    this.squares = new Float64Array(nSeries);
    this.sums = new Float64Array(nSeries);
    this.products = new Float64Array(ar * nSeries);
    this.starts = Int32Array.from(linked.keys()).filter((t) => linked[t] === 0);
    this.ends = Int32Array.from(linked.keys()).filter((t) => t === n - 1 || linked[t + 1] === 0);
    this.atStarts = new Float64Array(ar * nSeries * this.starts.length);
    this.atEnds = new Float64Array(ar * nSeries * this.ends.length);
    this.#lagged = ar === 1 ? laggedBasis(basis) : new Float64Array(0);
    this.#previous = new Float64Array(ar * nSeries);
  }

  /**
   * Add some rows of one series; rows must come in order.
   *
   * @param values - rows `first` … of the series, in its first `count` places; overwritten.
   */
  add(series: number, values: Float64Array, first: number, count: number): void {
    this.addSums(series, values, first, count);
    const { q, n, p } = this.basis;
    addProducts(q, n, p, values, first, count, this.plain, series * p);
    if (this.noise === "ar1")
      addProducts(this.#lagged, n, p, values, first, count, this.lagged, series * p);
  }

  /** The same without the products with columns, for who adds those of many series at once: {@link addColumns}. */
  addSums(series: number, values: Float64Array, first: number, count: number): void {
    if (first === 0 && this.basis.ofOne !== undefined) this.offset[series] = values[0];
    if (this.noise === "ar1") this.#addNeighbours(series, values, first, count);
    else this.#addSquares(series, values, count);
  }

  /** Some rows of the columns that series are multiplied with: of the basis, and of it lagged; columns × count. */
  columnsOf(first: number, count: number): Float64Array {
    const { q, n, p } = this.basis;
    const all = this.noise === "ar1" ? [q, this.#lagged] : [q];
    const columns = new Float64Array(all.length * p * count);
    all.forEach((one, k) => {
      for (let c = 0; c < p; c++)
        columns.set(one.subarray(c * n + first, c * n + first + count), (k * p + c) * count);
    });
    return columns;
  }

  /** Add products of {@link columnsOf} with series `from` to `to`: a row a column, rows `rowLength` apart. */
  addColumns(part: Float64Array, rowLength: number, from: number, to: number): void {
    const { p } = this.basis;
    const all = this.noise === "ar1" ? [this.plain, this.lagged] : [this.plain];
    all.forEach((sums, k) => {
      for (let c = 0; c < p; c++) {
        const row = (k * p + c) * rowLength - from;
        for (let s = from; s < to; s++) sums[s * p + c] += part[row + s];
      }
    });
  }

  #addSquares(series: number, values: Float64Array, count: number): void {
    const offset = this.offset[series];
    let [squares, sum] = [0, 0];
    for (let t = 0; t < count; t++) {
      const value = (values[t] -= offset);
      squares += value * value;
      sum += value;
    }
    this.squares[series] += squares;
    this.sums[series] += sum;
  }

  /** The same, and products with the row before, in one pass. */
  #addNeighbours(series: number, values: Float64Array, first: number, count: number): void {
    const { linked } = this.basis;
    const offset = this.offset[series];
    let previous = this.#previous[series];
    let [squares, sum, products] = [0, 0, 0];
    for (let t = 0; t < count; t++) {
      const value = (values[t] -= offset);
      squares += value * value;
      sum += value;
      if (linked[first + t] === 1) products += previous * value;
      previous = value;
    }
    this.#previous[series] = previous;
    this.squares[series] += squares;
    this.sums[series] += sum;
    this.products[series] += products;
    const take = (rows: Int32Array, into: Float64Array): void => {
      for (let k = 0; k < rows.length; k++) {
        const t = rows[k] - first;
        if (t >= 0 && t < count) into[series * rows.length + k] = values[t];
      }
    };
    take(this.starts, this.atStarts);
    take(this.ends, this.atEnds);
  }
}

/** qₜ₊₁ + qₜ₋₁, as far as these rows follow on each other. */
function laggedBasis({ q, n, p, linked }: DesignBasis): Float64Array {
  const lagged = new Float64Array(n * p);
  for (let c = 0; c < p; c++)
    for (let t = 1; t < n; t++) {
      if (linked[t] === 0) continue;
      lagged[c * n + t] += q[c * n + t - 1];
      lagged[c * n + t - 1] += q[c * n + t];
    }
  return lagged;
}

/** Four columns at a time, so that a value of the series is loaded once for them. */
function addProducts(
  columns: Float64Array,
  n: number,
  p: number,
  values: Float64Array,
  first: number,
  count: number,
  out: Float64Array,
  to: number,
): void {
  let c = 0;
  for (; c + 3 < p; c += 4) {
    const a = c * n + first;
    const [b, d, e] = [a + n, a + 2 * n, a + 3 * n];
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let t = 0; t < count; t++) {
      const value = values[t];
      s0 += columns[a + t] * value;
      s1 += columns[b + t] * value;
      s2 += columns[d + t] * value;
      s3 += columns[e + t] * value;
    }
    out[to + c] += s0;
    out[to + c + 1] += s1;
    out[to + c + 2] += s2;
    out[to + c + 3] += s3;
  }
  for (; c < p; c++) {
    let sum = 0;
    for (let t = 0; t < count; t++) sum += columns[c * n + first + t] * values[t];
    out[to + c] += sum;
  }
}
