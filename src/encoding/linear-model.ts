import { matrixProduct, matrixProductSync, type Factors } from "../compute/matrix-product.ts";
import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import { isRecord } from "../core/gate/kinds.ts";
import { toVector } from "../core/gate/vector.ts";
import type { JobOptions } from "../core/job.ts";
import { toFloat64, toRows, type Matrix, type MatrixLike } from "../core/matrix.ts";

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
  const checked = checkedModel(model);
  const factors = factorsOf(checked, stimuli);
  return withIntercepts(checked, factors.nRows, matrixProductSync(factors));
}

/** The same on all threads, the event loop in its turn meanwhile. Throws `Cancelled` too. */
export async function predictInTurns(
  model: LinearModel,
  stimuli: MatrixLike,
  { signal, jobs }: Pick<JobOptions, "signal" | "jobs">,
): Promise<Matrix<Float64Array>> {
  const factors = factorsOf(model, stimuli);
  return withIntercepts(model, factors.nRows, await matrixProduct(factors, { signal, jobs }));
}

/** A model that may have come from a file: its parts must fit each other. Throws `InvalidArgument`, `ShapeMismatch`. */
function checkedModel(model: LinearModel): LinearModel {
  const given: unknown = model;
  if (!isRecord(given) || !("coef" in given && "intercept" in given && "features" in given))
    throw new InvalidArgument("model", given, "give what ridge, ridgeCv or lassoLars returned");
  const coef = checkedMatrix(model.coef, "coef of the model");
  const [nTargets, nFeatures] = coef.shape;
  const part = (of: unknown, name: string, length: number) => {
    const values = toVector(of, `${name} of the model`);
    if (values.length === length) return values;
    throw new ShapeMismatch(`${length} values in ${name} of the model`, `${values.length}`);
  };
  return {
    ...model,
    coef: { data: toFloat64(coef.data), shape: coef.shape },
    intercept: part(model.intercept, "intercept", nTargets),
    features: {
      mean: part(model.features?.mean, "features.mean", nFeatures),
      scale: part(model.features?.scale, "features.scale", nFeatures),
    },
  };
}

/** Features about their means, and coefficients. Throws `ShapeMismatch`. */
function factorsOf({ coef, features }: LinearModel, stimuli: MatrixLike): Factors {
  const { data, shape } = toRows(stimuli, "stimuli");
  const [nRows, p] = shape;
  const [nTargets, nFeatures] = coef.shape;
  if (p !== nFeatures)
    throw new ShapeMismatch(
      `${nFeatures} features, as the model was trained on`,
      `${p}`,
      "prepare new stimuli as those of the training, delays included",
    );
  const left = new Float64Array(nRows * p);
  for (let row = 0, at = 0; row < nRows; row++)
    for (let j = 0; j < p; j++, at++) left[at] = (data[at] - features.mean[j]) / features.scale[j];
  return { left, nRows, k: p, right: coef.data, nColumns: nTargets, turned: true };
}

function withIntercepts(
  { intercept }: LinearModel,
  nRows: number,
  data: Float64Array,
): Matrix<Float64Array> {
  const nTargets = intercept.length;
  for (let row = 0, at = 0; row < nRows; row++)
    for (let t = 0; t < nTargets; t++, at++) data[at] += intercept[t];
  return { data, shape: [nRows, nTargets] };
}

/** Features used as they are. */
export function rawFeatures(nFeatures: number): LinearModel["features"] {
  return { mean: new Float64Array(nFeatures), scale: new Float64Array(nFeatures).fill(1) };
}
