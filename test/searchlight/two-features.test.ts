import { describe, expect, test } from "vitest";
import {
  computeRdm,
  epochsFromArray,
  random,
  Rdm,
  rdmEpochs,
  reorder,
  rsaEpochs,
  scoreSearchlight,
  searchlightPatches,
} from "../../src/index.ts";
import { gramRdm, gramRdmSync } from "../../src/compute/gram-rdm.ts";
import { slidingWindowRdms } from "../../src/compute/sliding-windows.ts";

const nItems = 12;
const quiet = { onProgress: false } as const;
const labels = Array.from({ length: nItems }, (_, at) => `item ${at}`);

/** Pairs of numbers, at some offset: every correlation is 1 or −1. */
function pairs(seed: number, offset: number, width = 2): Float64Array {
  const { normal } = random(seed);
  return Float64Array.from({ length: nItems * width }, () => normal() + offset);
}

/** The exact distances: do both items rise, or both fall? */
function exact(data: Float64Array): Float64Array {
  const rises = labels.map((_, item) => data[2 * item + 1] > data[2 * item]);
  return Float64Array.from(
    rises.flatMap((rise, i) => rises.slice(i + 1).map((other) => (rise === other ? 0 : 2))),
  );
}

const draws = [0, 1, 5, 15, 100, 1e6].flatMap((offset) =>
  Array.from({ length: 8 }, (_, seed) => [seed, offset] as const),
);

describe("the correlation of two features is 1 or −1, and the distance 0 or 2", () => {
  test("RDMs by products, here and on threads", async () => {
    for (const [seed, offset] of draws) {
      const data = pairs(seed, offset);
      expect(gramRdmSync(data, nItems, 2, "correlation")).toEqual(exact(data));
      expect(await gramRdm(data, nItems, 2, "correlation")).toEqual(exact(data));
    }
  });

  test("windows of two samples' worth of channels", async () => {
    for (const [seed, offset] of draws) {
      const data = pairs(seed, offset);
      const series = { nItems, nChannels: 2, nSamples: 1, radius: 0 };
      for await (const rdm of slidingWindowRdms(data, series)) expect(rdm).toEqual(exact(data));
    }
  });

  test("a patch compared with its own RDM scores 1", async () => {
    for (const [seed, offset] of draws) {
      const data = pairs(seed, offset, 6);
      const rows = Array.from(labels, (_, item) => data.slice(6 * item, 6 * item + 6));
      const lists = [
        [0, 1],
        [4, 2],
        [2, 4],
        [3, 5],
      ];
      const patches = searchlightPatches([nItems, 6], { patches: lists });
      for (const rsaMetric of ["spearman", "pearson", "kendall-tau-a"] as const) {
        for (const [at, list] of lists.entries()) {
          const taken = Float64Array.from(rows.flatMap((row) => list.map((one) => row[one])));
          const own = exact(taken);
          const { scores } = await scoreSearchlight({ data, shape: [nItems, 6] }, patches, [own], {
            rsaMetric,
            ...quiet,
          });
          const ties = own.filter((d) => d === 0).length;
          const n = own.length;
          const all = (n * (n - 1)) / 2;
          const best = rsaMetric === "kendall-tau-a" ? (ties * (n - ties)) / all : 1;
          expect(scores[at]).toBeCloseTo(best, 12);
        }
      }
    }
  });

  test("two sensors at each sample", async () => {
    const data = pairs(3, 2);
    const epochs = epochsFromArray({ data, shape: [nItems, 2, 1] }, { sfreqHz: 10 });
    const options = { labels, temporalRadiusS: 0 };
    const [own] = await rdmEpochs(epochs, options).toArray(quiet);
    const sorted = reorder(new Rdm(exact(data), { items: labels }), own.items ?? []);
    expect(own.condensed).toEqual(sorted.condensed);
    expect((await rsaEpochs(epochs, sorted, { ...options, ...quiet })).scores[0]).toBeCloseTo(
      1,
      12,
    );
  });

  test("a constant item has no correlation", async () => {
    const data = pairs(1, 0.1).fill(0.1, 4, 6);
    for (const rdm of [
      gramRdmSync(data, nItems, 2, "correlation"),
      await gramRdm(data, nItems, 2, "correlation"),
    ])
      expect(Array.from(rdm ?? []).filter(Number.isNaN)).toHaveLength(nItems - 1);
    const patches = searchlightPatches([nItems, 2], { patches: [[0, 1]] });
    const { scores } = await scoreSearchlight(
      { data, shape: [nItems, 2] },
      patches,
      [exact(data)],
      quiet,
    );
    expect(scores[0]).toBeNaN();
  });
});

describe("proportional items are at distance 0, opposite ones at 2", () => {
  test.each(["cosine", "correlation"] as const)("%s of many features", async (metric) => {
    const base = pairs(5, 0, 1);
    const factors = [1, 3, -2, -0.5, 1 / 3, 7];
    const data = Float64Array.from(factors.flatMap((factor) => [...base].map((x) => x * factor)));
    const right = factors.flatMap((a, i) => factors.slice(i + 1).map((b) => (a * b > 0 ? 0 : 2)));
    const rdm = await gramRdm(data, 6, base.length, metric);
    expect(Array.from(rdm ?? [])).toEqual(right);
    expect(Array.from(gramRdmSync(data, 6, base.length, metric) ?? [])).toEqual(right);
  });
});

test("distances that are no ties stay as they are", () => {
  const data = pairs(9, 0, 40);
  const rows = labels.map((_, item) => data.subarray(item * 40, (item + 1) * 40));
  const rdm = gramRdmSync(data, nItems, 40, "correlation") ?? [];
  const plain = computeRdm(rows.map((row) => [...row])).condensed;
  plain.forEach((d, at) => expect(Math.abs(rdm[at] - d)).toBeLessThan(1e-15));
});
