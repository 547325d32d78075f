import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import {
  patchProducts,
  patchTaus,
  type PatchFolds,
  type PatchSeries,
} from "../../src/compute/patch-scores.ts";
import { computeEngine, type ComputeEngine } from "../../src/compute/compute-engine.ts";
import { averageRanks } from "../../src/compute/average-ranks.ts";
import { setPath } from "../../src/compute/which-path.ts";
import { computeRdmCv } from "../../src/rdm/compute-rdm-cv.ts";
import { computeRdm } from "../../src/rdm/index.ts";
import { kendallTauA } from "../../src/stats/kendall-tau-a.ts";
import { largestError, noise } from "./series.ts";

const metrics = ["correlation", "cosine", "sqeuclidean", "euclidean"] as const;

/** Patches that share voxels with their neighbours, with a few that do not and some that are odd. */
const anyPatches = fc.record({
  nItems: fc.oneof(fc.integer({ min: 2, max: 13 }), fc.integer({ min: 30, max: 37 })),
  nVoxels: fc.integer({ min: 1, max: 90 }),
  nPatches: fc.integer({ min: 0, max: 90 }),
  width: fc.integer({ min: 0, max: 40 }),
  metric: fc.constantFrom(...metrics),
  odd: fc.array(fc.array(fc.nat(89), { maxLength: 9 }), { maxLength: 3 }),
  folds: fc.option(
    fc.record({
      nFolds: fc.integer({ min: 2, max: 4 }),
      regVar: fc.constantFrom(0, 0.1),
      regDenom: fc.constantFrom(0, 0.25),
      bounded: fc.boolean(),
      squareRoot: fc.boolean(),
    }),
    { nil: undefined },
  ),
});

function seriesOf(shape: {
  nItems: number;
  nVoxels: number;
  nPatches: number;
  width: number;
  metric: (typeof metrics)[number];
  odd: number[][];
  folds?: PatchFolds | undefined;
}): PatchSeries {
  const { nVoxels, nPatches, width, odd } = shape;
  const lists = Array.from({ length: nPatches }, (_, patch) => {
    const list = odd[patch % 17];
    if (list !== undefined && patch > 20) return list.filter((v) => v < nVoxels);
    const from = patch % nVoxels;
    return Array.from({ length: Math.min(width, nVoxels - from) }, (_, k) => from + k);
  });
  return { ...shape, voxelsOf: (patch) => lists[patch] };
}

async function products(
  data: Float64Array,
  series: PatchSeries,
  ranked: boolean,
  engine: ComputeEngine,
  jobs = 1,
): Promise<number[]> {
  const nPairs = (series.nItems * (series.nItems - 1)) / 2;
  const all: number[] = [];
  await patchProducts(
    data,
    series,
    { ranked, vectors: [noise(nPairs, 8), noise(nPairs, 9)] },
    (patch, products, square) => all.push(patch, square, ...products),
    { jobs },
    engine,
  );
  return all;
}

async function taus(data: Float64Array, series: PatchSeries, jobs = 1): Promise<number[]> {
  const all: number[] = [];
  const nPairs = (series.nItems * (series.nItems - 1)) / 2;
  const tied = noise(nPairs, 9).map(Math.round);
  const put = (_: number, of: Float64Array): number => all.push(...of);
  await patchTaus(data, series, [noise(nPairs, 8), tied], put, { jobs });
  return all;
}

test("the same products and taus on any number of threads", async () => {
  await fc.assert(
    fc.asyncProperty(anyPatches, fc.boolean(), fc.integer(), async (shape, ranked, seed) => {
      const series = seriesOf(shape);
      const data = noise((shape.folds?.nFolds ?? 1) * shape.nItems * shape.nVoxels, seed);
      expect(await products(data, series, ranked, computeEngine, 3)).toEqual(
        await products(data, series, ranked, computeEngine, 1),
      );
      expect(await taus(data, series, 3)).toEqual(await taus(data, series, 1));
    }),
    { numRuns: 40 },
  );
});

