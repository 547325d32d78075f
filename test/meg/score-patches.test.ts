import { expect, test } from "vitest";
import { patchRdm } from "../../src/meg/patch-rdm.ts";
import { scorePatches } from "../../src/meg/score-patches.ts";
import type { PatchedPatterns } from "../../src/meg/sensor-searchlight.ts";
import { computeRdm } from "../../src/rdm/index.ts";
import { prepareModels, rsaMetricNames } from "../../src/rsa/index.ts";
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

function patchedOf(data: Float64Array, metric: "correlation" | "sqeuclidean"): PatchedPatterns {
  const windows = Array.from({ length: nSamples - 2 * radius }, (_, first) => first);
  const patches = channelSets.flatMap((series, centreSeries) =>
    windows.map((first) => ({
      centreSeries,
      centreSample: first + radius,
      series,
      samples: [first, first + 2 * radius + 1] as const,
    })),
  );
  const patterns = { data, nFolds: 1, nItems, nChannels, nSamples };
  return { patterns, patches, radius, options: { metric } };
}

/** The RDM of each patch computed afresh, and scored by itself. */
function direct(
  { patterns: { data }, patches, options }: PatchedPatterns,
  models: readonly Float64Array[],
  metric: (typeof rsaMetricNames)[number],
): Float64Array[] {
  const prepared = prepareModels(models, { metric });
  return patches.map(({ series, samples: [from, to] }) => {
    const rows = Array.from({ length: nItems }, (_, item) =>
      Array.from(series ?? []).flatMap((c) => {
        const row = (item * nChannels + c) * nSamples;
        return [...data.subarray(row + from, row + to)];
      }),
    );
    const { metric: distance } = options as { metric: "correlation" };
    return prepared.score(computeRdm(rows, { metric: distance }).condensed);
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
      const patched = patchedOf(data, distance);
      for (const models of [random, tied, constant, unknown, collinear]) {
        const found = await scorePatches(patched, models, { metric }, { onProgress: false });
        const expected = direct(patched, models, metric);
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
    const plain = patchedOf(data, "correlation");
    const patched = {
      ...plain,
      patterns: { ...plain.patterns, nFolds },
      options: { metric, regVar: 0.2 },
    };
    const how = { metric: "pearson" } as const;
    const found = await scorePatches(patched, random, how, { onProgress: false });
    const prepared = prepareModels(random, how);
    const atPatch = patched.patches.map((_, p) =>
      random.map((__, m) => found[m * patched.patches.length + p]),
    );
    const expected = patched.patches.map((patch) => prepared.score(patchRdm(patched, patch)));
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
