import { expect, test } from "vitest";
import { morphTo, SourceEstimates } from "../../src/index.ts";
import { meshEdges, type MeshEdges } from "../../src/surface/mesh-edges.ts";
import { morphMap } from "../../src/surface/morph-map.ts";
import { NearestPoints } from "../../src/surface/nearest-points.ts";
import {
  largestDifference,
  matrixOf,
  numbersOf,
  readReference,
} from "../reference/read-reference.ts";
import type { ReferenceArray } from "../reference/read-reference.ts";

interface Reference {
  readonly morph: {
    readonly from_sphere: ReferenceArray;
    readonly from_triangles: ReferenceArray;
    readonly to_sphere: ReferenceArray;
    readonly to_triangles: ReferenceArray;
    readonly cases: readonly {
      readonly smooth: number | "nearest" | null;
      readonly vertices_from: ReferenceArray;
      readonly vertices_to: ReferenceArray;
      readonly values: ReferenceArray;
      readonly result: { readonly value: ReferenceArray };
    }[];
  };
}

const { morph } = readReference<Reference>("surface/group.json");
const half = (points: ReferenceArray, triangles: ReferenceArray) => ({
  points: matrixOf(points),
  triangles: matrixOf(triangles),
});
const own = half(morph.from_sphere, morph.from_triangles);
const other = half(morph.to_sphere, morph.to_triangles);
const [from, to] = [
  { left: own, right: own },
  { left: other, right: other },
];
const none = new Int32Array(0);

function estimatesOf(vertices: Int32Array, values: Float64Array, nTimes = 1): SourceEstimates {
  const data = { data: values, shape: [1, vertices.length, nTimes] };
  return new SourceEstimates({
    data,
    vertices: [vertices, none],
    kind: "surface",
    tminS: 0,
    tstepS: 0.01,
  });
}

/** Places among the targets one of whose corners has several sources equally many edges away. */
function verticesOfTies({ vertices_from, vertices_to }: (typeof morph.cases)[number]): Set<number> {
  const edges = meshEdges(own);
  const steps = Array.from(numbersOf(vertices_from), (source) => stepsFrom(edges, source));
  const isTied = (point: number) => {
    const ways = steps.map((all) => all[point]);
    return ways.filter((way) => way === Math.min(...ways)).length > 1;
  };
  const { corners, weights } = morphMap(own, other.points, Int32Array.from(numbersOf(vertices_to)));
  const places = Array.from(vertices_to.data.keys());
  return new Set(
    places.filter((at) =>
      [0, 1, 2].some((k) => weights[3 * at + k] > 0 && isTied(corners[3 * at + k])),
    ),
  );
}

function stepsFrom({ starts, ends }: MeshEdges, from: number): number[] {
  const steps = Array.from({ length: starts.length - 1 }, () => Infinity);
  steps[from] = 0;
  for (const queue = [from]; queue.length > 0;) {
    const point = queue.shift() ?? 0;
    for (let at = starts[point]; at < starts[point + 1]; at++) {
      if (steps[ends[at]] < Infinity) continue;
      steps[ends[at]] = steps[point] + 1;
      queue.push(ends[at]);
    }
  }
  return steps;
}

test.each(morph.cases)("smooth $smooth: the values of MNE", async (one) => {
  // Which of several sources as many edges away counts is not said in MNE: a heap decides. Ours takes the nearest.
  const tied = one.smooth === "nearest" ? verticesOfTies(one) : new Set<number>();
  expect(tied.size).toBeLessThan(80);
  const { smooth, vertices_from, vertices_to, values, result } = one;
  const sources = Int32Array.from(numbersOf(vertices_from));
  const there = await morphTo(estimatesOf(sources, numbersOf(values)), {
    from,
    to,
    vertices: { left: numbersOf(vertices_to), right: [] },
    smooth: smooth ?? "fill",
    subject: "average",
  });
  const clear = (values: Float64Array) => values.filter((_, at) => !tied.has(at));
  const expected = clear(numbersOf(result.value));
  expect(largestDifference(clear(Float64Array.from(there.data.data)), expected)).toBeLessThan(1e-6);
  expect(there.subject).toBe("average");
});

test("each time for itself: a source without a value at one time costs nothing at the others", async () => {
  const sources = Int32Array.from(numbersOf(morph.cases[0].vertices_from));
  const values = numbersOf(morph.cases[0].values);
  const both = new Float64Array(40 * values.length);
  values.forEach((value, at) => both.fill(value, 40 * at, 40 * at + 40));
  both[3 * 40 + 1] = NaN;
  const options = { from, to, smooth: 5 } as const;
  const one = await morphTo(estimatesOf(sources, values), options);
  const many = await morphTo(estimatesOf(sources, both, 40), options);
  const column = (at: number) => one.data.data.map((_, row) => many.data.data[row * 40 + at]);
  expect(column(0)).toEqual(one.data.data);
  expect(column(39)).toEqual(one.data.data);
  expect(column(1)).not.toEqual(one.data.data);
});