/** The RDM of a patch in plain code, as where there are no kernels. */
function plainRdm(data: Float64Array, series: PatchSeries, patch: number): Float64Array {
  const { nItems, nVoxels, metric, folds } = series;
  const list = Array.from(series.voxelsOf(patch));
  const nRows = nItems * (folds?.nFolds ?? 1);
  const rows = Float64Array.from({ length: nRows * list.length }, (_, at) => {
    return data[Math.floor(at / list.length) * nVoxels + list[at % list.length]];
  });
  const angle = metric === "correlation" || metric === "cosine";
  if (list.length < (angle ? 2 : 1)) return new Float64Array((nItems * (nItems - 1)) / 2).fill(NaN);
  setPath("plain");
  try {
    if (folds === undefined)
      return computeRdm({ data: rows, shape: [nItems, list.length] }, { metric }).condensed;
    const { nFolds, regVar, regDenom, bounded, squareRoot } = folds;
    const how = angle ? { regVar, regDenom, bounded } : { squareRoot };
    const cube = { data: rows, shape: [nFolds, nItems, list.length] };
    return computeRdmCv(cube, { metric, ...how }).condensed;
  } finally {
    setPath("auto");
  }
}

/** Squared norm of the centred RDM and its products with the vectors of `products`. */
function plainProducts(rdm: Float64Array): number[] {
  const mean = rdm.reduce((sum, d) => sum + d, 0) / rdm.length;
  const values = [...rdm].map((d) => d - mean);
  const vectors = [8, 9].map((seed) => [...noise(rdm.length, seed)]);
  return [values, ...vectors].map((vector) => dot(values, vector));
}

test("the kernels' products are those of plain code, cross-validated or not", async () => {
  await fc.assert(
    fc.asyncProperty(anyPatches, fc.integer(), async (shape, seed) => {
      const series = seriesOf(shape);
      const data = noise((shape.folds?.nFolds ?? 1) * shape.nItems * shape.nVoxels, seed);
      const found = await products(data, series, false, computeEngine);
      for (let patch = 0; patch < series.nPatches; patch++) {
        const rdm = plainRdm(data, series, patch);
        const size = rdm.reduce((sum, d) => sum + (d * d || 0), 1);
        const own = found.slice(patch * 4 + 1, patch * 4 + 4);
        expect(largestError(own, plainProducts(rdm)) / size).toBeLessThan(1e-12);
      }
    }),
    { numRuns: 40 },
  );
});

test("ranks and taus are those of plain code where no distances tie", async () => {
  for (const metric of metrics) {
    const series = seriesOf({ ...line(metric), width: 12, odd: [] });
    const found = await products(lineData, series, true, computeEngine);
    const counted = await taus(lineData, series);
    for (let patch = 0; patch < 40; patch++) {
      const rdm = plainRdm(lineData, series, patch);
      const own = found.slice(patch * 4 + 1, patch * 4 + 4);
      expect(largestError(own, plainProducts(averageRanks(rdm).ranks))).toBeLessThan(1e-10);
      const tied = noise(rdm.length, 9).map(Math.round);
      const [a, b] = [noise(rdm.length, 8), tied].map((model) => kendallTauA(rdm, model));
      expect(largestError(counted.slice(patch * 2, patch * 2 + 2), [a, b])).toBeLessThan(1e-12);
    }
  }
});

/** The RDM of a patch by way of vectors that pick one pair each: a product with pair k, centred, is d(k) − mean. */
async function centredRdms(data: Float64Array, series: PatchSeries): Promise<Float64Array[]> {
  const nPairs = (series.nItems * (series.nItems - 1)) / 2;
  const vectors = Array.from({ length: nPairs }, (_, k) =>
    Float64Array.from({ length: nPairs }, (_, pair) => (pair === k ? 1 : 0)),
  );
  const rdms: Float64Array[] = [];
  await patchProducts(data, series, { ranked: false, vectors }, (_, picked) =>
    rdms.push(picked.slice()),
  );
  return rdms;
}

function directRdm(data: Float64Array, series: PatchSeries, patch: number): Float64Array {
  const list = Array.from(series.voxelsOf(patch));
  const rows = Array.from({ length: series.nItems }, (_, item) =>
    list.map((v) => data[item * series.nVoxels + v]),
  );
  const distances: number[] = [];
  rows.forEach((a, i) => rows.slice(i + 1).forEach((b) => distances.push(distance(a, b, series))));
  const mean = distances.reduce((sum, d) => sum + d, 0) / distances.length;
  return Float64Array.from(distances, (d) => d - mean);
}

