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
  const columns = ["trans_x", "trans_x_derivative1"];
  await expect(readConfounds(file, { columns })).rejects.toThrow(
    /trans_x_derivative1.*row 1.*first-row-zero/,
  );
  const zero = await readConfounds(file, { columns, missing: "first-row-zero" });
  expect(zero.column("trans_x_derivative1").slice(0, 2)).toEqual([0, -0.072005]);
  const middle = { a: [1, null, 3] };
  await expect(readConfounds(middle, { missing: "first-row-zero" })).rejects.toThrow(
    /"a" in row 2/,
  );
});

test("a strategy without columns, and a column that is not there, are refused", async () => {
  await expect(readConfounds(file, { strategy: "acompcor" })).rejects.toThrow(/no column of it/);
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

test("a strategy of which only some columns are there is another model, and refused", async () => {
  const shifts = {
    trans_x: [1, 2],
    trans_y: [1, 3],
    trans_z: [2, 3],
    rot_x: [0, 1],
    rot_y: [1, 1],
  };
  await expect(readConfounds(shifts, { strategy: "motion6" })).rejects.toThrow(
    /motion6.*lacks rot_z;.*name its columns/,
  );
  const all = { ...shifts, rot_z: [0, 1] };
  expect((await readConfounds(all, { strategy: "motion6" })).names).toHaveLength(6);
  await expect(readConfounds(all, { strategy: "motion24" })).rejects.toThrow(
    /trans_x_derivative1, trans_x_power2/,
  );
  await expect(readConfounds({ csf: [1, 2] }, { strategy: "wm-csf" })).rejects.toThrow(
    /lacks white_matter/,
  );
  await expect(readConfounds({ cosine00: [1, 0] }, { strategy: "acompcor" })).rejects.toThrow(
    /no column of it/,
  );
});
