import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import { patchProducts, patchTaus, type PatchSeries } from "../../src/compute/patch-scores.ts";
import { random, Rdm, rsaStcs, SourceEstimates } from "../../src/index.ts";
import { largestError, noise } from "./series.ts";

const metrics = ["correlation", "cosine", "sqeuclidean", "euclidean"] as const;
const folds = { nFolds: 3, regVar: 0.1, regDenom: 0.25, bounded: true, squareRoot: false };

const anyUnits = fc.record({
  nItems: fc.oneof(fc.integer({ min: 2, max: 13 }), fc.integer({ min: 30, max: 33 })),
  nUnits: fc.integer({ min: 1, max: 20 }),
  nPatches: fc.integer({ min: 0, max: 70 }),
  width: fc.integer({ min: 0, max: 12 }),
  metric: fc.constantFrom(...metrics),
  stride: fc.integer({ min: 2, max: 9 }),
  first: fc.nat(3),
  odd: fc.array(fc.array(fc.nat(19), { maxLength: 6 }), { maxLength: 3 }),
  crossed: fc.boolean(),
});
type Shape = typeof anyUnits extends fc.Arbitrary<infer T> ? T : never;

/** Patches of units that share some with their neighbours, with a few that do not, and the same as lists of voxels. */
function both({ nUnits, stride, width, odd, crossed, first: wanted, ...shape }: Shape) {
  const first = Math.min(wanted, stride - 2);
  const length = stride - first - (stride - first > 2 ? 1 : 0);
  const lists = Array.from({ length: shape.nPatches }, (_, patch) => {
    const list = odd[patch % 11];
    if (list !== undefined && patch > 15) return list.filter((unit) => unit < nUnits);
    const from = patch % nUnits;
    return Array.from({ length: Math.min(width, nUnits - from) }, (_, k) => from + k);
  });
  const nVoxels = nUnits * stride;
  const series = { ...shape, nVoxels, ...(crossed && { folds }) };
  const voxels = (unit: number) => Array.from({ length }, (_, k) => unit * stride + first + k);
  return {
    units: { ...series, unit: { stride, first, length }, voxelsOf: (p: number) => lists[p] },
    plain: { ...series, voxelsOf: (p: number) => lists[p].flatMap(voxels) },
  };
}

async function products(data: Float64Array, series: PatchSeries, ranked = false, jobs = 1) {
  const nPairs = (series.nItems * (series.nItems - 1)) / 2;
  const all: number[] = [];
  const vectors = [noise(nPairs, 8), noise(nPairs, 9)];
  await patchProducts(
    data,
    series,
    { ranked, vectors },
    (patch, found, square) => all.push(patch, square, ...found),
    { jobs },
  );
  return all;
}

test("sums of units give what their voxels give, and the same on any number of threads", async () => {
  await fc.assert(
    fc.asyncProperty(anyUnits, fc.integer(), async (shape, seed) => {
      const { units, plain } = both(shape);
      const nSets = shape.crossed ? folds.nFolds : 1;
      const data = noise(nSets * shape.nItems * units.nVoxels, seed);
      const [found, expected] = [await products(data, units), await products(data, plain)];
      const size = expected.reduce((most, value) => Math.max(most, Math.abs(value) || 0), 1);
      expect(found.map(Number.isNaN)).toEqual(expected.map(Number.isNaN));
      expect(largestError(found, expected) / size).toBeLessThan(1e-11);
      expect(await products(data, units, true, 3)).toEqual(await products(data, units, true));
    }),
    { numRuns: 60 },
  );
});

const line = (metric: (typeof metrics)[number]) =>
  both({
    ...{ nItems: 6, nUnits: 20, nPatches: 40, width: 5, metric, stride: 6, first: 1, odd: [] },
    crossed: false,
  });
const lineData = noise(6 * 120, 5);

