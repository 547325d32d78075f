import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { encodeFifEpochs } from "../../../src/io/fif/write-epochs.ts";
import { readFifEpochs } from "../../../src/io/fif/read-epochs.ts";
import { fixture } from "./fixtures.ts";

test("small-epo.fif of the MNE-RSA reference cases", async () => {
  const epochs = await readFifEpochs(fixture("small-epo.fif"));
  expect(epochs.shape).toEqual([17, 5, 18]);
  expect(epochs.info.channels.map(({ type }) => type)).toEqual([
    "grad",
    "grad",
    "grad",
    "grad",
    "mag",
  ]);
  expect(epochs.info.bads).toEqual(["MEG 001"]);
  expect(epochs.metadata?.columns.get("file")?.slice(0, 3)).toEqual([
    "s047.bmp",
    "s038.bmp",
    "f050.bmp",
  ]);
  expect([...epochs.data.subarray(0, 4)].map((value) => Math.fround(value))).toEqual(
    [0.1946, -1.6316, -0.0682, -0.8545].map(Math.fround),
  );
});

const real = fileURLToPath(
  new URL("../../../../shared/real-data/eeg-epochs-priming/subject04-epo.fif", import.meta.url),
);

// Skipped where the recording is not at hand; it is not ours to copy.
test.skipIf(!existsSync(real))("a real EEG recording", async () => {
  const epochs = await readFifEpochs(real);
  expect(epochs.shape).toEqual([200, 32, 60]);
  expect(epochs.info.channels.every(({ type }) => type === "eeg")).toBe(true);
  expect(epochs.info.sfreq).toBe(50);
  expect([...epochs.times].slice(0, 2)).toEqual([-0.2, -0.18]);
  expect(epochs.times.at(-1)).toBe(0.98);
  const columns = ["cue", "association", "label", "FAS", "button", "reaction-time"];
  expect(epochs.metadata?.names).toEqual(expect.arrayContaining(columns));
  expect(epochs.metadata?.nRows).toBe(200);
  expect(await readFifEpochs(await encodeFifEpochs(epochs))).toEqual(epochs);
  const bytes = new Uint8Array(readFileSync(real));
  const picked = await readFifEpochs(bytes, { channels: [31], epochs: [199], samples: [59, 60] });
  expect(picked.data[0]).toBe(epochs.data[epochs.data.length - 1]);
});
