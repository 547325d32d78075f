import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openBids } from "../../../src/io/bids/index.ts";
import { derivedDescription, empty, layOut, rawDescription } from "./lay-out.ts";

const raw = { "dataset_description.json": rawDescription };
const prep = { "derivatives/fmriprep/dataset_description.json": derivedDescription };
const func = "derivatives/fmriprep/sub-01/func";

test("sessions of some subjects only, in the order in which people count", async () => {
  const names = [
    "sub-2/ses-10/func/sub-2_ses-10",
    "sub-2/ses-9/func/sub-2_ses-9",
    "sub-10/func/sub-10",
  ];
  const root = layOut({ ...raw, ...empty(...names.map((stem) => `${stem}_task-x_bold.nii.gz`)) });
  const data = await openBids(root);
  const runs = await data.runs();
  expect(runs.map(({ subject, session }) => [subject, session])).toEqual([
    ["2", "9"],
    ["2", "10"],
    ["10", null],
  ]);
  expect((await data.runs({ session: "none" })).map(({ subject }) => subject)).toEqual(["10"]);
  expect(runs[0].missing).toEqual(["image", "events"]);
  expect(runs[0].notes[0]).toMatch(/is empty, or a link to what is not here.*datalad get/);
});

test("directions, acquisitions and resolutions have files of their own", async () => {
  const scans = ["acq-hi_dir-AP_run-1", "acq-hi_dir-PA_run-1", "dir-AP_run-1"];
  const files = scans.flatMap((scan) => {
    const stem = `${func}/sub-01_task-x_${scan}`;
    return [
      ...["1", "2"].flatMap((res) => [
        `${stem}_space-MNI_res-${res}_desc-preproc_bold.nii.gz`,
        `${stem}_space-MNI_res-${res}_desc-brain_mask.nii.gz`,
      ]),
      `${stem}_desc-confounds_timeseries.tsv`,
      `sub-01/func/sub-01_task-x_${scan}_events.tsv`,
    ];
  });
  const data = await openBids(layOut({ ...raw, ...prep, ...empty(...files) }));
  await expect(data.runs()).rejects.toThrow(/resolution.*1, 2.*resolution: "1"/);
  const runs = await data.runs({ resolution: "2" });
  expect(runs.map(({ entities }) => [entities.acq, entities.dir])).toEqual([
    ["hi", "AP"],
    ["hi", "PA"],
    [undefined, "AP"],
  ]);
  for (const { bold, mask, confounds, events } of runs) {
    expect(mask).toBe(bold.replace("desc-preproc_bold", "desc-brain_mask"));
    expect(confounds).toBe(bold.replace(/space.*/, "desc-confounds_timeseries.tsv"));
    expect(events?.split("/").at(-1)).toBe(
      bold
        .split("/")
        .at(-1)
        ?.replace(/space.*/, "events.tsv"),
    );
  }
  expect((await data.runs({ resolution: "1", entities: { acq: "none" } })).length).toBe(1);
  await expect(data.runs({ entities: { acq: "low" } })).rejects.toThrow(
    /invalid acq: "low"; there are hi, none/,
  );
});

test("a mask of no resolution is not that of one", async () => {
  const stem = `${func}/sub-01_task-x_space-MNI`;
  const files = [`${stem}_res-2_desc-preproc_bold.nii.gz`, `${stem}_desc-brain_mask.nii.gz`];
  const [run] = await (await openBids(layOut({ ...raw, ...prep, ...empty(...files) }))).runs();
  expect([run.mask, run.missing.includes("mask")]).toEqual([null, true]);
});

test("echoes: combined, one chosen, never several as so many runs", async () => {
  const echo = (n: number) => `sub-01/func/sub-01_task-x_echo-${n}_bold.nii.gz`;
  const root = layOut({
    ...raw,
    ...prep,
    ...empty(echo(1), echo(2), "sub-01/func/sub-01_task-x_events.tsv"),
    ...empty(`${func}/sub-01_task-x_space-T1w_desc-preproc_bold.nii.gz`),
    "sub-01/func/sub-01_task-x_echo-1_bold.json": '{"RepetitionTime": 1.5}',
  });
  const data = await openBids(root);
  const [combined] = await data.runs();
  expect([combined.raw, combined.repetitionTimeS]).toEqual([join(root, echo(1)), 1.5]);
  expect(combined.events).toBe(join(root, "sub-01/func/sub-01_task-x_events.tsv"));
  await expect(data.runs({ pipeline: "raw" })).rejects.toThrow(
    /echo 1, 2; choose one with entities/,
  );
  const [second] = await data.runs({ pipeline: "raw", entities: { echo: "2" } });
  expect([second.bold, second.events]).toEqual([join(root, echo(2)), combined.events]);
});