function distance(a: number[], b: number[], { metric }: PatchSeries): number {
  const square = a.reduce((sum, x, k) => sum + (x - b[k]) ** 2, 0);
  if (metric === "sqeuclidean") return square;
  if (metric === "euclidean") return Math.sqrt(square);
  const [x, y] = metric === "cosine" ? [a, b] : [centred(a), centred(b)];
  return 1 - dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

const centred = (x: number[]): number[] => {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  return x.map((value) => value - mean);
};
const dot = (x: number[], y: number[]): number => x.reduce((sum, v, k) => sum + v * y[k], 0);

const line = (metric: (typeof metrics)[number]): PatchSeries =>
  seriesOf({ nItems: 6, nVoxels: 90, nPatches: 60, width: 12, metric, odd: [] });
const lineData = noise(6 * 90, 5);

describe("every patch equals its direct computation", () => {
  test.each(metrics)("%s", async (metric) => {
    const series = line(metric);
    const rdms = await centredRdms(lineData, series);
    rdms.forEach((rdm, patch) =>
      expect(largestError(rdm, directRdm(lineData, series, patch))).toBeLessThan(1e-12),
    );
  });

  test.each([1e3, 1e6, 1e9])(
    "a voxel %d× as large leaves nothing once it has left",
    async (size) => {
      for (const metric of metrics) {
        const data = lineData.slice();
        for (const item of [0, 2, 3]) data[item * 90 + 30] *= size;
        const series = line(metric);
        const rdms = await centredRdms(data, series);
        rdms.forEach((rdm, patch) => {
          const holds = patch > 18 && patch <= 30;
          const scale = holds && metric.endsWith("euclidean") ? size ** 2 : 1;
          const error = largestError(rdm, directRdm(data, series, patch));
          expect(error / scale).toBeLessThan(1e-12);
        });
      }
    },
  );

  test("items far from zero keep their digits", async () => {
    const data = lineData.map((value, k) => value + (k < 90 ? 1e6 : 100) * (k % 90 < 40 ? 1 : 3));
    const series = line("correlation");
    const rdms = await centredRdms(data, series);
    rdms.forEach((rdm, patch) =>
      expect(largestError(rdm, directRdm(data, series, patch))).toBeLessThan(1e-11),
    );
  });
});

describe("what is not defined is NaN, and only that", () => {
  test("NaN and infinity spoil the patches they are in and no other", async () => {
    for (const value of [NaN, Infinity]) {
      const data = lineData.slice();
      data[2 * 90 + 30] = value;
      for (const metric of metrics) {
        const rdms = await centredRdms(data, line(metric));
        rdms.forEach((rdm, patch) =>
          expect(rdm.some((d) => !Number.isFinite(d))).toBe(patch > 18 && patch <= 30),
        );
      }
    }
  });

  test("a constant item", async () => {
    const data = lineData.slice();
    data.fill(0.1, 90 + 20, 90 + 50);
    const all = await products(data, line("correlation"), true, computeEngine);
    const squares = all.filter((_, k) => k % 4 === 1);
    squares.forEach((square, patch) =>
      expect(Number.isNaN(square)).toBe(patch >= 20 && patch <= 38),
    );
  });

  test("no voxel, and one for the angles", async () => {
    for (const metric of metrics) {
      const lists = [[], [3], [3, 4], [5]];
      const series = { ...line(metric), nPatches: 4, voxelsOf: (patch: number) => lists[patch] };
      const rdms = await centredRdms(lineData, series);
      const angle = metric === "correlation" || metric === "cosine";
      expect(rdms.map((rdm) => rdm.every(Number.isNaN))).toEqual([true, angle, false, angle]);
    }
  });
});

test("progress counts patches up to the last, and a cancelled job stops", async () => {
  const series = line("correlation");
  const seen: number[] = [];
  const vectors = [noise(15)];
  const job = { onProgress: ({ done }: { done: number }) => seen.push(done) };
  await patchProducts(lineData, series, { ranked: true, vectors }, () => {}, job);
  expect(seen.at(-1)).toBe(60);
  const signal = AbortSignal.abort();
  await expect(
    patchProducts(lineData, series, { ranked: true, vectors }, () => {}, { signal }),
  ).rejects.toThrow(/searchlight/);
});
