import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readEpochs } from "../../../src/index.ts";
import { readEeglab, readFieldTrip, type EpochedArrays } from "../../../src/io/index.ts";

// Written by test/python/epoched.py with eeglabio, scipy and hdf5storage; expected.json is what MNE-Python reads.
const fixtures = new URL("../../fixtures/epoched/", import.meta.url);
const pathOf = (name: string) => new URL(name, fixtures).pathname;
const bytesOf = (name: string) => new Uint8Array(readFileSync(pathOf(name)));

interface Expected {
  readonly channels: string[];
  readonly types: string[];
  readonly positions: (number | null)[][];
  readonly sfreq: number;
  readonly times: number[];
  readonly data: number[][][];
  readonly samples: number[];
  readonly names: string[];
  readonly codes: number[];
}
const expected = JSON.parse(readFileSync(pathOf("expected.json"), "utf8")) as Record<
  string,
  Expected
>;

function compare(found: EpochedArrays, wanted: Expected): void {
  expect(found.channels.map(({ name }) => name)).toEqual(wanted.channels);
  expect(found.channels.map(({ type }) => type)).toEqual(wanted.types);
  expect(found.sfreqHz).toBe(wanted.sfreq);
  expect(Array.from(found.times)).toEqual(wanted.times);
  expect(found.shape).toEqual([wanted.data.length, wanted.channels.length, wanted.times.length]);
  expect(Array.from(found.data)).toEqual(wanted.data.flat(2));
  const { codes, samples, names } = found.events;
  expect(Array.from(codes)).toEqual(wanted.codes);
  expect(Array.from(samples)).toEqual(wanted.samples);
  expect(Array.from(codes, (code) => names.get(code))).toEqual(wanted.names);
  found.channels.forEach(({ position, type }, at) => {
    if (!["eeg", "mag", "grad"].includes(type)) return;
    position.forEach((x, axis) => expect(x).toBeCloseTo(wanted.positions[at][axis] ?? NaN, 7));
  });
}

describe("EEGLAB", () => {
  const files = Object.keys(expected).filter((name) => name.endsWith(".set"));
  test.each(files)("%s is as mne.read_epochs_eeglab reads it", async (name) => {
    compare(await readEeglab(pathOf(name)), expected[name]);
    const epochs = await readEpochs(pathOf(name));
    expect(epochs.eventNames).toEqual(expected[name].names);
    expect(epochs.channelNames).toEqual(expected[name].channels);
    expect(epochs.name).toBe(name);
  });

  test("the event at time 0 of each epoch is its metadata", async () => {
    const { metadata } = await readEeglab(pathOf("notes.set"));
    expect(metadata.get("type")).toEqual(["face", "house", "face", "café", "house", "face"]);
    expect(metadata.get("epoch")).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("bytes need the file with the data beside them", async () => {
    await expect(readEeglab(bytesOf("apart.set"))).rejects.toThrow(/apart\.fdt.*option data/);
    const found = await readEeglab(bytesOf("apart.set"), { data: bytesOf("apart.fdt") });
    compare(found, expected["apart.set"]);
    const cut = bytesOf("apart.fdt").slice(4);
    await expect(readEeglab(bytesOf("apart.set"), { data: cut })).rejects.toThrow(
      /size: expected 2400 bytes.*found 2396/,
    );
  });

  test("a recording that is not cut, and other files, are refused and say what to do", async () => {
    await expect(readEeglab(pathOf("continuous.set"))).rejects.toThrow(/not cut into epochs/);
    await expect(readEpochs(pathOf("continuous.set"))).rejects.toThrow(/not cut into epochs/);
    await expect(readEeglab(pathOf("raw.mat"))).rejects.toThrow(/EEG, or its fields.*found data/);
    const other = new URL("../mat/v5.mat", fixtures).pathname;
    await expect(readEpochs(other)).rejects.toThrow(/holds no epochs/);
  });
});

describe("FieldTrip", () => {
  test.each(["raw.mat", "plain.mat"])(
    "%s is as mne.read_epochs_fieldtrip reads it",
    async (name) => {
      const found = await readFieldTrip(pathOf(name));
      compare(found, expected[name]);
      const trialinfo = { "0": [1, 2, 1, 3, 2, 1], "1": [0, 1.5, 3, 4.5, 6, 7.5] };
      expect(Object.fromEntries(found.metadata)).toEqual(name === "raw.mat" ? trialinfo : {});
      expect(Array.from((await readEpochs(pathOf(name))).events.codes)).toEqual(
        expected[name].codes,
      );
    },
  );

  test("MATLAB 7.3 and a timelock structure hold the same trials", async () => {
    compare(await readFieldTrip(pathOf("raw73.mat")), expected["raw.mat"]);
    compare(await readFieldTrip(pathOf("timelock.mat")), expected["raw.mat"]);
    const epochs = await readEpochs(pathOf("timelock.mat"));
    expect(epochs.metadata?.names).toEqual(["0", "1"]);
  });

  test("another column of trialinfo", async () => {
    const { events } = await readFieldTrip(pathOf("raw.mat"), { trialinfoColumn: 1 });
    expect(Array.from(events.codes)).toEqual([0, 1, 3, 4, 6, 7]);
    await expect(readFieldTrip(pathOf("raw.mat"), { trialinfoColumn: 2 })).rejects.toThrow(
      /2 columns/,
    );
  });

  test("averages, unequal trials and unknown variables are refused", async () => {
    await expect(readFieldTrip(pathOf("average.mat"))).rejects.toThrow(/keeptrials/);
    await expect(readFieldTrip(pathOf("unequal.mat"))).rejects.toThrow(/20 in trial 1/);
    await expect(readFieldTrip(pathOf("raw.mat"), { variable: "Data" })).rejects.toThrow(/data/);
  });
});
