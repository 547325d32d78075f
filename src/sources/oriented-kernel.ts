import { InvalidArgument } from "../core/errors.ts";
import { matrix, type Matrix } from "../core/matrix.ts";
import type { InverseKernel } from "./inverse-kernel.ts";
import type { InverseOperator } from "./read-inverse.ts";
import { hasAxesAsDirections, sourceNormals } from "./source-normals.ts";

/** A kernel whose rows are what is wanted of each source. */
export interface OrientedKernel {
  readonly kernel: Matrix<Float64Array>;
  /** Rows a source. */
  readonly perSource: number;
  /** Whether the length of the rows' currents is wanted, not themselves. */
  readonly length: boolean;
  readonly noiseNorm: Float64Array | undefined;
}

/** How the kernel is turned. */
export interface OrientationOptions {
  readonly orientation?: "length" | "normal" | "vector";
  readonly patchNormals?: boolean;
}

/** Bring the rows of a kernel into the directions that are wanted. Throws `InvalidArgument`. */
export function orientedKernel(
  operator: InverseOperator,
  { kernel, noiseNorm }: InverseKernel,
  { orientation = "length", patchNormals = true }: OrientationOptions,
): OrientedKernel {
  const fixed = operator.orientation === "fixed";
  const perSource = fixed ? 1 : 3;
  if (orientation === "length") return { kernel, perSource, length: !fixed, noiseNorm };
  if (orientation === "vector")
    return {
      kernel: alongAxes(operator, kernel, perSource),
      perSource: 3,
      length: false,
      noiseNorm,
    };
  checkNormal(operator);
  const rows = hasAxesAsDirections(operator)
    ? projected(kernel, sourceNormals(operator, patchNormals))
    : everyThird(kernel);
  return { kernel: rows, perSource: 1, length: false, noiseNorm };
}

function checkNormal({ orientation, spaces }: InverseOperator): void {
  if (orientation === "fixed")
    throw new InvalidArgument(
      "orientation",
      "normal",
      "this operator has one direction a source already; leave orientation out",
    );
  if (spaces.some(({ kind }) => kind === "volume"))
    throw new InvalidArgument(
      "orientation",
      "normal",
      'sources in a volume have no cortex; use "length" or "vector"',
    );
}

/** Currents along x, y and z: the directions of each source times its rows. */
function alongAxes(
  { directions, nSources }: InverseOperator,
  { data, shape: [, width] }: Matrix<Float64Array>,
  perSource: number,
): Matrix<Float64Array> {
  const result = new Float64Array(3 * nSources * width);
  for (let row = 0; row < nSources * perSource; row++) {
    const source = Math.floor(row / perSource);
    for (let axis = 0; axis < 3; axis++) {
      const weight = directions.data[3 * row + axis];
      const to = (3 * source + axis) * width;
      for (let c = 0; c < width; c++) result[to + c] += weight * data[row * width + c];
    }
  }
  return matrix(result, [3 * nSources, width]);
}

function everyThird({ data, shape: [rows, width] }: Matrix<Float64Array>): Matrix<Float64Array> {
  const nSources = rows / 3;
  const result = new Float64Array(nSources * width);
  for (let source = 0; source < nSources; source++) {
    const from = (3 * source + 2) * width;
    result.set(data.subarray(from, from + width), source * width);
  }
  return matrix(result, [nSources, width]);
}

function projected(
  { data, shape: [rows, width] }: Matrix<Float64Array>,
  normals: Float64Array,
): Matrix<Float64Array> {
  const result = new Float64Array((rows / 3) * width);
  for (let row = 0; row < rows; row++) {
    const to = Math.floor(row / 3) * width;
    for (let c = 0; c < width; c++) result[to + c] += normals[row] * data[row * width + c];
  }
  return matrix(result, [rows / 3, width]);
}
