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
  openBids,
  readBidsRuns,
  readNifti,
  readTsv,
  rsaNifti,
  trialBetas,
  writeNpy,
  Rdm,
} from "../../src/index.ts";

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
  for (const side of ["L", "R"]) {
    const surface = [...wanted, "--space", "fsaverage5", "--hemisphere", side];
    const made = ["--contrast", "dog=1", "--out", out];
    await expect(run("glm", ...surface, ...made)).rejects.toThrow(/of vertices.*firstLevel/);
  }
  const ambiguous = run("glm", ...wanted, "--contrast", "dog=1", "--out", out);
  await expect(ambiguous).rejects.toThrow(/space.*MNI152NLin2009cAsym, T1w/);
  await expect(run("glm", "x.nii", "--contrast", "a=1", "--out", "y.nii")).rejects.toThrow(
    /--events/,
  );
  expect(existsSync(out)).toBe(false);
});
