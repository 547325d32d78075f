import { fc } from "../support/fast-check.ts";
import { expect, test } from "vitest";
import { gramRdm as byKernels } from "../../src/compute/gram-rdm.ts";
import { repairPairs } from "../../src/compute/exact-correlation.ts";
import { computeEngine } from "../../src/compute/compute-engine.ts";
import { setPath } from "../../src/compute/which-path.ts";
import { dissimilarities } from "../../src/rdm/metrics/index.ts";
import { directRdm, largestError, noise } from "./series.ts";

const metrics = ["correlation", "cosine", "sqeuclidean", "euclidean"] as const;

/** By the kernels where they can, as its callers do. */
async function gramRdm(...input: Parameters<typeof byKernels>): Promise<Float64Array> {
  const [data, n, k, metric] = input;
  return (await byKernels(...input)) ?? plainRdm(Float64Array.from(data), n, k, metric);
}

/** The same in plain code. */
function plainRdm(data: Float64Array, n: number, k: number, metric: (typeof metrics)[number]) {
  setPath("plain");
  try {
    return dissimilarities({ data, nItems: n, nFeatures: k }, metric, {});
  } finally {
    setPath("auto");
  }
}

/** Rows as windows of one sample and many channels. */
function direct(rows: Float64Array, n: number, k: number, metric: (typeof metrics)[number]) {
  return directRdm(rows, { nItems: n, nChannels: k, nSamples: 1, radius: 0, metric }, 0);
}

/** How large distances of `k` features around 1 are: rounding errors grow with them. */
function sizeOf(metric: (typeof metrics)[number], k: number): number {
  if (metric === "sqeuclidean") return k;
  return metric === "euclidean" ? Math.sqrt(k) : 1;
}

const anyShape = fc.record({
  n: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 31, max: 34 })),
  k: fc.oneof(
    fc.integer({ min: 1, max: 6 }),
    fc.constantFrom(255, 256, 257, 511, 2047, 2048, 2049, 4100),
  ),
  metric: fc.constantFrom(...metrics),
});

test("the kernels give the RDM of plain code, which is the direct one", async () => {
  await fc.assert(
    fc.asyncProperty(anyShape, fc.integer(), async ({ n, k, metric }, seed) => {
      const rows = noise(n * k, seed).map((value) => value + 0.3);
      const found = await gramRdm(rows, n, k, metric);
      const scale = sizeOf(metric, k);
      const plain = plainRdm(rows, n, k, metric);
      expect(largestError(found, plain)).toBeLessThan(1e-13 * scale);
      expect(largestError(found, direct(rows, n, k, metric))).toBeLessThan(1e-12 * scale);
    }),
    { numRuns: 60 },
  );
});

test("many groups of features and any number of threads give the same RDM", async () => {
  const [n, k] = [150, 40_000];
  const rows = noise(n * k, 3);
  await (await computeEngine.pool())?.ready(2);
  const expected = await gramRdm(rows, n, k, "correlation", { jobs: 1 });
  for (const jobs of [2, 3]) {
    expect(await gramRdm(rows, n, k, "correlation", { jobs })).toEqual(expected);
  }
  const two = direct(rows.subarray(0, 2 * k), 2, k, "correlation");
  expect(Math.abs(expected[0] - two[0])).toBeLessThan(1e-12);
});

test("whole numbers from 0 to 255 are multiplied exactly, as integers", async () => {
  await fc.assert(
    fc.asyncProperty(anyShape, fc.integer(), async ({ n, k, metric }, seed) => {
      const rows = noise(n * k, seed).map((value) => Math.floor((value + 1) * 128));
      const found = await gramRdm(rows, n, k, metric);
      const scale = metric === "sqeuclidean" ? 255 * 255 * k : metric === "euclidean" ? 255 * k : 1;
      expect(largestError(found, direct(rows, n, k, metric))).toBeLessThan(1e-12 * scale);
    }),
    { numRuns: 60 },
  );
});

test("the largest numbers in the longest chunk do not overflow", async () => {
  const rows = new Float64Array(2 * 2048).fill(255);
  rows[0] = 254;
  const [found] = await gramRdm(rows, 2, 2048, "cosine");
  expect(Math.abs(found - direct(rows, 2, 2048, "cosine")[0])).toBeLessThan(1e-12);
});

test("constant, almost constant and far items are NaN, exact and exact", async () => {
  const [n, k] = [6, 300];
  const rows = noise(n * k, 4);
  rows.fill(0.1, 0, k);
  for (let f = 0; f < k; f++) rows[k + f] = 1e6 + rows[k + f];
  rows.fill(2, 2 * k, 3 * k);
  rows[2 * k + 1] = 3;
  const rdm = await gramRdm(rows, n, k, "correlation");
  expect([...rdm.subarray(0, 5)].every(Number.isNaN)).toBe(true);
  expect(largestError(rdm, direct(rows, n, k, "correlation"))).toBeLessThan(1e-12);
});

test("NaN and infinity stay in their pairs", async () => {
  for (const value of [NaN, Infinity]) {
    for (const metric of metrics) {
      const rows = noise(7 * 30, 4);
      rows[40] = value;
      expect(
        largestError(await gramRdm(rows, 7, 30, metric), direct(rows, 7, 30, metric)),
      ).toBeLessThan(1e-12);
    }
  }
});

test("an item and its copy are at distance 0", async () => {
  for (const metric of metrics) {
    const rows = noise(9 * 700, 8);
    rows.copyWithin(6 * 700, 0, 700);
    expect((await gramRdm(rows, 9, 700, metric))[5]).toBe(0);
  }
});

test("a wrong shape is refused", async () => {
  await expect(gramRdm(noise(10), 3, 4, "correlation")).rejects.toThrow(/3 items × 4 features/);
  await expect(gramRdm(noise(10), 0, 4, "correlation")).rejects.toThrow(/invalid n/);
});

test("what the kernels cannot do on threads is left to plain code", async () => {
  const rows = noise(30, 4);
  for (const size of [1e-150, 1e150]) {
    const large = rows.map((value) => value * size);
    expect(await byKernels(large, 6, 5, "cosine")).toBeUndefined();
  }
  expect(await byKernels(new Float64Array(48_000), 24_000, 2, "cosine")).toBeUndefined();
  setPath("plain");
  expect(await byKernels(rows, 6, 5, "cosine")).toBeUndefined();
  setPath("auto");
});

test("an RDM of which every item has lost digits is computed afresh, and right", async () => {
  // The few features that are looked at for a typical value are 0, all others far from it.
  const [n, k] = [9, 9600];
  const rows = noise(n * k, 6).map((value, at) => (at % 640 === 0 ? 0 : value + 1e4));
  const found = await gramRdm(rows, n, k, "correlation");
  expect(largestError(found, direct(rows, n, k, "correlation"))).toBeLessThan(1e-12);
});

test("each pattern that is needed anew is taken once, and each pair written once", () => {
  const taken: number[] = [];
  const pairs: string[] = [];
  repairPairs(
    6,
    (item) => item !== 2,
    (item) => {
      taken.push(item);
      return noise(4, item + 1);
    },
    (i, j) => pairs.push(`${i} ${j}`),
  );
  expect(taken.sort()).toEqual([0, 1, 2, 3, 4, 5]);
  expect(new Set(pairs).size).toBe(15);
  expect(pairs.length).toBe(15);
});
