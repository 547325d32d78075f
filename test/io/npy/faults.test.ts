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
import { fixture } from "./fixtures.ts";

const files = await Promise.all(
  (await readdir(fixture(".")))
    .filter((name) => /\.np[yz]$/.test(name) && !name.startsWith("object"))
    .map(async (name) => ({ name, bytes: new Uint8Array(await readFile(fixture(name))) })),
);
const arrays = files.filter(({ name }) => name.endsWith(".npy"));
const archives = files.filter(({ name }) => name.endsWith(".npz"));

/** An .npy file with a header of one's own. */
function withHeader(text: string, data = new Uint8Array(16), lengthAdded = 0): Uint8Array {
  const header = new TextEncoder().encode(text);
  const bytes = new Uint8Array(10 + header.length + data.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  new DataView(bytes.buffer).setUint16(8, header.length + lengthAdded, true);
  bytes.set(header, 10);
  bytes.set(data, 10 + header.length);
  return bytes;
}
const dict = (descr: string, shape: string, fortran = "False") =>
  `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`;

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
  test.each<[string, string, RegExp]>([
    [
      "a shape beyond 2⁵³",
      dict("'<f8'", "(4294967296, 4294967296)"),
      /data: expected .* bytes for shape/,
    ],
    ["a length beyond 2⁵³", dict("'<f8'", "(99999999999999999999,)"), /shape: expected a tuple/],
    [
      "a huge shape",
      dict("'<f8'", "(1000000000000,)"),
      /data: expected 8000000000000 bytes.*found 16 bytes/,
    ],
    [
      "a negative length",
      dict("'<f8'", "(-2,)"),
      /header: expected a Python dictionary, found "-2/,
    ],
    [
      "a shape that is a number",
      dict("'<f8'", "(2)"),
      /shape: expected a tuple of lengths, found 2/,
    ],
    ["too many axes", dict("'<f8'", `(${"1, ".repeat(65)})`), /shape/],
    ["text of no bytes", dict("'<U0'", "(1000000000000,)"), /descr: expected elements of 1 byte/],
    ["a type that is none", dict("'rubbish type'", "(2,)"), /descr: expected a numpy type/],
    ["too much data", dict("'<f4'", "(2,)"), /expected 8 bytes.*found 16 bytes; if several arrays/],
    [
      "no shape",
      "{'descr': '<f8', 'fortran_order': False}\n",
      /expected descr, fortran_order and shape/,
    ],
    ["a shape given twice", "{'shape': (2,), 'shape': (1,)}", /"shape\\?" twice/],
    [
      "an order that is none",
      dict("'<f8'", "(2,)", "1"),
      /fortran_order: expected True or False, found 1/,
    ],
    ["brackets without end", "{'descr': " + "(".repeat(5000), /brackets too deep/],
    ["code", "{'descr': __import__('os')}", /header: expected a Python dictionary/],
    ["objects", dict("'|O'", "(2,)"), /Python objects/],
  ])("%s", (_, header, message) => {
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
  const first = { a: [1, 2, 3], b: [4] };
  /** The first member's directory entry. */
  const entryAt = (bytes: Uint8Array) =>
    Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  async function changed(change: (view: DataView, entry: number) => void, compress = false) {
    const bytes = await npzBytes(first, { compress });
    change(new DataView(bytes.buffer), entryAt(bytes));
    return bytes;
  }

  test("one flipped bit anywhere in the data fails the checksum", async () => {
    const good = await npzBytes({ a: [1, 2, 3] });
    for (let at = 35; at < entryAt(good); at++) {
      const bad = good.slice();
      bad[at] ^= 1;
      await expect(readNpz(bad)).rejects.toThrow(/a\.npy: CRC-32: expected [0-9a-f]{8}, found/);
    }
  });
  test.each<[string, (view: DataView, entry: number) => void, RegExp]>([
    [
      "names that lead outside",
      (v, e) => [0x2e, 0x2e, 0x2f].forEach((c, i) => v.setUint8(e + 46 + i, c)),
      /relative path/,
    ],
    ["absolute names", (v, e) => v.setUint8(e + 46, 0x2f), /relative path inside.*malicious/],
    ["a size of 1 TiB, stored", (v, e) => v.setUint32(e + 24, 0xfffffff0, true), /a\.npy: size/],
    [
      "more members than there is room for",
      (v) => [8, 10].forEach((o) => v.setUint16(v.byteLength - 22 + o, 60000, true)),
      /number of members: expected at most 2/,
    ],
    [
      "another start of the directory",
      (v) => v.setUint32(v.byteLength - 6, 9, true),
      /end of the directory/,
    ],
    ["encryption", (v, e) => v.setUint16(e + 8, 1, true), /encrypted/],
    ["another method", (v, e) => v.setUint16(e + 10, 14, true), /method 14/],
    ["a header elsewhere", (v, e) => v.setUint32(e + 42, 1, true), /a\.npy: header/],
    [
      "another name in the member's header",
      (v) => v.setUint8(30, 0x7a),
      /header: expected a\.npy.*found z\.npy/,
    ],
    ["several parts", (v) => v.setUint16(v.byteLength - 18, 1, true), /one part/],
  ])("%s", async (_, change, message) => {
    await expect(readNpz(await changed(change))).rejects.toThrow(message);
  });
  test("members that share their bytes", async () => {
    const bytes = await changed((view, entry) => {
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
    const shorter = await changed((v, e) => v.setUint32(e + 24, 100, true), true);
    await expect(readNpz(shorter)).rejects.toThrow(/deflated data: expected 100 bytes/);
    const longer = await changed((v, e) => v.setUint32(e + 24, 200, true), true);
    await expect(readNpz(longer)).rejects.toThrow(/deflated data: expected 200 bytes/);
  });
  test("a bomb is refused before it is inflated", async () => {
    const zeros = { data: new Uint8Array(80 * 2 ** 20), shape: [80 * 2 ** 20] };
    const bomb = await npzBytes({ zeros }, { compress: true });
    await expect(readNpz(bomb)).rejects.toThrow(/inflation: expected at most 200.*maxRatio/);
    const lie = await changed((v, e) => v.setUint32(e + 24, 0x0fffffff, true), true);
    await expect(readNpz(lie)).rejects.toThrow(/inflation/);
    await expect(readNpz(await npzBytes(first), { maxTotalBytes: 100 })).rejects.toThrow(
      /maxTotalBytes/,
    );
  });
  test("a member that is no array", async () => {
    const bytes = await changed((v, e) => [30, e + 46].forEach((at) => v.setUint8(at + 4, 0x78)));
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
