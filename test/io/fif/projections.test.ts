import { expect, test } from "vitest";
import { readFifEpochs } from "../../../src/io/fif/read-epochs.ts";
import { readFifEvokeds } from "../../../src/io/fif/read-evokeds.ts";
import { expected, fixture } from "./fixtures.ts";

// Three projections of MNE-Python: two vectors over some channels; one that is active, nearly the first again;
// and the average reference, whose list has a channel the data lack. One channel is bad.
interface Expected {
  epochs: number[];
  unprojected: number[];
  evoked: number[];
  evokedUnprojected: number[];
  eventId: Record<string, number>;
}
const want = expected<Expected>("projections");
const epochsFile = fixture("projections-epo.fif");
const evokedFile = fixture("projections-ave.fif");

function worst(found: Float64Array, numbers: number[]): number {
  expect(found.length).toBe(numbers.length);
  const greatest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Math.max(...numbers.map((value, i) => Math.abs(value - found[i]))) / greatest;
}

test("epochs are projected as MNE-Python does", async () => {
  const epochs = await readFifEpochs(epochsFile);
  expect(worst(epochs.data, want.epochs)).toBeLessThan(1e-15);
  expect(epochs.info.projections.every(({ active }) => active)).toBe(true);
  expect(Object.fromEntries(epochs.eventId)).toEqual(want.eventId);
  const plain = await readFifEpochs(epochsFile, { applyProjections: false });
  expect([...plain.data]).toEqual(want.unprojected);
  expect(plain.info.projections.map(({ active }) => active)).toEqual([false, true, false]);
  expect(plain.info.projections.map(({ explainedVariance }) => explainedVariance)).toEqual([
    0.25, 0.25, 0.25,
  ]);
});

test("a few channels are projected with all the channels that the projection mixes", async () => {
  const whole = await readFifEpochs(epochsFile);
  const { data } = await readFifEpochs(epochsFile, { channels: [6, 0], samples: [1, 3] });
  const at = (e: number, c: number, t: number) => whole.data[(e * 8 + c) * 4 + t];
  const numbers = [0, 1, 2].flatMap((e) => [6, 0].flatMap((c) => [1, 2].map((t) => at(e, c, t))));
  expect(worst(data, numbers)).toBeLessThan(1e-15);
});

test("evokeds are projected as MNE-Python does", async () => {
  const [evoked] = await readFifEvokeds(evokedFile);
  expect(worst(evoked.data, want.evoked)).toBeLessThan(1e-15);
  const [plain] = await readFifEvokeds(evokedFile, { applyProjections: false });
  expect([...plain.data]).toEqual(want.evokedUnprojected);
});
