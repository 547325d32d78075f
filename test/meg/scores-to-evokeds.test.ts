import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  readEpochs,
  readEvokeds,
  SensorScores,
  scoresToEvokeds,
  writeEvokeds,
  type Channel,
} from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-scores-"));
const times = Float64Array.from({ length: 6 }, (_, at) => -0.02 + at / 100);

function scoresOf(channels: readonly string[]): SensorScores {
  return new SensorScores({
    scores: Float64Array.from({ length: 2 * channels.length * 6 }, (_, at) => Math.sin(at) / 10),
    modelNames: ["faces", "words"],
    channels,
    times,
    rsaMetric: "spearman",
    nItems: 9,
  });
}

test("scores go to a FIF file and come back, with their sensors and times", async () => {
  const epochs = await readEpochs(
    join(import.meta.dirname, "..", "fixtures", "fif", "small-epo.fif"),
  );
  const names = epochs.info.channels.slice(2, 5).map(({ name }) => name);
  const scores = scoresOf(names.toReversed());
  const path = join(folder, "scores-ave.fif");
  await writeEvokeds(path, scoresToEvokeds(scores, epochs));
  const read = await readEvokeds(path);
  expect(read.map(({ comment }) => comment)).toEqual([
    "faces (spearman, RSA score)",
    "words (spearman, RSA score)",
  ]);
  const [, words] = read;
  expect(words.info.channels.map(({ name }) => name)).toEqual(names.toReversed());
  expect(words.info.channels[0].position).toEqual(epochs.info.channels[4].position);
  expect(words.info.fif?.projections).toEqual([]);
  expect(words.info.sfreqHz).toBeCloseTo(100, 4);
  words.times.forEach((time, at) => expect(time).toBeCloseTo(times[at], 9));
  const expected = scores.scores.slice(18);
  words.data.data.forEach((value, at) => expect(value).toBeCloseTo(expected[at], 7));
});

test("scores of all sensors pooled are one channel", async () => {
  const path = join(folder, "pooled-ave.fif");
  const channels: Channel[] = [{ name: "Cz", type: "eeg", position: [0, 0, 0.1] }];
  await writeEvokeds(path, scoresToEvokeds(scoresOf(["rsa"]), channels));
  const [faces] = await readEvokeds(path);
  expect(faces.info.channels.map(({ name, type }) => [name, type])).toEqual([["rsa", "misc"]]);
});

test("sensors that the recording lacks, uneven times and strangers are refused", () => {
  const channels: Channel[] = [{ name: "Cz", type: "eeg", position: [0, 0, 0.1] }];
  expect(() => scoresToEvokeds(scoresOf(["Cz", "Pz"]), channels)).toThrow(/"Pz"/);
  const uneven = new SensorScores({ ...scoresOf(["Cz"]), times: times.with(3, 0.013) });
  expect(() => scoresToEvokeds(uneven, channels)).toThrow(/evenly/);
  expect(() => scoresToEvokeds({} as never, channels)).toThrow(/rsaEpochs/);
});
