import { expect, test } from "vitest";
import { meshNeighbours, smoothOnMesh, vertexAreas } from "../../src/index.ts";
import { matrixOf, readReference } from "../reference/read-reference.ts";
import type { ReferenceArray } from "../reference/read-reference.ts";

interface MeshCase {
  readonly vertices: ReferenceArray;
  readonly triangles: ReferenceArray;
  readonly edges: readonly (readonly [number, number, number])[] | null;
}

const { meshes } = readReference<{ meshes: readonly MeshCase[] }>("surface/geodesic.json");
const meshOf = ({ vertices, triangles }: MeshCase) => ({
  points: matrixOf(vertices),
  triangles: matrixOf(triangles),
});
const square = {
  points: { data: Float64Array.of(0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 9, 9, 9), shape: [5, 3] },
  triangles: { data: Int32Array.of(0, 1, 2, 0, 2, 3), shape: [2, 3] },
};

test.each(meshes.filter(({ edges }) => edges !== null))(
  "neighbours are the ends of edges",
  (one) => {
    const lists = meshNeighbours(meshOf(one));
    const pairs = lists.flatMap((list, a) =>
      Array.from(list)
        .filter((b) => b > a)
        .map((b) => [a, b]),
    );
    expect(pairs).toEqual(one.edges?.map(([a, b]) => [a, b]));
  },
);

test("areas are thirds of triangles and add up to the mesh's; a lone point has none", () => {
  const areas = vertexAreas(square);
  expect(Array.from(areas)).toEqual([1 / 3, 1 / 6, 1 / 3, 1 / 6, 0]);
});

test("one step takes the mean of a point and its neighbours, of those that have a value", () => {
  const { data } = smoothOnMesh(square, [1, 2, NaN, 6, 5], { steps: 1 });
  expect(Array.from(data)).toEqual([3, 1.5, 3, 3.5, 5]);
});

test("filling stops when all that can be reached have a value; a lone point keeps NaN", () => {
  const { data } = smoothOnMesh(square, [NaN, 2, NaN, NaN, NaN], { steps: "fill" });
  expect(Array.from(data)).toEqual([2, 2, 2, 2, NaN]);
});

test("columns are smoothed each for itself, and the values given stay as they are", () => {
  const values = { data: Float64Array.of(1, 9, 2, 9, 3, 9, 4, 9, 5, 9), shape: [5, 2] };
  const { data, shape } = smoothOnMesh(square, values, { steps: 3 });
  expect(shape).toEqual([5, 2]);
  expect(Array.from(data).filter((_, at) => at % 2 === 1)).toEqual([9, 9, 9, 9, 9]);
  expect(values.data[0]).toBe(1);
});

test("other lengths, infinite values, wild points and triangles of no points are refused", () => {
  expect(() => smoothOnMesh(square, [1, 2])).toThrow(/5 points/);
  expect(() => smoothOnMesh(square, [1, 2, 3, Infinity, 5])).toThrow(/finite/);
  expect(() => smoothOnMesh(square, [1, 2, 3, 4, 5], { steps: 0 })).toThrow(/steps/);
  const wild = { ...square, points: { data: new Float64Array(15).fill(NaN), shape: [5, 3] } };
  expect(() => vertexAreas(wild)).toThrow(/point 0/);
  const broken = { ...square, triangles: { data: Int32Array.of(0, 1, 7), shape: [1, 3] } };
  expect(() => vertexAreas(broken)).toThrow(/0 to 4/);
  expect(() => meshNeighbours(broken)).toThrow(/0 to 4/);
});
