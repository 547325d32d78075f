import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { NiftiMasker } from "../../../src/mri/masker/nifti-masker.ts";
import { readNifti } from "../../../src/io/nifti/index.ts";
import { farthest, readFloats, readPacked } from "../../reference/encoding/read.ts";

const affine = [[3, 0, 0, -9], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]]; // prettier-ignore
const fileOf = (name: string) =>
  fileURLToPath(new URL(`../../reference/encoding/${name}`, import.meta.url));

interface Reference {
  affine: number[][];
  mask_shape: number[];
  mask_c_order: number[];
  run_shapes: number[][];
  results: Record<string, { runs: number[][][] }>;
  inverse_input: number[];
  inverse_c_order: number[];
}

describe("nilearn 0.10's masker", () => {
  const reference = readPacked<Reference>("masker.json");
  const mask = {
    data: Uint8Array.from(reference.mask_c_order),
    shape: reference.mask_shape,
    affine: reference.affine,
  };
  const runs = reference.run_shapes.map((shape, i) => ({
    data: toCOrder(readFloats(`masker_run${i}.f64`), shape),
    shape,
    affine: reference.affine,
  }));

  test.each([
    ["raw", { standardize: "none" }],
    ["detrend", { standardize: "none", detrend: true }],
    ["zscore", { standardize: "seed", detrend: true }],
    ["zscore_sample", { standardize: "0.13", detrend: true }],
  ] as const)("%s", async (name, options) => {
    const masked = await new NiftiMasker(mask, options).transformRuns(runs, { onProgress: false });
    masked.forEach((run, i) => {
      const expected = reference.results[name].runs[i];
      expect(run.shape).toEqual([expected.length, expected[0].length]);
      // nilearn computes these runs in float32; numbers near 500 lose 3e-5 before the mean is subtracted.
      const scale = name === "detrend" ? 500 : 1;
      for (let v = 0; v < run.shape[1]; v++) {
        if (run.flat.includes(v)) continue;
        expected.forEach((row, t) =>
          expect(Math.abs(run.data[t * run.shape[1] + v] - row[v])).toBeLessThanOrEqual(
            1e-6 * Math.max(scale, Math.abs(row[v])),
          ),
        );
      }
    });
  });

  test("values go back where their voxels are", () => {
    const map = new NiftiMasker(mask).inverseTransform(reference.inverse_input);
    expect(map.shape).toEqual(reference.mask_shape);
    expect(Array.from(map.data)).toEqual(reference.inverse_c_order);
  });
});

describe("nilearn 0.7.1's masker, from files", () => {
  interface Reference071 {
    runs: { file: string; out_dtype: string; shape: number[]; values: number[][] }[];
    scores: number[];
    map_c_order: number[];
  }
  const reference = readPacked<Reference071>("nl071_masker.json");

  test("standardize=True, detrend=True is the default era", async () => {
    const masker = new NiftiMasker(await readNifti(fileOf("nl071_mask.nii.gz")), { detrend: true });
    const masked = await masker.transformRuns(
      reference.runs.map(({ file }) => fileOf(file)),
      { onProgress: false },
    );
    masked.forEach((run, i) => {
      const { values, out_dtype, shape } = reference.runs[i];
      expect(run.shape).toEqual(shape);
      const kept = (_: number, at: number) => !run.flat.includes(at % shape[1]);
      expect(farthest(run.data.filter(kept), values.flat().filter(kept))).toBeLessThanOrEqual(
        out_dtype === "float64" ? 1e-12 : 1e-6,
      );
    });
    expect(Array.from(masker.inverseTransform(reference.scores).data)).toEqual(
      reference.map_c_order,
    );
  });
});

function toCOrder(fOrder: Float64Array, [nx, ny, nz, n]: number[]): Float64Array {
  const out = new Float64Array(fOrder.length);
  for (let at = 0; at < out.length; at++) {
    const x = at % nx;
    const y = Math.floor(at / nx) % ny;
    const z = Math.floor(at / (nx * ny)) % nz;
    const t = Math.floor(at / (nx * ny * nz));
    out[((x * ny + y) * nz + z) * n + t] = fOrder[at];
  }
  return out;
}

const small = { data: Uint8Array.of(0, 1, 0, 1, 1, 0), shape: [3, 2, 1], affine };
const image = (data: number[], shape: number[]) => ({
  data: Float64Array.from(data),
  shape,
  affine,
});

