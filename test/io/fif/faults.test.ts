import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { TsrsaError } from "../../../src/core/errors.ts";
import type { FileInput } from "../../../src/core/byte-source.ts";
import { readFifCovariance } from "../../../src/io/fif/read-covariance.ts";
import { readFifEpochs } from "../../../src/io/fif/read-epochs.ts";
import { readFifEvokeds } from "../../../src/io/fif/read-evokeds.ts";
import type { FifEpochs, FifEvoked } from "../../../src/io/fif/types.ts";
import { fixture } from "./fixtures.ts";

type Read = (input: FileInput) => Promise<unknown>;
const readers: [string, Read][] = [
  ["small-epo.fif", async (input) => checkEpochs(await readFifEpochs(input))],
  ["complex-epo.fif", async (input) => checkEpochs(await readFifEpochs(input))],
  ["gz-epo.fif.gz", async (input) => checkEpochs(await readFifEpochs(input))],
  ["two-ave.fif", async (input) => (await readFifEvokeds(input)).map(checkEvoked)],
  ["full-cov.fif", (input) => readFifCovariance(input)],
  ["diag-cov.fif", (input) => readFifCovariance(input)],
];

// Structure that every result must have, whatever the file.
function checkEpochs(epochs: FifEpochs): void {
  const [nEpochs, nChannels, nTimes] = epochs.shape;
  const { info } = epochs;
  const names = new Set(info.channels.map(({ name }) => name));
  const sound =
    epochs.data.length === nEpochs * nChannels * nTimes &&
    (epochs.imaginary === undefined || epochs.imaginary.length === epochs.data.length) &&
    info.channels.length === nChannels &&
    names.size === nChannels &&
    info.sfreq > 0 &&
    info.bads.every((name) => names.has(name)) &&
    epochs.times.length === nTimes &&
    epochs.times.every(Number.isFinite) &&
    epochs.events.length === 3 * nEpochs &&
    epochs.selection.length === nEpochs &&
    (epochs.metadata === undefined || epochs.metadata.nRows === nEpochs);
  if (!sound) throw new Error("unsound epochs");
}

function checkEvoked({ data, shape, times, info }: FifEvoked): void {
  const sound =
    data.length === shape[0] * shape[1] &&
    shape[0] === info.channels.length &&
    times.length === shape[1];
  if (!sound) throw new Error("unsound evoked");
}

// The code of the typed error, or "read"; any other error fails the test.
async function outcome(read: Read, bytes: Uint8Array): Promise<string> {
  const start = performance.now();
  try {
    await read(bytes);
    return "read";
  } catch (error) {
    if (!(error instanceof TsrsaError)) throw error;
    return error.code;
  } finally {
    expect(performance.now() - start).toBeLessThan(5000);
  }
}

// A generator of 32-bit numbers (mulberry32).
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

describe.each(readers)("%s", (name, read) => {
  const good = new Uint8Array(readFileSync(fixture(name)));

  test("cut anywhere, it is refused", async () => {
    const next = random(1);
    const lengths = [0, 1, 2, 15, 16, 36, 52, good.length - 16, good.length - 1];
    for (let i = 0; i < 150; i++) lengths.push(next(good.length));
    for (const length of lengths)
      expect(await outcome(read, good.subarray(0, length))).toBe("FILE_FORMAT");
  });

  test("of 700 damaged copies each is refused, or sound", async () => {
    const next = random(2);
    const seen = new Map<string, number>();
    for (let i = 0; i < 700; i++) {
      const bytes = Uint8Array.from(good);
      const within = i % 2 === 0 ? bytes.length : Math.min(bytes.length, 4096);
      for (let k = 0; k <= i % 4; k++) bytes[next(within)] = next(256);
      const cut = i % 16 === 0 ? bytes.subarray(0, next(bytes.length)) : bytes;
      const code = await outcome(read, cut);
      seen.set(code, (seen.get(code) ?? 0) + 1);
    }
    for (const code of seen.keys())
      expect(["read", "FILE_FORMAT", "MISSING_FILE", "UNSUPPORTED"]).toContain(code);
    expect(seen.get("FILE_FORMAT")).toBeGreaterThan(0);
  });
});

