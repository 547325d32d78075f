import { oneOf, listOf, text } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { toRows, type Matrix, type MatrixLike } from "../../core/matrix.ts";
import { basisOf } from "./basis.ts";
import { checkDesign } from "./check-design.ts";
import { contrastOf, type ContrastWeights } from "./contrast-of.ts";
import { contrastOfSolution } from "./contrast-of-solution.ts";
import type { ContrastResult } from "./contrast-result.ts";
import { Moments, noiseModels, type NoiseModel } from "./moments.ts";
import { explainedShare, residualsOf, type ResidualKind } from "./residuals.ts";
import { solveMoments, type Solution } from "./solve-moments.ts";

/** How {@link fitGlm} fits. */
export interface FitGlmOptions {
  /** Independent noise (`ols`, default), or noise that follows on that of the row before (`ar1`). */
  readonly noise?: NoiseModel;
  /** Names of the columns; default those of the design, else `x0` … */
  readonly names?: readonly string[];
}

const fitGlmNames: OptionNames<FitGlmOptions> = { noise: oneOf(noiseModels), names: listOf(text) };

/** A linear model fitted to every series. */
export class GlmFit {
  /** Names of the columns of the design. */
  readonly names: readonly string[];
  readonly noise: NoiseModel;
  /** Coefficients: nColumns × nSeries. */
  readonly betas: Matrix<Float64Array>;
  /** Variance of the noise (of the whitened one for `ar1`) of each series. */
  readonly variance: Float64Array;
  /** Autocorrelation of each series, truncated to a hundredth as in nilearn; 0 for `ols`. */
  readonly rho: Float64Array;
  /** Rows less columns. */
  readonly dof: number;
  readonly #solution: Solution;
  readonly #rows: Matrix<Float64Array>;
  readonly #design: Matrix<Float64Array>;

  constructor(
    rows: Matrix<Float64Array>,
    design: Matrix<Float64Array>,
    names: readonly string[],
    noise: NoiseModel,
  ) {
    const [n, p] = design.shape;
    const solution = solveMoments(momentsOf(rows, design, noise));
    this.names = names;
    this.noise = noise;
    this.betas = { data: solution.betas, shape: [p, rows.shape[1]] };
    this.variance = solution.variance;
    this.rho = solution.rho;
    this.dof = n - p;
    this.#solution = solution;
    this.#rows = rows;
    this.#design = design;
    Object.freeze(this);
  }

  /** A t or an F of weighted columns. Throws `InvalidArgument`, `ShapeMismatch`; see {@link contrastOf}. */
  contrast(weights: ContrastWeights): ContrastResult {
    return contrastOfSolution(this.#solution, contrastOf(this.names, weights), this.dof);
  }

  /**
   * What the model leaves, nRows × nSeries: Y − Xβ. nilearn's `residuals` of an AR(1) fit are another thing, and no
   * residuals: data less the whitened prediction.
   */
  residuals(): Matrix<Float64Array> {
    return this.#left("raw");
  }

  /** The same of whitened rows: what is independent from row to row if the model holds. Equal for `ols`. */
  whitenedResiduals(): Matrix<Float64Array> {
    return this.#left("whitened");
  }

  /** Share of the variance of each (whitened) series that the model explains, as in nilearn. */
  rSquare(): Float64Array {
    return explainedShare(this.#rows, this.#design, this.betas.data, this.rho);
  }

  #left(kind: ResidualKind): Matrix<Float64Array> {
    return residualsOf(this.#rows, this.#design, this.betas.data, this.rho, kind);
  }
}

/**
 * Fit a linear model to every column of `rows`. Agrees with nilearn's `run_glm`; autocorrelation is truncated towards
 * 0 to a hundredth, as there. A design of which coefficients cannot be told is refused.
 *
 * @param rows - nRows × nSeries: time courses, a column a voxel.
 * @param design - nRows × nColumns, as {@link designMatrix} makes it.
 * @throws ShapeMismatch for another number of rows; InvalidArgument for values that are not finite, or a design with
 *   columns that are 0, two constants, or sums of others; UnknownOption.
 * @example
 * import { fitGlm } from "tsrsa";
 * const design = { data: Float64Array.of(0, 1, 1, 1, 0, 1, 1, 1), shape: [4, 2], names: ["on", "constant"] };
 * const fit = fitGlm([[1], [4], [2], [3]], design);
 * Array.from(fit.betas.data, (beta) => beta.toFixed(2)); // [ "2.00", "1.50" ]
 */
export function fitGlm(
  rows: MatrixLike,
  design: MatrixLike & { readonly names?: readonly string[] },
  options: FitGlmOptions = {},
): GlmFit {
  checkOptions(options, fitGlmNames);
  const y = toRows(rows, "rows");
  const x = toRows(design, "design");
  const names =
    options.names ?? design.names ?? Array.from({ length: x.shape[1] }, (_, c) => `x${c}`);
  if (names.length !== x.shape[1])
    throw new ShapeMismatch(`${x.shape[1]} names, one a column`, `${names.length}`);
  if (y.shape[0] !== x.shape[0])
    throw new ShapeMismatch(
      `${x.shape[0]} rows, as the design has`,
      `${y.shape[0]}`,
      "give one row of the design a volume",
    );
  checkDesign({ ...x, names });
  const bad = y.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new InvalidArgument(
      "rows",
      `${y.data[bad]} at row ${Math.floor(bad / y.shape[1])}, column ${bad % y.shape[1]}`,
      "leave out series with values that are not finite",
    );
  return new GlmFit(y, x, names, options.noise ?? "ols");
}

function momentsOf(
  { data, shape: [n, nSeries] }: Matrix<Float64Array>,
  design: Matrix<Float64Array>,
  noise: NoiseModel,
): Moments {
  const moments = new Moments(basisOf(design), nSeries, noise);
  const series = new Float64Array(n);
  for (let s = 0; s < nSeries; s++) {
    for (let t = 0; t < n; t++) series[t] = data[t * nSeries + s];
    moments.add(s, series, 0, n);
  }
  return moments;
}
