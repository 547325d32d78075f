import { InvalidArgument } from "../core/errors.ts";
import type { Mesh } from "./mesh-edges.ts";
import { NearestPoints } from "./nearest-points.ts";
import { trianglesAround } from "./triangle-points.ts";

/** For each point of one sphere the corners of the triangle of another that it lies in, and their weights. */
export interface MorphMap {
  /** Points × 3. */
  readonly corners: Int32Array;
  /** Points × 3; the three of a point add up to 1. */
  readonly weights: Float64Array;
}

/**
 * Where points lie on another sphere: both are brought to radius 1, and each point is taken into the triangle around its
 * nearest corner that it lies in, else to the nearest place on those triangles. Throws `InvalidArgument` for a point at
 * the centre.
 */
export function morphMap(from: Mesh, to: Mesh["points"], points: Int32Array): MorphMap {
  const unit: Mesh = { points: onSphere(from.points), triangles: from.triangles };
  const places = onSphere(to).data;
  const around = trianglesAround(unit);
  const nearest = new NearestPoints(unit.points.data as Float64Array);
  const corners = new Int32Array(3 * points.length);
  const weights = new Float64Array(3 * points.length);
  points.forEach((point, at) => {
    const place = places.subarray(3 * point, 3 * point + 3);
    const close = nearest.of(places, point);
    const found = bestTriangle(
      unit,
      around.list.subarray(around.starts[close], around.starts[close + 1]),
      place,
    );
    for (let corner = 0; corner < 3; corner++) {
      corners[3 * at + corner] =
        found === undefined ? close : from.triangles.data[3 * found.triangle + corner];
      weights[3 * at + corner] =
        found === undefined ? (corner === 0 ? 1 : 0) : found.weights[corner];
    }
  });
  return { corners, weights };
}

function onSphere({ data, shape }: Mesh["points"]): {
  data: Float64Array;
  shape: readonly number[];
} {
  const unit = Float64Array.from(data);
  for (let at = 0; at < unit.length; at += 3) {
    const length = Math.hypot(unit[at], unit[at + 1], unit[at + 2]);
    if (!(length > 0))
      throw new InvalidArgument(
        `point ${at / 3}`,
        "at the centre of the sphere",
        "give the registered spheres (lh.sphere.reg, rh.sphere.reg)",
      );
    for (let axis = 0; axis < 3; axis++) unit[at + axis] /= length;
  }
  return { data: unit, shape };
}

type Weights = readonly [number, number, number];

interface Found {
  readonly triangle: number;
  readonly weights: Weights;
  /** How far from the triangle. */
  readonly distance: number;
}

/** The triangle that holds the place, of several the one that it is nearest to; else the nearest of all. */
function bestTriangle(mesh: Mesh, triangles: Int32Array, place: Float64Array): Found | undefined {
  let inside: Found | undefined;
  let outside: Found | undefined;
  for (const triangle of triangles) {
    const foot = footOn(mesh, triangle, place);
    if (foot === undefined) continue;
    const { p, q, height } = foot;
    if (p >= 0 && q >= 0 && p + q < 1) {
      if (inside === undefined || height < inside.distance)
        inside = { triangle, weights: [1 - p - q, p, q], distance: height };
    } else {
      const side = nearestSide(foot);
      if (outside === undefined || side.distance < outside.distance)
        outside = { triangle, ...side };
    }
  }
  return inside ?? outside;
}

/** Where the foot of a place on a triangle's plane is, along two of its sides, and how far above it the place is. */
interface Foot {
  readonly p: number;
  readonly q: number;
  readonly height: number;
  /** Products of the two sides: the first and the second with itself, one with the other. */
  readonly products: readonly [number, number, number];
}

function footOn(mesh: Mesh, triangle: number, place: Float64Array): Foot | undefined {
  const [a, b, c] = cornersOf(mesh, triangle);
  const [u, v, w] = [minus(b, a), minus(c, a), minus(place, a)];
  const [uu, uv, vv, wu, wv] = [dot(u, u), dot(u, v), dot(v, v), dot(w, u), dot(w, v)];
  const size = uu * vv - uv * uv;
  if (!(size > 0)) return undefined;
  const p = (vv * wu - uv * wv) / size;
  const q = (uu * wv - uv * wu) / size;
  const rest = w.map((value, axis) => value - p * u[axis] - q * v[axis]);
  return { p, q, height: Math.sqrt(dot(rest, rest)), products: [uu, vv, uv] };
}

/** The nearest place on a triangle's sides, as MNE finds it: half of the way that the other side adds is counted. */
function nearestSide({ p, q, height, products }: Foot): { weights: Weights; distance: number } {
  const [uu, vv, uv] = products;
  const across = (0.5 * ((2 * uu - uv) * (1 - p) + (2 * vv - uv) * q)) / (uu + vv - uv);
  const sides = [
    [within(p + (0.5 * q * uv) / uu), 0],
    [1 - within(across), within(across)],
    [0, within(q + (0.5 * p * uv) / vv)],
  ];
  const found = sides.map(([first, second]) => {
    const [dp, dq] = [p - first, q - second];
    const squared = dp * dp * uu + dq * dq * vv + dp * dq * uv + height * height;
    return { weights: [1 - first - second, first, second] as const, distance: Math.sqrt(squared) };
  });
  return found.reduce((best, one) => (one.distance < best.distance ? one : best));
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function cornersOf({ points, triangles }: Mesh, triangle: number): number[][] {
  return [0, 1, 2].map((corner) => {
    const at = 3 * triangles.data[3 * triangle + corner];
    return [points.data[at], points.data[at + 1], points.data[at + 2]];
  });
}

function minus(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
