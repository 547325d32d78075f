import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFmriprepLike } from "../../data-fetch/demo/fmriprep-like/make.ts";
import { nVolumes } from "../../data-fetch/demo/fmriprep-like/experiment.ts";
import { openBids, readAtlas, readBidsRuns, readConfounds, readTsv } from "../../src/index.ts";
import { openNifti, readNifti } from "../../src/io/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-fmriprep-"));
const space = "MNI152NLin2009cAsym";
const query = { subject: "01", task: "objects", space };
beforeAll(() => makeFmriprepLike(join(folder, "a"), 22, 1, 2), 60_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("openBids finds the runs with all that belongs to them, and nothing to remark", async () => {
  const data = await openBids(join(folder, "a"));
  expect(data.notes).toEqual([]);
  const found = await data.runs(query);
  expect(found.map(({ run, missing, nVolumes: n }) => [run, missing, n])).toEqual([
    ["1", [], nVolumes],
    ["2", [], nVolumes],
  ]);
  expect(found[0]).toMatchObject({ repetitionTimeS: 2, startTimeS: 1, pipeline: "fmriprep" });
  // Derivatives of motion have no value in the first row, as fMRIPrep writes it.
  await expect(readBidsRuns(data, query, { confounds: { strategy: "motion24" } })).rejects.toThrow(
    "first-row-zero",
  );
  const read = await readBidsRuns(data, query, { confounds: { strategy: "motion6" } });
  expect(read.runs).toHaveLength(2);
  expect(read.mask?.nVoxels).toBeGreaterThan(2500);
});

test("each picture twice a run, those of a category one after the other, in another order in each run", async () => {
  const of = async (run: number) => {
    const path = `a/sub-01/func/sub-01_task-objects_run-${run}_events.tsv`;
    return (await readTsv(join(folder, path))).rows();
  };
  const [first, second] = [await of(1), await of(2)];
  const counts = new Map<unknown, number>();
  for (const { stim_file } of first) counts.set(stim_file, (counts.get(stim_file) ?? 0) + 1);
  expect([...counts.values()]).toEqual(Array(12).fill(2));
  for (let at = 0; at < 24; at += 3)
    expect(new Set(first.slice(at, at + 3).map((row) => row.trial_type)).size).toBe(1);
  expect(first.map((row) => row.stim_file)).not.toEqual(second.map((row) => row.stim_file));
  const last = Number(first.at(-1)?.onset);
  expect(last + 12).toBeLessThan(nVolumes * 2);
});

test("volumes are int16 on the grid of mask, regions and what was planted; names have one region without a voxel", async () => {
  const made = join(folder, "a/derivatives/fmriprep/sub-01/func/sub-01_task-objects_run-1");
  const bold = await openNifti(`${made}_space-${space}_desc-preproc_bold.nii.gz`);
  expect(bold).toMatchObject({ datatype: "int16", zooms: [7, 7.5, 7.5, 2] });
  const mask = await readNifti(`${made}_space-${space}_desc-brain_mask.nii.gz`);
  expect(mask.affine).toEqual(bold.affine);
  const atlas = await readAtlas(`${made}_space-${space}_desc-aparcaseg_dseg.nii.gz`, {
    names: join(folder, "a/derivatives/fmriprep/desc-aparcaseg_dseg.tsv"),
  });
  expect(atlas.absent).toEqual(["ctx-rh-insula"]);
  expect(atlas.regions.every(({ nVoxels }) => nVoxels >= 10)).toBe(true);
  const truth = await readNifti(
    join(folder, `a/sourcedata/planted/sub-01_space-${space}_dseg.nii.gz`),
  );
  expect(new Set(truth.data)).toEqual(new Set([0, 1, 2]));
  expect(truth.data.every((value, at) => value === 0 || mask.data[at] === 1)).toBe(true);
  const confounds = await readConfounds(`${made}_desc-confounds_timeseries.tsv`, {
    strategy: ["motion24", "acompcor", "wm-csf"],
    missing: "first-row-zero",
  });
  expect(confounds.length).toBe(nVolumes);
  await bold.close();
});

test("the same seed makes the same files, to the byte", async () => {
  await makeFmriprepLike(join(folder, "b"), 22, 1, 1);
  const scan = `sub-01/func/sub-01_task-objects_run-1`;
  for (const path of [
    `${scan}_events.tsv`,
    `derivatives/fmriprep/${scan}_space-${space}_desc-preproc_bold.nii.gz`,
    `derivatives/fmriprep/${scan}_desc-confounds_timeseries.tsv`,
  ])
    expect(
      readFileSync(join(folder, "a", path)).equals(readFileSync(join(folder, "b", path))),
    ).toBe(true);
}, 60_000);
