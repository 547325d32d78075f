import { expect, test } from "vitest";
import { epochsFromArray, Rdm, rdmEpochs, rsaEpochs } from "../../src/index.ts";
import { jupyterDisplay } from "../../src/core/display.ts";

const channels = ["mag", "grad", "grad"].map((type, at) => ({
  name: `MEG${at}`,
  type,
  position: [at, 0, 1] as const,
}));
const data = {
  data: Float64Array.from({ length: 36 }, (_, at) => Math.sin(at ** 2)),
  shape: [3, 3, 4],
};
const epochs = epochsFromArray(data, { sfreqHz: 100, channels });
const labels = ["a", "b", "c"];

test("sensors of different units in one pattern are not passed over in silence", async () => {
  const sequence = rdmEpochs(epochs, { labels });
  expect(sequence.notes).toEqual([
    "1 mag (T) and 2 grad (T/m) are put together in their own units, where the larger numbers decide; whiten with noiseCovariance, or pick one type",
  ]);
  expect(sequence[jupyterDisplay]()["text/plain"]).toMatch(/\nnote: 1 mag \(T\) and 2 grad/);
  const scores = await rsaEpochs(epochs, new Rdm([1, 2, 3], { items: labels }), {
    labels,
    onProgress: false,
  });
  expect(scores.notes).toEqual(sequence.notes);
});

test("one type, or whitened data, need no note", () => {
  const matrix = Float64Array.of(1, 0, 0, 0, 2, 0, 0, 0, 3);
  const noiseCovariance = { channels: epochs.channelNames, matrix };
  expect(rdmEpochs(epochs, { labels, picks: "grad" }).notes).toEqual([]);
  expect(rdmEpochs(epochs, { labels, noiseCovariance }).notes).toEqual([]);
});

test("a radius that reaches over all sensors is said: it may be in millimetres", async () => {
  const place = (name: string, x: number) =>
    ({ name, type: "eeg", position: [x, 0, 0.09] }) as const;
  const channels = [place("C3", -0.05), place("Cz", 0), place("C4", 0.05)];
  const data = Float64Array.from({ length: 3 * 3 * 4 }, (_, k) => Math.sin(k * k));
  const epochs = epochsFromArray({ data, shape: [3, 3, 4] }, { sfreqHz: 100, channels });
  const notesFor = (spatialRadiusM: number) =>
    rdmEpochs(epochs, { labels: ["a", "b", "c"], spatialRadiusM }).notes;
  expect(notesFor(50)).toEqual([
    "every patch holds all 3 sensors: spatialRadiusM (metres) reaches over all of them",
  ]);
  expect(notesFor(0.06)).toEqual([]);
});
