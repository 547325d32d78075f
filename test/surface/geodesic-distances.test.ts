import { expect, test } from "vitest";
import { geodesicDistances, random } from "../../src/index.ts";
import {
  largestDifference,
  matrixOf,
  numbersOf,
  readReference,
} from "../reference/read-reference.ts";
import type { ReferenceArray } from "../reference/read-reference.ts";

interface MeshCase {
  readonly name: string;
  readonly vertices: ReferenceArray;
  readonly triangles: ReferenceArray;
  readonly from: ReferenceArray;
  readonly limit: number | string;
  readonly distance: ReferenceArray;
}

const { meshes } = readReference<{ meshes: readonly MeshCase[] }>("surface/geodesic.json");

test.each(meshes)("$name", async ({ name, vertices, triangles, from, limit, distance }) => {
  const mesh = { points: matrixOf(vertices), triangles: matrixOf(triangles) };
  const options = { limit: Number(limit), onProgress: false } as const;
  const reaches = await geodesicDistances(mesh, numbersOf(from), options);
  const n = vertices.shape[0];
  const found = new Float64Array(reaches.length * n).fill(Infinity);
  reaches.forEach(({ points, distances }, row) =>
    points.forEach((point, at) => (found[row * n + point] = distances[at])),
  );
  expect(largestDifference(found, numbersOf(distance)), name).toBeLessThan(1e-12);
});

test("points that the mesh lacks, and triangles of no points, are refused", async () => {
  const points = { data: new Float64Array(9), shape: [3, 3] };
  const triangles = { data: Int32Array.of(0, 1, 3), shape: [1, 3] };
  await expect(geodesicDistances({ points, triangles }, [0])).rejects.toThrow(/0 to 2/);
  const sound = { data: Int32Array.of(0, 1, 2), shape: [1, 3] };
  await expect(geodesicDistances({ points, triangles: sound }, [3])).rejects.toThrow(/from/);
  await expect(geodesicDistances({ points, triangles: sound }, [0], { limit: -1 })).rejects.toThrow(
    /limit/,
  );
});

test("a search can be stopped", async () => {
  const signal = AbortSignal.abort();
  const points = { data: new Float64Array(9), shape: [3, 3] };
  const triangles = { data: Int32Array.of(0, 1, 2), shape: [1, 3] };
  await expect(geodesicDistances({ points, triangles }, [0], { signal })).rejects.toMatchObject({
    code: "CANCELLED",
  });
});

/** Ways made shorter over all edges until none gets shorter: what every search must find, to the last bit. */
function shortest(data: Float64Array, sides: readonly [number, number][], from: number): number[] {
  const way = Array.from({ length: data.length / 3 }, (_, p) => (p === from ? 0 : Infinity));
  const place = (p: number) => [data[3 * p], data[3 * p + 1], data[3 * p + 2]];
  for (let changed = true; changed;) {
    changed = false;
    for (const [a, b] of sides) {
      const [dx, dy, dz] = place(a).map((x, axis) => x - place(b)[axis]);
      const longer = way[a] + Math.sqrt(dx * dx + dy * dy + dz * dz);
      if (longer >= way[b]) continue;
      way[b] = longer;
      changed = true;
    }
  }
  return way;
}

test.each([
  [40, 30, Infinity],
  [40, 60, 1.5],
  [7, 20, 0.9],
  [3, 1, 2],
])(
  "ways of a tangle of %i points and %i triangles, up to %f",
  async (nPoints, nTriangles, limit) => {
    const { normal, next } = random(nPoints + nTriangles);
    // Some far away: their edges are taken first and are no part of a shortest way.
    const data = Float64Array.from(
      { length: 3 * nPoints },
      (_, k) => normal() * (k % 5 === 0 ? 3 : 0.3),
    );
    const corners = Int32Array.from({ length: 3 * nTriangles }, () => Math.floor(next() * nPoints));
    const sides = Array.from(corners, (a, k): [number, number][] => {
      const b = corners[3 * Math.floor(k / 3) + ((k + 1) % 3)];
      return [[a, b], [b, a]]; // prettier-ignore
    }).flat();
    const mesh = {
      points: { data, shape: [nPoints, 3] },
      triangles: { data: corners, shape: [nTriangles, 3] },
    };
    const from = Int32Array.from({ length: nPoints }, (_, p) => p);
    const reaches = await geodesicDistances(mesh, from, { limit, onProgress: false });
    reaches.forEach(({ points, distances }, start) => {
      const all = shortest(data, sides, start);
      const inside = [...all.keys()].filter((p) => all[p] < Infinity && all[p] <= limit);
      expect([...points]).toEqual(inside);
      expect([...distances]).toEqual(inside.map((p) => all[p]));
    });
  },
);

test("the limit itself is within reach", async () => {
  const data = Float64Array.of(0, 0, 0, 1, 0, 0, 2, 0, 0);
  const mesh = {
    points: { data, shape: [3, 3] },
    triangles: { data: Int32Array.of(0, 1, 1, 1, 2, 2), shape: [2, 3] },
  };
  const [reach] = await geodesicDistances(mesh, [0], { limit: 1, onProgress: false });
  expect([[...reach.points], [...reach.distances]]).toEqual([[0, 1], [0, 1]]); // prettier-ignore
});
