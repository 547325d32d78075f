import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { afterAll, expect, test, vi } from "vitest";
import { register as registerGlm } from "../../cli/commands/glm.ts";
import { register as registerAtlas } from "../../cli/commands/rsa-atlas.ts";
import {
  firstLevel,
  readConfounds,
  readNifti,
  readTsv,
  readVertexSeries,
  Rdm,
  rsaSurface,
  trialBetas,
  writeNifti,
  writeNpy,
} from "../../src/index.ts";
import { readGifti } from "../../src/io/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-cli-glm-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tree = fileURLToPath(new URL("../fixtures/bids/objects/", import.meta.url));
const derived = join(tree, "derivatives/fmriprep/sub-01/func");
const stem = (run: string) => `sub-01_task-objects_run-${run}`;
const space = "space-MNI152NLin2009cAsym_res-2";
const bold = (run: string) => join(derived, `${stem(run)}_${space}_desc-preproc_bold.nii.gz`);
const events = (run: string) => join(tree, "sub-01/func", `${stem(run)}_events.tsv`);
const confounds = (run: string) => join(derived, `${stem(run)}_desc-confounds_timeseries.tsv`);
const mask = join(derived, `${stem("01")}_${space}_desc-brain_mask.nii.gz`);

/** Run a command in this process; what it printed. */
async function run(...args: string[]): Promise<string> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  registerGlm(program);
  registerAtlas(program);
  const printed: string[] = [];
  const log = vi
    .spyOn(console, "log")
    .mockImplementation((line: string) => void printed.push(line));
  try {
    await program.parseAsync(["node", "tsrsa", ...args]);
  } finally {
    log.mockRestore();
  }
  return printed.join("\n");
}

const both = [
  bold("01"),
  bold("02"),
  "--events",
  events("01"),
  events("02"),
  "--mask",
  mask,
  "--tr",
  "2",
];

test("glm writes the t of a contrast over runs", async () => {
  const nuisance = ["--confounds", confounds("01"), confounds("02"), "--strategy", "motion6"];
  const printed = await run(
    "glm",
    ...both,
    ...nuisance,
    "--contrast",
    "dog=1,cup=-1",
    "--out",
    at("t.nii.gz"),
  );
  expect(printed).toContain("t of dog=1,cup=-1");
  const runs = await Promise.all(
    ["01", "02"].map(async (name) => ({
      image: bold(name),
      events: await readTsv(events(name)),
      confounds: await readConfounds(confounds(name), { strategy: "motion6" }),
    })),
  );
  const model = await firstLevel(runs, { tr: 2, mask: await readNifti(mask) });
  const expected = model.contrast({ dog: 1, cup: -1 }).map();
  expect(Array.from((await readNifti(at("t.nii.gz"))).data)).toEqual(Array.from(expected.data));
});

test("glm --trials writes patterns and their table, which rsa-atlas takes", async () => {
  await run("glm", ...both, "--trials", "lss", "--out", at("betas.nii.gz"));
  const patterns = await readNifti(at("betas.nii.gz"));
  expect(patterns.shape[3]).toBe(24);
  const table = await readTsv(at("betas.tsv"));
  expect([table.length, table.names.slice(0, 3)]).toEqual([24, ["item", "run", "trial"]]);
  const { shape, affine } = await readNifti(mask);
  const size = shape[0] * shape[1] * shape[2];
  const data = Int16Array.from({ length: size }, (_, v) => (v < size / 2 ? 1 : 2));
  await writeNifti(at("atlas.nii.gz"), { data, shape, affine }, { datatype: "int16" });
  writeFileSync(at("names.tsv"), "index\tname\n1\tback\n2\tfront\n");
  const items = ["bird", "boat", "cup", "dog", "key", "tree"];
  writeFileSync(at("items.txt"), items.join("\n"));
  await writeNpy(at("m.npy"), {
    data: Float64Array.from({ length: 15 }, (_, k) => k % 4),
    shape: [15],
  });
  const printed = await run(
    ...["rsa-atlas", at("betas.nii.gz"), "--atlas", at("atlas.nii.gz"), "--names", at("names.tsv")],
    ...["--model", at("m.npy"), "--labels", `${at("betas.tsv")}:item`, "--items", at("items.txt")],
    ...["--brain-mask", mask, "--out", at("scores.csv")],
  );
  expect(printed).toMatch(/m: highest spearman .* in (back|front)/);
  const lines = readFileSync(at("scores.csv"), "utf8").trim().split("\n");
  expect([lines[0].startsWith("label,region,model,score"), lines.length]).toEqual([true, 3]);
});

