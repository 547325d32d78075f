import { expect, test } from "vitest";
import { random } from "../../../src/stats/random.ts";
import { rdmNifti } from "../../../src/mri/rdm-nifti.ts";
import { rsaNifti } from "../../../src/mri/rsa-nifti.ts";
import { Rdm } from "../../../src/rdm/rdm.ts";
import { spearman } from "../../../src/stats/spearman.ts";
import { largestDifference } from "../../reference/read-reference.ts";

const affine = [
  [3, 0, 0, 0],
  [0, 2.5, 0, 0],
  [0, 0, 4, 0],
  [0, 0, 0, 1],
];
const shape = [5, 4, 6];
const nVoxels = 120;
const items = ["a", "b", "c", "d"];
const runs = ["1", "2", "3"];

/** Normal noise in which neighbours are alike. */
function noiseRows(n: number, seed: number): Float64Array[] {
  const draw = random(seed);
  return Array.from({ length: n }, () => {
    const row = Float64Array.from({ length: nVoxels }, () => draw.normal());
    return row.map((value, v) => value + 0.6 * row[(v + 1) % nVoxels]);
  });
}

function imageOf(rows: readonly Float64Array[]) {
  const n = rows.length;
  const data = Float64Array.from(
    { length: n * nVoxels },
    (_, at) => rows[at % n][Math.floor(at / n)],
  );
  return { data, shape: [...shape, n], affine };
}

const image = imageOf(noiseRows(12, 1));
const labels = runs.flatMap(() => items);
const folds = runs.flatMap((run) => items.map(() => run));
const residuals = runs.map((run, r) => ({
  data: Float64Array.from(noiseRows(40, 10 + r).flatMap((row) => [...row])),
  shape: [40, nVoxels],
  run,
  dof: 36,
}));
const options = { labels, folds, metric: "crossnobis", noise: { residuals } } as const;

test("sums over pairs that spheres share give what each sphere gives alone", async () => {
  const spheres = await rdmNifti(image, { ...options, radiusMm: 6 });
  const lists: number[][] = [];
  for (const rdm of spheres) {
    const { i, j, k } = rdm.meta as Record<string, number>;
    const near = Array.from({ length: nVoxels }, (_, v) => v).filter((v) => {
      const [x, y, z] = [Math.floor(v / 24) - i, (Math.floor(v / 6) % 4) - j, (v % 6) - k];
      return Math.hypot(3 * x, 2.5 * y, 4 * z) < 6;
    });
    const centre = i * 24 + j * 6 + k;
    lists.push([centre, ...near.filter((v) => v !== centre)]);
  }
  const alone = await rdmNifti(image, { ...options, patches: lists });
  expect(alone.length).toBe(nVoxels);
  for (let at = 0; at < nVoxels; at++)
    expect(largestDifference(spheres.at(at).condensed, alone.at(at).condensed)).toBeLessThan(1e-10);
  // Out of order too, after what was shared is forgotten.
  expect(largestDifference(spheres.at(3).condensed, alone.at(3).condensed)).toBeLessThan(1e-10);
});

test("scores of rsaNifti are those of the spheres' RDMs", async () => {
  const model = new Rdm([1, 2, 3, 4, 5, 6], { items, name: "m" });
  const maps = await rsaNifti(image, model, { ...options, radiusMm: 6, onProgress: false });
  const rdms = await rdmNifti(image, { ...options, radiusMm: 6 });
  const expected = Array.from(rdms, (rdm) => spearman(rdm.condensed, model.condensed));
  expect(largestDifference(maps.scores, expected)).toBeLessThan(1e-12);
});

test("without effects crossnobis is 0 on average, which the distance of means is not", async () => {
  const sums = [0, 0];
  const all: number[] = [];
  for (let repeat = 0; repeat < 60; repeat++) {
    const made = imageOf(noiseRows(12, 1000 + repeat));
    const left = runs.map((run, r) => ({
      data: Float64Array.from(noiseRows(30, 5000 + 10 * repeat + r).flatMap((row) => [...row])),
      shape: [30, nVoxels],
      run,
    }));
    const noise = { residuals: left };
    const cross = (
      await rdmNifti(made, { ...options, noise, patches: [[0, 1, 2, 6, 7, 24]] })
    ).first();
    all.push(...cross.condensed);
    sums[0] += cross.condensed.reduce((sum, d) => sum + d / 6, 0) / 60;
    const plain = { labels, metric: "mahalanobis", noise, patches: [[0, 1, 2, 6, 7, 24]] } as const;
    const means = (await rdmNifti(made, plain)).first();
    sums[1] += means.condensed.reduce((sum, d) => sum + d ** 2 / 36, 0) / 60;
  }
  const sd = Math.sqrt(all.reduce((sum, d) => sum + d * d, 0) / all.length);
  // 60 independent simulations of pairs that share items.
  expect(Math.abs(sums[0])).toBeLessThan((3 * sd) / Math.sqrt(60));
  expect(sums[1]).toBeGreaterThan(0.5);
});

