import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  computeRdm,
  computeRdmCv,
  createFolds,
  jupyterDisplay,
  random,
  Rdm,
  rdmNifti,
  readNifti,
  readNiftiPatterns,
  rsa,
  rsaNifti,
  subset,
  voxelNumber,
  writeNifti,
  type RsaMetric,
} from "../../src/index.ts";
import { niftiBytes, openNifti } from "../../src/io/nifti/index.ts";

const affine = [
  [-3, 0, 0, 30],
  [0, 3, 0, -40],
  [0, 0, 4, -20],
  [0, 0, 0, 1],
];
const shape = [7, 8, 6] as const;
const nVoxels = 7 * 8 * 6;
const labels = ["d", "b", "a", "c", "b", "a", "d", "c", "a", "d", "c", "b"];
const runs = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3];
const draw = random(3);
const data = Float64Array.from({ length: nVoxels * labels.length }, () => draw.normal());
const image = { data, shape: [...shape, labels.length], affine };
const items = ["a", "b", "c", "d"];
const near = new Rdm([1, 4, 2, 6, 3, 5], { items, name: "near" });
const far = new Rdm([6, 1, 5, 2, 4, 3], { items, name: "far" });
/** A slab with a hole, so that spheres meet edges. */
const brainMask = {
  data: Uint8Array.from({ length: nVoxels }, (_, at) => (at % 6 > 0 && at !== 200 ? 1 : 0)),
  shape,
  affine,
};
const options = { labels, brainMask, radiusMm: 5, onProgress: false } as const;

const folder = mkdtempSync(join(tmpdir(), "tsrsa-mri-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("maps", () => {
  test("are float32, 0 outside, with the scores inside", async () => {
    const maps = await rsaNifti(image, [near, far], options);
    const map = maps.map("far");
    expect(map.data).toBeInstanceOf(Float32Array);
    expect(map).toMatchObject({ name: "far", shape, affine });
    brainMask.data.forEach((inside, at) => {
      const position = maps.centres.indexOf(at);
      const score = maps.scores[maps.centres.length + position];
      expect(map.data[at]).toBe(inside === 1 ? Math.fround(score) : 0);
    });
    expect(() => maps.map()).toThrow(/say which of near, far/);
    expect(() => maps.map("fra")).toThrow(/did you mean "far"/);
  });

  test("are written with the image's affine and read back", async () => {
    const path = join(folder, "int16.nii");
    await writeNifti(
      path,
      { ...image, data: data.map((v) => Math.round(v * 100)) },
      { datatype: "int16" },
    );
    const source = await readNifti(path);
    const maps = await rsaNifti(path, near, options);
    await writeNifti(join(folder, "map.nii.gz"), maps.map());
    const map = await readNifti(join(folder, "map.nii.gz"));
    expect(map).toMatchObject({
      datatype: "float32",
      shape,
      affine: source.affine,
      sform: source.sform,
    });
    expect(Float32Array.from(map.data)).toEqual(maps.map().data);
    expect(map.description).toMatch(/^RSA, spearman.*near/);
  });

  test("of patch sizes say how many voxels each sphere has", async () => {
    const maps = await rsaNifti(image, near, options);
    const sizes = maps.patchSizeMap().data;
    // 5 mm reach the centre, its neighbours in a plane, 4.24 mm across it, and 4 mm up and down (exactly 5 mm is out).
    expect(sizes[voxelNumber(shape, [3, 3, 3])]).toBe(1 + 4 + 4 + 2);
    expect(sizes[voxelNumber(shape, [0, 0, 1])]).toBe(1 + 2 + 1 + 1);
    expect(sizes[voxelNumber(shape, [3, 3, 0])]).toBe(0);
  });
});

test("a score is the RSA of the sphere's voxels", async () => {
  const maps = await rsaNifti(image, [near, far], options);
  const rdms = await rdmNifti(image, options);
  const at = 100;
  const rdm = rdms.at(at);
  expect(rdm.items).toEqual(items);
  expect(rsa(rdm, near).single()).toBe(maps.scores[at]);
  const { i, j, k } = rdm.meta as Record<string, number>;
  expect(maps.scoreAt([i, j, k], "far")).toBe(maps.scores[maps.centres.length + at]);
  expect(() => maps.scoreAt([0, 0, 0], "far")).toThrow(/outside of the masks/);
});