describe.each(metrics)("%s", (metric) => {
  test.each([1e6, 1e9])("a unit %d× as large leaves nothing once it has left", async (times) => {
    const data = lineData.slice();
    for (const item of [0, 2, 3]) for (let k = 0; k < 6; k++) data[item * 120 + 60 + k] *= times;
    const { units, plain } = line(metric);
    const [found, expected] = [await products(data, units), await products(data, plain)];
    for (let patch = 0; patch < 40; patch++) {
      const own = (all: number[]) => all.slice(4 * patch, 4 * patch + 4);
      const size = Math.max(1, ...own(expected).map(Math.abs));
      expect(largestError(own(found), own(expected)) / size).toBeLessThan(1e-11);
    }
  });

  test("values far from zero, constant items, NaN and infinity", async () => {
    const { units, plain } = line(metric);
    const far = lineData.map((value, k) => value + (k < 120 ? 1e6 : 100) * (k % 120 < 50 ? 1 : 3));
    const constant = lineData.slice();
    constant.fill(0.1, 120, 240);
    const spoilt = lineData.slice();
    [spoilt[2 * 120 + 40], spoilt[3 * 120 + 90]] = [NaN, Infinity];
    for (const data of [far, constant, spoilt]) {
      const [found, expected] = [await products(data, units), await products(data, plain)];
      expect(found.map(Number.isFinite)).toEqual(expected.map(Number.isFinite));
      found.forEach((value, at) => {
        if (Number.isFinite(value))
          expect(Math.abs(value - expected[at])).toBeLessThan(1e-9 * (1 + Math.abs(value)));
      });
    }
  });
});

test("taus, too", async () => {
  const { units, plain } = line("correlation");
  const all = async (series: PatchSeries) => {
    const taus: number[] = [];
    await patchTaus(lineData, series, [noise(15, 3)], (_, of) => taus.push(...of));
    return taus;
  };
  expect(largestError(await all(units), await all(plain))).toBeLessThan(1e-12);
});

test("sources without windows are units, and their scores those of one patch after the other", async () => {
  const { normal } = random(11);
  const [nItems, nSources, nTimes] = [8, 12, 7];
  const data = Float64Array.from({ length: nItems * nSources * nTimes }, () => normal());
  const items = Array.from({ length: nItems }, (_, k) => `i${k}`);
  const model = new Rdm(
    Float64Array.from({ length: 28 }, () => normal()),
    { items, name: "m" },
  );
  const at = (p: number) => [0.005 * p, 0, 0, 0.005 * p, 0.005, 0];
  const points = {
    data: Float64Array.from([...Array(nSources).keys()].flatMap(at)),
    shape: [24, 3],
  };
  const corners = [...Array(nSources - 1).keys()].flatMap((p) =>
    [0, 2, 3, 0, 3, 1].map((k) => 2 * p + k),
  );
  const space = {
    ...({ kind: "surface", subject: undefined, frame: "mri", points, normals: points } as const),
    triangles: { data: Int32Array.from(corners), shape: [corners.length / 3, 3] },
    vertices: Int32Array.from({ length: nSources }, (_, p) => 2 * p),
    ...{ usedTriangles: undefined, nearest: undefined, distances: undefined, gridShape: undefined },
  };
  const none = { ...space, hemisphere: "right" as const, vertices: new Int32Array(0) };
  const estimates = new SourceEstimates({
    data: { data, shape: [nItems, nSources, nTimes] },
    vertices: [space.vertices, none.vertices],
    kind: "surface",
    tminS: 0,
    tstepS: 0.01,
  });
  const how = {
    ...{ labels: items, sourceSpaces: [{ ...space, hemisphere: "left" as const }, none] },
    ...{ spatialRadiusM: 0.011, tminS: 0.01, tmaxS: 0.05, onProgress: false as const },
  };
  for (const metric of metrics) {
    const all = await rsaStcs(estimates, model, { ...how, metric });
    for (const [row, place] of all.places.entries()) {
      const left = [-2, -1, 0, 1, 2].map((k) => row + k).filter((k) => k >= 0 && k < nSources);
      const sources = { left: left.map((k) => 2 * k) };
      const pooled = { ...how, metric, sources, spatialRadiusM: undefined };
      const one = await rsaStcs(estimates, model, pooled);
      expect(all.series("m", place).values[0]).toBeCloseTo(one.scores[0], 12);
    }
  }
});
