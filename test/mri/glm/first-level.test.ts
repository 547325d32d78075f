import { describe, expect, test } from "vitest";
import { readNifti } from "../../../src/io/nifti/index.ts";
import { firstLevel, type GlmRun } from "../../../src/mri/glm/index.ts";
import { voxelNumber } from "../../../src/mri/coordinates.ts";
import { fitGlm, fixedEffects } from "../../../src/stats/regression/index.ts";
import {
  largestDifference,
  numbersOf,
  type ReferenceArray,
} from "../../reference/read-reference.ts";
import { readCases } from "../../reference/glm/read.ts";
import { objectsMask, objectsRun } from "./objects.ts";

interface BetasCase {
  readonly name: string;
  readonly kind: "betas" | "lss";
  readonly bold: string;
  readonly voxels: readonly (readonly [number, number, number])[];
  readonly options: { readonly noise: "ols" | "ar1" };
  readonly expected: { readonly names: readonly string[]; readonly betas: ReferenceArray };
}

const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];

describe("betas as nilearn's FirstLevelModel on files", () => {
  test.each(readCases<BetasCase>("bids-betas").filter(({ kind }) => kind === "betas"))(
    "$name",
    async ({ bold, voxels, options, expected }) => {
      const run = await objectsRun(bold.includes("run-01") ? "01" : "02");
      const mask = await objectsMask();
      const model = await firstLevel(run, { mask, noise: options.noise, sliceTimeRef: 0.5, tr: 2 });
      expect(model.design.names).toEqual(expected.names);
      expect(model.voxels.length).toBe(404);
      const at = voxels.map((voxel) => model.voxels.indexOf(voxelNumber(model.grid.shape, voxel)));
      const found = expected.names.flatMap((_, c) =>
        at.map((v) => model.betas[0].data[c * 404 + v]),
      );
      // nilearn scales the integers of files in float32.
      expect(largestDifference(found, numbersOf(expected.betas))).toBeLessThan(1e-4);
    },
  );
});

/** A run of seeded noise with a response, in memory. */
function madeRun(seed: number, nVolumes = 50, nVoxels = 5): GlmRun & { readonly rows: number[][] } {
  const noise = (t: number, v: number): number =>
    Math.sin(seed + 12.9898 * t + 78.233 * v) * 43758.5453;
  const rows = Array.from({ length: nVolumes }, (_, t) =>
    Array.from({ length: nVoxels }, (_v, v) => {
      const own = noise(t, v);
      return 500 + 20 * v + 6 * (own - Math.floor(own)) + (t % 12 < 5 ? v : 0);
    }),
  );
  const data = Float64Array.from(
    { length: nVolumes * nVoxels },
    (_, at) => rows[at % nVolumes][Math.floor(at / nVolumes)],
  );
  return {
    image: { data, shape: [nVoxels, 1, 1, nVolumes], affine },
    events: { onset: [4, 20, 44, 68], duration: [5, 5, 5, 5], trial_type: ["a", "b", "a", "b"] },
    rows,
  };
}

const plain = ({ image, events }: ReturnType<typeof madeRun>): GlmRun => ({ image, events });

test("a contrast over runs is the fixed effect of fits of the same rows", async () => {
  const made = [madeRun(1), madeRun(2, 60)];
  const model = await firstLevel(made.map(plain), { tr: 2 });
  const runs = made.map(({ rows }, r) =>
    fitGlm(rows, model.designs[r], { noise: "ar1" }).contrast({ a: 1, b: -1 }),
  );
  const { result, name } = model.contrast({ a: 1, b: -1 });
  expect(name).toBe("a − b");
  expect(largestDifference(result.stat, fixedEffects(runs).stat)).toBeLessThan(1e-12);
  expect(result.dof).toBe(model.dofs[0] + model.dofs[1]);
  expect(model.contrast([{ a: 1 }, { b: 1 }]).result.kind).toBe("F");
  const map = model.contrast({ a: 1 }).map("effect");
  expect([map.shape, map.data[4]]).toEqual([
    [5, 1, 1],
    Math.fround(model.contrast({ a: 1 }).result.effect[4]),
  ]);
});