test("an effect comes out at its size in units of the noise when the precision is known", async () => {
  const rows = noiseRows(12, 3).map((row, at) =>
    row.map((value, v) => 0.01 * value + (at % 4 === 0 && v < 4 ? 2 : 0)),
  );
  const white = runs.map((run, r) => {
    const draw = random(70 + r);
    return {
      data: Float64Array.from({ length: 4000 * 4 }, () => draw.normal()),
      shape: [4000, 4],
      run,
    };
  });
  const small = {
    data: Float64Array.from({ length: 48 }, (_, at) => rows[at % 12][Math.floor(at / 12)]),
    shape: [4, 1, 1, 12],
    affine,
  };
  const rdm = (await rdmNifti(small, { ...options, noise: { residuals: white } })).first();
  // (2² + 2² + 2² + 2²) / 4 voxels.
  expect(rdm.between("a", "b")).toBeCloseTo(4, 0);
  expect(Math.abs(rdm.between("b", "c"))).toBeLessThan(0.01);
});

test("a voxel without noise is no measurement: it is left out of its patches", async () => {
  const flat = residuals.map((run) => ({
    ...run,
    data: run.data.map((value, at) => (at % nVoxels === 2 ? 7 : value)),
  }));
  const patches = [[0, 1, 2, 6, 7]];
  const without = await rdmNifti(image, { ...options, patches: [[0, 1, 6, 7]] });
  const found = await rdmNifti(image, { ...options, noise: { residuals: flat }, patches });
  expect(largestDifference(found.first().condensed, without.first().condensed)).toBeLessThan(1e-12);
});

test("an item that one run lacks costs its pairs that run alone; one in a single run is NaN", async () => {
  const volumes = labels.map((_, at) => at).filter((at) => at !== 3);
  const some = (await rdmNifti(image, { ...options, volumes, patches: [[0, 1, 2]] })).first();
  expect(some.condensed.every(Number.isFinite)).toBe(true);
  const once = volumes.filter((at) => at !== 7);
  const rdm = (await rdmNifti(image, { ...options, volumes: once, patches: [[0, 1, 2]] })).first();
  expect([rdm.between("a", "d"), Number.isFinite(rdm.between("a", "b"))]).toEqual([NaN, true]);
});

test.each([
  ["another metric", { metric: "correlation" }, /crossnobis.*mahalanobis/],
  ["a precision beside it", { VI: [[1]] }, /VI/],
  ["runs that do not fit", { noise: { residuals: residuals.slice(0, 2) } }, /3 runs.*2/],
  [
    "other voxels",
    {
      noise: {
        residuals: residuals.map((r) => ({
          ...r,
          data: r.data.slice(0, 40 * 119),
          shape: [40, 119],
        })),
      },
    },
    /120.*119/,
  ],
  [
    "no degrees of freedom",
    { noise: { residuals: residuals.map((r) => ({ ...r, dof: 0 })) } },
    /dof.*rank 120/,
  ],
  ["one run", { folds: undefined }, /folds/],
  [
    "a full covariance of more voxels than rows",
    {
      noise: {
        residuals: residuals.map((r) => ({
          ...r,
          data: r.data.slice(0, 2 * nVoxels),
          shape: [2, nVoxels],
          dof: 1,
        })),
        method: "full",
      },
    },
    /shrunk-to-diagonal/,
  ],
])("refused: %s", async (_, more, words) => {
  const run = async () => (await rdmNifti(image, { ...options, ...(more as object) })).first();
  await expect(run()).rejects.toThrow(words);
});

test("spheres one by one on any number of threads are those of a list, to the bit", async () => {
  const spheres = await rdmNifti(image, { ...options, radiusMm: 6 });
  const list = await spheres.toArray({ jobs: 1, onProgress: false });
  for (const jobs of [1, 2, 3]) {
    let at = 0;
    for await (const { condensed, name, meta } of spheres.each({ jobs })) {
      expect(condensed).toEqual(list[at].condensed);
      expect([name, meta]).toEqual([list[at].name, list[at].meta]);
      expect(largestDifference(condensed, spheres.at(at++).condensed)).toBeLessThan(1e-12);
    }
    expect(at).toBe(spheres.length);
  }
  const names: (string | undefined)[] = [];
  for await (const { name } of spheres) names.push(name);
  expect(names).toEqual(list.map(({ name }) => name));
  const stopped = spheres.each({ signal: AbortSignal.abort() }).next();
  await expect(stopped).rejects.toMatchObject({ code: "CANCELLED" });
});
