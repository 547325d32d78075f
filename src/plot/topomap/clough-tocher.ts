import type { Triangle } from "../../meg/sensors/delaunay.ts";
import type { FlatPlace } from "../../meg/sensors/flatten.ts";

/** A triangulation with who lies beside whom. */
export interface Mesh {
  readonly points: readonly FlatPlace[];
  readonly triangles: readonly Triangle[];
  /** For each triangle the one across from each of its corners; −1 at the rim. */
  readonly across: readonly Triangle[];
  /** For each point those it shares an edge with. */
  readonly beside: readonly ReadonlySet<number>[];
}

const MOST_ROUNDS = 400;
const TOLERANCE = 1e-6;

/** Slopes at the points that bend the surface least along all edges (Renka & Cline 1984), by iteration as scipy does. */
export function gradients({ points, beside }: Mesh, values: Float64Array): Float64Array {
  const slopes = new Float64Array(2 * points.length);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let error = 0;
    points.forEach(
      (_, at) => (error = Math.max(error, relax(at, points, beside[at], values, slopes))),
    );
    if (error < TOLERANCE) break;
  }
  return slopes;
}

/** The best slope of one point while all others stay; how much it changed. */
function relax(
  at: number,
  points: readonly FlatPlace[],
  beside: ReadonlySet<number>,
  values: Float64Array,
  slopes: Float64Array,
): number {
  let [xx, xy, yy, sx, sy] = [0, 0, 0, 0, 0];
  for (const other of beside) {
    const [ex, ey] = [points[other][0] - points[at][0], points[other][1] - points[at][1]];
    const cube = Math.hypot(ex, ey) ** 3;
    const along = -ex * slopes[2 * other] - ey * slopes[2 * other + 1];
    const pull = (6 * (values[at] - values[other]) - 2 * along) / cube;
    xx += (4 * ex * ex) / cube;
    xy += (4 * ex * ey) / cube;
    yy += (4 * ey * ey) / cube;
    sx += pull * ex;
    sy += pull * ey;
  }
  const det = xx * yy - xy * xy;
  const [x, y] = [(yy * sx - xy * sy) / det, (xx * sy - xy * sx) / det];
  const change = Math.max(Math.abs(slopes[2 * at] + x), Math.abs(slopes[2 * at + 1] + y));
  slopes[2 * at] = -x;
  slopes[2 * at + 1] = -y;
  return change / Math.max(1, Math.abs(x), Math.abs(y));
}

/**
 * Piecewise cubic surface through the points (Clough & Tocher 1965; its edges as in scipy, which do not depend on how
 * the axes are scaled), as a function of a triangle and the barycentric coordinates in it.
 */
export function cloughTocher(
  mesh: Mesh,
  values: Float64Array,
): (triangle: number, at: Barycentric) => number {
  const slopes = gradients(mesh, values);
  const patches = mesh.triangles.map((_, triangle) => patchOf(mesh, triangle, values, slopes));
  return (triangle, at) => valueIn(patches[triangle], at);
}

/** Shares of the three corners of a triangle. */
export type Barycentric = readonly [a: number, b: number, c: number];

/** Barycentric coordinates of a place. */
export function barycentric(
  { points, triangles }: Mesh,
  triangle: number,
  [x, y]: FlatPlace,
): Barycentric {
  const [p, q, r] = triangles[triangle].map((corner) => points[corner]);
  const det = (q[1] - r[1]) * (p[0] - r[0]) + (r[0] - q[0]) * (p[1] - r[1]);
  const a = ((q[1] - r[1]) * (x - r[0]) + (r[0] - q[0]) * (y - r[1])) / det;
  const b = ((r[1] - p[1]) * (x - r[0]) + (p[0] - r[0]) * (y - r[1])) / det;
  return [a, b, 1 - a - b];
}

/** Control values of the cubic in the order of {@link valueIn}. */
type Patch = Readonly<Record<Control, number>>;
type Control = `c${number}`;

