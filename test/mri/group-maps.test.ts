import { describe, expect, test } from "vitest";
import { groupMaps, random, Rdm, rsaNifti, RsaMaps, stackMaps } from "../../src/index.ts";
import type { RsaMapsParts } from "../../src/index.ts";

const affine = [
  [3, 0, 0, -10],
  [0, 3, 0, 4],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];
const shape = [5, 4, 3];
const record: RsaMapsParts["record"] = {
  metric: "correlation",
  rsaMetric: "spearman",
  ignoreNan: false,
  radiusMm: 6,
  nFolds: 1,
  nItems: 8,
  items: undefined,
  nVolumes: 8,
  nVolumesUsed: 8,
  nVoxels: 60,
  nConstant: 0,
  nPatches: 60,
  nUndefined: 0,
  nLonePatches: 0,
  nEmpty: 0,
  readS: 0,
  scoreS: 0,
};

interface Some {
  readonly centres?: readonly number[];
  readonly scoreOf?: (voxel: number) => number;
  readonly more?: Partial<RsaMapsParts>;
}

function mapsOf({ centres = all, scoreOf = (voxel) => voxel, more = {} }: Some = {}): RsaMaps {
  return new RsaMaps({
    scores: Float64Array.from(centres, scoreOf),
    modelNames: ["idea"],
    header: { shape, affine },
    centres: Int32Array.from(centres),
    pooled: false,
    patchSizes: new Int32Array(centres.length).fill(7),
    record,
    ...more,
  });
}

const all = Array.from({ length: 60 }, (_, voxel) => voxel);
const quiet = { onProgress: false } as const;

describe("stackMaps", () => {
  test("joins voxels by place and models by name, and says who lacks what", () => {
    const anna = mapsOf({ more: { modelNames: ["idea", "pixels"], scores: Float64Array.from([...all, ...all.map((v) => -v)]) } }); // prettier-ignore
    const few = all.filter((voxel) => voxel % 7 !== 3);
    const ben = mapsOf({ centres: few, more: { modelNames: ["pixels", "idea"], scores: Float64Array.from([...few.map((v) => -2 * v), ...few.map((v) => 2 * v)]) } }); // prettier-ignore
    const stack = stackMaps({ anna, ben });
    expect(Array.from(stack.centres)).toEqual(few);
    expect(stack.notes).toEqual([
      "9 of 60 voxels were left out, as not all people have them: ben lacks 9",
    ]);
    const { data, shape: of } = stack.observations("pixels");
    expect(of).toEqual([2, 51]);
    few.forEach((voxel, at) => expect([data[at], data[51 + at]]).toEqual([-voxel, -2 * voxel]));
    const { data: mean } = stack.mean("idea");
    all.forEach((voxel) => expect(mean[voxel]).toBe(few.includes(voxel) ? 1.5 * voxel : 0));
    expect(() => stackMaps({ anna, ben }, { voxels: "same" })).toThrow(/ben lacks 9/);
  });

  test("other grids, models, comparisons, pooled maps and strangers are refused", () => {
    const one = mapsOf();
    const moved = affine.map((row, at) => (at === 0 ? [...row.slice(0, 3), -8] : row));
    const of = (more: Partial<RsaMapsParts>) => stackMaps([one, mapsOf({ more })]);
    expect(() => of({ header: { shape, affine: moved } })).toThrow(/one space/);
    expect(() => of({ modelNames: ["else"] })).toThrow(/same models/);
    expect(() => of({ record: { ...record, rsaMetric: "pearson" } })).toThrow(/same comparison/);
    expect(() => of({ pooled: true })).toThrow(/no map/);
    expect(() => stackMaps([mapsOf({ centres: [1, 2] }), mapsOf({ centres: [3] })])).toThrow(
      /no voxel/,
    );
    expect(() => stackMaps([one, {} as never])).toThrow(/person 2/);
    expect(() => stackMaps([])).toThrow(/none/);
  });
});

describe("groupMaps in one call", () => {
  const { normal } = random(4);
  const inside = new Set([28, 31, 29, 40, 16]);
  const person = (effect: number) =>
    mapsOf({ scoreOf: (voxel) => (inside.has(voxel) ? effect : 0) + 0.3 * normal() });
  const people = Array.from({ length: 7 }, () => person(1));

  test("finds the cluster, its peak in mm, and gives maps on the grid", async () => {
    const { mean, t, p, significant, clusters, test: result } = await groupMaps(people, quiet);
    expect(clusters.row(0).p).toBe(1 / 64);
    expect(clusters.row(0).voxels).toBeGreaterThanOrEqual(5);
    const { i, j, k, x, y, z } = clusters.row(0) as Record<string, number>;
    expect([x, y, z]).toEqual([3 * i - 10, 3 * j + 4, 3 * k]);
    const peak = (i * 4 + j) * 3 + k;
    expect(t.data[peak]).toBeCloseTo(Number(clusters.row(0).peak_t), 4);
    expect(mean.shape).toEqual(shape);
    expect(mean.affine).toEqual(affine);
    expect(p.data[peak]).toBeCloseTo(1 / 64, 6);
    expect(significant.data.every((value, at) => value === 0 || value === mean.data[at])).toBe(
      true,
    );
    expect(result.method).toContain("6 neighbours in a volume");
  });

  test("outside of the voxels in common p is 1, never 0", async () => {
    const lacking = [...people.slice(1), mapsOf({ centres: all.slice(5) })];
    const { p, notes } = await groupMaps(lacking, quiet);
    expect(Array.from(p.data.slice(0, 5))).toEqual([1, 1, 1, 1, 1]);
    expect(notes[0]).toContain("5 of 60 voxels were left out");
  });

  test("two groups differ where they do, in the voxels of both", async () => {
    const others = Array.from({ length: 6 }, () => person(0));
    const versus = [...others, mapsOf({ centres: all.slice(2), scoreOf: () => 0.3 * normal() })];
    const { clusters, mean, stack } = await groupMaps(people, {
      versus,
      permutations: 999,
      ...quiet,
    });
    expect(clusters.row(0).p).toBeLessThan(0.01);
    expect(stack.centres).toHaveLength(58);
    expect(mean.data[28]).toBeGreaterThan(0.5);
  });

  test("TFCE, a wrong option, one person", async () => {
    const { test: result } = await groupMaps(people, { tfce: true, tail: "greater", ...quiet });
    expect(result.method).toContain("threshold-free");
    await expect(groupMaps(people, { adjacency: "lattice" } as never)).rejects.toThrow(/adjacency/);
    await expect(groupMaps([people[0]], quiet)).rejects.toThrow(/1 observation/);
    await expect(groupMaps(people, { model: "else", ...quiet })).rejects.toThrow(/model/);
  });
});

test("maps of rsaNifti go in as they are", async () => {
  const model = new Rdm([1, 0.5, 0.2], { items: ["a", "b", "c"], name: "idea" });
  const wave = (gain: number) =>
    Float64Array.from({ length: 180 }, (_, at) => Math.sin(at * at * gain));
  const options = { labels: ["a", "b", "c"], radiusMm: 4, jobs: 1, ...quiet };
  const of = (gain: number) =>
    rsaNifti({ data: wave(gain), shape: [...shape, 3], affine }, model, options);
  const { mean, stack } = await groupMaps(
    { anna: await of(1), ben: await of(1.1), eva: await of(0.9) },
    quiet,
  );
  expect(stack.people).toEqual(["anna", "ben", "eva"]);
  expect(mean.data).toHaveLength(60);
});
