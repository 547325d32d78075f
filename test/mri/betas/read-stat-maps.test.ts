import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { writeNifti } from "../../../src/io/nifti/index.ts";
import { readStatMaps } from "../../../src/mri/index.ts";
import { layOut } from "../../io/bids/lay-out.ts";

const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];

async function folderOf(names: readonly string[], node = ""): Promise<string> {
  const root = layOut({});
  for (const [at, name] of names.entries()) {
    const path = join(
      root,
      node,
      `sub-${/sub-(\w+?)_/.exec(name)?.[1]}`,
      "func",
      `${name}_statmap.nii.gz`,
    );
    mkdirSync(dirname(path), { recursive: true });
    await writeNifti(path, { data: Float32Array.of(at + 1, 0, -at - 1), shape: [3, 1, 1], affine });
  }
  return root;
}

const runs = ["2", "10"].flatMap((run) =>
  ["house", "face"].flatMap((contrast) =>
    ["effect", "variance"].map(
      (stat) => `sub-01_task-x_run-${run}_contrast-${contrast}_stat-${stat}`,
    ),
  ),
);

test.each(["", "node-runLevel"])(
  "effects are patterns of contrasts and runs, in %j",
  async (node) => {
    const patterns = await readStatMaps(await folderOf(runs, node));
    expect(patterns.items).toEqual(["face", "house", "face", "house"]);
    expect(patterns.runs).toEqual(["2", "2", "10", "10"]);
    expect([0, 1, 2, 3].map((at) => patterns.pattern(at)[0])).toEqual([3, 1, 7, 5]);
    expect(Array.from(patterns.voxels)).toEqual([0, 2]);
    await expect(patterns.residuals()).rejects.toThrow(/fit the runs here/);
  },
);

test("contrasts and numbers are chosen; what is open or not there is refused", async () => {
  const root = await folderOf([...runs, "sub-02_task-x_contrast-face_stat-effect"]);
  await expect(readStatMaps(root)).rejects.toThrow(/subject: undefined; there are 01, 02/);
  const one = await readStatMaps(root, { subject: "sub-02" });
  expect([one.items, one.runs]).toEqual([["face"], ["all"]]);
  const some = await readStatMaps(root, { subject: "01", contrasts: ["house"], stat: "variance" });
  expect([some.items, some.pattern(0)[0]]).toEqual([["house", "house"], 2]);
  await expect(readStatMaps(root, { subject: "01", contrasts: ["dog"] })).rejects.toThrow(
    /there are face, house/,
  );
  await expect(readStatMaps(root, { subject: "01", stat: "z" })).rejects.toThrow(
    /effect, variance/,
  );
  await expect(readStatMaps(layOut({}))).rejects.toThrow(/contrast-NAME_stat-effect/);
});
