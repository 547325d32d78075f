import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  crossValidateRidge,
  leaveOneRunOut,
  NiftiMasker,
  pairRuns,
  random,
  readNifti,
  writeNifti,
  writeNpy,
} from "../../src/index.ts";
import { tsrsa } from "./tsrsa.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-encode-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const affine = [[3, 0, 0, -6], [0, 3, 0, 9], [0, 0, 3, 0], [0, 0, 0, 1]]; // prettier-ignore
const shape = [3, 2, 2];
const lengths = [24, 20, 22];
const { normal } = random(1);
const stimuli = lengths.map((n) => Array.from({ length: n }, () => [normal(), normal(), normal()]));
const runs = lengths.map((n) => at(`run${n}.nii.gz`));

/** Voxel (i, j, k) follows feature i two volumes later; voxel (2, 1, 1) is constant. */
function imageOf(run: number[][]) {
  const n = run.length;
  const data = Float64Array.from({ length: 12 * n }, (_, place) => {
    const [voxel, t] = [Math.floor(place / n), place % n];
    if (voxel === 11) return 7;
    return 100 + (t < 2 ? 0 : run[t - 2][Math.floor(voxel / 4)]) + 0.5 * normal();
  });
  return { data, shape: [...shape, n], affine };
}

beforeAll(async () => {
  for (const [i, run] of stimuli.entries()) {
    await writeNifti(runs[i], imageOf(run));
    await writeNpy(at(`s${i}.npy`), {
      data: Float64Array.from(run.flat()),
      shape: [run.length, 3],
    });
  }
  const all = Float64Array.from(stimuli.flat(2));
  await writeNpy(at("all.npy"), { data: all, shape: [all.length / 3, 3] });
  const mask = Uint8Array.from({ length: 12 }, (_, voxel) => (voxel === 0 ? 0 : 1));
  await writeNifti(at("mask.nii.gz"), { data: mask, shape, affine }, { datatype: "uint8" });
});

const common = () => ["--mask", at("mask.nii.gz"), "--delay", "2", "--out", at("map.nii.gz")];

async function expected(options: {
  alpha: number | number[];
  era: "seed" | "0.13";
  byRun: boolean;
}) {
  const masker = new NiftiMasker(await readNifti(at("mask.nii.gz")), {
    detrend: true,
    standardize: options.era,
  });
  const masked = await masker.transformRuns(runs, { onProgress: false });
  const paired = pairRuns(stimuli, masked, { delayVolumes: 2 });
  const folds = options.byRun ? leaveOneRunOut(paired.runs) : 4;
  const how = { alpha: options.alpha, folds, onProgress: false } as const;
  const { meanR2 } = await crossValidateRidge(paired.stimuli, paired.responses, how);
  return masker.inverseTransform(meanR2);
}

describe("tsrsa encode", () => {
  test("writes the map of the functions it calls, and tells its peak", async () => {
    const args = ["--stimuli", at("all.npy"), "--alpha", "10", "--folds", "4", "--json"];
    const { code, stdout } = await tsrsa(["encode", ...runs, ...args, ...common()]);
    expect(code).toBe(0);
    const map = await readNifti(at("map.nii.gz"));
    const own = await expected({ alpha: 10, era: "seed", byRun: false });
    expect(map.shape).toEqual(shape);
    expect(map.affine).toEqual(affine);
    expect(Array.from(map.data)).toEqual(Array.from(own.data, Math.fround));
    const printed = JSON.parse(stdout) as {
      peak: { r2: number; voxel: number[] };
      flatVoxels: number;
      nVolumes: number;
    };
    expect(printed).toMatchObject({
      nVoxels: 11,
      nVolumes: 60,
      nFeatures: 3,
      nFolds: 4,
      flatVoxels: 1,
    });
    const [i, j, k] = printed.peak.voxel;
    expect(map.data[(i * 2 + j) * 2 + k]).toBe(
      Math.max(...Array.from(map.data).filter(Number.isFinite)),
    );
    expect(printed.peak.r2).toBeGreaterThan(0.5);
  });

  test("a file of stimuli a run, penalties to choose among, runs left out, another era", async () => {
    const files = stimuli.map((_, i) => at(`s${i}.npy`));
    const options = ["--alpha", "1,10,100", "--folds", "runs", "--standardize", "0.13"];
    const { code, stdout } = await tsrsa([
      "encode",
      ...runs,
      "--stimuli",
      ...files,
      ...options,
      ...common(),
    ]);
    expect(code).toBe(0);
    const own = await expected({ alpha: [1, 10, 100], era: "0.13", byRun: true });
    const { data } = await readNifti(at("map.nii.gz"));
    expect(Array.from(data)).toEqual(Array.from(own.data, Math.fround));
    expect(stdout).toMatch(
      /1 voxels are constant.*\nhighest R² 0\.\d{4} in voxel .*\n.*11 voxels, 60 volumes, 3 features, 3 folds/,
    );
  });

  test("stimuli that do not match the volumes", async () => {
    const run = await tsrsa(["encode", runs[0], runs[1], "--stimuli", at("all.npy"), ...common()]);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/44 rows of stimuli.*2 runs, found 66/);
  });

  test("wrong usage", async () => {
    const stimuli = ["--stimuli", at("all.npy")];
    const era = await tsrsa(["encode", ...runs, ...stimuli, "--standardize", "zscor", ...common()]);
    expect([era.code, /did you mean zscore/.test(era.stderr)]).toEqual([2, true]);
    const folds = await tsrsa(["encode", ...runs, ...stimuli, "--folds", "many", ...common()]);
    expect([folds.code, /--folds takes a number/.test(folds.stderr)]).toEqual([2, true]);
  });
});
