import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { toInteger } from "../core/gate/integer.ts";
import { isList } from "../core/gate/vector.ts";
import { sizeOf, toRows, type Matrix, type MatrixLike } from "../core/matrix.ts";
import {
  lassoLarsCv,
  lassoLarsCvNames,
  type LassoLarsCvOptions,
  type LassoModel,
} from "./lasso-lars.ts";
import type { Responses } from "./regression-input.ts";

/** How receptive fields are found. */
export interface ReceptiveFieldOptions extends LassoLarsCvOptions {
  /** Rows and columns of the image whose pixels the features are, in C order: feature = row × columns + column. */
  readonly shape: readonly [rows: number, columns: number];
}

const receptiveFieldNames: OptionNames<ReceptiveFieldOptions> = {
  ...lassoLarsCvNames,
  shape: true,
};

/** Where in the image the response of each target comes from. */
export interface ReceptiveFields extends LassoModel {
  /** nTargets × rows × columns. */
  readonly fields: Matrix<Float64Array>;
}

/**
 * Receptive fields of voxels: the lasso's coefficients of the pixels of an image, laid out as the image. Does what
 * nilearn's Miyawaki example does (`LassoLarsCV(max_iter=10)`); its thresholds fit `normalize: "per-fold"`, the default.
 *
 * @param stimuli - nRows × (rows · columns).
 * @param responses - nRows × nTargets, or one target as a list.
 * @throws ShapeMismatch when the features are not as many as pixels; else as `lassoLarsCv`.
 * @example
 * import { receptiveField } from "tsrsa";
 * const stimuli = Array.from({ length: 30 }, (_, t) => [t % 2, (t % 3) - 1, (t % 5) - 2, (t % 7) - 3]);
 * const { fields } = await receptiveField(stimuli, stimuli.map((pixels) => pixels[1]), { shape: [2, 2] });
 * fields.shape; // [ 1, 2, 2 ]
 * fields.data[1].toFixed(1); // '1.0'
 */
export async function receptiveField(
  stimuli: MatrixLike,
  responses: Responses,
  options: ReceptiveFieldOptions,
): Promise<ReceptiveFields> {
  checkOptions(options, receptiveFieldNames);
  checkImageShape(options.shape);
  const { shape, maxIterations = 10, ...rest } = options;
  const nFeatures = toRows(stimuli).shape[1];
  if (sizeOf(shape) !== nFeatures)
    throw new ShapeMismatch(
      `${nFeatures} pixels, one a feature`,
      `${shape.join(" × ")}`,
      "give the rows and columns of the stimuli",
    );
  const model = await lassoLarsCv(stimuli, responses, { ...rest, maxIterations });
  const nTargets = model.intercept.length;
  return { ...model, fields: { data: model.coef.data, shape: [nTargets, ...shape] } };
}

/** Throws `InvalidArgument`. */
function checkImageShape(shape: unknown): void {
  if (!isList(shape) || shape.length !== 2)
    throw new InvalidArgument("shape", shape, "give the image's [rows, columns]");
  for (const at of [0, 1]) toInteger(shape[at], `shape[${at}]`, 1);
}