test("phases are no signal; reconstructions of one scan are chosen from", async () => {
  const part = (name: string) => `sub-01/func/sub-01_task-x_${name}_bold.nii.gz`;
  const complex = layOut({ ...raw, ...empty(part("part-mag"), part("part-phase")) });
  const runs = await (await openBids(complex)).runs();
  expect(runs.map(({ entities }) => entities.part)).toEqual(["mag"]);
  const rec = layOut({ ...raw, ...empty(part("rec-a"), part("rec-b")) });
  await expect((await openBids(rec)).runs()).rejects.toThrow(/rec a, b/);
});

test("one scan in two files is no two runs", async () => {
  const stem = `${func}/sub-01_task-x_run-1_space-T1w`;
  const twin = (name: string) => {
    const files = empty(`${stem}_desc-preproc_bold.nii.gz`, name);
    const root = layOut({ ...raw, ...prep, ...files });
    return async (query = {}) => (await openBids(root)).runs(query);
  };
  await expect(twin(`${stem}_desc-preproc_bold.nii`)()).rejects.toThrow(/count twice; take one/);
  await expect(twin(`${stem}_bold.nii.gz`)()).rejects.toThrow(/one scan.*desc: "preproc"/);
  await expect(twin(`${stem}_bold.nii`)()).rejects.toThrow(/one scan.*desc: "preproc"/);
  expect((await twin(`${stem}_bold.nii`)({ desc: "preproc" })).length).toBe(1);
  const bare = "sub-01/func/sub-01_task-x_bold.nii";
  const root = layOut({ ...raw, ...empty(bare, `${bare}.gz`) });
  await expect((await openBids(root)).runs()).rejects.toThrow(/count twice/);
});

test("who is asked for and not preprocessed is neither left out nor taken as recorded", async () => {
  const bold = (sub: string, run: number) => `sub-${sub}/func/sub-${sub}_task-x_run-${run}`;
  const made = `derivatives/fmriprep/${bold("01", 1)}_space-T1w_desc-preproc_bold.nii.gz`;
  const scans = ["01", "02"].flatMap((sub) => [1, 2].map((run) => `${bold(sub, run)}_bold.nii.gz`));
  const anat = "sub-03/anat/sub-03_T1w.nii.gz";
  const data = await openBids(layOut({ ...raw, ...prep, ...empty(...scans, made, anat) }));
  const all = { subject: ["01", "02"], task: "x" };
  await expect(data.runs(all)).rejects.toThrow(/sub-02 task-x.*only as raw/);
  await expect(data.runs({ ...all, space: "T1w" })).rejects.toThrow(/sub-02 task-x/);
  await expect(data.runs({ ...all, pipeline: "fmriprep" })).rejects.toThrow(/sub-02 task-x/);
  await expect(data.runs({ subject: "01", run: [1, 2] })).rejects.toThrow(/sub-01 run-2/);
  await expect(data.runs({ subject: ["01", "03"] })).rejects.toThrow(/subject: "03".*no such runs/);
  await expect(data.runs({ subject: "02" })).rejects.toThrow(/not preprocessed.*pipeline: "raw"/);
  const names = (runs: readonly { subject: string; run: string | null }[]) =>
    runs.map(({ subject, run }) => `${subject} ${run}`);
  expect(names(await data.runs({ subject: "02", pipeline: "raw" }))).toEqual(["02 1", "02 2"]);
  expect(names(await data.runs({ ...all, pipeline: "raw", run: 1 }))).toEqual(["01 1", "02 1"]);
  expect(names(await data.runs({ subject: "sub-01" }))).toEqual(["01 1"]);
});

test("maps that were made before are no preprocessed runs", async () => {
  const map = "derivatives/fmriprep/sub-01/func/sub-01_task-x_desc-m_statmap.nii.gz";
  const bold = "sub-01/func/sub-01_task-x_bold.nii.gz";
  const data = await openBids(layOut({ ...raw, ...prep, ...empty(map, bold) }));
  expect((await data.runs({ subject: "01" })).map(({ pipeline }) => pipeline)).toEqual(["raw"]);
});

