import { delaunay, type Triangle } from "../../meg/sensors/delaunay.ts";
import type { FlatPlace } from "../../meg/sensors/flatten.ts";
import { quantileOf } from "../../stats/quantile.ts";
import type { Clip } from "./outlines.ts";

/** How far a map reaches beyond the sensors: the head, a little beyond the outermost ones, or a large box. */
export type Extrapolate = "head" | "local" | "box";

/** Points around the sensors that carry the map outwards, and the line beyond which it is not drawn. */
export interface Surround {
  readonly extra: readonly FlatPlace[];
  /** Corners of the region to draw; undefined: the circle of the head. */
  readonly region: readonly FlatPlace[] | undefined;
}

/** Points around sensors, as MNE-Python's `_get_extra_points` sets them. */
export function surround(places: readonly FlatPlace[], how: Extrapolate, clip: Clip): Surround {
  if (how === "box") return { extra: boxPoints(places), region: undefined };
  const triangles = delaunay(places);
  const distance = medianDistance(places, triangles);
  if (how === "head") return { extra: headPoints(distance, clip), region: undefined };
  if (triangles.length === 0) return linePoints(places, distance);
  return localPoints(places, triangles, distance);
}

function boxPoints(places: readonly FlatPlace[]): FlatPlace[] {
  const range = ([0, 1] as const).map((axis) => {
    const along = places.map((place) => place[axis]);
    const [low, high] = [Math.min(...along), Math.max(...along)];
    return [low - (high - low), high + (high - low)];
  });
  return range[0].flatMap((x) => range[1].map((y): FlatPlace => [x, y]));
}

/** Points on a circle around the head, at least twelve, about as far apart as the sensors. */
function headPoints(distance: number, { radius, origin }: Clip): FlatPlace[] {
  const angle = Math.asin(Math.min(1, distance / radius));
  const n = Math.max(12, Math.round((2 * Math.PI) / angle));
  const away = radius * 1.1 + distance;
  return Array.from({ length: n }, (_, at) => {
    const turn = (2 * Math.PI * at) / n;
    return [Math.cos(turn) * away + origin[0], Math.sin(turn) * away + origin[1]];
  });
}

/** The hull moved out by the distance of sensors, with points between where its edges are long. */
function localPoints(
  places: readonly FlatPlace[],
  triangles: readonly Triangle[],
  distance: number,
): Surround {
  const middle = middleOf(places);
  const outwards = (at: number, by: number): FlatPlace => {
    const [x, y] = [places[at][0] - middle[0], places[at][1] - middle[1]];
    const length = Math.hypot(x, y);
    return [places[at][0] + (x / length) * by, places[at][1] + (y / length) * by];
  };
  const hull = hullOf(triangles);
  const between = hull.flatMap((at, k) => {
    const next = hull[(k + 1) % hull.length];
    const [from, to] = [outwards(at, distance), outwards(next, distance)];
    const gap = Math.hypot(places[next][0] - places[at][0], places[next][1] - places[at][1]);
    const n = Math.round((0.25 * gap) / distance);
    return Array.from({ length: n }, (_, i): FlatPlace => {
      const part = (i + 1) / (n + 1);
      return [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
    });
  });
  return {
    extra: [...hull.map((at) => outwards(at, distance)), ...between],
    region: hull.map((at) => outwards(at, distance / 2)),
  };
}

/** Sensors in one line: points on both sides of each, and beyond both ends. */
function linePoints(places: readonly FlatPlace[], distance: number): Surround {
  const order = [...places].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const [first, last] = [order[0], order[order.length - 1]];
  const length = Math.hypot(last[0] - first[0], last[1] - first[1]);
  const [x, y] = [
    ((last[0] - first[0]) / length) * distance,
    ((last[1] - first[1]) / length) * distance,
  ];
  const aside = (side: 1 | -1) =>
    order.map((place): FlatPlace => [place[0] - side * y, place[1] + side * x]);
  const ends: FlatPlace[] = [
    [first[0] - x, first[1] - y],
    [last[0] + x, last[1] + y],
  ];
  const region = [ends[0], ...aside(-1), ends[1], ...aside(1).reverse()];
  return { extra: region, region };
}

function middleOf(places: readonly FlatPlace[]): FlatPlace {
  const sum = places.reduce(([x, y], place) => [x + place[0], y + place[1]], [0, 0]);
  return [sum[0] / places.length, sum[1] / places.length];
}

/** The outermost places, counterclockwise. */
function hullOf(triangles: readonly Triangle[]): number[] {
  const next = new Map<string, readonly [number, number]>();
  for (const corners of triangles) {
    corners.forEach((from, k) => {
      const to = corners[(k + 1) % 3];
      if (!next.delete(`${to} ${from}`)) next.set(`${from} ${to}`, [from, to]);
    });
  }
  const after = new Map(next.values());
  const [start] = after.keys();
  const hull = [start];
  for (let at = after.get(start); at !== undefined && at !== start; at = after.get(at))
    hull.push(at);
  return hull;
}

/**
 * Median length of two edges of each triangle, the shortest and the longest (MNE-Python takes the two that come first
 * in its list); of neighbours, where all are in one line.
 */
function medianDistance(places: readonly FlatPlace[], triangles: readonly Triangle[]): number {
  const length = (a: number, b: number) =>
    Math.hypot(places[a][0] - places[b][0], places[a][1] - places[b][1]);
  const ends = ([a, b, c]: Triangle) => {
    const all = [length(a, b), length(b, c), length(c, a)];
    return [Math.min(...all), Math.max(...all)];
  };
  const order = places
    .map((_, at) => at)
    .sort((a, b) => places[a][0] - places[b][0] || places[a][1] - places[b][1]);
  const along = () => order.slice(1).map((at, k) => length(at, order[k]));
  const lengths = triangles.length === 0 ? along() : triangles.flatMap(ends);
  return quantileOf(Float64Array.from(lengths).sort(), 0.5);
}
