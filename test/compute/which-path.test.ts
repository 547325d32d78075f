import { afterEach, describe, expect, test } from "vitest";
import { setPath, worthSampling, worthThreads } from "../../src/compute/which-path.ts";
import {
  epochsFromArray,
  evalBootstrap,
  Rdm,
  rdmEpochs,
  rsaEpochs,
  scoreSearchlight,
  searchlightPatches,
} from "../../src/index.ts";
import { largestError, noise } from "./series.ts";

afterEach(() => setPath("auto"));

const nItems = 9;
const nPairs = 36;
const quiet = { onProgress: false } as const;
const labels = Array.from({ length: nItems }, (_, item) => `item ${item}`);
const model = new Rdm(noise(nPairs, 3), { items: labels });

/** The same by kernels and by plain code. */
async function bothWays<T>(compute: () => Promise<T>): Promise<[kernels: T, plain: T]> {
  setPath("kernels");
  const kernels = await compute();
  setPath("plain");
  return [kernels, await compute()];
}

describe("where no kernels can run, plain code gives the numbers", () => {
  const data = noise(nItems * 5 * 30, 1);
  const epochs = epochsFromArray({ data, shape: [nItems, 5, 30] }, { sfreqHz: 100 });

  test.each(["spearman", "pearson", "kendall-tau-a", "partial-spearman", "regression"] as const)(
    "windows: %s",
    async (rsaMetric) => {
      const models = [model, new Rdm(noise(nPairs, 4), { items: labels })];
      const options = { labels, temporalRadiusS: 0.05, rsaMetric, ...quiet };
      const [kernels, plain] = await bothWays(() => rsaEpochs(epochs, models, options));
      expect(largestError(kernels.scores, plain.scores)).toBeLessThan(1e-12);
    },
  );

  test.each(["correlation", "cosine", "euclidean", "sqeuclidean"] as const)(
    "RDMs of windows: %s",
    async (metric) => {
      const options = { labels, temporalRadiusS: 0.05, metric };
      const [kernels, plain] = await bothWays(() => rdmEpochs(epochs, options).toArray(quiet));
      expect(kernels.length).toBe(plain.length);
      kernels.forEach((rdm, at) =>
        expect(largestError(rdm.condensed, plain[at].condensed)).toBeLessThan(1e-13 * 55),
      );
    },
  );

  test.each([false, true])("a searchlight, cross-validated: %s", async (crossValidated) => {
    const nVoxels = 60;
    const shape = crossValidated ? [3, nItems, nVoxels] : [nItems, nVoxels];
    const patterns = { data: noise((crossValidated ? 3 : 1) * nItems * nVoxels, 5), shape };
    const lists = Array.from({ length: 40 }, (_, at) =>
      Array.from({ length: 12 }, (_, k) => at + k),
    );
    const patches = searchlightPatches([nItems, nVoxels], { patches: lists });
    const models = [noise(nPairs, 7)];
    const [kernels, plain] = await bothWays(() =>
      scoreSearchlight(patterns, patches, models, { crossValidated, ...quiet }),
    );
    expect(largestError(kernels.scores, plain.scores)).toBeLessThan(1e-12);
  });

  test("a bootstrap over items", async () => {
    const rdms = [1, 2, 3].map((seed) => new Rdm(noise(nPairs, seed)));
    const options = { resample: "items", samples: 20, seed: 1, ...quiet } as const;
    const [kernels, plain] = await bothWays(() => evalBootstrap(rdms.slice(0, 1), rdms, options));
    expect(largestError(kernels.scores.data, plain.scores.data)).toBeLessThan(1e-12);
  });
});

test("few items and small products are left to plain code", () => {
  expect([worthSampling(59), worthSampling(60), worthSampling(2 ** 15 + 1)]).toEqual([
    false,
    true,
    false,
  ]);
  expect([worthThreads(2e7), worthThreads(3e7)]).toEqual([false, true]);
});
