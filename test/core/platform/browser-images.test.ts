import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { afterEach, describe, expect, test, vi } from "vitest";
import { decodeImage as inBrowser } from "../../../src/core/platform/browser/images.ts";
import { decodeImage as inNode } from "../../../src/core/platform/node/images.ts";
import { crc32 } from "../../../src/core/platform/node/zlib.ts";

const options = { name: "a picture", maxPixels: 10_000 };

function chunk(kind: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), content]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(content.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([frame, body, sum]);
}

interface Made {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly colour: number;
  readonly interlace?: number;
  readonly extra?: readonly Buffer[];
  /** Filtered rows. */
  readonly rows: Uint8Array;
}

/** A PNG of any kind, byte by byte. */
function png({ width, height, bits, colour, interlace = 0, extra = [], rows }: Made): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, colour, 0, 0, interlace], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    ...extra,
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Bytes that look like noise, the same each time. */
function noise(count: number, below = 256): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: count }, () => (state = (state * 48271) % 2147483647) % below);
}

/** Noise rows with every filter in turn. */
function rows(height: number, rowBytes: number): Uint8Array {
  const all = noise(height * (rowBytes + 1));
  for (let row = 0; row < height; row++) all[row * (rowBytes + 1)] = row % 5;
  return all;
}

const grid = { width: 7, height: 11 } as const;
const samples = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;
const plte = chunk("PLTE", noise(3 * 256));
function made(colour: 0 | 2 | 3 | 4 | 6, bits: number, extra: readonly Buffer[] = []): Uint8Array {
  const rowBytes = Math.ceil((grid.width * samples[colour] * bits) / 8);
  return png({ ...grid, bits, colour, extra, rows: rows(grid.height, rowBytes) });
}

describe("a PNG in a browser is the same as in Node", () => {
  test.each<[string, Uint8Array]>([
    ["grey of 1 bit", made(0, 1)],
    ["grey of 2 bits", made(0, 2)],
    ["grey of 4 bits", made(0, 4)],
    ["grey", made(0, 8)],
    ["RGB", made(2, 8)],
    ["palette of 8 bits", made(3, 8, [plte])],
    ["palette of 4 bits", made(3, 4, [plte])],
    ["palette of 1 bit", made(3, 1, [plte])],
    ["palette with opacities", made(3, 8, [plte, chunk("tRNS", noise(100))])],
    ["grey and alpha", made(4, 8)],
    ["RGBA", made(6, 8)],
    ["RGB with a transparent colour", made(2, 8, [chunk("tRNS", Buffer.from([0, 1, 0, 2, 0, 3]))])],
    ["grey with a transparent value", made(0, 8, [chunk("tRNS", Buffer.from([0, 9]))])],
  ])("%s", async (_, bytes) => {
    expect(await inBrowser(bytes, options)).toEqual(await inNode(bytes, options));
  });

  test.each([1, 3, 4] as const)("interlaced, %d channels", async (channels) => {
    const raw = { width: 13, height: 9, channels };
    const image = sharp(Buffer.from(noise(13 * 9 * channels)), { raw });
    const bytes = await (channels === 1 ? image.toColourspace("b-w") : image)
      .png({ progressive: true })
      .toBuffer();
    expect(await inBrowser(bytes, options)).toEqual(await inNode(bytes, options));
  });

  test("one whose last chunk is missing after whole rows", async () => {
    const bytes = made(6, 8).subarray(0, -12);
    expect(await inBrowser(bytes, options)).toEqual(await inNode(bytes, options));
  });

  test("RGB whose pixels are all grey keeps its three channels", async () => {
    const raw = { width: 2, height: 2, channels: 3 } as const;
    const bytes = await sharp(Buffer.alloc(12, 7), { raw }).png({ palette: false }).toBuffer();
    expect((await inBrowser(bytes, options)).channels).toBe(3);
    expect(await inBrowser(bytes, options)).toEqual(await inNode(bytes, options));
  });
});

/** The error of each platform: its code and message. */
async function errors(bytes: Uint8Array) {
  const told = (error: unknown) => {
    const { code, message } = error as { code: unknown; message: string };
    return { code, message };
  };
  const [browser, node] = await Promise.all([
    inBrowser(bytes, options).then(() => ({ code: "read", message: "" }), told),
    inNode(bytes, options).then(() => ({ code: "read", message: "" }), told),
  ]);
  return { browser, node };
}

const jpeg = (more: { width?: number } = {}) =>
  sharp({
    create: { width: more.width ?? 8, height: 8, channels: 3, background: "#123456" },
  }).jpeg();