test("before fMRIPrep 20.2 confounds were regressors", async () => {
  const stem = `${func}/sub-01_task-x_run-1`;
  const root = layOut({
    ...raw,
    ...prep,
    ...empty(
      `${stem}_space-MNI152NLin6Asym_desc-preproc_bold.nii.gz`,
      `${stem}_space-MNI152NLin6Asym_desc-brain_mask.nii.gz`,
      `${stem}_space-MNI152NLin6Asym_desc-smoothAROMAnonaggr_bold.nii.gz`,
      `${stem}_desc-confounds_regressors.tsv`,
    ),
  });
  const data = await openBids(root);
  const [run, ...more] = await data.runs();
  expect([more.length, run.resolution, run.missing]).toEqual([0, null, ["image", "events"]]);
  expect(run.confounds).toBe(join(root, `${stem}_desc-confounds_regressors.tsv`));
  const [smooth] = await data.runs({ desc: "smoothAROMAnonaggr" });
  expect(smooth.mask).toBe(run.mask);
});

test("surfaces: hemispheres and densities are chosen, fsLR is one file", async () => {
  const stem = `${func}/sub-01_task-x`;
  const data = await openBids(
    layOut({
      ...raw,
      ...prep,
      ...empty(
        ...["L", "R"].map((h) => `${stem}_hemi-${h}_space-fsaverage_den-10k_bold.func.gii`),
        ...["91k", "170k"].map((den) => `${stem}_space-fsLR_den-${den}_bold.dtseries.nii`),
        `${stem}_desc-confounds_timeseries.tsv`,
        "sub-01/func/sub-01_task-x_events.tsv",
      ),
    }),
  );
  await expect(data.runs({ space: "fsaverage" })).rejects.toThrow(/hemisphere.*L, R/);
  await expect(data.runs({ space: "fsLR" })).rejects.toThrow(/resolution.*91k, 170k/);
  const [left] = await data.runs({ space: "fsaverage", hemisphere: "L" });
  expect([left.missing, left.resolution, left.nVolumes]).toEqual([["image"], "10k", null]);
  const [all] = await data.runs({ space: "fsLR", resolution: "91k" });
  expect(all.missing).toEqual(["image"]);
});

test("derivatives elsewhere are named; alone they have no events", async () => {
  const recorded = layOut({ ...raw, ...empty("sub-01/func/sub-01_task-x_bold.nii.gz") });
  writeFileSync(join(recorded, "task-x_events.tsv"), "onset\tduration\n");
  const bold = "sub-01/func/sub-01_task-x_desc-preproc_bold.nii.gz";
  const derivatives = layOut({ "dataset_description.json": derivedDescription, ...empty(bold) });
  const [run] = await (await openBids({ raw: recorded, derivatives })).runs();
  expect([run.bold, run.events]).toEqual([
    join(derivatives, bold),
    join(recorded, "task-x_events.tsv"),
  ]);
  const alone = await openBids({ derivatives: [derivatives] });
  const [lonely] = await alone.runs({ space: "none" });
  expect(lonely.missing).toContain("events");
  expect(lonely.notes.at(-1)).toMatch(/open with \{ raw, derivatives \}/);
  expect((await openBids(derivatives)).root).toBe(null);
});

test("two pipelines are chosen from; a folder without a description is none, nor is a link back", async () => {
  const bold = "sub-01/func/sub-01_task-x_space-T1w_desc-preproc_bold.nii.gz";
  const root = layOut({
    ...raw,
    ...empty(`derivatives/a/${bold}`, `derivatives/b/${bold}`, `derivatives/c/${bold}`),
    "derivatives/a/dataset_description.json": derivedDescription,
    "derivatives/b/dataset_description.json": derivedDescription,
  });
  symlinkSync(root, join(root, "derivatives/loop"));
  const data = await openBids(root);
  expect(data.pipelines).toEqual(["a", "b"]);
  expect(data.notes.map((note) => /derivatives\/\w+/.exec(note)?.[0])).toEqual([
    "derivatives/c",
    "derivatives/loop",
  ]);
  await expect(data.runs()).rejects.toThrow(/pipeline.*a, b; choose one with pipeline: "a"/);
  expect((await data.runs({ pipeline: "b" }))[0].pipeline).toBe("b");
});

