import { FileFormatError } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { EvalSamples, EvalVariances } from "../eval/eval-parts.ts";
import { dualVariance, mapSpread, type Spread } from "../eval/spread.ts";
import { countOf, type ToolboxKind } from "./toolbox-layout.ts";

/** What variances are read with. */
export interface VarianceCounts {
  readonly nRdms: number;
  readonly nItems: number;
  readonly dof: number;
  readonly samples: EvalSamples;
  readonly file: string;
  /** Whether we wrote the file. */
  readonly isOurs: boolean;
}

/**
 * The variances of a covariance as rsatoolbox keeps it: of the models, and of lower and upper ceiling where they have
 * one for each sample; three of them for a dual bootstrap. Undefined where the file does not tell of how many they are,
 * or of too few. Throws `FileFormatError` for another shape.
 */
export function variancesOf(
  { data, shape }: Matrix<Float64Array>,
  how: ToolboxKind,
  { nRdms, nItems, dof, samples, file, isOurs }: VarianceCounts,
): EvalVariances | undefined {
  const nModels = samples.scores.shape[1];
  const size = Math.round(Math.sqrt(data.length / (shape.length === 3 ? 3 : 1)));
  const fits = [nModels, nModels + 2].includes(size);
  const isSquare = shape.slice(-2).every((length) => length === size);
  if (!fits || !isSquare || (shape.length === 3 && shape[0] !== 3) || shape.length > 3)
    throw new FileFormatError(
      file,
      "variances",
      `${nModels} × ${nModels} or ${nModels + 2} × ${nModels + 2} numbers`,
      shape.join(" × "),
    );
  const matrices = Array.from({ length: data.length / size ** 2 }, (_, k) =>
    data.slice(k * size ** 2, (k + 1) * size ** 2),
  );
  const spreads = matrices.map((matrix) => spreadOfCovariance(matrix, size, nModels));
  const isDual = matrices.length === 3;
  const n = isDual ? Math.min(nRdms, nItems) : countOf(how, { nRdms, nItems }, isOurs);
  if (!(n >= 2)) return undefined;
  const spread = isDual
    ? mapSpread(spreads, dualVariance(nRdms, nItems))
    : mapSpread(spreads, (value) => (value * n) / (n - 1));
  return {
    ...spread,
    ceiling: samples.ceiling === undefined ? undefined : spread.ceiling,
    covariance: { data: matrices[0], shape: [size, size] },
    dof,
  };
}

/** Variances of models, of their differences, and of what they lack of the lower ceiling (fixed where it has no column). */
function spreadOfCovariance(matrix: Float64Array, size: number, nModels: number): Spread {
  const at = (i: number, j: number): number => matrix[i * size + j];
  const difference = (i: number, j: number): number => at(i, i) + at(j, j) - 2 * at(i, j);
  const models = Float64Array.from({ length: nModels }, (_, m) => at(m, m));
  return {
    models,
    differences: Float64Array.from({ length: nModels ** 2 }, (_, k) =>
      difference(Math.floor(k / nModels), k % nModels),
    ),
    ceiling: size === nModels ? models : models.map((_, m) => difference(m, nModels)),
  };
}

/**
 * A covariance whose variances are these times `scale`: what {@link variancesOf} reads back. Where samples have gaps the
 * covariance of what is known of two at a time would give others.
 */
export function covarianceOf(
  { models, differences, ceiling, covariance }: Omit<EvalVariances, "dof">,
  scale: number,
): Matrix<Float64Array> {
  const nModels = models.length;
  const [size] = covariance.shape;
  // Of the ceilings themselves a result keeps what its samples have.
  const own = (k: number): number =>
    k < nModels ? models[k] * scale : covariance.data[k * size + k];
  const between = (i: number, j: number): number => {
    if (i < nModels && j < nModels) return scale * differences[i * nModels + j];
    if (i < nModels && j === nModels && ceiling !== undefined) return scale * ceiling[i];
    return own(i) + own(j) - 2 * covariance.data[i * size + j];
  };
  const data = Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size].sort((a, b) => a - b);
    return i === j ? own(i) : (own(i) + own(j) - between(i, j)) / 2;
  });
  return { data, shape: [size, size] };
}
