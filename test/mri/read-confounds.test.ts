import { expect, test } from "vitest";
import { readConfounds } from "../../src/mri/read-confounds.ts";

const file = new URL(
  "../fixtures/bids/objects/derivatives/fmriprep/sub-01/func/sub-01_task-objects_run-01_desc-confounds_timeseries.tsv",
  import.meta.url,
);

test("strategies take their columns, together too", async () => {
  const motion = await readConfounds(file, { strategy: "motion6" });
  expect(motion.names).toEqual(["trans_x", "trans_y", "trans_z", "rot_x", "rot_y", "rot_z"]);
  expect(motion.length).toBe(60);
  const both = await readConfounds(file, { strategy: ["motion6", "scrub"], columns: ["csf"] });
  expect(both.names).toEqual(["csf", ...motion.names, "motion_outlier00"]);
});

test("n/a is refused with its column and row, or 0 in the first row where derivatives have none", async () => {
  const strategy = "motion24";
  await expect(readConfounds(file, { strategy })).rejects.toThrow(
    /trans_x_derivative1.*row 1.*first-row-zero/,
  );
  const zero = await readConfounds(file, { strategy, missing: "first-row-zero" });
  expect(zero.column("trans_x_derivative1").slice(0, 2)).toEqual([0, -0.072005]);
  const middle = { a: [1, null, 3] };
  await expect(readConfounds(middle, { missing: "first-row-zero" })).rejects.toThrow(
    /"a" in row 2/,
  );
});

test("a strategy without columns, and a column that is not there, are refused", async () => {
  await expect(readConfounds(file, { strategy: "acompcor" })).resolves.toHaveProperty("length", 60);
  await expect(readConfounds(file, { strategy: "wm-csf", columns: ["cfs"] })).rejects.toThrow(
    /"csf"/,
  );
  await expect(readConfounds({ a: [1] }, { strategy: "motion6" })).rejects.toThrow(
    /no column of it/,
  );
});

test("columns of numbers written in several ways are numbers", async () => {
  const bytes = new TextEncoder().encode("out\tx\n0\t1\n0.0\t1.0\n");
  expect((await readConfounds(bytes)).column("out")).toEqual([0, 0]);
});

test("the first components alone", async () => {
  const table = { a_comp_cor_00: [1, 2], a_comp_cor_01: [2, 3], cosine00: [1, 0] };
  expect((await readConfounds(table, { strategy: "acompcor", nCompCor: 1 })).names).toEqual([
    "a_comp_cor_00",
    "cosine00",
  ]);
});
