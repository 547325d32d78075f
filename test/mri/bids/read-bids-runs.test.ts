import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openBids } from "../../../src/io/bids/index.ts";
import { writeNifti } from "../../../src/io/nifti/index.ts";
import { firstLevel, readBidsRuns, trialBetas } from "../../../src/mri/index.ts";
import { derivedDescription, empty, layOut, rawDescription } from "../../io/bids/lay-out.ts";
import { objectsMask, objectsRun } from "../glm/objects.ts";

const root = fileURLToPath(new URL("../../fixtures/bids/objects", import.meta.url));
const query = { subject: "01", task: "objects", space: "MNI152NLin2009cAsym" };
const raw = { "dataset_description.json": rawDescription };

test("runs found are fitted as those put together by hand", async () => {
  const data = await openBids(root);
  const confounds = { strategy: "motion6" } as const;
  const { runs, mask, found } = await readBidsRuns(data, query, { confounds });
  expect(runs.map(({ name, tr, sliceTimeRef }) => [name, tr, sliceTimeRef])).toEqual([
    ["01", 2, 0.5],
    ["02", 2, 0.5],
  ]);
  expect(found.map(({ run }) => run)).toEqual(["01", "02"]);
  const model = await firstLevel(runs, { mask, noise: "ols" });
  const byHand = await firstLevel([await objectsRun("01"), await objectsRun("02")], {
    ...{ mask: await objectsMask(), noise: "ols", tr: 2, sliceTimeRef: 0.5 },
  });
  expect(model.voxels).toEqual(byHand.voxels);
  expect(model.betas).toEqual(byHand.betas);
});

test("without confounds, masks and from a folder", async () => {
  const { runs, mask } = await readBidsRuns(root, { ...query, run: 1 }, { masks: false });
  expect([runs.length, runs[0].confounds, mask]).toEqual([1, undefined, undefined]);
});

test("what cannot be one model is refused", async () => {
  const data = await openBids(root);
  await expect(readBidsRuns(data, { ...query, subject: ["01", "02"] })).rejects.toThrow(
    /invalid subject: "01, 02".*subject: "01"/,
  );
  await expect(readBidsRuns(data, { subject: "01", space: "MNI152NLin2009cAsym" })).rejects.toThrow(
    /task.*objects, rest/,
  );
  await expect(readBidsRuns(data, { ...query, task: "rest" })).rejects.toThrow(
    /no file of events for .*_task-rest_.*; no …_events.tsv/,
  );
  await expect(readBidsRuns(data, query, { confound: {} } as never)).rejects.toThrow(/confounds/);
  await expect(readBidsRuns({} as never, query)).rejects.toThrow(/as openBids gives it/);
});

const events = "onset\tduration\ttrial_type\n1\t1\ta\n";
const series = join(
  root,
  "derivatives/fmriprep/sub-01/func/sub-01_task-objects_run-01_hemi-L_space-fsaverage5_bold.func.gii",
);
const bold = (run: number) => `sub-01/func/sub-01_task-x_run-${run}`;

test("runs of several repetition times, shifted slices without a moment and images not here are refused", async () => {
  const files = {
    ...raw,
    "task-x_events.tsv": "onset\tduration\ttrial_type\n1\t1\ta\n",
    ...Object.fromEntries([1, 2].map((run) => [`${bold(run)}_bold.func.gii`, "x"])),
    [`${bold(1)}_bold.json`]: '{"RepetitionTime": 2}',
    [`${bold(2)}_bold.json`]: '{"RepetitionTime": 1.5}',
  };
  await expect(readBidsRuns(layOut(files), {})).rejects.toThrow(/one repetition time, 2 s.*1.5 s/);
  const shifted = layOut({
    ...raw,
    "derivatives/p/dataset_description.json": derivedDescription,
    "task-x_events.tsv": "onset\tduration\ttrial_type\n1\t1\ta\n",
    [`derivatives/p/${bold(1)}_bold.func.gii`]: "x",
    [`derivatives/p/${bold(1)}_bold.json`]: '{"SliceTimingCorrected": true, "RepetitionTime": 2}',
  });
  await expect(readBidsRuns(shifted, {})).rejects.toThrow(/no StartTime.*sliceTimeRef: 0.5/);
  const surface = `derivatives/fmriprep/sub-01/func/sub-01_task-objects_run-01_hemi-L_space-fsaverage5_bold.func.gii`;
  copyFileSync(join(root, surface), join(shifted, `derivatives/p/${bold(1)}_bold.func.gii`));
  const { runs } = await readBidsRuns(shifted, {}, { sliceTimeRef: 0.5 });
  expect(runs[0].sliceTimeRef).toBe(0.5);
  const away = layOut({
    ...raw,
    ...empty(`${bold(1)}_bold.nii.gz`),
    "task-x_events.tsv": "",
  });
  await expect(readBidsRuns(away, {})).rejects.toThrow(/no file of image.*datalad get/);
  await expect(readBidsRuns(layOut(raw), {})).rejects.toThrow(/no run/);
});

