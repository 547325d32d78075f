import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { isMatrix, toRows, type MatrixLike } from "../../core/matrix.ts";

/** Observations of one sample: one row each, of one number per position. */
export interface Observations {
  /** nObservations × nPositions, C order. */
  readonly data: Float64Array;
  readonly nObservations: number;
  readonly nPositions: number;
  /** Shape of one observation: times, times × sensors, a volume … */
  readonly shape: readonly number[];
}

/** Rows of observations. Throws `InvalidArgument` when there are fewer than `least`, or nothing in them. */
export function toObservations(input: MatrixLike, name: string, least: number): Observations {
  const { data, shape } = toRows(input);
  const [nObservations, nPositions] = shape;
  if (nObservations < least)
    throw new InvalidArgument(
      name,
      `${nObservations} observation${nObservations === 1 ? "" : "s"}`,
      `give ${least} or more, one row each (subjects × times, for example)`,
    );
  if (nPositions === 0)
    throw new InvalidArgument(name, "observations of no values", "give one value or more");
  const own = isMatrix(input) ? input.shape.slice(1) : [nPositions];
  return { data, nObservations, nPositions, shape: own.length === 0 ? [1] : own };
}

/** Two samples one below the other. Throws `ShapeMismatch` when their observations differ in shape. */
export function stack(first: Observations, second: Observations): Float64Array {
  if (first.shape.join() !== second.shape.join())
    throw new ShapeMismatch(
      `observations of shape (${first.shape.join(", ")}) in both samples`,
      `(${second.shape.join(", ")})`,
      "compare samples of the same times, sensors or voxels",
    );
  const data = new Float64Array(first.data.length + second.data.length);
  data.set(first.data);
  data.set(second.data, first.data.length);
  return data;
}