test("without a radius all voxels are one patch, and its score fills the map", async () => {
  const { radiusMm, ...whole } = options;
  expect(radiusMm).toBe(5);
  const roi = { ...brainMask, data: brainMask.data.map((_, at) => (at < 40 ? 1 : 0)) };
  const maps = await rsaNifti(image, near, { ...whole, roiMask: roi });
  const patterns = await readNiftiPatterns(image, {
    labels,
    mask: { ...brainMask, data: brainMask.data.map((inside, at) => (at < 40 ? inside : 0)) },
  });
  expect(maps.scores).toEqual(rsa(computeRdm(patterns, { items: patterns.items }), near).scores);
  expect([maps.pooled, maps.record.nPatches, maps.patchSizes[0]]).toEqual([
    true,
    1,
    patterns.voxels.length,
  ]);
  const filled = maps.map().data.filter((value) => value !== 0);
  expect(filled).toHaveLength(patterns.voxels.length);
  expect(maps.toTable()).toHaveLength(patterns.voxels.length);
  expect((await rdmNifti(image, whole)).length).toBe(1);
});

describe("folds", () => {
  const withFolds = { ...options, metric: "sqeuclidean" } as const;

  test("by number, the most possible and by run agree where runs are balanced", async () => {
    const byRun = await rsaNifti(image, near, { ...withFolds, folds: runs });
    expect(byRun.record.nFolds).toBe(3);
    for (const nFolds of [3, "max"] as const)
      expect((await rsaNifti(image, near, { ...withFolds, nFolds })).scores).toEqual(byRun.scores);
    expect((await rsaNifti(image, near, withFolds)).scores).not.toEqual(byRun.scores);
  });

  test("distances are those of computeRdmCv", async () => {
    const rdms = await rdmNifti(image, { labels, brainMask, metric: "correlation", folds: runs });
    const voxels = [...brainMask.data.keys()].filter((at) => brainMask.data[at] === 1);
    const rows = labels.map((_, t) => voxels.map((v) => data[v * labels.length + t]));
    const expected = computeRdmCv(createFolds(rows, { labels, nFolds: 3 }));
    rdms.first().condensed.forEach((d, at) => expect(d).toBeCloseTo(expected.condensed[at], 12));
    expect(rdms.first().metric).toBe("correlation (cross-validated)");
  });

  test("an item that a fold lacks is counted", async () => {
    const uneven = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 2, 2];
    const maps = await rsaNifti(image, near, { ...withFolds, folds: uneven });
    expect(maps.record.nEmpty).toBe(2);
    expect(maps.notes).toContain("2 items of folds have no volume (NaN)");
  });
});

describe("the same scores", () => {
  const models = [near, far];

  test.each([
    ["spearman", "correlation"],
    ["regression", "euclidean"],
    ["kendall-tau-a", "correlation"],
  ] as const)("on any number of threads: %s of %s", async (rsaMetric: RsaMetric, metric) => {
    const one = await rsaNifti(image, models, { ...options, rsaMetric, metric, jobs: 1 });
    for (const jobs of [2, 3]) {
      const many = await rsaNifti(image, models, { ...options, rsaMetric, metric, jobs });
      expect(many.scores).toEqual(one.scores);
    }
  });

  test("with the model's rows and the volumes in another order", async () => {
    const one = await rsaNifti(image, near, options);
    const turned = subset(near, ["a", "d", "c", "b"]);
    const backwards = labels.map((_, at) => labels.length - 1 - at);
    const found = await rsaNifti(image, turned, { ...options, volumes: backwards });
    found.scores.forEach((score, at) => expect(score).toBeCloseTo(one.scores[at], 12));
    const others = new Rdm(turned.condensed, { items });
    expect((await rsaNifti(image, others, options)).scores).not.toEqual(one.scores);
  });

  test("from an open file and from its bytes", async () => {
    const bytes = niftiBytes(image, { datatype: "float64" });
    const whole = await rsaNifti(image, near, options);
    expect((await rsaNifti(bytes, near, options)).scores).toEqual(whole.scores);
    const reader = await openNifti(bytes);
    expect((await rsaNifti(reader, near, options)).scores).toEqual(whole.scores);
    expect((await reader.readVolume(0)).data).toHaveLength(nVoxels);
    await reader.close();
  });

  test("by y as by labels", async () => {
    const y = labels.map((label) => items.indexOf(label));
    const unnamed = new Rdm(near.condensed);
    const byNumber = await rsaNifti(image, unnamed, { ...options, labels: undefined, y });
    expect(byNumber.scores).toEqual((await rsaNifti(image, near, options)).scores);
    await expect(
      rsaNifti(image, new Rdm([1, 2, 3]), { ...options, labels: undefined, y }),
    ).rejects.toThrow(/models of 4 items, as many as y numbers/);
  });
});