test("residuals are data less prediction, and whitened ones follow from them", async () => {
  const made = madeRun(3);
  const model = await firstLevel(plain(made), { tr: 2 });
  const fit = fitGlm(made.rows, model.design, { noise: "ar1" });
  const [raw] = await model.residuals({ whitened: false });
  const [white] = await model.residuals();
  expect(largestDifference(raw.data, fit.residuals().data)).toBeLessThan(1e-10);
  expect(largestDifference(white.data, fit.whitenedResiduals().data)).toBeLessThan(1e-10);
  expect([raw.shape, raw.dof]).toEqual([[50, 5], 50 - model.design.names.length]);
});

test("percent of the mean is the fit of the scaled signal; a voxel without a mean has none", async () => {
  const made = madeRun(4);
  const scaled = made.rows.map((row) =>
    row.map(
      (value, v) => 100 * (value / (made.rows.reduce((sum, other) => sum + other[v], 0) / 50) - 1),
    ),
  );
  const model = await firstLevel(plain(made), { tr: 2, signalScaling: "percent" });
  const fit = fitGlm(scaled, model.design, { noise: "ar1" });
  expect(largestDifference(model.betas[0].data, fit.betas.data)).toBeLessThan(1e-9);
  expect(largestDifference(model.variances[0], fit.variance)).toBeLessThan(1e-9);
  const [left] = await model.residuals({ whitened: false });
  expect(largestDifference(left.data, fit.residuals().data)).toBeLessThan(1e-9);
  const all = await firstLevel(plain(made), {
    tr: 2,
    signalScaling: "percent-of-all",
    noise: "ols",
  });
  const mean = made.rows.flat().reduce((sum, value) => sum + value, 0) / made.rows.flat().length;
  const rows = made.rows.map((row) => row.map((value) => 100 * (value / mean - 1)));
  const { betas } = fitGlm(rows, all.design);
  expect(largestDifference(all.betas[0].data, betas.data)).toBeLessThan(1e-9);
  const { image, events } = plain(made);
  const data = (image as { data: Float64Array }).data.map((value) => value - 600);
  const centred = { image: { data, shape: [5, 1, 1, 50], affine }, events };
  await expect(firstLevel(centred, { tr: 2, signalScaling: "percent" })).rejects.toThrow(
    /mean below 1/,
  );
});

test("censored volumes are left out of the fit and are no neighbours of those after them", async () => {
  const made = madeRun(5);
  const sampleMask = Array.from({ length: 50 }, (_, t) => t).filter((t) => t < 20 || t > 23);
  const model = await firstLevel({ ...plain(made), sampleMask }, { tr: 2, noise: "ols" });
  const design = { ...model.design.toTable().take(sampleMask) };
  expect(Object.keys(design).length).toBeGreaterThan(0);
  const rows = sampleMask.map((t) => made.rows[t]);
  const p = model.design.names.length;
  const kept = Float64Array.from(
    sampleMask.flatMap((t) => Array.from(model.design.data.slice(t * p, (t + 1) * p))),
  );
  const fit = fitGlm(rows, { data: kept, shape: [46, p] });
  expect(largestDifference(model.betas[0].data, fit.betas.data)).toBeLessThan(1e-10);
  expect(model.dofs[0]).toBe(46 - p);
  const ar = await firstLevel({ ...plain(made), sampleMask }, { tr: 2 });
  expect(largestDifference(ar.rhos[0], expectedRhos(fit.residuals().data, sampleMask, 5))).toBe(0);
});

/** Products of neighbours alone, over their number. */
function expectedRhos(left: Float64Array, kept: readonly number[], n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, v) => {
    let [squares, products, pairs] = [0, 0, 0];
    kept.forEach((volume, t) => {
      squares += left[t * n + v] ** 2;
      if (t === 0 || volume !== kept[t - 1] + 1) return;
      products += left[t * n + v] * left[(t - 1) * n + v];
      pairs++;
    });
    return Math.trunc((products / pairs / (squares / kept.length)) * 100) / 100 + 0;
  });
}

