import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readImage, type Image } from "../../../src/io/image/index.ts";

interface Expected {
  readonly width: number;
  readonly height: number;
  readonly full: "RGB" | "RGBA";
  readonly pixels: number[] | null;
  readonly grey: number[] | null;
}
const fixture = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/image/${name}`, import.meta.url));
const expected = JSON.parse(await readFile(fixture("expected.json"), "utf8")) as Record<
  string,
  Expected
>;
const names = Object.keys(expected).filter(
  (name) => Array.isArray(expected[name].pixels) && name !== "two-pages.tif",
);

const CHANNELS: Readonly<Record<string, number>> = {
  "grey8.bmp": 1,
  "grey8-top-down.bmp": 1,
  "palette8-used-grey.bmp": 1,
  "bits1.bmp": 1,
  "grey8.png": 1,
  "bits1.png": 1,
  "grey.jpg": 1,
  "grey.tif": 1,
  "fields32-alpha.bmp": 4,
  "alpha.png": 4,
  "grey-alpha.png": 4,
};

/** The pixels with the channels that Pillow was asked for. */
function widened({ data, channels }: Image, wanted: number): number[] {
  if (channels === wanted) return Array.from(data);
  return Array.from(data).flatMap((value) => Array<number>(wanted).fill(value));
}

describe("pixels are those Pillow reads", () => {
  test.each(names)("%s", async (name) => {
    const { width, height, full, pixels } = expected[name];
    const image = await readImage(fixture(name));
    expect([image.width, image.height]).toEqual([width, height]);
    expect(image.channels).toBe(CHANNELS[name] ?? 3);
    expect(widened(image, full.length)).toEqual(pixels);
    expect(image.name).toBe(fixture(name));
  });
  test("none is left out", () => expect(names.length).toBe(25));
});

describe('grey: true is Pillow\'s convert("L")', () => {
  test.each(names)("%s", async (name) => {
    const image = await readImage(fixture(name), { grey: true });
    expect(image.channels).toBe(1);
    expect(Array.from(image.data)).toEqual(expected[name].grey);
  });
});

describe("what would lose something is refused", () => {
  test.each([
    ["grey16.png", /more than 8 bits/],
    ["cmyk.jpg", /CMYK/],
    ["two-pages.tif", /several pages/],
  ])("%s", async (name, message) => {
    await expect(readImage(fixture(name))).rejects.toThrow(message);
    await expect(readImage(fixture(name))).rejects.toMatchObject({ code: "UNSUPPORTED" });
  });
});
