import { expect, test } from "vitest";
import { computeRdm } from "../../src/rdm/index.ts";
import { prepareModels, rsaMetricNames } from "../../src/rsa/index.ts";
import { patchRdm } from "../../src/searchlight/patch-rdm.ts";
import type { PatchedPatterns } from "../../src/searchlight/patched-patterns.ts";
import { SearchlightPatches } from "../../src/searchlight/patches.ts";
import { scorePatches } from "../../src/searchlight/score-patches.ts";
import { noise } from "../compute/series.ts";

const [nItems, nChannels, nSamples, radius] = [12, 3, 60, 4];
const nPairs = (nItems * (nItems - 1)) / 2;
const channelSets = [Int32Array.of(0, 1, 2), Int32Array.of(2), Int32Array.of(0, 1)];

/** Whole numbers, so that equal distances are equal however they are summed. */
function wholeNumbers(seed: number): Float64Array {
  return noise(nItems * nChannels * nSamples, seed).map((value) => Math.round(value * 2));
}

function fillSamples(data: Float64Array, items: number[], from: number, to: number, value: number) {
  for (const item of items) {
    for (let c = 0; c < nChannels; c++) {
      const row = (item * nChannels + c) * nSamples;
      data.fill(value, row + from, row + to);
    }
  }
}

const patches = new SearchlightPatches({
  axes: { series: 1, samples: 2 },
  nSeries: nChannels,
  nSamples,
  space: { centres: Int32Array.of(0, 1, 2), around: (place) => channelSets[place] },
  time: { from: radius, to: nSamples - radius, radius },
});

function patchedOf(data: Float64Array, nFolds = 1): PatchedPatterns {
  return { data, nFolds, shape: [nItems, nChannels, nSamples], patches };
}

/** The RDM of each patch computed afresh, and scored by itself. */
function direct(
  data: Float64Array,
  models: readonly Float64Array[],
  rsaMetric: (typeof rsaMetricNames)[number],
  metric: "correlation" | "sqeuclidean",
): Float64Array[] {
  const prepared = prepareModels(models, { metric: rsaMetric });
  return [...patches].map(({ series, samples: [from, to] = [0, 0] }) => {
    const rows = Array.from({ length: nItems }, (_, item) =>
      Array.from(series ?? []).flatMap((c) => {
        const row = (item * nChannels + c) * nSamples;
        return [...data.subarray(row + from, row + to)];
      }),
    );
    return prepared.score(computeRdm(rows, { metric }).condensed);
  });
}

const random = [noise(nPairs, 21), noise(nPairs, 22), noise(nPairs, 23)];
const tied = random.map((model) => model.map((value) => Math.round(value * 2)));
const constant = [random[0], new Float64Array(nPairs).fill(0.1), random[2]];
const unknown = [random[0], random[1].with(5, NaN)];
const collinear = [random[0], random[1], random[0].map((value, k) => value + 2 * random[1][k])];

test.each(rsaMetricNames.flatMap((metric) => ["plain", "spoilt"].map((kind) => [metric, kind])))(
  "%s of sliding %s windows is that of RDMs computed afresh",
  async (name, kind) => {
    const metric = name as (typeof rsaMetricNames)[number];
    for (const distance of ["sqeuclidean", "correlation"] as const) {
      // Random numbers where distances are rounded: ties of those are not the same on the two ways.
      const data =
        distance === "sqeuclidean"
          ? wholeNumbers(31)
          : noise(nItems * nChannels * nSamples, 32).map((value) => value + 5);
      if (kind === "spoilt") {
        const everyItem = Array.from({ length: nItems }, (_, item) => item);
        // With every item constant in part, correlations would be equal but for their rounding.
        const constantItems = distance === "sqeuclidean" ? everyItem : [4];
        fillSamples(data, [3], 5, 6, NaN);
        fillSamples(data, constantItems, 30, 50, 2);
      }
      const how = { rsaMetric: metric, metric: distance, onProgress: false } as const;
      for (const models of [random, tied, constant, unknown, collinear]) {
        const found = await scorePatches(patchedOf(data), models, how);
        const expected = direct(data, models, metric, distance);
        const atPatch = expected.map((_, p) =>
          models.map((__, m) => found[m * expected.length + p]),
        );
        expect(largest(atPatch, expected)).toBeLessThan(1e-12);
      }
    }
  },
);

test.each(["correlation", "cosine", "euclidean"] as const)(
  "with folds windows are cross-validated: %s",
  async (metric) => {
    const nFolds = 3;
    const size = nItems * nChannels * nSamples;
    const data = noise(nFolds * size, 33);
    const patched = patchedOf(data, nFolds);
    const options = { metric, regVar: 0.2 };
    const how = { ...options, rsaMetric: "pearson", onProgress: false } as const;
    const found = await scorePatches(patched, random, how);
    const prepared = prepareModels(random, { metric: "pearson" });
    const all = Array.from({ length: patches.length }, (_, at) => at);
    const atPatch = all.map((p) => random.map((_, m) => found[m * patches.length + p]));
    const expected = all.map((p) => prepared.score(patchRdm(patched, p, options)));
    expect(largest(atPatch, expected)).toBeLessThan(1e-12);
  },
);

/** Largest difference; infinite where one of a pair is NaN. */
function largest(found: readonly number[][], expected: readonly Float64Array[]): number {
  let most = 0;
  expected.forEach((scores, p) =>
    scores.forEach((score, m) => {
      const same = Number.isNaN(score) === Number.isNaN(found[p][m]);
      if (!same) most = Infinity;
      if (!Number.isNaN(score)) most = Math.max(most, Math.abs(score - found[p][m]));
    }),
  );
  return most;
}
