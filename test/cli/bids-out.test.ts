import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { afterAll, expect, test, vi } from "vitest";
import { register as registerGlm } from "../../cli/commands/glm.ts";
import { register as registerRsa } from "../../cli/commands/rsa-nifti.ts";
import {
  firstLevel,
  openBids,
  readVertexSeries,
  readBidsRuns,
  readNifti,
  readTsv,
  rsaNifti,
  trialBetas,
  writeNpy,
  Rdm,
} from "../../src/index.ts";
import { readGifti, writeGifti } from "../../src/io/index.ts";
import { derivedDescription, rawDescription } from "../io/bids/lay-out.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-bids-out-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const root = fileURLToPath(new URL("../fixtures/bids/objects", import.meta.url));
const items = ["bird", "boat", "cup", "dog", "key", "tree"];
const model = Float64Array.from({ length: 15 }, (_, k) => (k * 7) % 5);
writeFileSync(join(folder, "items.txt"), items.join("\n"));
writeFileSync(
  join(folder, "items.csv"),
  `at,item\n${items.map((item, at) => `${at},${item}`).join("\n")}\n`,
);
await writeNpy(join(folder, "living.npy"), { data: model, shape: [15] });

async function run(...args: string[]): Promise<string[]> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  registerGlm(program);
  registerRsa(program);
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    await program.parseAsync(["node", "tsrsa", ...args]);
    return log.mock.calls.flat().map(String);
  } finally {
    log.mockRestore();
  }
}

const wanted = ["--bids", root, "--subject", "01", "--task", "objects"];
const inSpace = [...wanted, "--space", "MNI152NLin2009cAsym"];
const stem = "sub-01/func/sub-01_task-objects_space-MNI152NLin2009cAsym_res-2";

test("one command goes from a data set to a map with its sidecar", async () => {
  const out = join(folder, "rsa");
  const models = [
    "--model",
    join(folder, "living.npy"),
    "--items",
    `${join(folder, "items.csv")}:item`,
  ];
  const how = ["--strategy", "motion6", "--metric", "crossnobis", "--radius-mm", "7"];
  const mask = join(folder, "brain.nii.gz");
  copyFileSync(
    `${root}/derivatives/fmriprep/sub-01/func/sub-01_task-objects_run-01_space-MNI152NLin2009cAsym_res-2_desc-brain_mask.nii.gz`,
    mask,
  );
  how.push("--brain-mask", mask);
  const args = ["rsa-nifti", ...inSpace, ...models, ...how, "--out", out, "--json"];
  const { written } = JSON.parse((await run(...args))[0]) as { written: string[] };
  expect(written).toEqual([join(out, `${stem}_desc-living_stat-spearman_statmap.nii.gz`)]);
  const query = { subject: "01", task: "objects", space: "MNI152NLin2009cAsym" };
  const read = await readBidsRuns(await openBids(root), query, {
    confounds: { strategy: "motion6" },
  });
  const betas = await trialBetas(read.runs, { mask: read.mask });
  const maps = await rsaNifti(betas, [new Rdm(model, { items, name: "living" })], {
    ...{ labels: betas.items, folds: betas.runs, metric: "crossnobis", radiusMm: 7 },
    brainMask: await readNifti(mask),
    noise: { residuals: await betas.residuals() },
  });
  expect(Array.from((await readNifti(written[0])).data)).toEqual(Array.from(maps.map().data));
  const said = JSON.parse(readFileSync(written[0].replace(".nii.gz", ".json"), "utf8")) as {
    Sources: string[];
    tsrsa: { sha256: Record<string, string>; options: Record<string, unknown> };
  };
  expect(said.Sources.length).toBe(10);
  expect(said.Sources[0]).toMatch(/^bids:fmriprep:sub-01\/func\/.*run-01.*bold.nii.gz$/);
  expect(said.Sources.slice(8)).toEqual(["living.npy", "brain.nii.gz"]);
  expect(Object.keys(said.tsrsa.sha256)).toEqual(said.Sources);
  expect(said.tsrsa.options).toMatchObject({
    method: "lss",
    strategy: "motion6",
    metric: "crossnobis",
    radiusMm: 7,
    items,
  });
  await expect(run(...args)).rejects.toThrow(/overwrite: true/);
});

