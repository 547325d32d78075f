import type { FlatPlace } from "../../meg/sensors/flatten.ts";

/** The circle a map ends at. */
export interface Clip {
  readonly radius: number;
  readonly origin: FlatPlace;
}

/** The head seen from above, as lines. */
export interface Outlines {
  readonly head: readonly FlatPlace[];
  readonly nose: readonly FlatPlace[];
  readonly ears: readonly (readonly FlatPlace[])[];
  readonly clip: Clip;
}

/** Radius of the head that MNE-Python draws by default, in metres. */
export const HEAD_RADIUS_M = 0.095;

/** Half the width of the nose, in radii. */
const NOSE = (12 * Math.PI) / 180;

/** The right ear in shares of twice the radius, from the top downwards. */
const EAR: readonly FlatPlace[] = [
  [0.497, 0.0555],
  [0.51, 0.0775],
  [0.518, 0.0783],
  [0.5299, 0.0746],
  [0.5419, 0.0555],
  [0.54, -0.0055],
  [0.547, -0.0932],
  [0.532, -0.1313],
  [0.51, -0.1384],
  [0.489, -0.1199],
];

/** Head, nose and ears around sensors; a map reaches to the head, or a little beyond the sensors where they lie outside. */
export function outlinesOf(
  places: readonly FlatPlace[],
  {
    radius = HEAD_RADIUS_M,
    origin = [0, 0],
    points = 101,
  }: { radius?: number; origin?: FlatPlace; points?: number } = {},
): Outlines {
  const moved = ([x, y]: FlatPlace): FlatPlace => [x + origin[0], y + origin[1]];
  const head = Array.from({ length: points }, (_, at) => {
    const turn = (2 * Math.PI * at) / (points - 1);
    return moved([Math.cos(turn) * radius, Math.sin(turn) * radius]);
  });
  const [x, y] = [NOSE * radius, Math.sqrt(1 - NOSE * NOSE) * radius];
  const ear = (side: 1 | -1) =>
    EAR.map(([ex, ey]) => moved([side * ex * radius * 2, ey * radius * 2]));
  // From 0, not from the middle of the head, as MNE-Python measures it.
  const farthest = Math.max(...places.map(([px, py]) => Math.hypot(px, py)));
  return {
    head,
    nose: (
      [
        [-x, y],
        [0, 1.15 * radius],
        [x, y],
      ] as const
    ).map(moved),
    ears: [ear(-1), ear(1)],
    clip: { radius: Math.max(radius, 1.01 * farthest), origin },
  };
}