test("what no value reaches is NaN, not 0", async () => {
  const lone = estimatesOf(Int32Array.of(0), Float64Array.of(4));
  const near = await morphTo(lone, { from, to, smooth: 1 });
  const values = Array.from(near.data.data);
  expect(values.filter((value) => !Number.isNaN(value) && Math.abs(value - 4) > 1e-12)).toEqual([]);
  expect(values.filter(Number.isNaN).length).toBeGreaterThan(600);
  const all = await morphTo(lone, { from, to });
  const left = Array.from(all.data.data).slice(0, 642);
  expect(left.every((value) => Math.abs(value - 4) < 1e-12)).toBe(true);
  expect(Array.from(all.data.data).slice(642).every(Number.isNaN)).toBe(true);
});

test("estimates of one brain stay as they are when the spheres are the same", async () => {
  const all = Int32Array.from({ length: 162 }, (_, at) => at);
  const values = Float64Array.from(all, (vertex) => Math.sin(vertex));
  const same = await morphTo(estimatesOf(all, values), { from, to: from, smooth: "nearest" });
  expect(largestDifference(same.data.data.slice(0, 162), values)).toBeLessThan(1e-12);
});

test("volumes, vectors and vertices that a mesh lacks are refused", async () => {
  const one = estimatesOf(Int32Array.of(200), Float64Array.of(1));
  await expect(morphTo(one, { from, to })).rejects.toThrow(/162 vertices/);
  const fine = estimatesOf(Int32Array.of(3), Float64Array.of(1));
  await expect(morphTo(fine, { from, to, vertices: { left: [642], right: [] } })).rejects.toThrow(
    /0 to 641/,
  );
  const parts = { kind: "surface", tminS: 0, tstepS: 1 } as const;
  const vector = new SourceEstimates({
    ...parts,
    data: { data: new Float64Array(3), shape: [1, 1, 3, 1] },
    vertices: [Int32Array.of(0), none],
  });
  await expect(morphTo(vector, { from, to })).rejects.toThrow(/lengths/);
  const volume = new SourceEstimates({
    ...parts,
    kind: "volume",
    data: { data: new Float64Array(1), shape: [1, 1, 1] },
    vertices: [Int32Array.of(0)],
  });
  await expect(morphTo(volume, { from, to })).rejects.toThrow(/volume/);
  const centre = { ...own, points: { data: new Float64Array(3 * 162), shape: [162, 3] } };
  await expect(morphTo(fine, { from: { left: centre, right: own }, to })).rejects.toThrow(/sphere/);
});

test("the nearest point is the one that looking at all gives", () => {
  const value = (at: number) => Math.sin(12.9898 * at) * 3;
  const points = Float64Array.from({ length: 300 }, (_, at) => value(at));
  const search = new NearestPoints(points);
  const places = Float64Array.from({ length: 150 }, (_, at) => 1.6 * value(at + 1000));
  for (let at = 0; at < 50; at++) {
    const squared = (p: number) =>
      [0, 1, 2].reduce((sum, k) => sum + (points[3 * p + k] - places[3 * at + k]) ** 2, 0);
    const all = Array.from({ length: 100 }, (_, p) => p);
    const best = all.reduce((one, p) => (squared(p) < squared(one) ? p : one), 0);
    expect(search.of(places, at)).toBe(best);
  }
});

test("a point beside every triangle goes to the place on a side that MNE finds", () => {
  const corners = { data: Float64Array.of(1, 0, 0, 0.3, 1, 0.2, 0.2, 0.1, 1), shape: [3, 3] };
  const triangle = { points: corners, triangles: { data: Int32Array.of(0, 1, 2), shape: [1, 3] } };
  const beside = [1, 0.5, -0.2, 0.1, 0.6, 0.9, 1, -0.1, 0.4, -0.2, 1, 0.1, 0.6, 0.5, 0.5];
  const points = { data: Float64Array.from(beside), shape: [5, 3] };
  const { weights } = morphMap(triangle, points, Int32Array.of(0, 1, 2, 3, 4));
  // Values of mne 1.13.2, `_find_nearest_tri_pts`.
  const expected = [
    ...[0.5912718822092675, 0.4087281177907324, 0],
    ...[0, 0.3719283551707272, 0.6280716448292728],
    ...[0.6946375905692688, 0, 0.30536240943073123],
    ...[0, 1, 0],
    ...[0.27050893781475677, 0.4115148013726855, 0.31797626081255775],
  ];
  expect(largestDifference(weights, Float64Array.from(expected))).toBeLessThan(1e-12);
});
