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
import { basename, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkNotebook } from "../../kernel/notebook/check.ts";
import type { Ipynb } from "../../kernel/notebook/ipynb.ts";
import { root, tsrsa } from "../cli/tsrsa.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-notebook-02-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const slice = join(root, "../shared/real-data/haxby-slice");

interface RunRecord {
  readonly status: string;
  readonly seeds: object;
  readonly results: Record<string, unknown>;
  readonly figures: string[];
  readonly data: { readonly path: string }[];
  readonly exercises: { readonly passed: string[]; readonly failed: string[] };
  readonly claims: { readonly checked: number; readonly failed: readonly string[] };
}

async function run(name: string, ...args: string[]): Promise<{ record: RunRecord; out: string }> {
  const out = join(folder, name);
  const command = ["run", "--no-check", "notebooks/02-nifti-searchlight", "--out", out, ...args];
  const env = { TSRSA_DATA_DIR: join(folder, "data"), TSRSA_OFFLINE: "1" };
  const { code, stderr } = await tsrsa(command, { env });
  expect([code, stderr]).toEqual([0, ""]);
  return { record: JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as RunRecord, out };
}

test("02-nifti-searchlight recovers what was planted, in one subject and in the group", async () => {
  const { record, out } = await run("demo");
  const number = (name: string) => Number(record.results[name]);
  for (const model of ["category", "network"]) {
    expect(record.results[`the ${model} model is strongest in the region planted for`]).toBe(model);
    expect(record.results[`clusters of ${model}`]).toMatchObject({ p: 1 / 64 });
  }
  expect(number("p of category in the ventral mask")).toBe(1 / 64);
  expect(number("p of network in the ventral mask")).toBeGreaterThan(0.1);
  expect(number("median score of category, all pairs")).toBeGreaterThan(0.02);
  expect(Math.abs(number("median score of category, pairs of different runs"))).toBeLessThan(0.01);
  expect(Math.abs(number("cross-validated distance, labels shuffled"))).toBeLessThan(
    number("cross-validated distance, labels as shown") / 10,
  );
  expect(record.data.map(({ path }) => basename(path))).toContain("mask4_vt.nii.gz");
  expect(record.claims.failed).toEqual([]);
  expect(record.exercises).toMatchObject({ passed: { length: 4 }, failed: [] });
  expect(record.claims.checked).toBeGreaterThanOrEqual(11);
  expect(record.seeds).toMatchObject({ permuteLabels: 7 });
  expect(record.figures.filter((name) => name.endsWith(".svg")).length).toBeGreaterThan(12);
  const notebook = JSON.parse(
    readFileSync(join(out, "02-nifti-searchlight.ipynb"), "utf8"),
  ) as Ipynb;
  expect(checkNotebook(notebook)).toEqual([]);
  const page = readFileSync(join(out, "02-nifti-searchlight.html"), "utf8");
  expect(page).toContain('class="tsrsa-map"');
}, 240_000);

test.skipIf(!existsSync(slice))(
  "02-nifti-searchlight on a slice of the real recording gives MNE-RSA's peak (skipped where shared/real-data is absent)",
  async () => {
    // Only a slice of the recording is at hand. Its mask stands for the brain, for want of others also for the ventral
    // temporal mask and for the anatomy.
    const subject = join(folder, "real", "subj1");
    mkdirSync(subject, { recursive: true });
    copyFileSync(join(slice, "bold.nii.gz"), join(subject, "bold.nii.gz"));
    for (const name of ["mask_brain", "mask4_vt", "anat"])
      copyFileSync(join(slice, "mask.nii.gz"), join(subject, `${name}.nii.gz`));
    const labels = readFileSync(join(slice, "attributes_literal.txt"), "utf8");
    writeFileSync(join(subject, "labels.txt"), `labels chunks\n${labels}`);
    const data = join(folder, "real");
    const args = [`data=${data}`, "radiusMm=10", "oneSpace=false"].flatMap((p) => ["-p", p]);
    const { record } = await run("slice", ...args);
    const peak = record.results["highest score of category, all pairs"] as {
      score: number;
      voxel: number[];
    };
    expect(peak.voxel).toEqual([28, 14, 0]);
    expect(peak.score).toBeCloseTo(0.284925, 6);
    expect(Number(record.results["p of the distance by shuffling labels"])).toBeLessThan(0.01);
  },
  120_000,
);
