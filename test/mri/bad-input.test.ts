import { join } from "node:path";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { niftiBytes } from "../../src/io/nifti/index.ts";
import {
  makeMask,
  meanVolume,
  Rdm,
  rdmNifti,
  readNiftiPatterns,
  rsaNifti,
  type RsaNiftiOptions,
} from "../../src/index.ts";

const affine = [
  [3, 0, 0, -10],
  [0, 3, 0, 20],
  [0, 0, 3, 5],
  [0, 0, 0, 1],
];
const shape = [4, 3, 2];
const labels = ["a", "b", "c", "d"];
const model = new Rdm([1, 2, 3, 4, 5, 6], { items: labels, name: "steps" });

/** Values that follow no pattern. */
function wild(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, at) => Math.sin(at * at + 0.3 * at));
}

const image = { data: wild(96), shape: [...shape, 4], affine };

function maskWith(...voxels: number[]): { data: Uint8Array; shape: number[]; affine: number[][] } {
  return {
    data: Uint8Array.from({ length: 24 }, (_, at) => (voxels.includes(at) ? 1 : 0)),
    shape,
    affine,
  };
}

function run(options: Partial<RsaNiftiOptions> = {}, of: Parameters<typeof rsaNifti>[0] = image) {
  return rsaNifti(of, model, { labels, radiusMm: 4, onProgress: false, ...options });
}

describe("masks that do not fit", () => {
  test("another shape", async () => {
    const brainMask = { data: new Uint8Array(18).fill(1), shape: [3, 3, 2], affine };
    await expect(run({ brainMask })).rejects.toThrow(
      /expected a brainMask of 4 × 3 × 2 voxels, as the image, found 3 × 3 × 2; .*resampleMask/,
    );
  });

  test("another affine", async () => {
    const shifted = affine.map((row, i) => (i === 0 ? [3, 0, 0, -7] : row));
    const roiMask = { ...maskWith(1, 2), affine: shifted };
    await expect(run({ roiMask })).rejects.toThrow(
      /expected a roiMask with the image's affine, found voxels up to 3\.00 mm from those of the image/,
    );
  });

  test("rounding of float32 is no other affine", async () => {
    const rounded = affine.map((row) => row.map((value) => Math.fround(value * (1 + 1e-7))));
    const maps = await run({ brainMask: { ...maskWith(0, 1, 2, 3), affine: rounded } });
    expect(maps.centres).toEqual(Int32Array.of(0, 1, 2, 3));
  });

  test("empty masks, and masks that do not overlap", async () => {
    await expect(run({ brainMask: maskWith() })).rejects.toThrow(
      /invalid brainMask: "no voxel inside"/,
    );
    await expect(run({ roiMask: maskWith(), brainMask: maskWith(1) })).rejects.toThrow(
      /invalid roiMask/,
    );
    await expect(run({ roiMask: maskWith(1, 2), brainMask: maskWith(3, 4) })).rejects.toThrow(
      /2 voxels, none of them in the brain mask.*give masks that overlap/,
    );
  });

  test("a mask of several volumes", async () => {
    await expect(run({ brainMask: image })).rejects.toThrow(/expected a mask of one volume/);
  });
});

describe("labels and items", () => {
  test("labels of another number than volumes", async () => {
    await expect(run({ labels: ["a", "b", "c"] })).rejects.toThrow(
      /expected 4 labels, one per volume of the image, found 3/,
    );
    await expect(run({ folds: [1, 2] })).rejects.toThrow(/expected 4 folds, one per volume/);
  });

  test("labels that no model knows say how to leave them out", async () => {
    const more = new Rdm([1, 2, 3], { items: ["a", "b", "c"] });
    const options = { labels, radiusMm: 4, onProgress: false } as const;
    await expect(rsaNifti(image, more, options)).rejects.toThrow(
      /1 item is not expected \("d"\).*items: "common" or volumes/,
    );
    const common = await rsaNifti(image, more, { ...options, items: "common" });
    const chosen = await rsaNifti(image, more, { ...options, volumes: [2, 0, 1] });
    expect(chosen.scores).toEqual(common.scores);
    expect(common.notes).toEqual(["1 of 4 volumes were left out"]);
  });

  test("models with labels and volumes without are not matched by position", async () => {
    await expect(run({ labels: undefined })).rejects.toThrow(/labels: model\.items/);
    await expect(rsaNifti(image, new Rdm([1, 2, 3, 4, 5, 6]), { labels })).rejects.toThrow(
      /modelItems here/,
    );
    await expect(rsaNifti(image, new Rdm([1, 2, 3, 4, 5, 6]), { items: "common" })).rejects.toThrow(
      /pass labels/,
    );
  });

  test("labels that share nothing with the models", async () => {
    await expect(run({ labels: ["w", "x", "y", "z"], items: "common" })).rejects.toThrow(
      /share no label/,
    );
  });

  test("one item has no pair", async () => {
    await expect(
      rsaNifti({ data: wild(24), shape: [...shape, 1], affine }, new Rdm([], { items: ["a"] }), {
        labels: ["a"],
      }),
    ).rejects.toThrow(/no pair to compare/);
  });

  test("volumes given twice or not there", async () => {
    await expect(run({ volumes: [0, 1, 1] })).rejects.toThrow(/invalid volumes\[2\]: 1/);
    await expect(run({ volumes: [0, 4] })).rejects.toThrow(/invalid volumes\[1\]: 4/);
    await expect(run({ volumes: [] })).rejects.toThrow(/invalid volumes: "none"/);
  });
});

