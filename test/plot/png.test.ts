import { fc } from "../support/fast-check.ts";
import { deflateSync, inflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import * as browser from "../../src/core/platform/browser/png.ts";
import { base64 } from "../../src/plot/png/data-url.ts";
import { encodePalettePng } from "../../src/plot/png/palette-png.ts";
import { encodeOpaquePng, encodeRgbaPng } from "../../src/plot/png/rgba-png.ts";

const raw = async (png: Uint8Array) => [...(await sharp(png).raw().toBuffer())];

describe("PNG", () => {
  test("RGBA, RGB and grey pixels come back exact", async () => {
    const rgba = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 255);
    expect(await raw(encodeRgbaPng(rgba, 2, 1))).toEqual([...rgba]);
    const rgb = Uint8Array.of(9, 8, 7, 6, 5, 4);
    expect(await raw(encodeOpaquePng(rgb, 1, 2, 3))).toEqual([...rgb]);
    const grey = await sharp(encodeOpaquePng(Uint8Array.of(0, 100, 255), 3, 1, 1))
      .toColourspace("b-w")
      .raw()
      .toBuffer();
    expect([...grey]).toEqual([0, 100, 255]);
  });

  test("palette pixels come back as their colours", async () => {
    const png = encodePalettePng(Uint8Array.of(1, 0), 2, 1, [
      [10, 20, 30],
      [200, 100, 50],
    ]);
    expect(await raw(png)).toEqual([200, 100, 50, 10, 20, 30]);
  });

  test("wrong sizes are refused", () => {
    expect(() => encodeRgbaPng(new Uint8Array(7), 2, 1)).toThrow(/2 × 1 × 4 = 8 bytes/);
    expect(() => encodeRgbaPng(new Uint8Array(0), 0, 0)).toThrow(/bytes of pixels/);
  });

  test("the browser's packed bytes unpack by zlib and are about as few", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 1, max: 700 }),
        (bytes, times) => {
          const long = new Uint8Array(bytes.length * times);
          for (let i = 0; i < times; i++) long.set(bytes, i * bytes.length);
          expect(Buffer.compare(inflateSync(browser.deflate(long)), long)).toBe(0);
          expect(browser.deflate(long).length).toBeLessThan(1.2 * deflateSync(long).length + 20);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("base64 of many bytes is Node's", () => {
    const bytes = Uint8Array.from({ length: 100_001 }, (_, i) => (i * 7) % 256);
    expect(base64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
  });
});
