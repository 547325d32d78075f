import { describe, expect, test } from "vitest";
import { Cancelled } from "../../src/core/errors.ts";
import type { Matrix } from "../../src/core/matrix.ts";
import { computeRdmCv, type ComputeRdmCvOptions } from "../../src/rdm/index.ts";
import { prepareModels, rsaMetricNames } from "../../src/rsa/index.ts";
import {
  rdmSearchlight,
  scoreSearchlight,
  searchlightPatches,
  takePatch,
  type ScoreSearchlightOptions,
} from "../../src/searchlight/index.ts";
import { largestError, noise } from "../compute/series.ts";

const quiet = { onProgress: false } as const;
const [nItems, nVoxels] = [7, 60];
const nPairs = (nItems * (nItems - 1)) / 2;
const patterns = { data: noise(nItems * nVoxels, 1), shape: [nItems, nVoxels] };
const models = [noise(nPairs, 2), noise(nPairs, 3)];
const positions = { data: gridPositions(3, 4, 5), shape: [nVoxels, 3] };
const patches = searchlightPatches(patterns.shape, { spatialRadius: 1.6, positions });

/** Places of the voxels of a grid, the last axis fastest. */
function gridPositions(nx: number, ny: number, nz: number): Float64Array {
  const at = (k: number): number[] => [Math.floor(k / (ny * nz)), Math.floor(k / nz) % ny, k % nz];
  return Float64Array.from(Array.from({ length: nx * ny * nz }, (_, k) => at(k)).flat());
}

describe("scores are those of the RDM of each patch", () => {
  test.each(rsaMetricNames)("%s", async (rsaMetric) => {
    const { scores, undefinedPatches } = await scoreSearchlight(patterns, patches, models, {
      rsaMetric,
      ...quiet,
    });
    const prepared = prepareModels(models, { metric: rsaMetric });
    const rdms = [...rdmSearchlight(patterns, patches)];
    const expected = rdms.map((rdm) => prepared.score(rdm.condensed));
    models.forEach((_, m) =>
      expect(
        largestError(
          scores.subarray(m * nVoxels, (m + 1) * nVoxels),
          expected.map((of) => of[m]),
        ),
      ).toBeLessThan(1e-12),
    );
    expect(undefinedPatches).toBe(0);
  });

  const folds = { data: noise(3 * nItems * nVoxels, 4), shape: [3, nItems, nVoxels] };
  /** The same by `computeRdmCv` patch by patch. */
  function crossValidatedScores(options: ComputeRdmCvOptions, data = folds.data): number[] {
    const size = nItems * nVoxels;
    const parts = [0, 1, 2].map((fold) => data.subarray(fold * size, (fold + 1) * size));
    const prepared = prepareModels(models, { metric: "pearson" });
    const scores = [...patches].map((patch) => {
      const taken = parts.map((part) =>
        takePatch({ data: part, shape: [nItems, nVoxels] }, patch, patches.plan),
      );
      const all = Float64Array.from(taken.flatMap((one) => [...one.data]));
      const rdm = computeRdmCv({ data: all, shape: [3, ...taken[0].shape] }, options);
      return prepared.score(rdm.condensed);
    });
    return models.flatMap((_, m) => scores.map((of) => of[m]));
  }

  const ways: ComputeRdmCvOptions[] = [
    { metric: "correlation" },
    { metric: "correlation", regVar: 0, regDenom: 0.5, bounded: false },
    { metric: "cosine" },
    { metric: "euclidean" },
    { metric: "sqeuclidean", squareRoot: true },
    { metric: "cityblock" },
  ];
  test.each(ways)("with folds the distances are cross-validated: %o", async (options) => {
    const { metric, ...metricOptions } = options;
    const how = { crossValidated: true, rsaMetric: "pearson", metric, metricOptions } as const;
    const { scores } = await scoreSearchlight(folds, patches, models, { ...how, ...quiet });
    expect(largestError(scores, crossValidatedScores(options))).toBeLessThan(1e-12);
  });

  test("an item that a fold lacks, or that is constant in it, spoils what it does pair by pair", async () => {
    for (const value of [NaN, 5]) {
      const data = folds.data.slice();
      data.fill(value, (nItems + 2) * nVoxels, (nItems + 3) * nVoxels);
      const how = { crossValidated: true, rsaMetric: "pearson", ...quiet } as const;
      const { scores } = await scoreSearchlight({ ...folds, data }, patches, models, how);
      expect(largestError(scores, crossValidatedScores({}, data))).toBeLessThan(1e-12);
    }
  });
});

