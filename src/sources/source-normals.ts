import type { FifSourceSpace } from "../io/fif/index.ts";
import type { InverseOperator } from "./read-inverse.ts";

/** True when the three directions of every source are the axes, not along and across the cortex: no loose constraint. */
export function hasAxesAsDirections({ directions }: InverseOperator): boolean {
  return directions.data.every((value, at) => {
    const [row, column] = [Math.floor(at / 3) % 3, at % 3];
    return Math.abs(value - (row === column ? 1 : 0)) < 1e-6;
  });
}

/**
 * The direction away from the cortex at each source, in the frame of the operator: the mean over the points that are
 * nearer to it than to others where the file knows them and `patches` is wanted, else that of its vertex.
 */
export function sourceNormals(operator: InverseOperator, patches: boolean): Float64Array {
  const normals = operator.spaces.flatMap((space) => [...normalsOf(space, patches)]);
  const turned = operator.spaces.every(({ frame }) => frame === operator.frame);
  return turned ? Float64Array.from(normals) : turn(normals, operator);
}

function normalsOf(space: FifSourceSpace, patches: boolean): Float64Array {
  const { vertices, normals, nearest } = space;
  const result = new Float64Array(3 * vertices.length);
  if (!patches || nearest === undefined) {
    vertices.forEach((vertex, at) =>
      result.set(normals.data.subarray(3 * vertex, 3 * vertex + 3), 3 * at),
    );
    return result;
  }
  const placeOf = new Map(Array.from(vertices, (vertex, at) => [vertex, at]));
  nearest.forEach((source, point) => {
    const at = placeOf.get(source);
    if (at === undefined) return;
    for (let axis = 0; axis < 3; axis++) result[3 * at + axis] += normals.data[3 * point + axis];
  });
  for (let at = 0; at < vertices.length; at++) normalise(result.subarray(3 * at, 3 * at + 3));
  return result;
}

function normalise(vector: Float64Array): void {
  const size = Math.hypot(...vector);
  if (size > 0) vector.forEach((value, axis) => (vector[axis] = value / size));
}

/** From MRI to head coordinates. */
function turn(normals: readonly number[], { mriToHead }: InverseOperator): Float64Array {
  const turned = new Float64Array(normals.length);
  for (let at = 0; at < normals.length; at += 3)
    for (let row = 0; row < 3; row++)
      for (let axis = 0; axis < 3; axis++)
        turned[at + row] += mriToHead[4 * row + axis] * normals[at + axis];
  return turned;
}
