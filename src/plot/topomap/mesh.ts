import { delaunay, type Triangle } from "../../meg/sensors/delaunay.ts";
import type { FlatPlace } from "../../meg/sensors/flatten.ts";
import { barycentric, type Barycentric, type Mesh } from "./clough-tocher.ts";

/** Delaunay triangulation of points, with who lies beside whom. */
export function meshOf(points: readonly FlatPlace[]): Mesh {
  const triangles = delaunay(points);
  const owner = new Map<string, number>();
  triangles.forEach((corners, triangle) =>
    corners.forEach((from, k) => owner.set(`${from} ${corners[(k + 1) % 3]}`, triangle)),
  );
  const beyond = (from: number, to: number) => owner.get(`${to} ${from}`) ?? -1;
  const across = triangles.map(([a, b, c]): Triangle => [beyond(b, c), beyond(c, a), beyond(a, b)]);
  const beside = points.map(() => new Set<number>());
  for (const corners of triangles)
    corners.forEach((from) => corners.forEach((to) => from !== to && beside[from].add(to)));
  return { points, triangles, across, beside };
}

/** A place in a triangulation. */
export interface Located {
  readonly triangle: number;
  readonly at: Barycentric;
}

/** Corners count as inside up to this share of a triangle. */
const ROUNDING = -1e-9;

/** Finds the triangle a place lies in, from the one found before; undefined outside of all. */
export function locator(mesh: Mesh): (place: FlatPlace) => Located | undefined {
  let last = 0;
  return (place) => {
    if (mesh.triangles.length === 0) return undefined;
    let triangle = last;
    for (let steps = 0; steps <= mesh.triangles.length; steps++) {
      const at = barycentric(mesh, triangle, place);
      const out = at.indexOf(Math.min(...at));
      if (at[out] >= ROUNDING) {
        last = triangle;
        return { triangle, at };
      }
      const next = mesh.across[triangle][out];
      if (next < 0) return undefined;
      triangle = next;
    }
    return undefined;
  };
}
