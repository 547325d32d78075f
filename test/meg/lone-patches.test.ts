import { describe, expect, test } from "vitest";
import { epochsFromArray, Rdm, rdmEpochs, rsaEpochs } from "../../src/index.ts";
import type { Channel } from "../../src/meg/channel.ts";
import { noise } from "../compute/series.ts";

const labels = ["a", "b", "c", "d"];
const quiet = { onProgress: false } as const;

/** Five sensors, of which one has no neighbour; it comes first, in the middle or last. */
function recording(lone: number, repeats = 1) {
  const channels = [0, 1, 2, 3, 4].map((at): Channel => ({
    name: at === lone ? "far" : `near ${at}`,
    type: "eeg" as const,
    position: at === lone ? [1, 0, 0] : [0, 0.01 * (at + 1), 0.1],
  }));
  const n = labels.length * repeats;
  const data = { data: noise(n * 5 * 5, 7), shape: [n, 5, 5] };
  return epochsFromArray(data, { sfreqHz: 10, channels: channels });
}

const model = new Rdm(noise(6, 8), { items: labels });

describe.each([0, 1, 4])("a sensor without neighbours at place %s", (lone) => {
  test.each(["correlation", "cosine"] as const)("is NaN and noted: %s", async (metric) => {
    const epochs = recording(lone);
    for (const temporal of [{ temporalRadiusS: 0 }, { tminS: 0, tmaxS: 0.1 }]) {
      const options = { labels, metric, spatialRadiusM: 0.05, ...temporal };
      const scores = await rsaEpochs(epochs, model, { ...options, ...quiet });
      const nTimes = scores.times.length;
      scores.scores.forEach((score, at) =>
        expect(Number.isNaN(score)).toBe(Math.floor(at / nTimes) === lone),
      );
      expect(scores.notes.join()).toMatch(
        new RegExp(`${nTimes} of ${5 * nTimes} patches are a single value.*around far`),
      );
      const rdms = await rdmEpochs(epochs, options).toArray(quiet);
      rdms.forEach((rdm, at) =>
        expect(rdm.condensed.every(Number.isNaN)).toBe(Math.floor(at / nTimes) === lone),
      );
    }
  });

  test("with folds too", async () => {
    const epochs = recording(lone, 2);
    const options = { labels: [...labels, ...labels], nFolds: 2, spatialRadiusM: 0.05 };
    const all = { ...options, temporalRadiusS: 0, ...quiet };
    for (const ignoreNan of [false, true]) {
      const scores = await rsaEpochs(epochs, model, { ...all, ignoreNan });
      scores.scores.forEach((score, at) =>
        expect(Number.isNaN(score)).toBe(Math.floor(at / 5) === lone),
      );
    }
  });

  test("has distances", async () => {
    const options = {
      labels,
      metric: "euclidean",
      spatialRadiusM: 0.05,
      temporalRadiusS: 0,
    } as const;
    const scores = await rsaEpochs(recording(lone), model, { ...options, ...quiet });
    expect(scores.scores.some(Number.isNaN)).toBe(false);
    expect(scores.notes.join()).not.toMatch(/single value/);
  });
});

test("nothing but lone sensors is refused", async () => {
  const options = { labels, spatialRadiusM: 0, temporalRadiusS: 0, ...quiet };
  await expect(rsaEpochs(recording(0), model, options)).rejects.toThrow(
    /every patch is a single value.*larger radius/,
  );
  expect(() => rdmEpochs(recording(0), options)).toThrow(/every patch is a single value/);
});

test("folds are made of the epochs that are used, wherever the others lie", async () => {
  const epochs = recording(0, 4);
  const of = ["x", "a", "b", "x", "b", "a", "x", "c", "c", "a", "b", "c", "x", "a", "b", "c"];
  const kept = of.flatMap((label, at) => (label === "x" ? [] : [at]));
  const three = new Rdm([1, 2, 3], { items: ["a", "b", "c"] });
  for (const metric of ["correlation", "cosine"] as const) {
    const options = { nFolds: 2, metric, rsaMetric: "pearson", ...quiet } as const;
    const scores = await rsaEpochs(epochs, three, { ...options, labels: of, items: "common" });
    const alone = await rsaEpochs(epochs.take(kept), three, {
      ...options,
      labels: kept.map((at) => of[at]),
    });
    expect(scores.scores).toEqual(alone.scores);
  }
});
