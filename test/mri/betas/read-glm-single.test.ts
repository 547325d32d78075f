import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { writeHdf5 } from "../../../src/io/hdf5/index.ts";
import { readGlmSingle } from "../../../src/mri/index.ts";
import { layOut } from "../../io/bids/lay-out.ts";

const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];
const mask = { data: Uint8Array.of(1, 1, 1, 0), shape: [2, 2, 1], affine };
const items = ["cup", "dog", "key"];
const stem = "TYPED_FITHRF_GLMDENOISE_RR";

function folderOf(files: Readonly<Record<string, string>>): string {
  const root = layOut({});
  for (const [name, from] of Object.entries(files))
    copyFileSync(
      fileURLToPath(new URL(`../../fixtures/betas/${from}`, import.meta.url)),
      join(root, name),
    );
  return root;
}

/** Betas of voxel v and trial t are (6 v + t) / 4. */
const expected = (voxel: number) => Array.from({ length: 6 }, (_, t) => (6 * voxel + t) / 4);

const python = { [`${stem}.npy`]: "typed.npy", "DESIGNINFO.npy": "design.npy" };

test.each([
  ["Python", python],
  ["MATLAB", { [`${stem}.mat`]: "typed.mat", "DESIGNINFO.mat": "design.mat" }],
])("trials of a whole volume from %s have items and runs", async (_, files) => {
  const betas = await readGlmSingle(folderOf(files), { mask, items });
  expect(betas.items).toEqual(["key", "cup", "dog", "cup", "dog", "key"]);
  expect(betas.runs).toEqual(["1", "1", "1", "1", "2", "2"]);
  expect(betas.table.column("trial")).toEqual([1, 2, 3, 4, 1, 2]);
  expect(Array.from(betas.voxels)).toEqual([0, 1, 2]);
  for (const v of [0, 1, 2])
    expect(Array.from(betas.data.subarray(6 * v, 6 * v + 6))).toEqual(expected(v));
});

test("HDF5, and numbers for names", async () => {
  const root = layOut({});
  const data = Float32Array.from({ length: 24 }, (_, k) => k / 4);
  await writeHdf5(join(root, `${stem}.hdf5`), { betasmd: { data, shape: [2, 2, 1, 6] } });
  const order = Float64Array.of(2, 0, 1, 0, 1, 2);
  await writeHdf5(join(root, "DESIGNINFO.hdf5"), {
    stimorder: { data: order, shape: [6] },
    numtrialrun: { data: Float64Array.of(4, 2), shape: [2] },
  });
  const betas = await readGlmSingle(root, { mask });
  expect(betas.items).toEqual(["3", "1", "2", "1", "2", "3"]);
  expect(Array.from(betas.data.subarray(12, 18))).toEqual(expected(2));
});

test("a list of voxels is that of the mask, as the program counts", async () => {
  const root = folderOf({ ...python, [`${stem}.npy`]: "typed-list.npy" });
  const c = await readGlmSingle(root, { mask, items });
  expect(Array.from(c.data.subarray(6, 12))).toEqual(expected(1));
  const f = await readGlmSingle(root, { mask, items, voxelOrder: "F" });
  // Voxels (0,0), (0,1), (1,0) in C order are the first, third and second in MATLAB's.
  expect([0, 6, 12].map((at) => f.data[at])).toEqual([0, 3, 1.5]);
});

test("what does not fit is refused", async () => {
  const root = folderOf(python);
  await expect(readGlmSingle(root, { mask, items: ["a", "b"] })).rejects.toThrow(
    /at least 3 conditions, found 2/,
  );
  const small = { ...mask, data: Uint8Array.of(1, 1), shape: [2, 1, 1] };
  await expect(readGlmSingle(root, { mask: small })).rejects.toThrow(/2 × 1 × 1 voxels/);
  await expect(readGlmSingle(root, {} as never)).rejects.toThrow(/mask/);
  await expect(readGlmSingle(root, { mask, output: "TYPEA_ONOFF" })).rejects.toThrow(
    /TYPEA_ONOFF.npy/,
  );
  const wrong = folderOf({ [`${stem}.npy`]: "design.npy", "DESIGNINFO.npy": "design.npy" });
  await expect(readGlmSingle(wrong, { mask })).rejects.toThrow(/betasmd or modelmd/);
  await expect((await readGlmSingle(root, { mask })).residuals()).rejects.toThrow(
    /GLMsingle writes none/,
  );
});
