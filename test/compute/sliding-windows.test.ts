import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import {
  windowProducts,
  windowTaus,
  type WindowPatches,
} from "../../src/compute/sliding-windows.ts";
import type { WindowSeries } from "../../src/compute/window-layout.ts";
import { computeEngine } from "../../src/compute/compute-engine.ts";
import type { JobOptions } from "../../src/core/job.ts";
import { engineScores } from "../../src/rsa/comparisons/engine-scores.ts";
import { kendallTauA } from "../../src/stats/index.ts";
import { directRdm, largestError, noise, windowRdms } from "./series.ts";

const metrics = ["correlation", "cosine", "sqeuclidean", "euclidean"] as const;

const anySeries = fc.record({
  nItems: fc.oneof(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 30, max: 37 })),
  nChannels: fc.integer({ min: 1, max: 4 }),
  nSamples: fc.integer({ min: 7, max: 20 }),
  radius: fc.integer({ min: 0, max: 3 }),
  metric: fc.constantFrom(...metrics),
});

test("the same numbers on any number of threads", async () => {
  await fc.assert(
    fc.asyncProperty(anySeries, fc.integer(), async (series, seed) => {
      const data = noise(series.nItems * series.nChannels * series.nSamples, seed);
      const expected = await windowRdms(data, series, computeEngine, 1);
      expect(await windowRdms(data, series, computeEngine, 3)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test("every window equals its direct computation", async () => {
  await fc.assert(
    fc.asyncProperty(anySeries, fc.integer(), async (series, seed) => {
      const data = noise(series.nItems * series.nChannels * series.nSamples, seed);
      const rdms = await windowRdms(data, series, computeEngine);
      expect(rdms.length).toBe(series.nSamples - 2 * series.radius);
      rdms.forEach((rdm, window) => {
        expect(largestError(rdm, directRdm(data, series, window))).toBeLessThan(1e-12);
      });
    }),
    { numRuns: 60 },
  );
});

const small: WindowSeries = { nItems: 9, nChannels: 3, nSamples: 60, radius: 4 };
const smallData = noise(9 * 3 * 60);

describe("what is asked for does not change the numbers", () => {
  test("a range of centres gives the windows of the whole", async () => {
    const all = await windowRdms(smallData, small, computeEngine);
    for (const [from, to] of [
      [4, 5],
      [11, 33],
      [55, 56],
    ] as const) {
      const some = await windowRdms(smallData, { ...small, centres: [from, to] }, computeEngine);
      expect(some).toEqual(all.slice(from - 4, to - 4));
    }
  });

  test("an empty range gives no window", async () => {
    expect(await windowRdms(smallData, { ...small, centres: [9, 9] }, computeEngine)).toEqual([]);
  });

  test("chosen channels give the RDMs of these channels alone", async () => {
    const series = { ...small, channels: [2, 0] };
    const rdms = await windowRdms(smallData, series, computeEngine);
    rdms.forEach((rdm, window) =>
      expect(largestError(rdm, directRdm(smallData, series, window))).toBeLessThan(1e-12),
    );
  });
});

describe("hard data", () => {
  test.each([1e3, 1e6, 1e12])(
    "an artefact of %d× leaves nothing behind once it has left",
    async (size) => {
      const data = smallData.slice();
      for (let row = 0; row < 27; row++) data[row * 60 + 20] *= size;
      const rdms = await windowRdms(data, small, computeEngine);
      const after = rdms.map((rdm, window) => largestError(rdm, directRdm(data, small, window)));
      // Windows 12 … 20 hold sample 20.
      expect(Math.max(...after.filter((_, window) => window < 12 || window > 20))).toBeLessThan(
        1e-14,
      );
      expect(Math.max(...after)).toBeLessThan(1e-12);
    },
  );

  test("NaN and infinity spoil the windows and pairs they are in, and no other", async () => {
    for (const value of [NaN, Infinity, -Infinity]) {
      const data = smallData.slice();
      data[4 * 180 + 60 + 30] = value;
      for (const metric of metrics) {
        const series = { ...small, metric };
        const rdms = await windowRdms(data, series, computeEngine, 2);
        rdms.forEach((rdm, window) =>
          expect(largestError(rdm, directRdm(data, series, window))).toBeLessThan(1e-12),
        );
      }
    }
  });

  test("a constant pattern has no correlation with any other", async () => {
    const data = smallData.slice();
    data.fill(0.1, 2 * 180, 3 * 180);
    const [rdm] = await windowRdms(data, small, computeEngine);
    expect(rdm[0]).not.toBeNaN();
    expect(rdm[1]).toBeNaN();
    expect(rdm.filter((d) => Number.isNaN(d)).length).toBe(8);
    expect(largestError(rdm, directRdm(data, small, 0))).toBeLessThan(1e-13);
  });

  test("patterns far from zero keep their digits", async () => {
    const data = smallData.map(
      (value, k) => value + (k % 2 === 0 ? 0 : 1e-9) + 1e5 * (k >= 900 ? k : 1),
    );
    const rdms = await windowRdms(data, small, computeEngine);
    rdms.forEach((rdm, window) =>
      expect(largestError(rdm, directRdm(data, small, window))).toBeLessThan(1e-9),
    );
  });

  test("a pattern and its copy are at distance 0", async () => {
    for (const metric of metrics) {
      const data = smallData.slice();
      data.copyWithin(7 * 180, 180, 2 * 180);
      const rdms = await windowRdms(data, { ...small, metric }, computeEngine);
      for (const rdm of rdms) expect(rdm[8 + 5]).toBe(0);
    }
  });

  test("one item has RDMs without pairs", async () => {
    const series = { nItems: 1, nChannels: 2, nSamples: 5, radius: 1 };
    const rdms = await windowRdms(noise(10), series, computeEngine);
    expect(rdms).toEqual([new Float64Array(0), new Float64Array(0), new Float64Array(0)]);
  });
});

describe("scores", () => {
  const models = [
    noise(36, 5),
    Float64Array.from({ length: 36 }, (_, k) => k % 3),
    new Float64Array(36),
  ];
  const patches = { ...small, places: [[0, 1, 2]] };

  /** Scores of every window of every place with every model. */
  async function scoresOf(
    metric: "spearman" | "pearson" | "tau",
    { places, ...series }: WindowPatches = patches,
    job: JobOptions = {},
    engine = computeEngine,
  ): Promise<number[]> {
    const found: number[] = [];
    const all = { ...series, places };
    const how = engineScores(models, metric === "tau" ? "tau-a" : metric);
    const add = (window: number, scores: Float64Array): void => {
      expect(window * models.length).toBe(found.length);
      found.push(...scores);
    };
    if (how?.by !== "products") await windowTaus(smallData, all, models, add, job, engine);
    else {
      const product = how.prepare();
      await windowProducts(
        smallData,
        all,
        product,
        (window, products, norm) => add(window, product.scores(products, norm)),
        job,
        engine,
      );
    }
    return found;
  }

  test.each(["spearman", "pearson", "tau"] as const)(
    "%s is the same on any number of threads",
    async (score) => {
      const expected = await scoresOf(score, patches, { jobs: 1 });
      expect(expected.length).toBe(52 * 3);
      for (const jobs of [2, 3]) expect(await scoresOf(score, patches, { jobs })).toEqual(expected);
    },
  );

  test.each([
    ["pearson", pearson],
    ["tau", kendallTauA],
  ] as const)("%s of the window's RDM with the model", async (metric, score) => {
    const scores = await scoresOf(metric);
    const rdms = await windowRdms(smallData, small, computeEngine);
    rdms.forEach((rdm, window) => {
      expect(scores[window * 3]).toBeCloseTo(score(rdm, models[0]), 12);
      expect(scores[window * 3 + 1]).toBeCloseTo(score(rdm, models[1]), 12);
      expect(scores[window * 3 + 2]).toBeNaN();
    });
  });

  test("places score as each would alone, and progress runs through all", async () => {
    const places = [[0], [2, 1], [0, 1, 2]];
    const seen: number[] = [];
    const onProgress = ({ done, total }: { done: number; total: number }) =>
      seen.push(done / total);
    const found = await scoresOf("spearman", { ...small, places }, { onProgress });
    const alone = [];
    for (const channels of places)
      alone.push(...(await scoresOf("spearman", { ...small, places: [channels] })));
    expect(found).toEqual(alone);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });

  test("a series of several batches of windows has all of them", async () => {
    const long = { nItems: 4, nChannels: 1, nSamples: 1900, radius: 2 };
    const data = noise(4 * 1900, 9);
    const how = engineScores([noise(6, 10)], "pearson");
    if (how?.by !== "products") throw new Error("pearson follows from products");
    const product = how.prepare();
    const found: number[] = [];
    const rdms = await windowRdms(data, long, computeEngine);
    expect(rdms.length).toBe(1896);
    await windowProducts(data, { ...long, places: [[0]] }, product, (window, products, norm) => {
      expect(window).toBe(found.length);
      found.push(...product.scores(products, norm));
    });
    expect(found.length).toBe(1896);
    rdms.forEach((rdm, window) => {
      if (window % 100 > 3) return;
      expect(largestError(rdm, directRdm(data, long, window))).toBeLessThan(1e-12);
      expect(found[window]).toBeCloseTo(pearson(rdm, noise(6, 10)), 12);
    });
    expect(found.at(-1)).toBeCloseTo(pearson(rdms[1895], noise(6, 10)), 12);
  });

  test("models of other items are refused", async () => {
    const few = { ranked: false, vectors: [noise(35)] };
    await expect(windowProducts(smallData, patches, few, () => {})).rejects.toThrow(
      /models of 36 pairs/,
    );
  });
});

function pearson(x: Float64Array, y: Float64Array): number {
  const mean = (v: Float64Array) => v.reduce((sum, value) => sum + value, 0) / v.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((value, k) => {
    xy += (value - mx) * (y[k] - my);
    xx += (value - mx) ** 2;
    yy += (y[k] - my) ** 2;
  });
  return xy / Math.sqrt(xx * yy);
}
