import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import { either, kind, numbers, whole } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { isNumericArray } from "../core/gate/vector.ts";
import type { Matrix } from "../core/matrix.ts";
import { meshEdges, type Mesh, type MeshEdges } from "./mesh-edges.ts";
import { checkMesh } from "./triangle-points.ts";

/** How far values are smoothed. */
export interface SmoothOnMeshOptions {
  /** Steps from point to point, or `fill`: until every point that can be reached has a value. Default: 10. */
  readonly steps?: number | "fill";
}

/** A number of steps, or `fill`. */
export const stepsKind = either(
  kind('a number of steps, or "fill"', (value) => value === "fill"),
  whole(1, 10_000),
);

const optionNames: OptionNames<SmoothOnMeshOptions> = { steps: stepsKind };

/**
 * Smooth values along a mesh: in each step a point takes the mean of itself and the points beside it, of those that
 * have a value. NaN is no value: with enough steps values known at some points spread over all. One number a point, or
 * points × columns, each column for itself. The steps of MNE's morphing; points that are not reached stay NaN.
 *
 * @throws ShapeMismatch, InvalidArgument.
 * @example
 * import { smoothOnMesh } from "tsrsa";
 * const points = { data: Float64Array.of(0, 0, 0, 1, 0, 0, 1, 1, 0, 2, 1, 0), shape: [4, 3] };
 * const triangles = { data: Int32Array.of(0, 1, 2, 1, 3, 2), shape: [2, 3] };
 * const values = Float64Array.of(6, NaN, NaN, NaN);
 * Array.from(smoothOnMesh({ points, triangles }, values, { steps: 1 }).data); // [ 6, 6, 6, NaN ]
 */
export function smoothOnMesh(
  mesh: Mesh,
  values: Matrix | ArrayLike<number>,
  options: SmoothOnMeshOptions = {},
): Matrix<Float64Array> {
  checkMesh(mesh, "mesh");
  checkOptions(options, optionNames);
  const { data, shape } = columnsOf(values, mesh.points.shape[0]);
  const width = shape.slice(1).reduce((product, length) => product * length, 1);
  return { data: smoothed(meshEdges(mesh), data, width, options.steps ?? 10), shape };
}

function columnsOf(values: Matrix | ArrayLike<number>, nPoints: number): Matrix<Float64Array> {
  const isList = isNumericArray(values) || Array.isArray(values);
  if (isList) numbers(values, "values");
  const { data, shape } = isList
    ? { data: values, shape: [values.length] }
    : checkedMatrix(values, "values");
  if (shape[0] !== nPoints)
    throw new ShapeMismatch(`values of ${nPoints} points, as the mesh has`, `${shape[0]}`);
  const wild = Array.prototype.findIndex.call(
    data,
    (value: number) => Math.abs(value) === Infinity,
  );
  if (wild >= 0) throw new InvalidArgument("values", data[wild], "give finite numbers, or NaN");
  return { data: Float64Array.from(data), shape };
}

/** More steps than this only wait: a mesh is not wider. */
const mostSteps = 10_000;

/** Points × `width` columns, smoothed. Does not change `values`. */
export function smoothed(
  edges: MeshEdges,
  values: Float64Array,
  width: number,
  steps: number | "fill",
): Float64Array {
  let from = values.slice();
  let to = new Float64Array(from.length);
  let missing = countMissing(from);
  const limit = steps === "fill" ? mostSteps : steps;
  for (let step = 0; step < limit; step++) {
    takeStep(edges, from, to, width);
    [from, to] = [to, from];
    const left = countMissing(from);
    if (steps === "fill" && (left === 0 || left === missing)) break;
    missing = left;
  }
  return from;
}

function countMissing(values: Float64Array): number {
  let count = 0;
  for (const value of values) if (Number.isNaN(value)) count++;
  return count;
}

function takeStep(
  { starts, ends }: MeshEdges,
  from: Float64Array,
  to: Float64Array,
  width: number,
): void {
  const counts = new Float64Array(width);
  for (let p = 0; p + 1 < starts.length; p++) {
    const row = p * width;
    to.fill(0, row, row + width);
    counts.fill(0);
    for (let at = starts[p] - 1; at < starts[p + 1]; at++) {
      const other = (at < starts[p] ? p : ends[at]) * width;
      for (let c = 0; c < width; c++) {
        const value = from[other + c];
        if (Number.isNaN(value)) continue;
        to[row + c] += value;
        counts[c]++;
      }
    }
    for (let c = 0; c < width; c++) to[row + c] /= counts[c];
  }
}