test("a voxel with a value that is not finite is NaN, and no other", async () => {
  const made = madeRun(6);
  const clean = await firstLevel(plain(made), { tr: 2 });
  const { image, events } = plain(made);
  const data = (image as { data: Float64Array }).data.slice();
  data[2 * 50 + 7] = NaN;
  const model = await firstLevel(
    { image: { data, shape: [5, 1, 1, 50], affine }, events },
    { tr: 2 },
  );
  const t = model.contrast({ a: 1 }).result.stat;
  const whole = clean.contrast({ a: 1 }).result.stat;
  expect(Array.from(t, Number.isNaN)).toEqual([false, false, true, false, false]);
  expect(
    largestDifference(
      t.filter((_, v) => v !== 2),
      whole.filter((_, v) => v !== 2),
    ),
  ).toBe(0);
});

test("patterns of conditions carry item and run", async () => {
  const model = await firstLevel([madeRun(7), madeRun(8)].map(plain), { tr: 2 });
  const patterns = model.patterns();
  expect(patterns.items).toEqual(["a", "b", "a", "b"]);
  expect(patterns.runs).toEqual(["1", "1", "2", "2"]);
  expect(Array.from(patterns.pattern(2))).toEqual(Array.from(model.betas[1].data.slice(0, 5)));
  expect(patterns.image().shape).toEqual([5, 1, 1, 4]);
});

test("the same of a file read a few volumes at a time", async () => {
  const run = await objectsRun("01");
  const image = await readNifti(run.image as URL);
  const whole = await firstLevel({ ...run, image }, { tr: 2 });
  const streamed = await firstLevel(run, { tr: 2 });
  expect(largestDifference(streamed.betas[0].data, whole.betas[0].data)).toBeLessThan(1e-12);
});

describe("refused", () => {
  const mask = (shape: number[], inside: number, shift = 0) => ({
    data: new Uint8Array(shape.reduce((product, n) => product * n, 1)).fill(inside),
    shape,
    affine: affine.map((row, i) => (i === 0 ? [...row.slice(0, 3), shift] : row)),
  });
  const run = plain(madeRun(9));
  test.each([
    ["a mask of another grid", { mask: mask([4, 1, 1], 1) }, /5 × 1 × 1.*4 × 1 × 1/],
    ["a mask that is shifted", { mask: mask([5, 1, 1], 1, 1) }, /1.00 mm/],
    ["an empty mask", { mask: mask([5, 1, 1], 0) }, /mask/],
    ["a TR in milliseconds", { tr: 2000 }, /2000.*seconds/],
  ])("%s", async (_, options, words) => {
    await expect(firstLevel(run, { tr: 2, ...options })).rejects.toThrow(words);
  });

  test("a TR that the file contradicts, and none at all", async () => {
    const image = {
      ...(run.image as object),
      zooms: [3, 3, 3, 2.5],
      units: { space: "mm", time: "s" },
    } as never;
    await expect(firstLevel({ ...run, image }, { tr: 2 })).rejects.toThrow(/2 s.*2.5 s/);
    expect((await firstLevel({ ...run, image })).design.frameTimesS[1]).toBe(2.5);
    await expect(firstLevel(run)).rejects.toThrow(/tr/);
  });

  test("volumes that are not there, and runs of other voxels", async () => {
    await expect(firstLevel({ ...run, sampleMask: [0, 1, 50] }, { tr: 2 })).rejects.toThrow(/49/);
    await expect(firstLevel({ ...run, sampleMask: [] }, { tr: 2 })).rejects.toThrow(/no volume/);
    const other = plain(madeRun(9, 50, 4));
    await expect(firstLevel([run, other], { tr: 2 })).rejects.toThrow(/run 2/);
  });
});
