import { describe, expect, test } from "vitest";
import { groupAtlas, readAtlas, rsaAtlas } from "../../../src/mri/atlas/index.ts";
import { rdmNifti } from "../../../src/mri/rdm-nifti.ts";
import { plotHeatmap } from "../../../src/plot/index.ts";
import { Rdm } from "../../../src/rdm/rdm.ts";
import { noiseCeiling } from "../../../src/rsa/noise-ceiling.ts";
import { random } from "../../../src/stats/random.ts";
import {
  largestDifference,
  numbersOf,
  type ReferenceArray,
} from "../../reference/read-reference.ts";
import { readCases } from "../../reference/glm/read.ts";

interface Row {
  readonly label: number;
  readonly name: string;
  readonly nVoxels: number;
  readonly nVoxelsInAtlas: number;
  readonly rdm: ReferenceArray | null;
  readonly spearman: number | null;
  readonly reason?: string;
}

interface AtlasCase {
  readonly name: string;
  readonly labels: ReferenceArray;
  readonly mask: ReferenceArray | null;
  readonly leastVoxels: number;
  readonly names: Readonly<Record<string, string>>;
  readonly patterns: ReferenceArray;
  readonly model: ReferenceArray;
  readonly expected: { readonly rows: readonly Row[]; readonly absent: readonly number[] };
}

const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];
const labels = ["a", "b", "c", "d", "e", "f"];

/** Items × x × y × z as an image of a volume an item. */
function imageOf({ shape, data }: { shape: readonly number[]; data: Float64Array }) {
  const n = shape[0];
  const nVoxels = data.length / n;
  const turned = Float64Array.from(
    { length: data.length },
    (_, at) => data[(at % n) * nVoxels + Math.floor(at / n)],
  );
  return { data: turned, shape: [...shape.slice(1), n], affine };
}

describe("regions as the reference has them", () => {
  test.each(readCases<AtlasCase>("atlas"))("$name", async (one) => {
    const shape = one.labels.shape;
    const atlas = await readAtlas(
      { data: numbersOf(one.labels), shape, affine },
      { names: one.names },
    );
    expect(atlas.absent).toEqual(one.expected.absent.map((label) => one.names[label]));
    const image = imageOf({ shape: one.patterns.shape, data: numbersOf(one.patterns) });
    const model = new Rdm(numbersOf(one.model), { items: labels, name: "m" });
    const brainMask = one.mask === null ? undefined : { data: numbersOf(one.mask), shape, affine };
    const { leastVoxels } = one;
    const scores = await rsaAtlas(image, atlas, model, {
      labels,
      leastVoxels,
      brainMask,
      onProgress: false,
    });
    const table = scores.toTable();
    one.expected.rows.forEach((row, at) => {
      const found = table.row(at);
      expect([found.label, found.region, found.voxels, found.voxelsInAtlas, found.reason]).toEqual([
        row.label,
        row.name,
        row.nVoxels,
        row.nVoxelsInAtlas,
        row.reason ?? null,
      ]);
      const { rdm, scores: own } = scores.regions[at];
      if (row.rdm === null) expect([rdm, own[0]]).toEqual([undefined, NaN]);
      else {
        expect(largestDifference(rdm?.condensed ?? [], numbersOf(row.rdm))).toBeLessThan(1e-10);
        expect(own[0]).toBeCloseTo(row.spearman ?? NaN, 10);
      }
    });
  });
});

const shape = [4, 4, 3];
const regions = Int16Array.from({ length: 48 }, (_, at) => (at < 20 ? 1 : at < 44 ? 2 : 0));

/** A person in whom region 1 has the model's distances. */
function person(seed: number) {
  const draw = random(seed);
  const data = Float64Array.from({ length: 48 * 6 }, (_, at) => {
    const [voxel, item] = [Math.floor(at / 6), at % 6];
    return draw.normal() + (voxel < 20 ? 3 * Math.sin(item * (voxel % 5)) : 0);
  });
  return { data, shape: [...shape, 6], affine };
}

const atlas = await readAtlas({ data: regions, shape, affine }, { names: { 1: "near", 2: "far" } });
const model = new Rdm(
  Array.from({ length: 15 }, (_, at) => at % 5),
  { items: labels, name: "m" },
);
const quiet = { labels, onProgress: false } as const;

