import { InvalidArgument } from "../core/errors.ts";
import type { FifSourceSpace } from "../io/fif/index.ts";

/** The grid that places in a volume lie on: how many along each axis. */
export type GridShape = readonly [nx: number, ny: number, nz: number];

/** Throws `InvalidArgument` for places without a grid, or with another one; `why` says what needs it. */
export function gridShapeOf({ gridShape, points }: FifSourceSpace, why: string): GridShape {
  if (gridShape === undefined || gridShape.length !== 3)
    throw new InvalidArgument("spaces", "places without a grid", why);
  const [nx, ny, nz] = gridShape;
  if (nx * ny * nz !== points.shape[0])
    throw new InvalidArgument(
      "spaces",
      `a grid of ${nx * ny * nz} points`,
      `the volume has ${points.shape[0]}`,
    );
  return [nx, ny, nz];
}

/** Where on the grid a point is: the first axis runs fastest. */
export function placeOnGrid([nx, ny]: GridShape, vertex: number): GridShape {
  return [vertex % nx, Math.floor(vertex / nx) % ny, Math.floor(vertex / (nx * ny))];
}