test("glm --bids writes effect, variance and t of a contrast, and patterns of trials with their table", async () => {
  const out = join(folder, "glm");
  const contrasts = await run("glm", ...inSpace, "--contrast", "dog=1,cup=-1", "--out", out);
  expect(contrasts).toEqual(
    ["effect", "variance", "t"].map((stat) =>
      join(out, `${stem}_contrast-dogVsCup_stat-${stat}_statmap.nii.gz`),
    ),
  );
  const [betas, table] = await run("glm", ...inSpace, "--trials", "lss", "--out", out);
  expect([betas, table]).toEqual([
    join(out, `${stem}_desc-lss_betas.nii.gz`),
    join(out, `${stem}_desc-lss_trials.tsv`),
  ]);
  expect((await readNifti(betas)).shape[3]).toBe((await readTsv(table)).length);
});

/** A data set of one run, on surfaces: what fMRIPrep makes, with a file of each kind. */
function laidOut(name: string, events: string, tr: number): { tree: string; made: string } {
  const tree = join(folder, name);
  const made = join(tree, "derivatives/fmriprep");
  for (const dir of [tree, made]) mkdirSync(join(dir, "sub-01/func"), { recursive: true });
  writeFileSync(join(tree, "dataset_description.json"), rawDescription);
  writeFileSync(join(made, "dataset_description.json"), derivedDescription);
  writeFileSync(join(tree, "task-x_bold.json"), JSON.stringify({ RepetitionTime: tr }));
  writeFileSync(join(tree, "sub-01/func/sub-01_task-x_bold.nii.gz"), "");
  writeFileSync(join(tree, "sub-01/func/sub-01_task-x_events.tsv"), events);
  return { tree, made: join(made, "sub-01/func/sub-01_task-x") };
}

test("glm --bids of surfaces writes both hemispheres, each with its sidecar, or the one that is chosen", async () => {
  const events = "onset\tduration\ttrial_type\n4\t1\ta\n20\t1\tb\n36\t1\ta\n50\t1\tb\n";
  const { tree, made } = laidOut("pial", events, 2);
  for (const [at, hemi] of ["L", "R"].entries())
    await writeGifti(`${made}_hemi-${hemi}_space-fsaverage5_bold.func.gii`, {
      arrays: Array.from({ length: 40 }, (_, t) => {
        const data = Float32Array.from({ length: 5 }, (_v, v) => 100 + Math.sin(t * t + v + at));
        return { intent: "TIME_SERIES", values: { data, shape: [5] } };
      }),
    });
  const out = join(folder, "pial-out");
  const asked = ["glm", "--bids", tree, "--task", "x", "--out", out];
  const written = await run(...asked, "--contrast", "a=1,b=-1");
  const name = (hemi: string, stat: string) =>
    `sub-01/func/sub-01_task-x_hemi-${hemi}_space-fsaverage5_contrast-aVsB_stat-${stat}_statmap`;
  expect(written).toEqual(
    ["L", "R"].flatMap((hemi) =>
      ["effect", "variance", "t"].map((stat) => join(out, `${name(hemi, stat)}.func.gii`)),
    ),
  );
  for (const hemisphere of ["L", "R"] as const) {
    const query = { subject: "01", task: "x", hemisphere };
    const { runs } = await readBidsRuns(tree, query);
    const { result } = (await firstLevel(runs)).contrast({ a: 1, b: -1 });
    for (const [stat, values] of [
      ["effect", result.effect],
      ["variance", result.variance],
      ["t", result.stat],
    ] as const) {
      const { arrays, meta } = await readGifti(join(out, `${name(hemisphere, stat)}.func.gii`));
      expect(Array.from(arrays[0].values.data)).toEqual(Array.from(Float32Array.from(values)));
      expect(meta.get("AnatomicalStructurePrimary")).toBe(
        { L: "CortexLeft", R: "CortexRight" }[hemisphere],
      );
    }
    const sidecar = JSON.parse(
      readFileSync(join(out, `${name(hemisphere, "t")}.json`), "utf8"),
    ) as { SpatialReference: string; Sources: string[] };
    expect(sidecar.SpatialReference).toBe("fsaverage5");
    expect(sidecar.Sources.filter((uri) => uri.includes(`hemi-${hemisphere}`))).toHaveLength(1);
  }
  const right = [...asked, "--hemisphere", "R", "--trials", "lss"];
  const [betas, table, ...more] = await run(...right);
  expect(more).toEqual([]);
  expect(betas).toContain("hemi-R_space-fsaverage5_desc-lss_betas.func.gii");
  const { arrays } = await readGifti(betas);
  expect([arrays.length, (await readTsv(table)).length]).toEqual([4, 4]);
  await expect(run(...right)).rejects.toThrow(/overwrite: true/);
});

