import { afterEach, expect, test } from "vitest";
import { computeEngine } from "../../../src/compute/compute-engine.ts";
import { noisyDistances } from "../../../src/compute/noisy-patches.ts";
import { setPath } from "../../../src/compute/which-path.ts";
import { Cancelled } from "../../../src/core/errors.ts";
import { SeriesNoise } from "../../../src/searchlight/noise/series-noise.ts";
import { noisyRdms } from "../../../src/searchlight/noise/noisy-rdms.ts";
import { patchRdm } from "../../../src/searchlight/patch-rdm.ts";
import { patchRdms } from "../../../src/searchlight/patch-rdms.ts";
import type { PatchMetricOptions } from "../../../src/searchlight/patch-metric.ts";
import type { PatchedPatterns } from "../../../src/searchlight/patched-patterns.ts";
import { searchlightPatches } from "../../../src/searchlight/searchlight-patches.ts";
import type { CovarianceMethod } from "../../../src/stats/covariance/index.ts";
import { random } from "../../../src/stats/random.ts";
import { largestDifference } from "../../reference/read-reference.ts";

afterEach(() => setPath("auto"));

interface Situation {
  readonly nItems?: number;
  readonly nFolds?: number;
  readonly nVoxels?: number;
  readonly nRows?: number;
  readonly method?: CovarianceMethod;
  readonly lists?: readonly (readonly number[])[];
  readonly counts?: Float64Array;
  /** Rows (fold · nItems + item) without a pattern. */
  readonly missing?: readonly number[];
  readonly flat?: readonly number[];
  readonly seed?: number;
  readonly perRun?: boolean;
}

/** Patches of neighbours on a line, of 1 to 9 voxels. */
function alongALine(nVoxels: number): number[][] {
  return Array.from({ length: nVoxels }, (_, centre) =>
    Array.from({ length: nVoxels }, (_v, v) => v).filter((v) => Math.abs(v - centre) <= centre % 5),
  );
}

function situation({
  nItems = 5,
  nFolds = 3,
  nVoxels = 23,
  nRows = 17,
  method = "shrunk-to-diagonal",
  lists = alongALine(nVoxels),
  counts,
  missing = [],
  flat = [],
  seed = 3,
  perRun = false,
}: Situation): PatchedPatterns {
  const draw = random(seed);
  const data = Float64Array.from({ length: nFolds * nItems * nVoxels }, () => 9 + draw.normal());
  for (const row of missing) data.fill(NaN, row * nVoxels, (row + 1) * nVoxels);
  const runs = Array.from({ length: nFolds }, (_, run) => {
    const rows = Float64Array.from({ length: nRows * nVoxels }, () => 40 * draw.normal());
    for (let at = 0; at < rows.length; at++) {
      if (at % nVoxels > 0) rows[at] += 0.8 * rows[at - 1];
      if (flat.includes(at % nVoxels)) rows[at] = 0;
    }
    return { name: String(run), rows, n: nRows, p: nVoxels, dof: nRows - 3, voxels: undefined };
  });
  const columns = Int32Array.from({ length: nVoxels }, (_, v) => v);
  return {
    ...{ data, shape: [nItems, nVoxels], nFolds, counts },
    patches: searchlightPatches({ nSeries: nVoxels }, { patches: lists }),
    noise: new SeriesNoise(runs, columns, method, perRun),
  };
}

async function all(
  patched: PatchedPatterns,
  options: PatchMetricOptions,
  jobs = 1,
): Promise<Float64Array[]> {
  const rdms: Float64Array[] = [];
  for await (const rdm of patchRdms(patched, options, { jobs })) rdms.push(rdm);
  return rdms;
}

function expectPlain(
  patched: PatchedPatterns,
  rdms: readonly Float64Array[],
  options: PatchMetricOptions,
) {
  expect(rdms.length).toBe(patched.patches.length);
  rdms.forEach((rdm, at) => {
    const plain = patchRdm(patched, at, options);
    expect(Array.from(rdm, Number.isNaN)).toEqual(Array.from(plain, Number.isNaN));
    const known = (values: Float64Array) => values.filter((value) => !Number.isNaN(value));
    expect(largestDifference(known(rdm), known(plain))).toBeLessThan(1e-13);
  });
}

