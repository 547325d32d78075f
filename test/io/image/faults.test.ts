import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { crc32 } from "../../../src/core/platform/node/zlib.ts";
import { FileFormatError, isTsrsaError } from "../../../src/core/errors.ts";
import { bmpBytes, encodePng, readImage, type Image } from "../../../src/io/image/index.ts";
import { mutate, seeded } from "../mutate.ts";
import { bmpLies, changed, good } from "./bad-files.ts";

const folder = fileURLToPath(new URL("../../fixtures/image/", import.meta.url));
const files = await Promise.all(
  (await readdir(folder))
    .filter((name) => /\.(bmp|png|jpg|tif|webp)$/.test(name))
    .map(async (name) => ({ name, bytes: new Uint8Array(await readFile(folder + name)) })),
);
const bitmaps = files.filter(({ name }) => name.endsWith(".bmp"));
const others = files.filter(({ name }) => !name.endsWith(".bmp"));
const rle = bitmaps.find(({ name }) => name === "rle8.bmp")?.bytes ?? new Uint8Array();

/** Padding after the last pixel may be missing; everything before it may not. */
const PADDING: Readonly<Record<string, number>> = { "rle8.bmp": 2 };

describe("a BMP cut at any length is refused, or whole but for its padding", () => {
  test.each(bitmaps)("$name", async ({ name, bytes }) => {
    const whole = await readImage(bytes);
    for (let length = 0; length < bytes.length; length++) {
      const found = await readImage(bytes.slice(0, length)).catch((error: unknown) => error);
      if (length >= bytes.length - (PADDING[name] ?? 3) && !(found instanceof Error))
        expect(found).toEqual(whole);
      else expect(found).toBeInstanceOf(FileFormatError);
    }
  });
});

describe("another image cut at any length is refused, or whole", () => {
  test.each(others)("$name", async ({ bytes }) => {
    const whole: unknown = await readImage(bytes).catch((error: unknown) => error);
    for (let length = 0; length < bytes.length; length += bytes.length > 300 ? 3 : 1) {
      const found = await readImage(bytes.slice(0, length)).catch((error: unknown) => error);
      if (found instanceof Error) expect(isTsrsaError(found)).toBe(true);
      else expect(found).toEqual(whole);
    }
  });
});

describe("BMP headers that lie", () => {
  test.each(bmpLies)("%s", async (_, change, message) => {
    await expect(readImage(changed(good, change))).rejects.toThrow(message);
  });
  test("runs that leave the row or the image", async () => {
    const start = new DataView(rle.buffer, rle.byteOffset).getUint32(10, true);
    const long = changed(rle, (view) => view.setUint8(start, 7));
    await expect(readImage(long)).rejects.toThrow(/run-length data: expected 6 × 4 pixels/);
    const endless = changed(rle, (view) => view.setUint8(rle.length - 1, 0));
    await expect(readImage(endless)).rejects.toThrow(/run-length data: expected an end mark/);
  });
  test("run-length data that end before the image does", async () => {
    const taller = changed(rle, (view) => view.setInt32(22, view.getInt32(22, true) + 1, true));
    await expect(readImage(taller)).rejects.toThrow(/rows of 6 pixels, found an end mark in row/);
    const huge = changed(rle, (view) => [18, 22].forEach((at) => view.setInt32(at, 9999, true)));
    await expect(readImage(huge)).rejects.toThrow(/bytes of 9999 × 9999 pixels, found \d+/);
  });
  test("channel masks with holes", async () => {
    const fields = bitmaps.find(({ name }) => name === "fields565.bmp")?.bytes ?? rle;
    const holes = changed(fields, (view) => view.setUint32(54, 0xa800, true));
    await expect(readImage(holes)).rejects.toThrow(/channel mask: expected a run/);
  });
});

test("files of other kinds are refused by their first bytes", async () => {
  for (const text of [
    "",
    "GIF89a",
    "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "%PDF-1.7",
    "\x93NUMPY",
  ])
    await expect(readImage(new TextEncoder().encode(text))).rejects.toThrow(
      /first bytes: expected/,
    );
});

test("a PNG that claims 60,000 × 60,000 is refused, and one above maxPixels", async () => {
  const png = await encodePng({ width: 3, height: 3, channels: 1, data: new Uint8Array(9) });
  const huge = changed(png, (view) => [16, 20].forEach((at) => view.setUint32(at, 60000)));
  await expect(readImage(huge)).rejects.toMatchObject({ code: "FILE_FORMAT" });
  await expect(readImage(png, { maxPixels: 8 })).rejects.toThrow(
    /at most 8 pixels, found 3 × 3.*maxPixels/,
  );
  await expect(readImage(good, { maxPixels: 7 })).rejects.toThrow(
    /at most 7 pixels, found 4 × 2.*maxPixels/,
  );
});

/** A typed error (true), or an image whose data fits its size (false). */
async function refuses(bytes: Uint8Array): Promise<boolean> {
  const found = await readImage(bytes).catch((error: unknown) => error);
  if (found instanceof Error) {
    if (!isTsrsaError(found)) throw found;
    expect(found.message).toContain("(bytes in memory)");
    return true;
  }
  const { width, height, channels, data } = found as Image;
  expect(data.length).toBe(width * height * channels);
  return false;
}

test.each([
  ["BMPs", bitmaps, 2000],
  ["PNGs, JPEGs, TIFFs and WebPs", others, 2000],
])("damaged %s: a typed error, or an image whose data fits its size", async (_, images, runs) => {
  const random = seeded(4);
  let refused = 0;
  for (let i = 0; i < runs; i++)
    if (await refuses(mutate(images[i % images.length].bytes, random))) refused++;
  expect(refused).toBeGreaterThan(runs / 10);
  expect(refused).toBeLessThan(runs);
});

describe("pixels are drawn from the budget of the file, before any is decoded", () => {
  const claims = (width: number, height: number) => new Uint8Array(pngOfSize(width, height));

  test("a small file may not claim 256 MB of pixels", async () => {
    await expect(readImage(claims(8000, 8000))).rejects.toThrow(
      /pixels: expected at most 201326592 bytes in memory for a file of 45 bytes.*raise maxBytes/,
    );
  });
  test("maxBytes lowers and raises it", async () => {
    const small = bmpBytes({ width: 4, height: 2, channels: 1, data: new Uint8Array(8) });
    expect((await readImage(small, { maxBytes: 1 })).width).toBe(4);
    await expect(readImage(claims(10, 10), { maxBytes: 399 })).rejects.toThrow(/at most 399 bytes/);
    // Now its rows are looked at, and they are not there.
    await expect(readImage(claims(8000, 8000), { maxBytes: 2 ** 29 })).rejects.toThrow(
      /whole image/,
    );
  });
});

/** A PNG that ends after its header, which claims this size. */
function pngOfSize(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(17);
  header.write("IHDR", "latin1");
  header.writeUInt32BE(width, 4);
  header.writeUInt32BE(height, 8);
  header.set([8, 2], 12);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(13);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(header));
  const data = Buffer.from([0, 0, 0, 0, 73, 68, 65, 84, 0x35, 0xaf, 6, 0x1e]);
  const start = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([start, frame, header, sum, data]);
}
