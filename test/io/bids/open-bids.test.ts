import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openBids, type BidsRun } from "../../../src/io/bids/index.ts";
import { readCases } from "../../reference/glm/read.ts";

interface RunCase {
  readonly kind: string;
  readonly name: string;
  readonly query: Record<string, string>;
  readonly file: string;
  readonly expected: never;
}

interface ExpectedRun extends BidsRun {
  readonly t1w: { readonly bold: string; readonly parcellation: string };
  readonly hemispheres: readonly string[];
}

const root = fileURLToPath(new URL("../../fixtures/bids/objects", import.meta.url));
const data = await openBids(root);
const cases = readCases<RunCase>("bids");
const of = (kind: string) => cases.filter((one) => one.kind === kind);
const inside = (path: string | null) => path?.slice(root.length + 1) ?? null;

test.each(of("runs"))("$name", async ({ query, expected }) => {
  const runs = await data.runs(query);
  const native = await data.runs({ ...query, space: "T1w" });
  const surfaces = await Promise.all(
    (["L", "R"] as const).map((hemisphere) =>
      data.runs({ ...query, space: "fsaverage5", hemisphere }),
    ),
  );
  const found = runs.map((run, at) => ({
    subject: run.subject,
    session: run.session,
    task: run.task,
    run: run.run,
    space: run.space,
    resolution: run.resolution,
    bold: inside(run.bold),
    mask: inside(run.mask),
    confounds: inside(run.confounds),
    events: inside(run.events),
    raw: inside(run.raw),
    repetitionTimeS: run.repetitionTimeS,
    startTimeS: run.startTimeS,
    nVolumes: run.nVolumes,
    t1w: { bold: inside(native[at].bold), parcellation: inside(native[at].parcellation) },
    hemispheres: surfaces.map((of) => inside(of[at].bold)),
  }));
  expect(found).toEqual(expected as ExpectedRun[]);
  expect(runs.every(({ missing, notes }) => missing.length + notes.length === 0)).toBe(true);
  expect(inside(native[0].parcellationNames)).toBe("derivatives/fmriprep/desc-aparcaseg_dseg.tsv");
});

test.each(of("runs-missing"))("$name", async ({ query, expected }) => {
  const runs = await data.runs(query);
  expect(runs.map(({ subject, missing }) => ({ subject, missing }))).toEqual(expected);
  expect(runs[0].notes.join("\n")).toMatch(
    /desc-brain_mask.*same scan[^]*desc-confounds[^]*events\.tsv of the same scan in .*sub-01\/func and above/,
  );
});

test.each(of("runs-refused"))("$name", async ({ query, expected }) => {
  const error = await data.runs(query).catch((thrown: unknown) => thrown as Error);
  expect(error).toBeInstanceOf(Error);
  for (const word of (expected as { mustName: string[] }).mustName)
    expect((error as Error).message).toContain(word);
});

test.each(of("metadata"))("$name", async ({ file, expected }) => {
  expect(await data.metadata(file)).toEqual(expected);
  expect(await data.metadata(join(root, file))).toEqual(expected);
});

test("a derivative inherits nothing from what was recorded", async () => {
  const name = "sub-01_task-objects_run-01_space-T1w_desc-preproc_bold.nii.gz";
  const said = await data.metadata(`derivatives/fmriprep/sub-01/func/${name}`);
  expect([said.EchoTime, said.StartTime]).toEqual([undefined, 1]);
});

test("participants are a row each, n/a is missing", async () => {
  const { expected } = of("table")[0] as { expected: { columns: string[] } };
  const rows = await data.participants();
  expect(Object.keys(rows[0])).toEqual(expected.columns);
  expect(rows.map(({ age, sex }) => [age, sex])).toEqual([
    [24, "F"],
    [null, null],
  ]);
});

test("what is there is told: subjects, tasks, pipelines, a row a kind of image, what was left out", async () => {
  expect(data.subjects).toEqual(["01", "02"]);
  expect(await data.tasks()).toEqual(["objects", "rest"]);
  expect(data.pipelines).toEqual(["fmriprep"]);
  expect(data.notes).toEqual([expect.stringContaining("derivatives/notes is no data set")]);
  const rows = await data.overview();
  expect(rows).toContainEqual({
    ...{ subject: "01", session: "", task: "objects", pipeline: "fmriprep" },
    ...{ space: "MNI152NLin2009cAsym", resolution: "2", desc: "preproc", files: 2 },
  });
});

test("a run is asked for by number, text or several; what was recorded by its pipeline", async () => {
  const query = { task: "objects", space: "T1w" };
  expect((await data.runs({ ...query, run: 1 })).map(({ run }) => run)).toEqual(["01", "1"]);
  expect((await data.runs({ ...query, run: ["02"], subject: "sub-02" })).length).toBe(1);
  const recorded = await data.runs({ pipeline: "raw", task: ["objects"], subject: ["01"] });
  expect(recorded.map(({ space, missing, raw, bold }) => [space, missing, raw === bold])).toEqual([
    [null, [], true],
    [null, [], true],
  ]);
  await expect(data.runs({ run: 3 })).rejects.toThrow(/invalid run: "3"; there are 01, 1, 02, 2/);
});

test("files of any kind are found", async () => {
  const files = await data.files({ subject: "01", suffix: "dseg", entities: { space: "T1w" } });
  expect(files.map(({ entities, datatype }) => [entities.run, datatype])).toEqual([
    ["01", "func"],
    ["02", "func"],
  ]);
  expect(await data.files({ extension: ".func.gii", task: "rest" })).toEqual([]);
});

test("wrong questions are refused", async () => {
  await expect(data.runs({ spaces: "T1w" } as never)).rejects.toThrow(/did you mean "space"/);
  await expect(data.runs({ session: null } as never)).rejects.toThrow(/leave the option out/);
  await expect(data.metadata("../x/sub-01_bold.nii")).rejects.toThrow(/none of the folders/);
  await expect(data.metadata("README")).rejects.toThrow(/no entity/);
  await expect(openBids(join(root, "sub-01"))).rejects.toThrow(
    /dataset_description.json.*here is func/,
  );
  await expect(openBids({})).rejects.toThrow(/raw, derivatives or both/);
  await expect(openBids("")).rejects.toThrow(/path of a folder/);
  await expect(openBids("/no/such/folder")).rejects.toThrow(/here is nothing/);
});