test("run-1 beside run-01 is refused, and so is an image in another subject's folder", async () => {
  const twice = layOut({
    ...raw,
    ...empty(...["1", "01"].map((run) => `sub-01/func/sub-01_task-x_run-${run}_bold.nii.gz`)),
  });
  await expect((await openBids(twice)).runs()).rejects.toThrow(/run-0?1 and run-0?1.*run 1/);
  const stray = layOut({ ...raw, ...empty("sub-01/func/sub-02_task-x_bold.nii.gz") });
  await expect((await openBids(stray)).runs()).rejects.toThrow(/sub-01_…, as its folder says/);
});

test("metadata: the nearer and more special count, contradictions of equals are refused", async () => {
  const root = layOut({
    ...raw,
    ...empty("sub-01/func/sub-01_task-x_acq-a_bold.nii.gz"),
    "bold.json": '{"x": 9}',
    "task-x_bold.json": '{"RepetitionTime": 2, "a": 1, "b": 1}',
    "task-x_acq-a_bold.json": '{"a": 2, "same": 1}',
    "task-x_acq-ab_bold.json": '{"a": 7}',
    "sub-01/sub-01_task-x_bold.json": '{"b": 3}',
    "sub-01/func/sub-01_task-x_acq-a_events.json": '{"b": 4}',
  });
  const [run] = await (await openBids(root)).runs();
  expect(run.metadata).toEqual({ RepetitionTime: 2, a: 2, b: 3, same: 1 });
  writeFileSync(join(root, "acq-a_bold.json"), '{"a": 1}');
  expect((await (await openBids(root)).runs())[0].metadata.a).toBe(2);
  writeFileSync(join(root, "acq-a_bold.json"), '{"b": 5}');
  await expect((await openBids(root)).runs()).rejects.toThrow(
    /b: expected the value of .*acq-a_bold/,
  );
});

test("tables are never merged; two as near are refused", async () => {
  const root = layOut({
    ...raw,
    ...empty(
      "sub-01/func/sub-01_task-x_run-1_bold.nii.gz",
      "task-x_events.tsv",
      "task-y_events.tsv",
    ),
  });
  const runs = async () => (await openBids(root)).runs();
  expect((await runs())[0].events).toBe(join(root, "task-x_events.tsv"));
  writeFileSync(join(root, "task-x_run-1_events.tsv"), "");
  expect((await runs())[0].events).toBe(join(root, "task-x_run-1_events.tsv"));
  writeFileSync(join(root, "sub-01/sub-01_task-x_events.tsv"), "");
  expect((await runs())[0].events).toBe(join(root, "sub-01/sub-01_task-x_events.tsv"));
  writeFileSync(join(root, "sub-01/sub-01_run-1_events.tsv"), "");
  await expect(runs()).rejects.toThrow(/one table of events, found also/);
});

test("repetition times that differ are refused with their numbers; slices without a time are null", async () => {
  const bold = `${func}/sub-01_task-x_desc-preproc_bold`;
  const files = {
    ...raw,
    ...prep,
    ...empty(`${bold}.nii.gz`, "sub-01/func/sub-01_task-x_bold.nii.gz"),
    "task-x_bold.json": '{"RepetitionTime": 2.5}',
  };
  const differ = layOut({ ...files, [`${bold}.json`]: '{"RepetitionTime": 2}' });
  await expect((await openBids(differ)).runs()).rejects.toThrow(
    /of 2 s.*found 2.5 s in the sidecar/,
  );
  const shifted = layOut({ ...files, [`${bold}.json`]: '{"SliceTimingCorrected": true}' });
  const [run] = await (await openBids(shifted)).runs();
  expect([run.repetitionTimeS, run.startTimeS]).toEqual([2.5, null]);
});

test(".bidsignore holds for what was recorded; fMRIPrep's names confounds and surfaces, for validators", async () => {
  const stem = `${func}/sub-01_task-x`;
  const root = layOut({
    ...raw,
    ...prep,
    ".bidsignore": "sub-01/func/*_run-2_*\n",
    "derivatives/fmriprep/.bidsignore": "*_timeseries.tsv\n*_bold.func.gii\n",
    ...empty(
      ...["1", "2"].map((run) => `sub-01/func/sub-01_task-x_run-${run}_bold.nii.gz`),
      `${stem}_run-1_desc-preproc_bold.nii.gz`,
      `${stem}_run-1_desc-confounds_timeseries.tsv`,
    ),
  });
  const data = await openBids(root);
  expect((await data.runs({ pipeline: "raw" })).length).toBe(1);
  expect((await data.runs())[0].confounds).not.toBe(null);
});

