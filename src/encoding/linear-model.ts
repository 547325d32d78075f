import { ShapeMismatch } from "../core/errors.ts";
import { toRows, type Matrix, type MatrixLike } from "../core/matrix.ts";

/** A linear model of each target: response = coef · (x − mean) / scale + intercept. */
export interface LinearModel {
  /** nTargets × nFeatures, as scikit-learn's `coef_`. */
  readonly coef: Matrix<Float64Array>;
  readonly intercept: Float64Array;
  /** What features are reduced by and divided by first; 0 and 1 unless the model standardises them. */
  readonly features: { readonly mean: Float64Array; readonly scale: Float64Array };
  /** Targets that were the same number in every row, ascending; their coefficients are 0. */
  readonly flat: Int32Array;
}

/**
 * Responses that a linear model predicts: nRows × nTargets.
 *
 * @param stimuli - nRows × nFeatures.
 * @throws ShapeMismatch for another number of features.
 * @example
 * import { predictResponses, ridge } from "tsrsa";
 * const model = await ridge([[0], [1], [2], [3]], [1, 3, 5, 7], { alpha: 1e-12 });
 * predictResponses(model, [[10]]).data[0].toFixed(6); // '21.000000'
 */
export function predictResponses(model: LinearModel, stimuli: MatrixLike): Matrix<Float64Array> {
  const { data, shape } = toRows(stimuli);
  const [nRows, p] = shape;
  const [nTargets, nFeatures] = model.coef.shape;
  if (p !== nFeatures)
    throw new ShapeMismatch(
      `${nFeatures} features, as the model was trained on`,
      `${p}`,
      "prepare new stimuli as those of the training, delays included",
    );
  const { mean, scale } = model.features;
  const x = data.map((value, at) => (value - mean[at % p]) / scale[at % p]);
  const out = new Float64Array(nRows * nTargets);
  for (let row = 0; row < nRows; row++)
    for (let t = 0; t < nTargets; t++) {
      let sum = model.intercept[t];
      for (let j = 0, w = t * p, from = row * p; j < p; j++)
        sum += model.coef.data[w + j] * x[from + j];
      out[row * nTargets + t] = sum;
    }
  return { data: out, shape: [nRows, nTargets] };
}

/** Features used as they are. */
export function rawFeatures(nFeatures: number): LinearModel["features"] {
  return { mean: new Float64Array(nFeatures), scale: new Float64Array(nFeatures).fill(1) };
}