function patchOf(mesh: Mesh, triangle: number, values: Float64Array, slopes: Float64Array): Patch {
  const corners = mesh.triangles[triangle];
  const [f1, f2, f3] = corners.map((corner) => values[corner]);
  /** Slope at one corner along the edge to another. */
  const along = (from: 0 | 1 | 2, to: 0 | 1 | 2): number => {
    const [a, b] = [corners[from], corners[to]];
    const [p, q] = [mesh.points[a], mesh.points[b]];
    return slopes[2 * a] * (q[0] - p[0]) + slopes[2 * a + 1] * (q[1] - p[1]);
  };
  const c2100 = along(0, 1) / 3 + f1;
  const c2010 = along(0, 2) / 3 + f1;
  const c1200 = along(1, 0) / 3 + f2;
  const c0210 = along(1, 2) / 3 + f2;
  const c1020 = along(2, 0) / 3 + f3;
  const c0120 = along(2, 1) / 3 + f3;
  const c2001 = (c2100 + c2010 + f1) / 3;
  const c0201 = (c1200 + f2 + c0210) / 3;
  const c0021 = (c1020 + c0120 + f3) / 3;
  const [g1, g2, g3] = directions(mesh, triangle);
  const c0111 =
    (g1 * (-f2 + 3 * c0210 - 3 * c0120 + f3) - f2 + 2 * c0210 - c0120 + c0021 + c0201) / 2;
  const c1011 =
    (g2 * (-f3 + 3 * c1020 - 3 * c2010 + f1) - f3 + 2 * c1020 - c2010 + c2001 + c0021) / 2;
  const c1101 =
    (g3 * (-f1 + 3 * c2100 - 3 * c1200 + f2) - f1 + 2 * c2100 - c1200 + c2001 + c0201) / 2;
  const c1002 = (c1101 + c1011 + c2001) / 3;
  const c0102 = (c1101 + c0111 + c0201) / 3;
  const c0012 = (c1011 + c0111 + c0021) / 3;
  const outer = { c3000: f1, c0300: f2, c0030: f3, c2100, c2010, c1200, c0210, c1020, c0120 };
  const inner = { c2001, c0201, c0021, c0111, c1011, c1101, c1002, c0102, c0012 };
  return { ...outer, ...inner, c0003: (c1002 + c0102 + c0012) / 3 };
}

/** Across each edge, in which direction the slope is to be linear: towards the middle of the triangle beyond. */
function directions(mesh: Mesh, triangle: number): [number, number, number] {
  const towards = (k: 0 | 1 | 2): number => {
    const beyond = mesh.across[triangle][k];
    if (beyond < 0) return -1 / 2;
    const corners = mesh.triangles[beyond].map((corner) => mesh.points[corner]);
    const middle: FlatPlace = [
      (corners[0][0] + corners[1][0] + corners[2][0]) / 3,
      (corners[0][1] + corners[1][1] + corners[2][1]) / 3,
    ];
    const at = barycentric(mesh, triangle, middle);
    const [next, last] = [at[(k + 1) % 3], at[(k + 2) % 3]];
    return (2 * last + next - 1) / (2 - 3 * last - 3 * next);
  };
  return [towards(0), towards(1), towards(2)];
}

function valueIn(c: Patch, at: Barycentric): number {
  const least = Math.min(...at);
  const [x, y, z] = at.map((share) => share - least);
  const w = 3 * least;
  return (
    x ** 3 * c.c3000 +
    3 * x * x * y * c.c2100 +
    3 * x * x * z * c.c2010 +
    3 * x * x * w * c.c2001 +
    3 * x * y * y * c.c1200 +
    6 * x * y * w * c.c1101 +
    3 * x * z * z * c.c1020 +
    6 * x * z * w * c.c1011 +
    3 * x * w * w * c.c1002 +
    y ** 3 * c.c0300 +
    3 * y * y * z * c.c0210 +
    3 * y * y * w * c.c0201 +
    3 * y * z * z * c.c0120 +
    6 * y * z * w * c.c0111 +
    3 * y * w * w * c.c0102 +
    z ** 3 * c.c0030 +
    3 * z * z * w * c.c0021 +
    3 * z * w * w * c.c0012 +
    w ** 3 * c.c0003
  );
}
