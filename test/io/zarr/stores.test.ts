import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openZarr } from "../../../src/io/zarr/index.ts";

interface Stored {
  readonly files: Readonly<Record<string, string>>;
  readonly shape: readonly number[];
  /** Which of the lists of values it has. */
  readonly values: number;
}

interface Values {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** By zarr-python and numcodecs (test/python/zarr_stores.py). */
const { stores, values } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../fixtures/zarr/stores.json"), "utf8"),
) as { stores: Record<string, Stored>; values: (number | string | boolean)[][] };

const filesOf = ({ files }: Stored): Map<string, Uint8Array> =>
  new Map(
    Object.entries(files).map(([key, text]) => [key, Uint8Array.from(Buffer.from(text, "base64"))]),
  );
const named = (isRefused: boolean): [string, Stored][] =>
  Object.entries(stores).filter(([name]) => name.includes(" NO ") === isRefused);

/** Python's `nan`, `inf`, and whole numbers of 64 bits, which are texts. */
function asHere(value: number | string | boolean): number | bigint {
  if (typeof value !== "string") return Number(value);
  return /^-?\d+$/.test(value) ? BigInt(value) : Number(value.replace("inf", "Infinity"));
}

describe("what zarr-python writes is read", () => {
  test.each(named(false))("%s", async (_name, stored) => {
    const array = await openZarr(filesOf(stored));
    const whole = (await array.read()) as unknown as Values;
    expect(whole.shape).toEqual(stored.shape);
    expect(Array.from(whole.data)).toEqual(values[stored.values].map(asHere));
    if (stored.shape.length !== 2) return;
    const [rows, columns] = stored.shape;
    const box = { start: [1, 2], count: [rows - 2, columns - 3] };
    const part = (await array.read(box)) as unknown as Values;
    const wanted = Array.from({ length: (rows - 2) * (columns - 3) }, (_, k) => {
      const [i, j] = [Math.floor(k / (columns - 3)), k % (columns - 3)];
      return whole.data[(i + 1) * columns + j + 2];
    });
    expect(Array.from(part.data)).toEqual(wanted);
  });

  test("with attributes and names of axes", async () => {
    expect(await openZarr(filesOf(stores["v2 attributes"]))).toMatchObject({
      attributes: { unit: "mm" },
      dimensionNames: ["item", "voxel"],
    });
  });
});

describe("what is not read is refused by name when it is opened", () => {
  const found: Record<string, RegExp> = {
    bitround: /codec numcodecs\.bitround/,
    bz2: /codec (numcodecs\.)?bz2/,
    lzma: /codec lzma/,
    "delta as": /codec delta from "<i4" to "<i2"/,
    scaled: /codec fixedscaleoffset/,
    half: /float16|<f2/,
    complex: /complex128/,
    text: /<U2/,
  };
  test.each(named(true))("%s", async (name, stored) => {
    const opened = openZarr(filesOf(stored));
    await expect(opened).rejects.toMatchObject({ code: "UNSUPPORTED" });
    await expect(opened).rejects.toThrow(found[name.split(" NO ")[1]]);
  });
});

describe("a chunk that is damaged is refused, or has as many values", () => {
  const packed = named(false).filter(([name]) => /blosc|zstd|lz4|zlib|gzip|crc|shards/.test(name));
  test.each(packed)("%s", async (name, stored) => {
    const files = filesOf(stored);
    const [key, bytes] = [...files].find(([at]) => !/zarr\.json|\.z/.test(at)) as [
      string,
      Uint8Array,
    ];
    const read = async (damaged: Uint8Array): Promise<void> => {
      const array = await openZarr(new Map(files).set(key, damaged));
      const { shape } = await array.read().catch((error: Error & { code: string }) => {
        expect(error.code, `${name}: ${error.message}`).toBe("FILE_FORMAT");
        return array;
      });
      expect(shape).toEqual(stored.shape);
    };
    for (let k = 0; k < 24; k++) {
      const at = Math.floor((k * bytes.length) / 24);
      const flipped = bytes.slice();
      flipped[at] ^= 1 << (k % 8);
      await read(flipped);
      const ff = bytes.slice();
      ff.fill(255, at, at + 4);
      await read(ff);
    }
    for (const length of [0, 1, 7, 15, bytes.length >> 1, bytes.length - 1]) {
      const cut = (await openZarr(new Map(files).set(key, bytes.slice(0, length)))).read();
      await expect(cut, `${name} cut to ${length}`).rejects.toMatchObject({ code: "FILE_FORMAT" });
    }
    const longer = Uint8Array.from([...bytes, 0x5a]);
    const array = await openZarr(new Map(files).set(key, longer));
    if (!/index start/.test(name))
      await expect(array.read(), `${name} longer`).rejects.toMatchObject({ code: "FILE_FORMAT" });
    // What was damaged has left nothing behind.
    const whole = (await (await openZarr(files)).read()) as unknown as Values;
    expect(Array.from(whole.data)).toEqual(values[stored.values].map(asHere));
  });
});
