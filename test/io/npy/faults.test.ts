import { readFile, readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { FileFormatError, isTsrsaError } from "../../../src/core/errors.ts";
import { sizeOf } from "../../../src/core/matrix.ts";
import {
  npyBytes,
  npzBytes,
  parseNpy,
  readNpy,
  readNpz,
  type NpyArray,
} from "../../../src/io/npy/index.ts";
import { mutate, seeded } from "../mutate.ts";
import {
  archiveLies,
  changedArchive,
  dict,
  entryAt,
  first,
  lies,
  withHeader,
} from "./bad-files.ts";
import { fixture } from "./fixtures.ts";

const files = await Promise.all(
  (await readdir(fixture(".")))
    .filter((name) => /\.np[yz]$/.test(name) && !name.startsWith("object"))
    .map(async (name) => ({ name, bytes: new Uint8Array(await readFile(fixture(name))) })),
);
const arrays = files.filter(({ name }) => name.endsWith(".npy"));
const archives = files.filter(({ name }) => name.endsWith(".npz"));

function count(array: NpyArray): number {
  return array.kind === "complex" ? array.real.length : array.data.length;
}

describe("an array cut at any length is refused", () => {
  test.each(arrays)("$name", async ({ bytes }) => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => parseNpy(bytes.subarray(0, length), "cut.npy")).toThrow(FileFormatError);
      await expect(readNpy(bytes.slice(0, length))).rejects.toThrow(FileFormatError);
    }
  });
});

describe("an archive cut at any length is refused", () => {
  test.each(archives)("$name", async ({ bytes }) => {
    for (let length = 0; length < bytes.length; length++)
      await expect(readNpz(bytes.slice(0, length))).rejects.toThrow(FileFormatError);
  });
});

describe("headers that lie", () => {
  test.each(lies)("%s", (_, header, message) => {
    expect(() => parseNpy(withHeader(header), "liar.npy")).toThrow(message);
    expect(() => parseNpy(withHeader(header), "liar.npy")).toThrow(/^liar\.npy/);
  });
  test("a header longer than the file", () => {
    const bytes = withHeader(dict("'<f8'", "(2,)"), new Uint8Array(16), 5000);
    expect(() => parseNpy(bytes)).toThrow(
      /header length: expected at most \d+ bytes, found 50\d\d/,
    );
  });
  test("truth values that are neither, text that is none", () => {
    expect(() => parseNpy(withHeader(dict("'|b1'", "(1,)"), new Uint8Array([2])))).toThrow(
      /0 or 1/,
    );
    const surrogate = new Uint8Array([0, 0xd8, 0, 0]);
    expect(() => parseNpy(withHeader(dict("'<U1'", "(1,)"), surrogate))).toThrow(/string 0/);
  });
  test("files of other kinds", async () => {
    for (const text of ["PK\x03\x04", "\x89HDF\r\n", "BM", "<html>", ""])
      expect(() => parseNpy(new TextEncoder().encode(text))).toThrow(/first 6 bytes/);
    await expect(readNpz(npyBytes([1]))).rejects.toThrow(/end record/);
  });
});

describe("archives that lie", () => {
  test("one flipped bit anywhere in the data fails the checksum", async () => {
    const good = await npzBytes({ a: [1, 2, 3] });
    for (let at = 35; at < entryAt(good); at++) {
      const bad = good.slice();
      bad[at] ^= 1;
      await expect(readNpz(bad)).rejects.toThrow(/a\.npy: CRC-32: expected [0-9a-f]{8}, found/);
    }
  });
  test.each(archiveLies)("%s", async (_, change, message) => {
    await expect(readNpz(await changedArchive(change))).rejects.toThrow(message);
  });
  test("members that share their bytes", async () => {
    const bytes = await changedArchive((view, entry) => {
      const second = entry + 46 + 5;
      for (const [offset, value] of [
        [16, view.getUint32(entry + 16, true)],
        [20, view.getUint32(entry + 20, true)],
        [24, view.getUint32(entry + 24, true)],
        [42, 0],
      ])
        view.setUint32(second + offset, value, true);
    });
    await expect(readNpz(bytes)).rejects.toThrow(/end: expected at most byte/);
  });
  test("deflated data of another size than declared", async () => {
    const shorter = await changedArchive((v, e) => v.setUint32(e + 24, 100, true), true);
    await expect(readNpz(shorter)).rejects.toThrow(/deflated data: expected 100 bytes/);
    const longer = await changedArchive((v, e) => v.setUint32(e + 24, 200, true), true);
    await expect(readNpz(longer)).rejects.toThrow(/deflated data: expected 200 bytes/);
  });
  test("a bomb is refused before it is inflated", async () => {
    const zeros = { data: new Uint8Array(80 * 2 ** 20), shape: [80 * 2 ** 20] };
    const bomb = await npzBytes({ zeros }, { compress: true });
    await expect(readNpz(bomb)).rejects.toThrow(/inflation: expected at most 200.*maxRatio/);
    const lie = await changedArchive((v, e) => v.setUint32(e + 24, 0x0fffffff, true), true);
    await expect(readNpz(lie)).rejects.toThrow(/inflation/);
    await expect(readNpz(await npzBytes(first), { maxTotalBytes: 100 })).rejects.toThrow(
      /maxTotalBytes/,
    );
  });
  test("a member that is no array", async () => {
    const bytes = await changedArchive((v, e) =>
      [30, e + 46].forEach((at) => v.setUint8(at + 4, 0x78)),
    );
    await expect(readNpz(bytes)).rejects.toThrow(/one ending in \.npy, found a\.npx/);
  });
});

test("2,000 damaged arrays: a typed error, or an array whose data fits its shape", () => {
  const random = seeded(1);
  let refused = 0;
  for (let i = 0; i < 2000; i++) {
    const bytes = mutate(arrays[i % arrays.length].bytes, random);
    try {
      const array = parseNpy(bytes, "damaged.npy");
      expect(count(array)).toBe(sizeOf(array.shape));
    } catch (error) {
      if (!isTsrsaError(error)) throw error;
      expect(error.message).toContain("damaged.npy");
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(1000);
});

test("2,000 damaged archives: a typed error, or exactly the arrays that were saved", async () => {
  const random = seeded(2);
  const whole = await Promise.all(archives.map(({ bytes }) => readNpz(bytes)));
  let refused = 0;
  for (let i = 0; i < 2000; i++) {
    const at = i % archives.length;
    const bytes = mutate(archives[at].bytes, random);
    const found = await readNpz(bytes).catch((error: unknown) => {
      if (!isTsrsaError(error)) throw error;
      refused++;
      return undefined;
    });
    if (found !== undefined) expect(found).toEqual(whole[at]);
  }
  expect(refused).toBeGreaterThan(1000);
});
