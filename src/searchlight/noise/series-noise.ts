import { InvalidArgument } from "../../core/errors.ts";
import type { CovarianceMethod } from "../../stats/covariance/index.ts";
import type { ResidualRun } from "../../stats/covariance/residual-runs.ts";
import type { ResidualSums } from "../../stats/covariance/shrink.ts";
import type { PatchNoise, PooledResiduals } from "./patch-noise.ts";
import { addPair } from "./add-pair.ts";
import { SpherePairs, type PairSteps } from "./sphere-pairs.ts";

/** More series in one patch than this, and the covariance alone takes a gigabyte. */
const mostSeries = 11_000;

/** Noise of series (voxels) from residuals of a model, run by run. */
export class SeriesNoise implements PatchNoise {
  readonly method: CovarianceMethod;
  readonly perRun: boolean;
  /** Series after series, each with the rows of all runs: nSeries × n. */
  readonly #series: Float64Array;
  readonly #n: number;
  readonly #runs: readonly { readonly from: number; readonly n: number; readonly dof: number }[];
  readonly #pairs: SpherePairs | undefined;

  /**
   * @param columns - which columns of the residuals are the series.
   * @param steps - where series lie on a line such that equal places of pairs are equal steps: sums of pairs are then
   *   made once for all patches.
   */
  constructor(
    runs: readonly ResidualRun[],
    columns: Int32Array,
    method: CovarianceMethod,
    perRun: boolean,
    steps?: PairSteps,
  ) {
    this.method = method;
    this.perRun = perRun;
    this.#n = runs.reduce((sum, { n }) => sum + n, 0);
    this.#series = new Float64Array(columns.length * this.#n);
    let from = 0;
    this.#runs = runs.map(({ rows, n, p, dof }) => {
      for (let s = 0; s < columns.length; s++)
        for (let t = 0; t < n; t++) this.#series[s * this.#n + from + t] = rows[t * p + columns[s]];
      from += n;
      return { from: from - n, n, dof };
    });
    const table = steps !== undefined && !perRun && method !== "diagonal";
    this.#pairs = table ? new SpherePairs(this.#series, this.#n, steps) : undefined;
  }

  pooled(): PooledResiduals | undefined {
    if (this.perRun) return undefined;
    const dof = this.#runs.reduce((sum, one) => sum + one.dof, 0);
    return { series: this.#series, n: this.#n, dof };
  }

  sums(
    series: Int32Array,
    _samples: unknown,
    run: number | undefined,
    position: number,
  ): ResidualSums {
    const dof = this.#runs.reduce((sum, one) => sum + one.dof, 0);
    const p = series.length;
    checkSize(p, this.method);
    if (this.#pairs !== undefined)
      return { ...this.#pairs.sums(series, position), n: this.#n, p, dof };
    const part = run === undefined ? { from: 0, n: this.#n, dof } : this.#runs[run];
    const sums = pairSums(
      this.#series,
      this.#n,
      series,
      part.from,
      part.n,
      this.method === "diagonal",
    );
    return { ...sums, n: part.n, p, dof: part.dof };
  }
}

function checkSize(p: number, method: CovarianceMethod): void {
  if (p <= mostSeries || method === "diagonal") return;
  throw new InvalidArgument(
    "noise",
    `${p} voxels in one patch`,
    `a covariance of more than ${mostSeries} voxels does not fit; say method: "diagonal", or take smaller patches`,
  );
}

/** Sums over some rows of all pairs of series, p × p; of each with itself alone where that is all that is wanted. */
function pairSums(
  values: Float64Array,
  length: number,
  series: Int32Array,
  from: number,
  n: number,
  diagonal: boolean,
): Pick<ResidualSums, "products" | "squares"> {
  const p = series.length;
  const products = new Float64Array(p * p);
  const squares = new Float64Array(p * p);
  for (let i = 0; i < p; i++)
    for (let j = diagonal ? i : 0; j <= i; j++) {
      const a = series[i] * length + from;
      const { product, square } = addPair(values, a, series[j] * length + from, n);
      products[i * p + j] = products[j * p + i] = product;
      squares[i * p + j] = squares[j * p + i] = square;
    }
  return { products, squares };
}