test("wrong usage is told", async () => {
  await expect(run("glm", ...both, "--out", at("x.nii"))).rejects.toThrow(/--contrast or --trials/);
  const few = run(
    "glm",
    bold("01"),
    bold("02"),
    "--events",
    events("01"),
    "--trials",
    "lss",
    "--out",
    at("x.nii"),
  );
  await expect(few).rejects.toThrow(/each of the 2 runs, not 1/);
  await expect(run("glm", ...both, "--contrast", "dog", "--out", at("x.nii"))).rejects.toThrow(
    /NAME=WEIGHT/,
  );
});

const cifti = fileURLToPath(
  new URL("../fixtures/surface/formats/demo.dtseries.nii", import.meta.url),
);
const ofVertices = () => {
  writeFileSync(at("v.tsv"), "onset\tduration\ttrial_type\n0\t0.1\ta\n0.72\t0.1\tb\n");
  return ["glm", cifti, "--events", at("v.tsv")];
};

test("glm fits a part of CIFTI runs, whose patterns rsa-surface takes", async () => {
  const left = ["--structure", "CORTEX_LEFT"];
  await run(...ofVertices(), ...left, "--trials", "lss", "--out", at("lh.func.gii"));
  const image = await readVertexSeries(cifti, { structure: "CORTEX_LEFT" });
  const expected = await trialBetas({ image, events: await readTsv(at("v.tsv")) });
  const { arrays } = await readGifti(at("lh.func.gii"));
  expect(arrays.map(({ values }) => values.shape)).toEqual([[162], [162]]);
  arrays.forEach(({ values }, trial) => {
    const map = new Float32Array(162).fill(NaN);
    expected.pattern(trial).forEach((value, v) => (map[expected.voxels[v]] = value));
    expect(Array.from(values.data)).toEqual(Array.from(map));
  });
  const model = new Rdm([1], { items: ["a", "b"], name: "m" });
  const labels = (await readTsv(at("lh.tsv"))).column("item");
  const how = { labels, metric: "euclidean", rsaMetric: "cosine", onProgress: false } as const;
  const maps = await rsaSurface({ left: at("lh.func.gii") }, model, how);
  expect(maps.scores[0]).toBeCloseTo(1, 12);
  await run(...ofVertices(), ...left, "--contrast", "a=1,b=-1", "--out", at("t.func.gii"));
  const t = (await readGifti(at("t.func.gii"))).arrays[0].values;
  expect([t.shape, [...t.data].filter(Number.isFinite).length]).toEqual([[162], 120]);
});

test.each([
  [[], "x.func.gii", /structure: undefined.*CORTEX_LEFT/],
  [["--structure", "CORTEX_LEFT"], "x.nii.gz", /ends in .func.gii/],
  [["--structure", "CORTEX_LEFT", "--mask", mask], "x.func.gii", /--mask is of voxels/],
] as const)("runs of vertices: what does not fit is refused (%#)", async (args, out, words) => {
  const all = [...ofVertices(), ...args, "--trials", "lss", "--out", at(out)];
  await expect(run(...all)).rejects.toThrow(words);
});

test("runs of both kinds, and a structure of voxels, are refused", async () => {
  const [glm, ...rest] = ofVertices();
  const more = ["--trials", "lss", "--structure", "CORTEX_LEFT"];
  await expect(run(glm, bold("01"), ...rest, ...more, "--out", at("x.nii"))).rejects.toThrow(
    /some runs are of vertices/,
  );
  const image = ["glm", bold("01"), "--events", events("01"), ...more, "--out", at("x.nii")];
  await expect(run(...image)).rejects.toThrow(/--structure chooses a part of CIFTI/);
});