test("glm --bids of CIFTI runs writes each half of the cortex, or the one that is chosen", async () => {
  const events = "onset\tduration\ttrial_type\n0\t0.1\ta\n0.72\t0.1\tb\n";
  const { tree, made } = laidOut("fslr", events, 0.72);
  const image = `${made}_space-fsLR_den-91k_bold.dtseries.nii`;
  copyFileSync(
    fileURLToPath(new URL("../fixtures/surface/formats/demo.dtseries.nii", import.meta.url)),
    image,
  );
  const out = join(folder, "fslr-out");
  const asked = ["glm", "--bids", tree, "--task", "x", "--contrast", "a=1,b=-1", "--out", out];
  const written = await run(...asked);
  expect(written).toHaveLength(6);
  expect(written[5]).toContain("hemi-R_space-fsLR_den-91k_contrast-aVsB_stat-t_statmap.func.gii");
  const series = await readVertexSeries(image, { structure: "CORTEX_RIGHT" });
  const table = await readTsv(join(tree, "sub-01/func/sub-01_task-x_events.tsv"));
  const fitted = await firstLevel({ image: series, events: table, tr: 0.72 });
  const expected = new Float32Array(fitted.grid.shape[0]).fill(NaN);
  const { stat } = fitted.contrast({ a: 1, b: -1 }).result;
  fitted.voxels.forEach((vertex, at) => (expected[vertex] = stat[at]));
  const { values } = (await readGifti(written[5])).arrays[0];
  expect(Array.from(values.data)).toEqual(Array.from(expected));
  const one = await run(...asked, "--structure", "CORTEX_LEFT", "--overwrite");
  expect(one).toEqual(written.slice(0, 3));
  await expect(run(...asked, "--structure", "CEREBELLUM")).rejects.toThrow(/CORTEX_LEFT/);
});

test("contrasts of one name, and files that are there, are refused before anything is read", async () => {
  const out = join(folder, "twice");
  const two = ["--contrast", "dog=1,cup=-1", "dog=2,cup=-1", "--out", out];
  for (const more of [[], ["--overwrite"]])
    await expect(run("glm", ...inSpace, ...two, ...more)).rejects.toThrow(
      /dog=1,cup=-1 and dog=2,cup=-1 would both be contrast-dogVsCup/,
    );
  expect(existsSync(out)).toBe(false);
  const there = {
    "contrast-dog_stat-t_statmap.nii.gz": ["--contrast", "dog=1", "--high-pass", "-1"],
    "desc-lsa_trials.tsv": ["--trials", "lsa", "--high-pass", "-1"],
  };
  mkdirSync(join(out, "sub-01/func"), { recursive: true });
  for (const [name, args] of Object.entries(there)) {
    writeFileSync(join(out, `${stem}_${name}`), "x");
    await expect(run("glm", ...inSpace, ...args, "--out", out)).rejects.toThrow(/it is there/);
  }
});

test("wrong usage is told, and nothing is written then", async () => {
  const out = join(folder, "none");
  const models = ["--model", join(folder, "living.npy"), "--out", out];
  await expect(run("rsa-nifti", ...wanted, ...models)).rejects.toThrow(/--items/);
  await expect(run("rsa-nifti", "x.nii", ...wanted, ...models)).rejects.toThrow(/one of the two/);
  await expect(run("rsa-nifti", ...models)).rejects.toThrow(/one of the two/);
  const items = ["--items", join(folder, "items.txt"), "--radius-mm", "3"];
  for (const side of ["L", "R"]) {
    const surface = [...wanted, "--space", "fsaverage5", "--hemisphere", side];
    await expect(run("rsa-nifti", ...surface, ...models, ...items)).rejects.toThrow(
      /of vertices.*rsa-surface/,
    );
  }
  const surface = [...wanted, "--space", "fsaverage5"];
  const made = ["--contrast", "dog=1", "--out", out];
  const brain = ["--mask", join(folder, "none.nii.gz")];
  await expect(run("glm", ...surface, ...made, ...brain)).rejects.toThrow(/--mask is of voxels/);
  const part = ["--structure", "CORTEX_LEFT"];
  await expect(run("glm", ...surface, ...made, ...part)).rejects.toThrow(/part of CIFTI runs/);
  const ambiguous = run("glm", ...wanted, "--contrast", "dog=1", "--out", out);
  await expect(ambiguous).rejects.toThrow(/space.*MNI152NLin2009cAsym, T1w/);
  await expect(run("glm", "x.nii", "--contrast", "a=1", "--out", "y.nii")).rejects.toThrow(
    /--events/,
  );
  expect(existsSync(out)).toBe(false);
});