test("the moment of slices is as files say, else as said, else their start", async () => {
  const refOf = async (sidecar: object, sliceTimeRef?: number) => {
    const name = `${bold(1)}_bold.func.gii`;
    const said = JSON.stringify({ RepetitionTime: 2, ...sidecar });
    const folder = layOut({
      ...raw,
      "task-x_events.tsv": events,
      [name]: "",
      "task-x_bold.json": said,
    });
    copyFileSync(series, join(folder, name));
    const options = sliceTimeRef === undefined ? {} : { sliceTimeRef };
    return (await readBidsRuns(folder, {}, options)).runs[0].sliceTimeRef;
  };
  expect([await refOf({}), await refOf({}, 0.5)]).toEqual([0, 0.5]);
  expect(await refOf({ SliceTimingCorrected: true }, 0.25)).toBe(0.25);
  expect(await refOf({ SliceTimingCorrected: false }, 0.5)).toBe(0);
  expect(await refOf({ StartTime: 1.5 }, 0.5)).toBe(0.75);
});

test("a repetition time that no file says as a number is asked for, not taken from the header", async () => {
  const affine = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => Number(i === j)));
  const readOf = async (sidecar: object, inHeader: number, tr?: number) => {
    const files = { "task-x_events.tsv": events, "task-x_bold.json": JSON.stringify(sidecar) };
    const folder = layOut({ ...raw, ...files, [`${bold(1)}_bold.nii.gz`]: "" });
    await writeNifti(join(folder, `${bold(1)}_bold.nii.gz`), {
      ...{ data: new Float32Array(3), shape: [1, 1, 1, 3], affine, zooms: [1, 1, 1, inHeader] },
      units: { space: "mm", time: "s" },
    });
    return (await readBidsRuns(folder, {}, tr === undefined ? {} : { tr })).runs[0].tr;
  };
  const unclear = [{ RepetitionTime: "2" }, { VolumeTiming: [0, 5, 10] }, { RepetitionTime: null }];
  for (const sidecar of unclear) {
    await expect(readOf(sidecar, 1)).rejects.toThrow(/invalid tr.*RepetitionTime.*give tr/);
    await expect(readOf(sidecar, 2)).rejects.toThrow(/invalid tr.*RepetitionTime.*give tr/);
    expect(await readOf(sidecar, 2, 2)).toBe(2);
  }
  await expect(readOf({}, 1)).rejects.toThrow(/neither a sidecar nor the header/);
  expect([await readOf({}, 2), await readOf({ RepetitionTime: 2 }, 1)]).toEqual([2, 2]);
});

test("runs of several contrasts and modes have names of their own", async () => {
  const scans = ["ce-a", "ce-b", "mod-c", "mod-d"];
  const files = Object.fromEntries(
    scans.map((scan) => [`sub-01/func/sub-01_task-x_${scan}_bold.func.gii`, ""]),
  );
  const folder = layOut({ ...raw, ...files, "task-x_events.tsv": events });
  for (const name of Object.keys(files)) copyFileSync(series, join(folder, name));
  const { runs } = await readBidsRuns(folder, {}, { tr: 2 });
  expect(runs.map(({ name }) => name).sort()).toEqual(["a_1", "b_1", "c_1", "d_1"]);
  await expect(trialBetas([runs[0], { ...runs[1], name: "a_1" }])).rejects.toThrow(
    /invalid runs\[1\].name: "a_1"; runs\[0\] has it/,
  );
  const twice = firstLevel([
    { ...runs[0], name: "2" },
    { ...runs[1], name: undefined },
  ]);
  await expect(twice).rejects.toThrow(/runs\[1\].name: "2"/);
});
