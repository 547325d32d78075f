import type { Side } from "../../surface/hemispheres.ts";

/** From where a half of the cortex is looked at. */
export const surfaceViews = [
  "lateral",
  "medial",
  "ventral",
  "dorsal",
  "anterior",
  "posterior",
] as const;

/** The name of a view. */
export type SurfaceView = (typeof surfaceViews)[number];

type Axis = readonly [number, number, number];

/** Directions of the page in the head (right, anterior, superior): to the right, upwards, and towards who looks. */
export interface ViewAxes {
  readonly right: Axis;
  readonly up: Axis;
  readonly towards: Axis;
}

const fromLeft: ViewAxes = { right: [0, -1, 0], up: [0, 0, 1], towards: [-1, 0, 0] };
const fromRight: ViewAxes = { right: [0, 1, 0], up: [0, 0, 1], towards: [1, 0, 0] };

const fixed: Readonly<Record<Exclude<SurfaceView, "lateral" | "medial">, ViewAxes>> = {
  ventral: { right: [-1, 0, 0], up: [0, 1, 0], towards: [0, 0, -1] },
  dorsal: { right: [1, 0, 0], up: [0, 1, 0], towards: [0, 0, 1] },
  anterior: { right: [-1, 0, 0], up: [0, 0, 1], towards: [0, 1, 0] },
  posterior: { right: [1, 0, 0], up: [0, 0, 1], towards: [0, -1, 0] },
};

/** The page's directions for a view of a half. */
export function viewAxes(view: SurfaceView, side: Side): ViewAxes {
  if (view === "lateral") return side === "left" ? fromLeft : fromRight;
  if (view === "medial") return side === "left" ? fromRight : fromLeft;
  return fixed[view];
}

/** The halves from left to right on the page, as who looks sees them. */
export function orderOnPage(view: SurfaceView, halves: readonly Side[]): readonly Side[] {
  const mirrored = view === "ventral" || view === "anterior";
  return mirrored ? [...halves].reverse() : halves;
}