const few = [1, 1, 2, 2, 1, 1, 3, 1, 1, 2, 2, 2, 1, 1, 1];

test.each<[string, Situation, PatchMetricOptions]>([
  ["complete runs", {}, { metric: "crossnobis" }],
  ["an even number of rows, items to a tile", { nRows: 16, nItems: 8 }, { metric: "crossnobis" }],
  ["two items of two runs", { nItems: 2, nFolds: 2 }, { metric: "crossnobis" }],
  ["one item", { nItems: 1 }, { metric: "crossnobis" }],
  ["unequal counts", { counts: Float64Array.from(few) }, { metric: "crossnobis" }],
  ["items that runs lack", { missing: [1, 9, 12] }, { metric: "crossnobis" }],
  ["an item of one run, one of none", { missing: [1, 6, 4, 9, 14] }, { metric: "crossnobis" }],
  ["a run without items", { missing: [5, 6, 7, 8, 9] }, { metric: "crossnobis" }],
  ["voxels without noise", { flat: [0, 7, 8, 22] }, { metric: "crossnobis" }],
  ["no noise at all", { flat: Array.from({ length: 23 }, (_, v) => v) }, { metric: "crossnobis" }],
  ["the sample covariance", { method: "full" }, { metric: "crossnobis" }],
  ["roots", {}, { metric: "crossnobis", squareRoot: true }],
  ["mahalanobis of folds", {}, { metric: "mahalanobis" }],
  ["mahalanobis", { nFolds: 1 }, { metric: "mahalanobis" }],
  ["mahalanobis, an item missing", { nFolds: 1, missing: [3] }, { metric: "mahalanobis" }],
  ["lists that do not ascend", { lists: [[4, 1, 2], [9, 3], [3], [1, 4, 9, 2, 0]] }, { metric: "crossnobis" }],
])("%s: as patch by patch", async (_, one, options) => {
  const patched = situation(one);
  expect(noisyRdms(patched, options, {})).toBeDefined();
  expectPlain(patched, await all(patched, options), options);
}); // prettier-ignore

test.each<[string, Situation]>([
  ["other covariances", { method: "shrunk-to-identity" }],
  ["variances alone", { method: "diagonal" }],
  ["a single patch", { lists: [[0, 1, 2]] }],
])("%s go patch by patch", async (_, one) => {
  const patched = situation(one);
  expect(noisyRdms(patched, { metric: "crossnobis" }, {})).toBeUndefined();
  expectPlain(patched, await all(patched, { metric: "crossnobis" }), { metric: "crossnobis" });
});

test("a pattern that lacks some voxels makes its pairs NaN in patches with them, wherever they stand in it", async () => {
  const patched = situation({});
  patched.data[(1 * 5 + 2) * 23 + 10] = NaN;
  const rdms = await all(patched, { metric: "crossnobis" });
  rdms.forEach((rdm, patch) => {
    const touched = patched.patches.at(patch).series?.includes(10) === true;
    // Alone it is all that the patch has of the item: it counts as missing in that run.
    const alone = patched.patches.at(patch).series?.length === 1;
    const pairs = touched && !alone ? [1, 4, 7, 8] : [];
    expect([...rdm.keys()].filter((pair) => Number.isNaN(rdm[pair]))).toEqual(pairs);
  });
});

test("the same bits on any number of threads, and for a patch wherever it stands", async () => {
  const nVoxels = 200;
  const lists = Array.from({ length: 1200 }, (_, k) =>
    Array.from({ length: 9 }, (_v, v) => ((k % 190) + v) % nVoxels),
  );
  const options = { metric: "crossnobis" } as const;
  const alone = await all(situation({ nVoxels, nRows: 40, lists }), options);
  await (await computeEngine.pool())?.ready(2);
  const together = await all(situation({ nVoxels, nRows: 40, lists }), options, 3);
  expect(bytesOf(together).equals(bytesOf(alone))).toBe(true);
  const turned = await all(situation({ nVoxels, nRows: 40, lists: lists.toReversed() }), options);
  expect(bytesOf(turned.reverse()).equals(bytesOf(alone))).toBe(true);
});