test("columns are voxels in C order, and know where they are", () => {
  const masker = new NiftiMasker(small);
  expect(Array.from(masker.voxels)).toEqual([1, 3, 4]);
  expect([0, 1, 2].map((v) => masker.voxelOf(v))).toEqual([[0, 1, 0], [1, 1, 0], [2, 0, 0]]); // prettier-ignore
  expect(masker.mmOf(2)).toEqual([-3, 0, 0]);
  expect([0, 1, 2].map((v) => masker.columnOf(masker.voxelOf(v)))).toEqual([0, 1, 2]);
  expect(() => masker.columnOf([0, 0, 0])).toThrow(/outside the mask/);
  expect(() => masker.voxelOf(3)).toThrow(/from 0 to 2/);
});

test("NaN and infinity become 0 before cleaning and are counted", async () => {
  const run = image([9, 9, NaN, 1, 9, 9, 4, Infinity, 5, 7, 9, 9], [3, 2, 1, 2]);
  const masked = await new NiftiMasker(small, { standardize: "none" }).transform(run);
  expect(Array.from(masked.data)).toEqual([0, 4, 5, 1, 0, 7]);
  expect(masked.nNonFinite).toBe(2);
});

test("a run on another grid is refused, by its number and with what to do", async () => {
  const masker = new NiftiMasker(small);
  const good = image(
    Array.from({ length: 12 }, (_, i) => i * i),
    [3, 2, 1, 2],
  );
  const shifted = { ...good, affine: [[3, 0, 0, -6], ...affine.slice(1)] };
  const transposed = { ...good, shape: [2, 3, 1, 2] };
  await expect(masker.transformRuns([good, shifted])).rejects.toThrow(
    /run 2: .*3.00 mm.*resample/s,
  );
  await expect(masker.transformRuns([transposed])).rejects.toThrow(/run 1: .*2 × 3 × 1/s);
  await expect(masker.transform(shifted)).rejects.toMatchObject({ code: "SHAPE_MISMATCH" });
});

test("an image of labels, or an empty one, is no mask", () => {
  expect(() => new NiftiMasker(image([0, 1, 2, 0, 0, 0], [3, 2, 1]))).toThrow(/several values/);
  expect(() => new NiftiMasker(image([0, 0, 0, 0, 0, 0], [3, 2, 1]))).toThrow(/no voxel inside/);
});

test("many volumes go back to four axes", () => {
  const masker = new NiftiMasker(small);
  const back = masker.inverseTransform([[1, 2, 3], [4, 5, 6]]); // prettier-ignore
  expect(back.shape).toEqual([3, 2, 1, 2]);
  expect(Array.from(back.data)).toEqual([0, 0, 1, 4, 0, 0, 2, 5, 3, 6, 0, 0]);
  expect(() => masker.inverseTransform([1, 2])).toThrow(/3 values a volume/);
});

test("one volume stays as it is, as in nilearn", async () => {
  const masked = await new NiftiMasker(small).transform(image([1, 2, 3, 4, 5, 6], [3, 2, 1]));
  expect(masked.shape).toEqual([1, 3]);
  expect(Array.from(masked.data)).toEqual([2, 4, 5]);
});

const haxby = join(import.meta.dirname, "../../../../shared/real-data/haxby-slice");

test.skipIf(!existsSync(haxby))(
  "1,452 real volumes give the numbers of nilearn 0.10.4 (skipped where shared/real-data is absent)",
  async () => {
    const masker = new NiftiMasker(await readNifti(join(haxby, "mask.nii.gz")), { detrend: true });
    const { data, shape, flat } = await masker.transform(join(haxby, "bold.nii.gz"), {
      onProgress: false,
    });
    expect([shape, flat.length]).toEqual([[1452, 530], 0]);
    const at = [0, 700 * 530 + 100, 1451 * 530 + 529, 33 * 530 + 411];
    const expected = [
      -1.4403567960198331, 1.230531037232063, -0.0437395575262387, -1.2499068286679402,
    ];
    expect(
      farthest(
        at.map((place) => data[place]),
        expected,
      ),
    ).toBeLessThan(1e-12);
    const cubes = data.reduce((sum, value) => sum + value ** 3, 0);
    expect(cubes / 34306.573363640106).toBeCloseTo(1, 12);
  },
);
