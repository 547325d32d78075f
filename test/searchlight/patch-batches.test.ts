import { describe, expect, test } from "vitest";
import { patchProducts, type PatchSeries } from "../../src/compute/patch-scores.ts";
import { batchesOf } from "../../src/searchlight/patch-batches.ts";
import { largestError, noise } from "../compute/series.ts";

const [nItems, nVoxels, nFolds] = [5, 40, 3];
const vectors = [noise(10, 1)];

function seriesOf(folded: boolean): PatchSeries {
  const folds = { nFolds, regVar: 0.1, regDenom: 0.25, bounded: true, squareRoot: false };
  return {
    nItems,
    nVoxels,
    nPatches: 30,
    metric: "correlation",
    folds: folded ? folds : undefined,
    voxelsOf: (patch) => Int32Array.from({ length: 6 }, (_, k) => patch + 2 * k - (k > 4 ? 1 : 0)),
  };
}

async function products(
  data: Float64Array,
  series: PatchSeries,
  mostBytes: number,
  jobs: number,
): Promise<{ found: number[]; nBatches: number }> {
  const found: number[] = [];
  let nBatches = 0;
  for (const { part, values, before } of batchesOf(data, series, mostBytes)) {
    nBatches++;
    await patchProducts(
      values,
      part,
      { ranked: false, vectors },
      (patch, [product], norm) => {
        expect(found.length).toBe(2 * (before + patch));
        found.push(product, norm);
      },
      { jobs },
    );
  }
  return { found, nBatches };
}

describe.each([false, true])(
  "patches that memory cannot hold at once, with folds: %s",
  (folded) => {
    const series = seriesOf(folded);
    const data = noise((folded ? nFolds : 1) * nItems * nVoxels, 2);

    test("are computed neighbour by neighbour, with the same numbers on any number of threads", async () => {
      const whole = await products(data, series, 2 ** 29, 1);
      expect(whole.nBatches).toBe(1);
      for (const nAtOnce of [1, 14, 25]) {
        const bytes = nAtOnce * 8 * nItems * (folded ? 2 * nFolds + 1 : 1);
        const parts = await products(data, series, bytes, 1);
        expect(parts.nBatches).toBe({ 1: 30, 14: 6, 25: 2 }[nAtOnce]);
        expect(largestError(Float64Array.from(parts.found), whole.found)).toBeLessThan(1e-12);
        expect((await products(data, series, bytes, 2)).found).toEqual(parts.found);
      }
    });
  },
);