test("people together: means, tests, ceilings and the values of a heat map", async () => {
  const people = await Promise.all(
    [1, 2, 3, 4].map((seed) => rsaAtlas(person(seed), atlas, model, quiet)),
  );
  const { table, heatmap, method } = await groupAtlas(people, { onProgress: false });
  expect(table.column("region")).toEqual(["near", "far"]);
  const scores = people.map((one) => one.score("near"));
  const mean = scores.reduce((sum, score) => sum + score / 4, 0);
  expect(table.row(0).mean).toBeCloseTo(mean, 12);
  const ceiling = await noiseCeiling(
    people.map((one) => one.rdms[0]),
    { onProgress: false },
  );
  expect([table.row(0).lower, table.row(0).upper]).toEqual([ceiling.lower, ceiling.upper]);
  expect(method).toContain("4 people");
  expect(plotHeatmap(heatmap).svg).toContain("near");
  await expect(groupAtlas(people.slice(0, 1))).rejects.toThrow(/two people/);
});

test("a region's RDM is that of its voxels as a patch, with noise too", async () => {
  const draw = random(9);
  const residuals = {
    data: Float64Array.from({ length: 30 * 48 }, () => draw.normal()),
    shape: [30, 48],
  };
  const options = { metric: "mahalanobis", noise: { residuals }, labels } as const;
  const scores = await rsaAtlas(person(5), atlas, model, { ...options, onProgress: false });
  const list = [...regions.keys()].filter((at) => regions[at] === 1);
  const rdm = (await rdmNifti(person(5), { ...options, patches: [list] })).first();
  expect(largestDifference(scores.rdms[0].condensed, rdm.condensed)).toBeLessThan(1e-12);
});

test("maps have the score in the voxels of the region, and the middle lies in mm", async () => {
  const scores = await rsaAtlas(person(6), atlas, model, quiet);
  const { data } = scores.map();
  expect([data[3], data[47]]).toEqual([Math.fround(scores.score("near")), 0]);
  expect(scores.toTable().row(0).xMm).toBeCloseTo(middleX(), 10);
});

/** Voxels 0 to 19 in C order of 4 × 4 × 3: twelve with x = 0 and eight with x = 1, 3 mm apart. */
function middleX(): number {
  return (8 / 20) * 3;
}

test("voxels that are not finite or the same in all patterns do not count", async () => {
  const image = person(7);
  image.data[0] = NaN;
  image.data.fill(4, 6, 12);
  const scores = await rsaAtlas(image, atlas, model, quiet);
  expect(scores.regions[0].voxels.length).toBe(18);
  expect(Number.isFinite(scores.score("near"))).toBe(true);
});

test("names come from files between tabs, commas and of FreeSurfer", async () => {
  const image = { data: regions, shape, affine };
  const bytes = (text: string) => new TextEncoder().encode(text);
  for (const text of [
    "index\tname\tcolor\n1\tV1\t#f00\n2\t10\t#0f0\n",
    "index,name\n1,V1\n2,10\n",
    "# table\n0 Unknown 0 0 0 0\n1 V1 1 2 3 0\n2 10 1 2 3 0\n",
  ])
    expect(
      (await readAtlas(image, { names: bytes(text) })).regions.map(({ name }) => name),
    ).toEqual(["V1", "10"]);
});

describe("refused", () => {
  test("labels that are not whole, and two regions of one name", async () => {
    const data = Float64Array.of(0, 1, 1.5, 2);
    await expect(readAtlas({ data, shape: [4, 1, 1], affine })).rejects.toThrow(
      /1.5 in voxel \(2, 0, 0\).*nearest/,
    );
    const twice = readAtlas({ data: regions, shape, affine }, { names: { 1: "V1", 2: "V1" } });
    await expect(twice).rejects.toThrow(/V1/);
    await expect(readAtlas({ data: new Int16Array(48), shape, affine })).rejects.toThrow(
      /0 in every voxel/,
    );
  });

  test("an atlas on another grid, unless its nearest labels are asked for", async () => {
    const coarse = affine.map((row, i) => row.map((value, j) => (i === j && i < 3 ? 6 : value)));
    const small = await readAtlas({
      data: Int16Array.of(1, 1, 2, 2, 1, 1, 2, 2),
      shape: [2, 2, 2],
      affine: coarse,
    });
    await expect(rsaAtlas(person(8), small, model, quiet)).rejects.toThrow(
      /4 × 4 × 3.*2 × 2 × 2.*resample/,
    );
    const scores = await rsaAtlas(person(8), small, model, {
      ...quiet,
      resample: "nearest",
      leastVoxels: 2,
    });
    expect(scores.regions.length).toBe(2);
  });

  test("no region that is large enough", async () => {
    await expect(rsaAtlas(person(8), atlas, model, { ...quiet, leastVoxels: 25 })).rejects.toThrow(
      /25.*24 voxels/,
    );
  });
});
