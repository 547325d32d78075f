import type { Random } from "../../../src/core/random.ts";
import type { Sphere } from "./icosphere.ts";

/** One half of a drawn cortex. Points are in mm: right, anterior, superior. */
export interface Hemisphere {
  readonly side: "left" | "right";
  readonly sphere: Sphere;
  readonly white: Float64Array;
  readonly inflated: Float64Array;
  /** Above 0 in a sulcus. */
  readonly curvature: Float64Array;
}

/** Half axes and the middle of one half, mm. */
const halfAxes = [24, 45, 32] as const;
const middleX = 31;
const foldDepth = 0.25;
const nWaves = 10;

/** Half an ellipsoid with folds, each person's own: a sum of seeded waves over the sphere. */
export function drawHemisphere(side: "left" | "right", sphere: Sphere, random: Random): Hemisphere {
  const waves = Array.from({ length: nWaves }, () => ({
    along: [0, 1, 2].map(() => 4 * random.normal()),
    phase: 2 * Math.PI * random.next(),
  }));
  const { points, nPoints } = sphere;
  const folds = Float64Array.from({ length: nPoints }, (_, p) => {
    const sum = waves.reduce((all, { along, phase }) => {
      const at = along.reduce((inner, k, axis) => inner + k * points[3 * p + axis], phase);
      return all + Math.sin(at);
    }, 0);
    return foldDepth * Math.tanh((3 * sum) / nWaves);
  });
  const mean = folds.reduce((sum, fold) => sum + fold, 0) / nPoints;
  const shape = (factor: (p: number) => number) =>
    points.map((value, k) => {
      const axis = k % 3;
      const moved = axis === 0 ? (side === "left" ? -middleX : middleX) : 0;
      return moved + halfAxes[axis] * factor(Math.floor(k / 3)) * value;
    });
  return {
    side,
    sphere,
    white: shape((p) => 1 + folds[p]),
    inflated: shape(() => 1),
    curvature: folds.map((fold) => mean - fold),
  };
}

/** Directions away from the surface at each point: the mean of those of the triangles around it, by their areas. */
export function normalsOf(points: Float64Array, triangles: Int32Array): Float64Array {
  const normals = new Float64Array(points.length);
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [triangles[t], triangles[t + 1], triangles[t + 2]];
    const edge = (to: number) => [0, 1, 2].map((k) => points[3 * to + k] - points[3 * a + k]);
    const [u, v] = [edge(b), edge(c)];
    const cross = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    for (const corner of [a, b, c]) for (let k = 0; k < 3; k++) normals[3 * corner + k] += cross[k];
  }
  for (let p = 0; p < normals.length; p += 3) {
    const length = Math.hypot(normals[p], normals[p + 1], normals[p + 2]) || 1;
    for (let k = p; k < p + 3; k++) normals[k] /= length;
  }
  return normals;
}
