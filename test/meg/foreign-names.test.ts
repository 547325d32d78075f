import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { epochsFromArray, readEpochs, Table, writeEpochs, type Channel } from "../../src/index.ts";

let folder = "";
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), "tsrsa-names-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const names = ["Größe", "Gr??e", "φ1 Ω", "脳波", "plain", "😀", "ein sehr langer Name für Ä"];
const channels = names.map((name): Channel => ({ name, type: "eeg", position: [0, 0, 0.1] }));
const data = { data: new Float64Array(2 * names.length * 3), shape: [2, names.length, 3] };

// Read with mne.read_epochs of MNE 1.13.2: the names and bads are these.
test("names that are not ASCII are kept, and every byte of a channel's record is ASCII, as MNE demands", async () => {
  const epochs = epochsFromArray(data, { sfreqHz: 100, channels, bads: ["Größe", "脳波"] });
  const path = join(folder, "names-epo.fif");
  await writeEpochs(path, epochs);
  const again = await readEpochs(path);
  expect(again.info.channels.map(({ name }) => name)).toEqual(names);
  expect(again.info.bads).toEqual(["Größe", "脳波"]);
  const short = channelRecords(await readFile(path)).map((record) => record.subarray(80));
  expect(short.length).toBe(names.length);
  for (const bytes of short) for (const byte of bytes) expect(byte).toBeLessThan(0x7f);
  expect(new Set(short.map((bytes) => bytes.toString())).size).toBe(names.length);
});

/** The structures that describe channels: kind 203, type 30, 96 bytes. */
function channelRecords(bytes: Buffer): Buffer[] {
  const records = [];
  for (let at = 0; at + 16 <= bytes.length; at += 16 + bytes.readInt32BE(at + 8))
    if (bytes.readInt32BE(at) === 203) records.push(bytes.subarray(at + 16, at + 112));
  return records;
}

test.each([
  ["row numbers of pandas are left out", [0, 5], ["word"]],
  ["a column of that name with other values stays", ["a", "b"], ["index", "word"]],
  ["and so do numbers that repeat", [1, 1], ["index", "word"]],
])("a first column called index: %s", async (_, index, columns) => {
  const metadata = new Table({ index, word: ["cat", "dog"] });
  const path = join(folder, "index-epo.fif");
  await writeEpochs(path, epochsFromArray(data, { sfreqHz: 100, metadata }));
  const again = await readEpochs(path);
  expect(again.metadata?.names).toEqual(columns);
  expect(again.metadata?.column("word")).toEqual(["cat", "dog"]);
});