test("hostile names, links and descriptions do no harm", async () => {
  const root = layOut({
    ...raw,
    ...empty(
      "sub-01/func/sub-01_task-x_bold.nii.gz",
      "sub-01/func/sub-01_task-<b>_bold.nii.gz",
      "sub-01/func/sub-01_task-x\n_bold.nii.gz",
      "sub-01/func/__proto__-1_bold.json",
      "sub-x y/func/a_bold.nii",
      "sub-03.html",
      "sub-04",
    ),
  });
  mkdirSync(join(root, "sub-02"));
  symlinkSync("..", join(root, "sub-02/ses-1"));
  symlinkSync("loop", join(root, "loop"));
  symlinkSync("../loop", join(root, "sub-02/func"));
  symlinkSync("/nowhere", join(root, "sub-01/func/sub-01_task-y_bold.nii.gz"));
  const data = await openBids(root);
  const runs = await data.runs();
  expect(runs.map(({ task, missing }) => [task, missing[0]])).toEqual([
    ["x", "image"],
    ["y", "image"],
  ]);
  const bad = layOut({ "dataset_description.json": "{'Name': 1}" });
  await expect(openBids(bad)).rejects.toThrow(/dataset_description.json: content: expected JSON/);
  const list = layOut({ "dataset_description.json": "[1]" });
  await expect(openBids(list)).rejects.toThrow(/expected an object/);
});

test("a data set without a description but with subjects is read, and says so; an empty one has no runs", async () => {
  const root = layOut(empty("sub-01/func/sub-01_task-x_bold.nii"));
  const data = await openBids(`${root}/`);
  expect(data.notes).toEqual([`${root} has no dataset_description.json; taken as recorded`]);
  expect((await data.runs()).length).toBe(1);
  const nothing = await openBids(layOut(raw));
  expect([await nothing.runs(), await nothing.participants(), nothing.subjects]).toEqual([
    [],
    [],
    [],
  ]);
});

test("run-1 of derivatives is run-01 of what was recorded: its own events, not those of the root, and its times", async () => {
  const stem = "sub-01/func/sub-01_task-x";
  const files = empty(
    ...["task-x_events.tsv", "task-x_bold.json"],
    ...["01", "02", "10"].flatMap((run) => [
      `${stem}_run-${run}_bold.nii.gz`,
      `${stem}_run-${run}_events.tsv`,
    ]),
    ...["1", "2", "10"].flatMap((run) => [
      `derivatives/fmriprep/${stem}_run-${run}_space-MNI_desc-preproc_bold.nii.gz`,
      `derivatives/fmriprep/${stem}_run-00${run}_desc-confounds_timeseries.tsv`,
    ]),
  );
  const times = { [`${stem}_run-02_bold.json`]: '{"RepetitionTime": 3}', "task-x_bold.json": "{}" };
  const data = await openBids(layOut({ ...raw, ...prep, ...files, ...times }));
  const runs = await data.runs();
  expect(runs.map(({ run, events }) => [run, events?.slice(-17)])).toEqual([
    ["1", "run-01_events.tsv"],
    ["2", "run-02_events.tsv"],
    ["10", "run-10_events.tsv"],
  ]);
  expect(runs.map((one) => one.confounds?.match(/run-\d+/)?.[0])).toEqual([
    "run-001",
    "run-002",
    "run-0010",
  ]);
  expect(runs.map((one) => one.raw?.match(/run-\d+/)?.[0])).toEqual(["run-01", "run-02", "run-10"]);
  expect(runs.map(({ repetitionTimeS }) => repetitionTimeS)).toEqual([null, 3, null]);
  // Words are words, also where they hold digits.
  const acq = empty(`${stem}_acq-1_bold.nii.gz`, `${stem}_acq-01_events.tsv`);
  const [other] = await (await openBids(layOut({ ...raw, ...acq }))).runs();
  expect(other.events).toBeNull();
});