test("too few residuals for so many voxels are refused, as by the plain walk", async () => {
  const lists = [0, 1].map(() => Array.from({ length: 23 }, (_, v) => v));
  const patched = situation({ nRows: 5, nFolds: 2, method: "full", lists });
  await expect(all(patched, { metric: "crossnobis" })).rejects.toThrow(/23 voxels that is not positive definite/);
  setPath("plain");
  await expect(all(patched, { metric: "crossnobis" })).rejects.toThrow(/23 voxels that is not positive definite/);
}); // prettier-ignore

test("Stop ends it", async () => {
  const rdms = patchRdms(situation({}), { metric: "crossnobis" }, { signal: AbortSignal.abort() });
  await expect(rdms.next()).rejects.toThrow(Cancelled);
});

function bytesOf(rdms: readonly Float64Array[]): Buffer {
  return Buffer.concat(rdms.map(({ buffer }) => new Uint8Array(buffer)));
}

test("the same bits however few voxels are in memory at a time, less than one patch has, too", async () => {
  const draw = random(8);
  const [nVoxels, nRows, nItems, nFolds] = [30, 12, 3, 2];
  const made = (n: number) => Float64Array.from({ length: n }, () => draw.normal());
  const patches = {
    ...{ nItems, nFolds, nVoxels, nRows, nPatches: 26, dof: 10, shrunk: true },
    residuals: made(nVoxels * nRows),
    scales: new Float64Array(nVoxels).fill(1),
    patterns: made(nFolds * nItems * nVoxels),
    offset: () => 0,
    weights: Float64Array.of(0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0),
    known: new Float64Array(6).fill(1),
    voxelsOf: (patch: number) => [0, 1, 2, 3, 4].map((k) => patch + k),
  };
  const inBatches = async (mostNumbers?: number): Promise<Buffer> => {
    const sums: Float64Array[] = [];
    for await (const found of noisyDistances(patches, { jobs: 1 }, undefined, mostNumbers))
      sums.push(found.sums);
    return bytesOf(sums);
  };
  const whole = await inBatches();
  expect(whole.length).toBe(26 * 3 * 8);
  for (const voxels of [9, 5, 1]) expect((await inBatches(voxels * 18)).equals(whole)).toBe(true);
});

test.each<[string, Situation]>([
  ["complete runs", {}],
  ["runs of unequal counts", { counts: Float64Array.from(few) }],
  ["items that runs lack", { missing: [1, 9, 12] }],
  ["the sample covariance", { method: "full" }],
  ["a covariance for each run", { perRun: true, nRows: 30 }],
  ["variances alone", { method: "diagonal" }],
])("without effects crossnobis is 0 on average: %s", async (_, one) => {
  // Of each repeat the mean over pairs in one patch: they are independent of each other.
  const lists = [[2, 3, 4, 5], [10, 11]];
  const means: number[] = [];
  for (let seed = 1; seed <= 300; seed++) {
    const [rdm] = await all(situation({ ...one, lists, seed }), { metric: "crossnobis" });
    means.push(rdm.reduce((sum, d) => sum + d / rdm.length, 0));
  }
  const mean = means.reduce((sum, value) => sum + value / 300, 0);
  const variance = means.reduce((sum, value) => sum + (value - mean) ** 2 / 299, 0);
  expect(Math.abs(mean)).toBeLessThan(3 * Math.sqrt(variance / 300));
  const [biased] = await all(situation({ ...one, lists, nFolds: 1, counts: undefined, missing: [], perRun: false }), { metric: "mahalanobis" });
  expect(biased.every((d) => d > 0)).toBe(true);
}); // prettier-ignore
