import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { TsrsaError } from "../../../src/core/errors.ts";
import type { FileInput } from "../../../src/core/byte-source.ts";
import { readFifCovariance } from "../../../src/io/fif/read-covariance.ts";
import { readFifEpochs } from "../../../src/io/fif/read-epochs.ts";
import { readFifEvokeds } from "../../../src/io/fif/read-evokeds.ts";
import { data, good, liars, strangers } from "./bad-files.ts";
import { fixture } from "./fixtures.ts";
import { checkEpochs, checkEvoked } from "./sound.ts";

type Read = (input: FileInput) => Promise<unknown>;
const readers: [string, Read][] = [
  ["small-epo.fif", async (input) => checkEpochs(await readFifEpochs(input))],
  ["complex-epo.fif", async (input) => checkEpochs(await readFifEpochs(input))],
  ["gz-epo.fif.gz", async (input) => checkEpochs(await readFifEpochs(input))],
  ["two-ave.fif", async (input) => (await readFifEvokeds(input)).map(checkEvoked)],
  ["full-cov.fif", (input) => readFifCovariance(input)],
  ["diag-cov.fif", (input) => readFifCovariance(input)],
];

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
  test.each(liars)("%s", async (_, bytes, message) => {
    await expect(readFifEpochs(bytes)).rejects.toThrow(message);
    await expect(readFifEpochs(bytes)).rejects.toMatchObject({ code: "FILE_FORMAT" });
    await expect(readFifEpochs(gzipSync(bytes))).rejects.toMatchObject({ code: "FILE_FORMAT" });
  });

  test.each(strangers)("%s", async (_, bytes) => {
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
