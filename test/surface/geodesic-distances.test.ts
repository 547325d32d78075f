import { expect, test } from "vitest";
import { geodesicDistances } from "../../src/index.ts";
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
