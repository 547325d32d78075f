import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeMiyawaki } from "../../data-fetch/demo/miyawaki2008/make.ts";
import { pixelWeights, receptiveFieldAt } from "../../data-fetch/demo/miyawaki2008/retinotopy.ts";
import { findDataSet, sha256Of } from "../../data-fetch/index.ts";
import { readNifti } from "../../src/io/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-miyawaki-"));
beforeAll(() => makeMiyawaki(folder), 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const csv = (name: string) =>
  readFileSync(join(folder, "label", name), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split(",").map(Number));

describe("the tree of the archive", () => {
  test("runs, labels and masks have the names of the real files", () => {
    expect(readdirSync(join(folder, "func"))).toHaveLength(32);
    expect(readdirSync(join(folder, "label"))).toHaveLength(32);
    const masks = readdirSync(join(folder, "mask"));
    expect(masks).toHaveLength(39);
    for (const name of ["mask", "LHV1d", "RHV3A", "LHlag0to1", "RHlag10to11", "RHVP"])
      expect(masks).toContain(`${name}.nii.gz`);
    for (const path of findDataSet("miyawaki2008").expects)
      expect(readdirSync(join(folder, path, ".."))).toContain(path.split("/").at(-1));
  });

  test("a random run has 145 volumes of int16, and as many rows of 100 pixels", async () => {
    const run = await readNifti(join(folder, "func/data_random_run03.nii.gz"));
    const mask = await readNifti(join(folder, "mask/mask.nii.gz"));
    expect(run.shape).toEqual([...mask.shape, 145]);
    expect(run.datatype).toBe("int16");
    const rows = csv("data_random_run03_label.csv");
    expect(rows).toHaveLength(145);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([100]));
    expect(new Set(rows.flat())).toEqual(new Set([-1, 0, 1]));
  });

  test("no mask is empty, each lies inside the whole one, and areas do not overlap", async () => {
    const whole = (await readNifti(join(folder, "mask/mask.nii.gz"))).data;
    const seen = new Uint8Array(whole.length);
    for (const name of readdirSync(join(folder, "mask"))) {
      const { data } = await readNifti(join(folder, "mask", name));
      const inside = Array.from(data).flatMap((value, at) => (value > 0 ? [at] : []));
      expect([name, inside.length > 0]).toEqual([name, true]);
      expect(inside.every((at) => whole[at] > 0)).toBe(true);
      if (/V/.test(name)) for (const at of inside) seen[at]++;
    }
    expect(Math.max(...seen)).toBe(1);
  });

  test("the four voxels of nilearn's example have the columns of the real mask", async () => {
    const { data, shape } = await readNifti(join(folder, "mask/mask.nii.gz"));
    const inside = Array.from(data).flatMap((value, at) => (value > 0 ? [at] : []));
    const voxelOf = (column: number) => {
      const at = inside[column];
      return [
        Math.floor(at / shape[1] / shape[2]),
        Math.floor(at / shape[2]) % shape[1],
        at % shape[2],
      ];
    };
    expect([1780, 1935, 1951, 2131].map(voxelOf)).toEqual([
      [30, 10, 10],
      [31, 9, 10],
      [31, 10, 10],
      [32, 10, 10],
    ]);
  });

  test("the same seed gives the same files", async () => {
    const [one, two] = [1, 2].map(() => mkdtempSync(join(tmpdir(), "tsrsa-miyawaki-")));
    for (const made of [one, two]) await makeMiyawaki(made, 8, { random: 1, figure: 1 });
    const paths = readdirSync(one, { recursive: true, encoding: "utf8" }).filter((path) =>
      /\.(gz|csv)$/.test(path),
    );
    expect(paths).toHaveLength(2 * 2 + 39 + 1);
    for (const path of paths)
      expect([path, await sha256Of(join(two, path))]).toEqual([
        path,
        await sha256Of(join(one, path)),
      ]);
    for (const made of [one, two]) rmSync(made, { recursive: true });
  });
});

describe("planted fields", () => {
  test("the left hemisphere sees the right, the lower bank the upper half, the pole the middle", () => {
    const left = receptiveFieldAt([-3, -85, 0]);
    expect(left?.hemisphere).toBe("LH");
    expect(left?.column).toBeGreaterThan(4.5);
    expect(left?.row).toBeGreaterThan(4.5);
    expect(receptiveFieldAt([3, -85, -10])?.row).toBeLessThan(4.5);
    expect(receptiveFieldAt([3, -103, 0])?.eccentricity).toBeLessThan(0.5);
    expect(receptiveFieldAt([3, 0, 0])).toBeUndefined();
  });

  test("weights are one altogether and greatest at the field's middle", () => {
    const field = receptiveFieldAt([-3, -90, -3]);
    if (field === undefined) throw new Error("no field there");
    const weights = pixelWeights(field);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    const best = weights.indexOf(Math.max(...weights));
    expect([Math.floor(best / 10), best % 10]).toEqual([
      Math.round(field.row),
      Math.round(field.column),
    ]);
  });

  test("a voxel of V1 answers to its pixel about two volumes later", async () => {
    const v1 = (await readNifti(join(folder, "mask/RHV1d.nii.gz"))).data;
    const voxel = v1.findIndex((value) => value > 0);
    const { data, shape } = await readNifti(join(folder, "func/data_random_run01.nii.gz"));
    const course = Array.from({ length: shape[3] }, (_, t) => data[voxel * shape[3] + t]);
    const shown = csv("data_random_run01_label.csv").map((row) => (row[0] < 0 ? 0 : 1));
    const meanWhen = (state: number, lag: number) => {
      const values = course.filter((_, t) => t >= lag && shown[t - lag] === state);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    expect(meanWhen(1, 2)).toBeGreaterThan(meanWhen(0, 2) + 3);
  });
});
