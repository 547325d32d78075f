import { expect, test } from "vitest";
import { random } from "../../../src/core/random.ts";
import { makeMask, rdmNifti, readAtlas, rsaAtlas, trialBetas } from "../../../src/mri/index.ts";
import { Rdm } from "../../../src/rdm/rdm.ts";

const quiet = { onProgress: false } as const;
const shape = [6, 4, 2] as const;
const affine = [
  [2, 0, 0, 0],
  [0, 2, 0, 0],
  [0, 0, 2, 0],
  [0, 0, 0, 1],
];
const nVoxels = 48;
const nVolumes = 60;

/** A run of noise that neighbours share, with other events in each. */
function runOf(seed: number) {
  const draw = random(seed);
  const data = new Float64Array(nVoxels * nVolumes);
  for (let t = 0; t < nVolumes; t++) {
    const shared = draw.normal();
    for (let v = 0; v < nVoxels; v++)
      data[v * nVolumes + t] = 100 + draw.normal() * (1 + (v % 3)) + (v < 24 ? shared : 0);
  }
  const names = Array.from(draw.permutation(6), (at) => "abc"[at % 3]);
  return {
    image: { data, shape: [...shape, nVolumes], affine },
    events: {
      onset: names.map((_, k) => 6 + 18 * k),
      duration: names.map(() => 1),
      trial_type: names,
    },
    name: String(seed),
  };
}

test("crossnobis of a region is that of its voxels alone, with their own noise, per run or of all", async () => {
  const betas = await trialBetas([runOf(1), runOf(2), runOf(3)], { tr: 2, ...quiet });
  const residuals = await betas.residuals(quiet);
  const labels = Int32Array.from({ length: nVoxels }, (_, v) => (v < 24 ? 1 : v < 40 ? 2 : 0));
  const atlas = await readAtlas({ data: labels, shape, affine }, { names: { 1: "A", 2: "B" } });
  const model = new Rdm([1, 0.2, 0.5], { items: ["a", "b", "c"], name: "idea" });
  const seen: number[][] = [];
  for (const perRun of [false, true]) {
    const how = {
      ...{ labels: betas.items, folds: betas.runs, metric: "crossnobis" as const },
      ...{ noise: { residuals, perRun }, onProgress: false as const },
    };
    const { rdms } = await rsaAtlas(betas, atlas, model, how);
    for (const [at, label] of [1, 2].entries()) {
      const data = labels.map((one) => (one === label ? 1 : 0));
      const brainMask = makeMask({ data, shape, affine });
      const alone = (await rdmNifti(betas, { ...how, brainMask })).first();
      const found = Array.from(rdms[at].condensed);
      expect(rdms[at].items).toEqual(alone.items);
      found.forEach((value, k) => expect(value).toBeCloseTo(alone.condensed[k], 10));
      seen.push(found);
    }
  }
  expect(seen[0]).not.toEqual(seen[2]);
});
