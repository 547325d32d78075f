/** A sphere of triangles around 0 with radius 1; triangles are counter-clockwise seen from outside. */
export interface Sphere {
  /** Points × 3. */
  readonly points: Float64Array;
  readonly nPoints: number;
  /** Triangles × 3. */
  readonly triangles: Int32Array;
}

const golden = (1 + Math.sqrt(5)) / 2;
const corners: readonly (readonly [number, number, number])[] = [
  ...[-1, 1].flatMap((a) => [-golden, golden].map((b) => [a, b, 0] as const)),
  ...[-1, 1].flatMap((a) => [-golden, golden].map((b) => [0, a, b] as const)),
  ...[-1, 1].flatMap((a) => [-golden, golden].map((b) => [b, 0, a] as const)),
];

/**
 * An icosahedron whose triangles were divided in four so many times: 10 · 4^levels + 2 points. Points of fewer levels
 * come first, under the same numbers, as on FreeSurfer's average brain.
 */
export function icosphere(levels: number): Sphere {
  const points = corners.map(([x, y, z]) => unit([x, y, z]));
  let triangles = hull(points);
  for (let level = 0; level < levels; level++) triangles = divided(points, triangles);
  return {
    points: Float64Array.from(points.flat()),
    nPoints: points.length,
    triangles: Int32Array.from(triangles.flat()),
  };
}

type Point = [number, number, number];

function unit([x, y, z]: Point): Point {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}

/** The 20 triangles of neighbours among the twelve points. */
function hull(points: readonly Point[]): number[][] {
  const near = (a: number, b: number) => dot(points[a], points[b]) > 0.4;
  const found: number[][] = [];
  for (let a = 0; a < 12; a++)
    for (let b = a + 1; b < 12; b++)
      for (let c = b + 1; c < 12; c++)
        if (near(a, b) && near(b, c) && near(a, c))
          found.push(isOutward(points[a], points[b], points[c]) ? [a, b, c] : [a, c, b]);
  return found;
}

function dot(a: Point, b: Point): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function isOutward(a: Point, b: Point, c: Point): boolean {
  const cross: Point = [
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  ];
  return dot(cross, c) > 0;
}

/** Each triangle in four, the new points pushed out to the sphere. */
function divided(points: Point[], triangles: readonly (readonly number[])[]): number[][] {
  const middles = new Map<string, number>();
  const middle = (a: number, b: number): number => {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    const known = middles.get(key);
    if (known !== undefined) return known;
    const [p, q] = [points[a], points[b]];
    points.push(unit([p[0] + q[0], p[1] + q[1], p[2] + q[2]]));
    middles.set(key, points.length - 1);
    return points.length - 1;
  };
  return triangles.flatMap(([a, b, c]) => {
    const [ab, bc, ca] = [middle(a, b), middle(b, c), middle(c, a)];
    return [
      [a, ab, ca],
      [ab, b, bc],
      [ca, bc, c],
      [ab, bc, ca],
    ];
  });
}