describe("a file that lies is refused with what is wrong:", () => {
  const good = new Uint8Array(readFileSync(fixture("single-epo.fif")));
  const view = new DataView(good.buffer, good.byteOffset, good.length);
  const at = (kind: number) => {
    let position = 0;
    while (view.getInt32(position) !== kind) position += 16 + view.getInt32(position + 8);
    return position;
  };
  const changed = (offset: number, value: number) => {
    const bytes = Uint8Array.from(good);
    new DataView(bytes.buffer).setInt32(offset, value);
    return bytes;
  };
  const data = at(302);
  const trailer = data + 16 + view.getInt32(data + 8) - 16;

  test.each([
    [
      "a negative size",
      changed(data + 8, -5),
      /size of epoch \(tag 302\): expected 0 or more, found -5/,
    ],
    [
      "a huge size",
      changed(data + 8, 2 ** 31 - 1),
      /at most the \d+ bytes left in the file, found 2147483647/,
    ],
    [
      "more samples than bytes",
      changed(trailer, 46),
      /bytes of a matrix of shape \(37, 30, 46\), found/,
    ],
    [
      "huge dimensions",
      changed(trailer, 2 ** 31 - 1),
      /epoch \(tag 302\) at byte \d+: expected the bytes of a matrix/,
    ],
    [
      "negative dimensions",
      changed(trailer + 8, -37),
      /expected the bytes of a matrix of shape \(-37, 30, 45\)/,
    ],
    [
      "too many dimensions",
      changed(trailer + 12, 1_000_000),
      /a matrix of 1 to 3 dimensions, found 1000000/,
    ],
    [
      "a loop",
      changed(data + 12, at(200)),
      /tag at byte \d+: next: expected a position not read before, found a loop/,
    ],
    [
      "a next before the file",
      changed(data + 12, -7),
      /next: expected 0, −1 or the position of a tag, found -7/,
    ],
    [
      "a next beyond the file",
      changed(data + 12, good.length),
      /next: expected 0, −1 or the position of a tag/,
    ],
    [
      "another last sample",
      changed(at(209) + 16, 33),
      /expected 46 samples, from -12 to 33, found 45/,
    ],
    [
      "another channel count",
      changed(at(200) + 16, 31),
      /expected 31 descriptions, as the channel count says .* found 30/,
    ],
    [
      "sampling rate 0",
      changed(at(201) + 16, 0),
      /samplingRate \(tag 201\) at byte \d+: expected samples per second above 0, found 0/,
    ],
    [
      "data of an unknown type",
      changed(data + 4, 0x40000063),
      /numbers, or a dense matrix of numbers, found type 0x40000063/,
    ],
  ])("%s", async (_, bytes, message) => {
    await expect(readFifEpochs(bytes)).rejects.toThrow(message);
    await expect(readFifEpochs(bytes)).rejects.toMatchObject({ code: "FILE_FORMAT" });
    await expect(readFifEpochs(gzipSync(bytes))).rejects.toMatchObject({ code: "FILE_FORMAT" });
  });

  test.each([
    ["nothing", new Uint8Array(0)],
    ["text", new TextEncoder().encode("SPM{0} is a text, and no recording of anything at all")],
    ["a packed text", gzipSync("no recording ".repeat(100))],
    ["a bomb", gzipSync(new Uint8Array(200_000_000))],
  ])("%s", async (_, bytes) => {
    const start = performance.now();
    await expect(readFifEpochs(bytes)).rejects.toMatchObject({ code: "FILE_FORMAT" });
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test("a bomb behind a good beginning and one behind a good end", async () => {
    const zeros = new Uint8Array(200_000_000);
    const bomb = gzipSync(Buffer.concat([good.subarray(0, data + 16), zeros]), { level: 1 });
    await expect(readFifEpochs(bomb)).rejects.toMatchObject({ code: "FILE_FORMAT" });
    const late = gzipSync(Buffer.concat([good, zeros]), { level: 1 });
    await expect(readFifEpochs(late)).rejects.toThrow(/packed bytes after the last tag/);
  });

  test("a flipped bit in packed data that the checksum alone shows", async () => {
    const packed = gzipSync(good, { level: 0 });
    packed[Math.floor(packed.length / 2)] ^= 1;
    await expect(readFifEpochs(packed)).rejects.toThrow(/gzip data: expected a whole gzip file/);
  });
});