describe("radii and metrics", () => {
  test("a radius below a voxel leaves no pattern for correlation", async () => {
    await expect(run({ radiusMm: 2 })).rejects.toThrow(
      /invalid radiusMm: 2; voxels are 3 × 3 × 3 mm and every patch is a single voxel/,
    );
    const maps = await run({ radiusMm: 2, metric: "euclidean" });
    expect(maps.record).toMatchObject({ nLonePatches: 24, nUndefined: 0 });
  });

  test.each([0, -1, NaN, Infinity])("a radius of %s", async (radiusMm) => {
    await expect(run({ radiusMm })).rejects.toThrow(/invalid radiusMm/);
  });

  test("unknown names, and crossnobis without folds", async () => {
    await expect(run({ metric: "corelation" as "correlation" })).rejects.toThrow(
      /did you mean "correlation"/,
    );
    await expect(run({ rsaMetric: "spearmann" as "spearman" })).rejects.toThrow(
      /did you mean "spearman"/,
    );
    await expect(run({ metric: "crossnobis" })).rejects.toThrow(/crossnobis needs folds/);
    await expect(run({ folds: [1, 1, 1, 1] })).rejects.toThrow(/one fold/);
  });
});

describe("voxels without a pattern", () => {
  test("NaN voxels make their patches NaN, no others, and are counted", async () => {
    const data = image.data.slice();
    data[4 * 23] = NaN;
    const maps = await run({}, { ...image, data });
    const clean = await run();
    const touched = [23, 22, 21, 17];
    maps.scores.forEach((score, at) =>
      expect(score).toEqual(touched.includes(at) ? NaN : clean.scores[at]),
    );
    expect(maps.record.nUndefined).toBe(4);
    expect(maps.notes).toEqual(["4 of 24 patches have no score (NaN)"]);
    expect(maps.map().data[23]).toBeNaN();
    expect(maps.peak().score).toBe(clean.peak().score);
  });

  test("voxels outside of the head are counted, with what to do", async () => {
    const data = image.data.slice().fill(0, 0, 4 * 6);
    const maps = await run({}, { ...image, data });
    expect(maps.record.nConstant).toBe(6);
    expect(maps.notes.join("; ")).toMatch(/6 of 24 voxels are the same for all items.*brainMask/);
    const brainMask = makeMask(await meanVolume({ ...image, data: data.map(Math.abs) }));
    const inside = await run({ brainMask }, { ...image, data });
    expect([inside.record.nVoxels, inside.notes]).toEqual([18, []]);
  });

  test("an image of one value has no score anywhere, and no peak", async () => {
    const maps = await run({}, { ...image, data: new Float64Array(96).fill(7) });
    expect(maps.record.nUndefined).toBe(24);
    expect(maps.peaks()).toEqual([]);
    expect(() => maps.peak()).toThrow(/scores are all NaN/);
    expect(maps.distribution().row(0)).toMatchObject({ patches: 0, undefined: 24, mean: NaN });
  });
});

describe("images that cannot be analysed", () => {
  test.each([
    ["a singular affine", affine.map((row, i) => (i === 2 ? affine[1] : row))],
    ["an affine of zeros", affine.map((row, i) => (i < 3 ? [0, 0, 0, 0] : row))],
    ["NaN in the affine", affine.map((row, i) => (i === 0 ? [NaN, 0, 0, 0] : row))],
  ])("%s", async (_, bad) => {
    await expect(run({}, { ...image, affine: bad })).rejects.toThrow(/invalid affine/);
  });

  test("a wrong number of values, and two axes of volumes", async () => {
    await expect(run({}, { ...image, data: wild(95) })).rejects.toThrow(/expected 96 values/);
    await expect(run({}, { ...image, shape: [...shape, 2, 2] })).rejects.toThrow(
      /x × y × z × volumes, found 4 × 3 × 2 × 2 × 2/,
    );
  });

  test("a file cut short, a file that is none, and one that is not there", async () => {
    const whole = niftiBytes(image);
    expect((await run({}, whole)).scores).toHaveLength(24);
    await expect(run({}, whole.subarray(0, whole.length - 5))).rejects.toThrow(/cut short/);
    await expect(run({}, new Uint8Array(wild(400).buffer))).rejects.toMatchObject({
      code: "FILE_FORMAT",
    });
    await expect(run({}, "nothing-here.nii.gz")).rejects.toMatchObject({ code: "MISSING_FILE" });
    const packed = readFileSync(
      join(import.meta.dirname, "../fixtures/nifti/bold_rot_aniso.nii.gz"),
    );
    await expect(readNiftiPatterns(packed.subarray(0, 900))).rejects.toMatchObject({
      code: "FILE_FORMAT",
    });
  });

  test("an interrupted job says so", async () => {
    await expect(run({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "CANCELLED" });
    await expect(rdmNifti(image, { labels, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "CANCELLED",
    });
  });
});