describe("what Node refuses a browser refuses in the same words, before any pixel is decoded", () => {
  afterEach(() => vi.unstubAllGlobals());
  const decode = vi.fn(() => Promise.reject(new Error("decoded")));
  const big = { width: 40_000, height: 40_000 };

  test.each<[string, () => Promise<Uint8Array> | Uint8Array, RegExp]>([
    ["16 bits grey", () => made(0, 16), /more than 8 bits/],
    ["16 bits RGBA", () => made(6, 16), /more than 8 bits/],
    [
      "a PNG that claims 40,000²",
      () => png({ ...big, bits: 8, colour: 2, rows: noise(9) }),
      /at most 10000 pixels/,
    ],
    ["a large JPEG", () => jpeg({ width: 2000 }).toBuffer(), /at most 10000 pixels.*2000 × 8/],
    ["a CMYK JPEG", () => jpeg().toColourspace("cmyk").toBuffer(), /CMYK/],
    ["a large WebP", () => jpeg({ width: 2000 }).webp().toBuffer(), /at most 10000 pixels/],
    [
      "a large lossless WebP",
      () => jpeg({ width: 2000 }).webp({ lossless: true }).toBuffer(),
      /at most 10000/,
    ],
  ])("%s", async (_, make, message) => {
    vi.stubGlobal("createImageBitmap", decode);
    const { browser, node } = await errors(await make());
    expect(browser).toEqual(node);
    expect(browser.message).toMatch(message);
    expect(decode).not.toHaveBeenCalled();
  });

  test("a TIFF, which browsers do not read, says what to do", async () => {
    const { browser } = await errors(await jpeg().tiff().toBuffer());
    expect(browser).toEqual({
      code: "UNSUPPORTED",
      message: "a picture is a TIFF, which browsers do not read; save it as PNG",
    });
  });

  test.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ["cut", (bytes) => bytes.subarray(0, bytes.length - 20)],
    ["without its rows", (bytes) => bytes.subarray(0, 33)],
    ["cut in its header", (bytes) => bytes.subarray(0, 30)],
    [
      "with a changed byte",
      (bytes) => Uint8Array.from(bytes, (byte, at) => (at === 60 ? byte ^ 1 : byte)),
    ],
    [
      "of an unknown colour type",
      (bytes) => Uint8Array.from(bytes, (byte, at) => (at === 25 ? 5 : byte)),
    ],
  ])("a PNG %s is damaged", async (_, change) => {
    const { browser, node } = await errors(change(made(6, 8)));
    expect([browser.code, node.code]).toEqual(["FILE_FORMAT", "FILE_FORMAT"]);
  });

  test.each<[string, Uint8Array]>([
    ["rows too short", png({ ...grid, bits: 8, colour: 2, rows: rows(5, 21) })],
    ["an unknown filter", png({ ...grid, bits: 8, colour: 0, rows: new Uint8Array(88).fill(9) })],
    ["a palette that is missing", made(3, 8)],
    ["an index without a colour", made(3, 8, [chunk("PLTE", noise(6))])],
  ])("a PNG with %s is damaged in a browser", async (_, bytes) => {
    await expect(inBrowser(bytes, options)).rejects.toMatchObject({ code: "FILE_FORMAT" });
  });

  test("a PNG that unpacks to more than its rows stops there", async () => {
    const bytes = png({ ...grid, bits: 8, colour: 0, rows: new Uint8Array(100_000_000) });
    await expect(inBrowser(bytes, options)).rejects.toMatchObject({ code: "FILE_FORMAT" });
  });
});

describe("a JPEG or WebP by the browser's decoder", () => {
  afterEach(() => vi.unstubAllGlobals());

  /** A browser whose decoder is sharp's, and which turns pictures as their Exif says. */
  function stubBrowser(opacity = 255): void {
    vi.stubGlobal("createImageBitmap", async (blob: Blob) => {
      const bytes = new Uint8Array(await blob.arrayBuffer());
      const { data, info } = await sharp(bytes)
        .autoOrient()
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      data[3] = opacity;
      return { width: info.width, height: info.height, data, close: () => {} };
    });
    const canvas = class {
      getContext() {
        let data = new Uint8ClampedArray();
        return {
          drawImage: (bitmap: { data: Buffer }) => (data = new Uint8ClampedArray(bitmap.data)),
          getImageData: () => ({ data }),
        };
      }
    };
    vi.stubGlobal("OffscreenCanvas", canvas);
  }
  const raw = { width: 8, height: 5, channels: 3 } as const;
  const picture = () => sharp(Buffer.from(noise(120)), { raw });

  test.each<[string, () => Promise<Buffer>]>([
    ["a JPEG", () => picture().jpeg().toBuffer()],
    ["a grey JPEG", () => picture().toColourspace("b-w").jpeg().toBuffer()],
    [
      "a JPEG that is to be turned",
      () => picture().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    ],
    ["a progressive JPEG", () => picture().jpeg({ progressive: true }).toBuffer()],
    ["a WebP", () => picture().webp({ lossless: true }).toBuffer()],
    ["a lossy WebP", () => picture().webp().toBuffer()],
  ])("%s has the size, channels and pixels of the file", async (_, make) => {
    stubBrowser();
    const bytes = await make();
    expect(await inBrowser(bytes, options)).toEqual(await inNode(bytes, options));
  });

  test("a WebP that is partly transparent is refused: the canvas would change its colours", async () => {
    stubBrowser(100);
    const bytes = await picture().ensureAlpha().webp({ lossless: true }).toBuffer();
    await expect(inBrowser(bytes, options)).rejects.toThrow(/partly transparent.*save it as PNG/);
  });

  test.each([2, 5, 12])("a JPEG cut at byte %d is damaged", async (length) => {
    stubBrowser();
    const bytes = (await picture().jpeg().toBuffer()).subarray(0, length);
    await expect(inBrowser(bytes, options)).rejects.toMatchObject({ code: "FILE_FORMAT" });
  });
});
