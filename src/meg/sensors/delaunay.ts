import type { FlatPlace } from "./flatten.ts";
import { incircle, orientation, snapped, type GridPoint } from "./predicates.ts";

/** Three places by number, counterclockwise. */
export type Triangle = readonly [a: number, b: number, c: number];

/** The place beyond every edge of the hull. */
const OUTSIDE = -1;

/**
 * Delaunay triangulation of places in a plane (Bowyer and Watson, with a place at infinity, so that the hull is whole);
 * decided on a grid of 2⁻⁴⁰ of their extent without rounding. Places that are all in one line have no triangle. Of four
 * places on one circle either diagonal may be drawn.
 */
export function delaunay(places: readonly FlatPlace[]): Triangle[] {
  const points = snapped(places);
  const start = firstTriangle(points);
  if (start === undefined) return [];
  let triangles = start;
  const used = new Set(start.flat());
  points.forEach((_, at) => {
    if (!used.has(at)) triangles = withPoint(triangles, points, at);
  });
  return triangles.filter((corners) => !corners.includes(OUTSIDE));
}

/** A first triangle and its three neighbours outside; undefined when all points are in one line. */
function firstTriangle(points: readonly GridPoint[]): Triangle[] | undefined {
  const b = points.findIndex(({ x, y }) => x !== points[0].x || y !== points[0].y);
  if (b < 0) return undefined;
  const c = points.findIndex((point) => orientation(points[0], points[b], point) !== 0);
  if (c < 0) return undefined;
  const turned = orientation(points[0], points[b], points[c]) < 0;
  const [second, third] = turned ? [c, b] : [b, c];
  return [
    [0, second, third],
    [second, 0, OUTSIDE],
    [third, second, OUTSIDE],
    [0, third, OUTSIDE],
  ];
}

function withPoint(
  triangles: readonly Triangle[],
  points: readonly GridPoint[],
  at: number,
): Triangle[] {
  const kept: Triangle[] = [];
  const edges = new Map<string, readonly [number, number]>();
  for (const corners of triangles) {
    if (!isInConflict(corners, points, at)) {
      kept.push(corners);
      continue;
    }
    corners.forEach((from, k) => {
      const to = corners[(k + 1) % 3];
      // An edge that two triangles share is gone with them; only the rim of the hole is left.
      if (!edges.delete(`${to} ${from}`)) edges.set(`${from} ${to}`, [from, to]);
    });
  }
  for (const [from, to] of edges.values()) kept.push(outsideLast([from, to, at]));
  return kept;
}

/** Whether a point lies in the circle around a triangle; beyond the edge, where the triangle reaches to infinity. */
function isInConflict([a, b, c]: Triangle, points: readonly GridPoint[], at: number): boolean {
  const point = points[at];
  if (c !== OUTSIDE) return incircle(points[a], points[b], points[c], point) > 0;
  const side = orientation(points[a], points[b], point);
  return side > 0 || (side === 0 && isBetween(points[a], points[b], point));
}

function isBetween(a: GridPoint, b: GridPoint, point: GridPoint): boolean {
  return (point.x - a.x) * (point.x - b.x) + (point.y - a.y) * (point.y - b.y) < 0;
}

function outsideLast([a, b, c]: Triangle): Triangle {
  if (a === OUTSIDE) return [b, c, a];
  return b === OUTSIDE ? [c, a, b] : [a, b, c];
}

/** Pairs of places that share an edge, each once, the lower number first; places in one line follow each other. */
export function edgesOf(
  triangles: readonly Triangle[],
  places: readonly FlatPlace[],
): [number, number][] {
  if (triangles.length === 0) return chain(places);
  const edges = new Map<string, [number, number]>();
  for (const corners of triangles) {
    corners.forEach((from, k) => {
      const to = corners[(k + 1) % 3];
      const pair: [number, number] = [Math.min(from, to), Math.max(from, to)];
      edges.set(pair.join(" "), pair);
    });
  }
  return [...edges.values()].sort((p, q) => p[0] - q[0] || p[1] - q[1]);
}

function chain(places: readonly FlatPlace[]): [number, number][] {
  const order = places
    .map((_, at) => at)
    .sort((p, q) => places[p][0] - places[q][0] || places[p][1] - places[q][1]);
  return order.slice(1).map((at, k) => [Math.min(at, order[k]), Math.max(at, order[k])]);
}
