import type { Vec3 } from "./volume.ts";

/** The axis a cut is across: x sagittal, y coronal, z axial. */
export type Axis = "x" | "y" | "z";

/** A box in mm. */
export interface Box {
  readonly low: Vec3;
  readonly high: Vec3;
}

/** How a cut lies on the page: which coordinate runs to the right, which upwards. */
export interface View {
  readonly across: 0 | 1 | 2;
  readonly right: 0 | 1;
  readonly up: 1 | 2;
}

/** Sagittal cuts look to the front on the right; the others have the left of the head on the left. */
export const views: Readonly<Record<Axis, View>> = {
  x: { across: 0, right: 1, up: 2 },
  y: { across: 1, right: 0, up: 2 },
  z: { across: 2, right: 0, up: 1 },
};

/** The point of a cut, from its coordinates to the right and upwards. */
export function pointOf({ across, right, up }: View, cut: number, u: number, v: number): Vec3 {
  const point = [0, 0, 0];
  point[across] = cut;
  point[right] = u;
  point[up] = v;
  return [point[0], point[1], point[2]];
}

/** Width and height of a view of a box, in mm. */
export function sizeMm({ right, up }: View, { low, high }: Box): [width: number, height: number] {
  return [high[right] - low[right], high[up] - low[up]];
}
