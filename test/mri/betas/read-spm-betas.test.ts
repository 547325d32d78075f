import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { writeNifti } from "../../../src/io/nifti/index.ts";
import { readSpmBetas } from "../../../src/mri/index.ts";
import { layOut } from "../../io/bids/lay-out.ts";

const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];
const fixture = fileURLToPath(new URL("../../fixtures/betas/spm.mat", import.meta.url));

/** A folder of SPM: 12 betas of 4 voxels, the last outside of the brain, and 7 residuals. */
async function spmFolder(): Promise<string> {
  const root = layOut({});
  copyFileSync(fixture, join(root, "SPM.mat"));
  const image = (...data: number[]) => ({
    data: Float32Array.from(data),
    shape: [4, 1, 1],
    affine,
  });
  for (let n = 1; n <= 12; n++)
    await writeNifti(
      join(root, `beta_${String(n).padStart(4, "0")}.nii`),
      image(n, 2 * n, -n, NaN),
    );
  for (let t = 1; t <= 7; t++)
    await writeNifti(join(root, `Res_000${t}.nii`), image(t, t * t, 1, NaN));
  await writeNifti(join(root, "mask.nii"), image(1, 1, 1, 0));
  return root;
}

test("betas are patterns of conditions and runs; movements, second basis functions and modulators are none", async () => {
  const betas = await readSpmBetas(await spmFolder());
  expect(betas.items).toEqual(["face", "house box", "face", "house box"]);
  expect(betas.runs).toEqual(["1", "1", "2", "2"]);
  expect(betas.voxels).toEqual(Int32Array.of(0, 1, 2));
  expect([0, 1, 2, 3].map((at) => betas.pattern(at)[0])).toEqual([1, 4, 6, 9]);
  expect(betas.pattern(3)).toEqual(Float64Array.of(9, 18, -9));
  expect(betas.notes).toEqual(["2 betas of parametric modulators were left out"]);
});

test("conditions by name, also modulators; another mask", async () => {
  const root = await spmFolder();
  const mask = { data: [0, 1, 0, 1], shape: [4, 1, 1], affine };
  const betas = await readSpmBetas(root, {
    conditions: ["facexrt^1"],
    mask: { ...mask, data: Uint8Array.from(mask.data) },
  });
  expect([betas.items, betas.runs]).toEqual([
    ["facexrt^1", "facexrt^1"],
    ["1", "2"],
  ]);
  expect([Array.from(betas.voxels), betas.pattern(1)[0], betas.notes]).toEqual([
    [1],
    16,
    ["1 voxels of the mask have no number in some image"],
  ]);
  await expect(readSpmBetas(root, { conditions: ["faces"] })).rejects.toThrow(
    /"faces"; there are face, facexrt\^1/,
  );
});

test("residuals are those of each run, with SPM's degrees of freedom", async () => {
  const root = await spmFolder();
  const betas = await readSpmBetas(root);
  const [first, second] = await betas.residuals();
  expect([first.shape, second.shape]).toEqual([
    [4, 3],
    [3, 3],
  ]);
  expect([first.run, second.run, first.dof, second.dof]).toEqual(["1", "2", 6, 4.5]);
  expect(Array.from(second.data)).toEqual([5, 25, 1, 6, 36, 1, 7, 49, 1]);
  rmSync(join(root, "Res_0006.nii"));
  await expect(betas.residuals()).rejects.toThrow(
    /Res_0006.nii; .*spm_write_residuals\(SPM, NaN\)/,
  );
});

test("what is missing is told", async () => {
  const root = await spmFolder();
  rmSync(join(root, "beta_0009.nii"));
  await expect(readSpmBetas(root)).rejects.toThrow(/beta_0009.nii/);
  await expect(readSpmBetas(layOut({}))).rejects.toThrow(/SPM.mat/);
  const other = layOut({});
  copyFileSync(
    fileURLToPath(new URL("../../fixtures/mat/v7.mat", import.meta.url)),
    join(other, "SPM.mat"),
  );
  await expect(readSpmBetas(other)).rejects.toThrow(/SPM.xX.name: expected names of columns/);
});
