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

test("a map of all runs is no run beside those it is made of", async () => {
  const pooled = ["face", "house"].map((one) => `sub-01_task-x_contrast-${one}_stat-effect`);
  const both = await folderOf([...runs, ...pooled]);
  await expect(readStatMaps(both)).rejects.toThrow(/runs: undefined; there are all, each/);
  expect((await readStatMaps(both, { runs: "each" })).runs).toEqual(["2", "2", "10", "10"]);
  expect((await readStatMaps(both, { runs: "all" })).runs).toEqual(["all", "all"]);
  const one = await folderOf([...runs, pooled[0]]);
  await expect(readStatMaps(one)).rejects.toThrow(/choose one/);
  await expect(readStatMaps(await folderOf(runs), { runs: "all" })).rejects.toThrow(/are each/);
  expect((await readStatMaps(await folderOf(pooled), { runs: "all" })).items).toHaveLength(2);
  await expect(readStatMaps(both, { runs: "some" } as never)).rejects.toThrow(/each/);
});

test("sessions of one run are runs; a session's map beside its runs is not", async () => {
  const name = (of: string) => `sub-01_${of}_contrast-face_stat-effect`;
  const some = [name("ses-1_task-x"), name("ses-2_task-x_run-1"), name("ses-2_task-x_run-2")];
  expect((await readStatMaps(await folderOf(some))).runs).toEqual([
    ...["ses-1_all", "ses-2_1", "ses-2_2"],
  ]);
  for (const more of ["ses-2_task-x", "task-x"])
    await expect(readStatMaps(await folderOf([...some, name(more)]))).rejects.toThrow(/all, each/);
});