describe("beside the maps", () => {
  test("peaks are the local maxima, apart from each other, in mm", async () => {
    const maps = await rsaNifti(image, near, options);
    const map = maps.map().data;
    const peaks = maps.peaks("near", { minDistanceMm: 0, most: 1000 });
    const expected = [...maps.centres].filter((voxel) => {
      const [x, y, z] = [Math.floor(voxel / 48), Math.floor(voxel / 6) % 8, voxel % 6];
      for (let i = -1; i <= 1; i++)
        for (let j = -1; j <= 1; j++)
          for (let k = -1; k <= 1; k++) {
            const [a, b, c] = [x + i, y + j, z + k];
            if (a < 0 || a > 6 || b < 0 || b > 7 || c < 0 || c > 5) continue;
            const other = (a * 8 + b) * 6 + c;
            if (brainMask.data[other] !== 1) continue;
            if (map[other] > map[voxel] || (map[other] === map[voxel] && other < voxel))
              return false;
          }
      return true;
    });
    expect(peaks.map(({ voxel }) => voxelNumber(shape, voxel)).sort((a, b) => a - b)).toEqual(
      expected,
    );
    expect(peaks[0].score).toBe(Math.max(...maps.scores));
    const [i, j, k] = peaks[0].voxel;
    expect(peaks[0].mm).toEqual([30 - 3 * i, 3 * j - 40, 4 * k - 20]);
    const apart = maps.peaks("near", { minDistanceMm: 9 });
    apart.forEach((a, at) =>
      apart.slice(at + 1).forEach((b) => {
        expect(Math.hypot(...a.mm.map((v, axis) => v - b.mm[axis]))).toBeGreaterThanOrEqual(9);
      }),
    );
    expect(maps.peakTable({ most: 2 }).names).toEqual([
      "model",
      "score",
      "x",
      "y",
      "z",
      "i",
      "j",
      "k",
      "voxels",
    ]);
  });

  test("the distribution is that of the scores", async () => {
    const maps = await rsaNifti(image, [near, far], options);
    const scores = [...maps.scores.subarray(0, maps.centres.length)].sort((a, b) => a - b);
    const row = maps.distribution().row(0);
    expect(row).toMatchObject({
      model: "near",
      patches: scores.length,
      undefined: 0,
      min: scores[0],
      max: scores.at(-1),
    });
    expect(row.mean).toBeCloseTo(scores.reduce((sum, s) => sum + s, 0) / scores.length, 12);
    const middle = (scores.length - 1) / 2;
    expect(row.median).toBeCloseTo(
      (scores[Math.floor(middle)] + scores[Math.ceil(middle)]) / 2,
      12,
    );
  });

  test("the table has a row a voxel", async () => {
    const maps = await rsaNifti(image, [near, far], options);
    const table = maps.toTable();
    expect(table.names).toEqual(["i", "j", "k", "x", "y", "z", "voxels", "near", "far"]);
    expect(table.row(3)).toMatchObject({
      i: 0,
      j: 0,
      k: 4,
      x: 30,
      y: -40,
      z: -4,
      near: maps.scores[3],
    });
  });

  test("the record and what it shows say what was done", async () => {
    const maps = await rsaNifti(image, near, { ...options, rsaMetric: "pearson" });
    expect(maps.record).toMatchObject({
      metric: "correlation",
      rsaMetric: "pearson",
      radiusMm: 5,
      nItems: 4,
      nVolumes: 12,
      nVolumesUsed: 12,
      nVoxels: 279,
      nPatches: 279,
      nFolds: 1,
    });
    const shown = maps[jupyterDisplay]();
    expect(shown["text/plain"]).toMatch(
      /^RSA by pearson, correlation RDMs of 4 items, 279 spheres of 5 mm\n/,
    );
    expect(shown["text/html"]).toMatch(/<table/);
  });
});
