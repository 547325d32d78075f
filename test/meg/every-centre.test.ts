import { describe, expect, test } from "vitest";
import {
  crossTemporalEpochs,
  epochsFromArray,
  mapEpochs,
  Rdm,
  rdmEpochs,
  rsaEpochs,
  searchlightPatches,
  SearchlightPatches,
  stackScores,
} from "../../src/index.ts";
import { loadPatches, storePatches } from "../../src/searchlight/stored-patches.ts";
import { outerLength, slicePatches } from "../../src/searchlight/slice-patches.ts";

const [nEpochs, nSensors, nTimes] = [12, 5, 11];
const wave = Float64Array.from({ length: nEpochs * nSensors * nTimes }, (_, k) => Math.sin(k * k));
const epochs = epochsFromArray(
  { data: wave, shape: [nEpochs, nSensors, nTimes] },
  {
    sfreqHz: 100,
    channels: Array.from({ length: nSensors }, (_, k) => ({
      name: `S${k}`,
      type: "eeg",
      position: [0.02 * k, 0.01, 0.05] as const,
    })),
  },
);
const labels = Array.from({ length: nEpochs }, (_, k) => "abcd"[k % 4]);
const model = new Rdm([1, 2, 3, 1, 2, 1], { items: [..."abcd"], name: "idea" });
const how = { labels, temporalRadiusS: 0.01, onProgress: false } as const;

/** Every so manieth place of a list. */
const thin = <T>(list: Iterable<T>, every: number): T[] =>
  [...list].filter((_, at) => at % every === 0);

describe("every so manieth centre", () => {
  test.each([
    ["correlation", {}],
    ["euclidean", { metric: "euclidean" }],
    ["cross-validated", { nFolds: 3, metric: "euclidean" }],
    ["noise of the window", { nFolds: 3, metric: "crossnobis", noise: "window" }],
  ] as const)("windows along time have the scores they have among all: %s", async (_, more) => {
    const all = await rsaEpochs(epochs, model, { ...how, ...more });
    for (const every of [2, 4, 9, 50]) {
      const some = await rsaEpochs(epochs, model, { ...how, ...more, every });
      expect([...some.times]).toEqual(thin(all.times, every));
      thin(all.scores, every).forEach((score, at) =>
        expect(some.scores[at]).toBeCloseTo(score, 12),
      );
      expect(some.scores).toHaveLength(some.times.length);
    }
  });

  test("with sensors the windows are thinned, sensor by sensor; at one time the sensors are", async () => {
    const patches = { ...how, spatialRadiusM: 0.03 };
    const all = await rsaEpochs(epochs, model, patches);
    const some = await rsaEpochs(epochs, model, { ...patches, every: 3 });
    expect(some.channels).toEqual(all.channels);
    for (const channel of all.channels)
      thin(all.series("idea", channel).values, 3).forEach((score, at) =>
        expect(some.series("idea", channel).values[at]).toBeCloseTo(score, 12),
      );
    const space = { labels, spatialRadiusM: 0.03, onProgress: false } as const;
    const sensors = await rsaEpochs(epochs, model, { ...space, every: 2 });
    expect(sensors.channels).toEqual(["S0", "S2", "S4"]);
    const whole = await rsaEpochs(epochs, model, space);
    sensors.scores.forEach((score, at) => expect(score).toBeCloseTo(whole.scores[2 * at], 12));
  });

  test("RDMs say where they are", async () => {
    const all = await rdmEpochs(epochs, how).toArray({ onProgress: false });
    const rdms = rdmEpochs(epochs, { ...how, every: 4 });
    expect([rdms.length, ...rdms.shape]).toEqual([3, 1, 3]);
    const some = await rdms.toArray({ onProgress: false });
    some.forEach((rdm, at) => {
      expect(rdm.name).toBe(all[4 * at].name);
      expect(rdm.meta["timeS"]).toBe(all[4 * at].meta["timeS"]);
      rdm.condensed.forEach((value, k) => expect(value).toBeCloseTo(all[4 * at].condensed[k], 12));
    });
  });

  test("so do your own function, patterns across time, and a stack of people", async () => {
    const own = await mapEpochs(epochs, ({ shape }) => shape[1], { ...how, every: 4 });
    expect([...own.scores]).toEqual([15, 15, 15]);
    const [all] = await crossTemporalEpochs(epochs, model, how);
    const [some] = await crossTemporalEpochs(epochs, model, { ...how, every: 4 });
    expect([...some.rowTimes]).toEqual(thin(all.rowTimes, 4));
    some.rowTimes.forEach((t) =>
      some.columnTimes.forEach((u) => expect(some.at(t, u)).toBeCloseTo(all.at(t, u), 12)),
    );
    const person = await rsaEpochs(epochs, model, { ...how, every: 4 });
    expect([...stackScores([person, person]).times]).toEqual([...person.times]);
  });

  test("one window stays; one patch cannot be thinned, nor by what counts nothing", async () => {
    const one = await rsaEpochs(epochs, model, { ...how, tminS: 0.05, tmaxS: 0.06, every: 3 });
    expect([...one.times]).toEqual([0.05]);
    await expect(rsaEpochs(epochs, model, { labels, every: 2 })).rejects.toThrow(
      /every.*temporalRadiusS or spatialRadiusM/,
    );
    for (const every of [0, -1, 1.5, NaN, "2"])
      await expect(rsaEpochs(epochs, model, { ...how, every: every as 2 })).rejects.toThrow(
        /every/,
      );
  });
});

test.each([1, 2, 3, 4, 7])("patches %i samples apart, sliced and stored, are the same", (step) => {
  const { plan } = searchlightPatches([6, 3, 11], { temporalRadius: 1 });
  const time = plan.time ?? { from: 0, to: 0, radius: 0 };
  const patches = new SearchlightPatches({ ...plan, space: undefined, time: { ...time, step } });
  const all = [...patches];
  expect(all).toHaveLength(Math.ceil(9 / step));
  expect(all.map(({ centreSample }) => centreSample)).toEqual(
    Array.from({ length: all.length }, (_, at) => 1 + at * step),
  );
  const half = Math.ceil(outerLength(patches) / 2);
  const parts = [slicePatches(patches, 0, half), slicePatches(patches, half, all.length)];
  expect(parts.flatMap((part) => [...part])).toEqual(all);
  const { stored, arrays } = storePatches(patches);
  expect([...loadPatches(structuredClone(stored), arrays)]).toEqual(all);
});
