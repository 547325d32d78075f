import type { FlatPlace } from "./flatten.ts";

/** A place on a grid of whole numbers. */
export interface GridPoint {
  readonly x: number;
  readonly y: number;
}

/** Steps of the grid along the longer side of the places: sums of two products of differences stay decidable. */
const STEPS = 2 ** 40;
/** Below this share of the products a determinant in float64 may have the wrong sign. */
const UNSURE = 1e-14;

/** Places on a grid so fine that nothing is seen of it. */
export function snapped(places: readonly FlatPlace[]): GridPoint[] {
  const low = [0, 1].map((axis) => Math.min(...places.map((place) => place[axis])));
  const high = [0, 1].map((axis) => Math.max(...places.map((place) => place[axis])));
  const extent = Math.max(high[0] - low[0], high[1] - low[1]) || 1;
  return places.map(([x, y]) => ({
    x: Math.round(((x - low[0]) / extent) * STEPS),
    y: Math.round(((y - low[1]) / extent) * STEPS),
  }));
}

/** Above 0 when the three turn counterclockwise, 0 when they are in one line. */
export function orientation(a: GridPoint, b: GridPoint, c: GridPoint): number {
  const left = (b.x - a.x) * (c.y - a.y);
  const right = (b.y - a.y) * (c.x - a.x);
  const det = left - right;
  if (Math.abs(det) > UNSURE * (Math.abs(left) + Math.abs(right))) return det;
  const exact = big(b.x - a.x) * big(c.y - a.y) - big(b.y - a.y) * big(c.x - a.x);
  return sign(exact);
}

/** Above 0 when `d` is within the circle through three places that turn counterclockwise, 0 when it is on it. */
export function incircle(a: GridPoint, b: GridPoint, c: GridPoint, d: GridPoint): number {
  const rows = [a, b, c].map(({ x, y }) => ({ x: x - d.x, y: y - d.y }));
  const [p, q, r] = rows;
  const square = ({ x, y }: GridPoint) => x * x + y * y;
  const terms = [
    square(p) * (q.x * r.y - q.y * r.x),
    square(q) * (r.x * p.y - r.y * p.x),
    square(r) * (p.x * q.y - p.y * q.x),
  ];
  const size =
    square(p) * (Math.abs(q.x * r.y) + Math.abs(q.y * r.x)) +
    square(q) * (Math.abs(r.x * p.y) + Math.abs(r.y * p.x)) +
    square(r) * (Math.abs(p.x * q.y) + Math.abs(p.y * q.x));
  const det = terms[0] + terms[1] + terms[2];
  if (Math.abs(det) > UNSURE * size) return det;
  return sign(exactIncircle(p, q, r));
}

function exactIncircle(p: GridPoint, q: GridPoint, r: GridPoint): bigint {
  const [px, py, qx, qy, rx, ry] = [p.x, p.y, q.x, q.y, r.x, r.y].map(big);
  return (
    (px * px + py * py) * (qx * ry - qy * rx) +
    (qx * qx + qy * qy) * (rx * py - ry * px) +
    (rx * rx + ry * ry) * (px * qy - py * qx)
  );
}

function big(value: number): bigint {
  return BigInt(value);
}

function sign(value: bigint): number {
  return value > 0n ? 1 : value < 0n ? -1 : 0;
}
