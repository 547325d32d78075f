import { describe, expect, test } from "vitest";
import { Cancelled } from "../../src/core/errors.ts";
import type { Matrix } from "../../src/core/matrix.ts";
import { computeRdmCv } from "../../src/rdm/index.ts";
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

  test("with folds the distances are cross-validated", async () => {
    const folds = { data: noise(3 * nItems * nVoxels, 4), shape: [3, nItems, nVoxels] };
    const { scores } = await scoreSearchlight(folds, patches, models, {
      crossValidated: true,
      metric: "euclidean",
      ...quiet,
    });
    const size = nItems * nVoxels;
    const parts = [0, 1, 2].map((fold) => ({
      data: folds.data.subarray(fold * size, (fold + 1) * size),
      shape: [nItems, nVoxels],
    }));
    const patch = patches.at(30);
    const taken = parts.map((part) => takePatch(part, patch, patches.plan));
    const rdm = computeRdmCv(
      {
        data: Float64Array.from(taken.flatMap(({ data }) => [...data])),
        shape: [3, ...taken[0].shape],
      },
      { metric: "euclidean" },
    );
    const expected = prepareModels(models).score(rdm.condensed);
    expect(scores[30]).toBeCloseTo(expected[0], 12);
    expect(scores[nVoxels + 30]).toBeCloseTo(expected[1], 12);
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