describe("a patch without a defined RDM is NaN and counted", () => {
  test("no series, and one series with correlation", async () => {
    const few = searchlightPatches(patterns.shape, { patches: [[], [4], [1, 2, 3]] });
    const { scores, undefinedPatches } = await scoreSearchlight(patterns, few, models, quiet);
    expect(undefinedPatches).toBe(2);
    expect([...scores].map(Number.isNaN)).toEqual([true, true, false, true, true, false]);
  });

  test("a constant item, unless its pairs are ignored", async () => {
    const data = patterns.data.slice();
    data.fill(3, 0, nVoxels);
    const constant = { data, shape: patterns.shape };
    const counted = await scoreSearchlight(constant, patches, models, quiet);
    expect(counted.undefinedPatches).toBe(nVoxels);
    const ignored = await scoreSearchlight(constant, patches, models, {
      ...quiet,
      ignoreNan: true,
    });
    expect(ignored.undefinedPatches).toBe(0);
  });
});

test("with ignoreNan a gap in an item or a model costs its own pairs only", async () => {
  const data = patterns.data.slice();
  for (let v = 0; v < 20; v++) data[v] = NaN;
  const gappy = [models[0], models[1].with(3, NaN)];
  for (const given of [models, gappy]) {
    const found = await scoreSearchlight({ data, shape: patterns.shape }, patches, given, {
      ...quiet,
      ignoreNan: true,
    });
    const prepared = prepareModels(given, { ignoreNan: true });
    const rdms = [...rdmSearchlight({ data, shape: patterns.shape }, patches)];
    const scores = rdms.map((rdm) => prepared.score(rdm.condensed));
    const expected = given.flatMap((_, m) => scores.map((of) => of[m]));
    expect(expected.some(Number.isNaN)).toBe(false);
    expect(largestError(found.scores, expected)).toBeLessThan(1e-12);
  }
});

describe("what does not fit is refused", () => {
  const run = (
    options: ScoreSearchlightOptions,
    data: Matrix = patterns,
    given: readonly Float64Array[] = models,
  ): Promise<unknown> => scoreSearchlight(data, patches, given, { ...options, ...quiet });
  const refused: [what: string, run: () => Promise<unknown>][] = [
    ["models of other items", () => run({}, patterns, [noise(nPairs - 1)])],
    ["other voxels", () => run({}, { data: noise(nItems * 9), shape: [nItems, 9] })],
    ["a shape the numbers do not have", () => run({}, { data: noise(9), shape: [nItems, 60] })],
    ["cross-validation without folds", () => run({ crossValidated: true })],
    ["an unknown RSA metric", () => run({ rsaMetric: "tau" as "spearman" })],
    ["an unknown metric", () => run({ metric: "manhattan" as "cityblock" })],
  ];
  test.each(refused)("%s", async (_, refuse) => {
    await expect(refuse()).rejects.toThrow(/expected|metric/);
  });
});

test("progress ends at the number of patches, and a cancelled job stops", async () => {
  const seen: number[] = [];
  await scoreSearchlight(patterns, patches, models, {
    onProgress: ({ done }) => seen.push(done),
  });
  expect(seen.at(-1)).toBe(nVoxels);
  const signal = AbortSignal.abort();
  await expect(scoreSearchlight(patterns, patches, models, { ...quiet, signal })).rejects.toThrow(
    Cancelled,
  );
});
