import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import { isList, toVector } from "../core/gate/vector.ts";
import { sizeOf, toRows, type Matrix, type MatrixLike } from "../core/matrix.ts";

/** Features and responses of the same rows, checked. */
export interface RegressionInput {
  /** nRows × nFeatures. */
  readonly features: Float64Array;
  /** nRows × nTargets. */
  readonly targets: Float64Array | Float32Array;
  readonly nRows: number;
  readonly nFeatures: number;
  readonly nTargets: number;
  /** Targets that are the same number in every row, ascending: there is nothing to explain in them. */
  readonly flat: Int32Array;
}

/** Squares of values between these, and sums of many, are numbers with all their digits. */
const [LEAST, MOST] = [1e-140, 1e140];

/** Responses of one target as a list of numbers, or of many as a matrix. */
export type Responses = MatrixLike | ArrayLike<number>;

/** Throws `ShapeMismatch` for other numbers of rows, `InvalidArgument` for what is not finite, too little, or beyond 1e±140. */
export function regressionInput(stimuli: MatrixLike, responses: Responses): RegressionInput {
  const { data: features, shape } = toRows(stimuli, "stimuli");
  const { data: targets, shape: responseShape } = responseRows(responses);
  const [nRows, nFeatures] = shape;
  if (responseShape[0] !== nRows)
    throw new ShapeMismatch(
      `${nRows} rows of responses, one for each of the stimuli`,
      `${responseShape[0]}`,
      "each volume needs its stimulus: drop volumes without one, run by run (pairRuns does)",
    );
  if (nRows < 2 || nFeatures < 1 || responseShape[1] < 1)
    throw new InvalidArgument(
      "stimuli",
      `${nRows} rows of ${nFeatures} features and ${responseShape[1]} targets`,
      "give two rows or more, and a feature and a target or more",
    );
  checkValues("stimuli", features, nFeatures);
  checkValues("responses", targets, responseShape[1]);
  return {
    features,
    targets,
    nRows,
    nFeatures,
    nTargets: responseShape[1],
    flat: flatColumns(targets, responseShape[1]),
  };
}

/** Responses as rows × targets; float32 numbers stay as they are. */
export function responseRows(responses: Responses): Matrix<Float64Array | Float32Array> {
  if (isRows(responses)) return toRows(responses, "responses");
  if (isList(responses)) {
    const data = toVector(responses, "responses");
    return { data, shape: [data.length, 1] };
  }
  const { data, shape } = checkedMatrix(responses, "responses");
  return { data: floats(data), shape: [shape[0], sizeOf(shape.slice(1))] };
}

function floats(data: Matrix["data"]): Float64Array | Float32Array {
  return data instanceof Float64Array || data instanceof Float32Array
    ? data
    : Float64Array.from(data);
}

function isRows(responses: Responses): responses is readonly ArrayLike<number>[] {
  return Array.isArray(responses) && isList(responses[0]);
}

/** Throws `InvalidArgument` for values that are not finite, or so large or small that sums of products would be wrong. */
function checkValues(name: string, data: Float64Array | Float32Array, width: number): void {
  let most = 0;
  for (let at = 0; at < data.length; at++) {
    const size = Math.abs(data[at]);
    if (!(size < Infinity)) throw notFinite(name, data[at], at, width);
    if (size > most) most = size;
  }
  if (most === 0 || (most > LEAST && most < MOST)) return;
  throw new InvalidArgument(
    name,
    `values up to ${most.toExponential(0)}`,
    "their squares leave the range of numbers; express them in another unit first",
  );
}

function notFinite(name: string, value: number, at: number, width: number): InvalidArgument {
  return new InvalidArgument(
    name,
    `${value} at row ${Math.floor(at / width)}, column ${at % width}`,
    "replace or drop what is not finite first; NiftiMasker makes it 0 in images",
  );
}

function flatColumns(data: Float64Array | Float32Array, width: number): Int32Array {
  const varies = new Uint8Array(width);
  for (let at = 0; at < data.length;)
    for (let j = 0; j < width; j++, at++) if (data[at] !== data[j]) varies[j] = 1;
  return Int32Array.from(varies.keys()).filter((j) => varies[j] === 0);
}
