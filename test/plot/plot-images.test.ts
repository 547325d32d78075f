import sharp from "sharp";
import { expect, test } from "vitest";
import { plotImages } from "../../src/plot/index.ts";
import { enlargeImage } from "../../src/plot/images/enlarge-image.ts";
import { shrinkImage } from "../../src/plot/images/shrink-image.ts";
import { picturesOf, textsOf, withoutDeflate } from "./fixtures.ts";

const grey = {
  width: 2,
  height: 1,
  channels: 1 as const,
  data: Uint8Array.of(0, 255),
  name: "a & b",
};

test("every image is there whole, with its name, in rows", async () => {
  const rgb = { width: 1, height: 2, channels: 3 as const, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
  const rgba = {
    width: 1,
    height: 1,
    channels: 4 as const,
    data: Uint8Array.of(1, 2, 3, 4),
    name: "c",
  };
  const figure = plotImages([grey, rgb, rgba], { columns: 2, imagePx: 40 });
  await expect(await withoutDeflate(figure.svg)).toMatchFileSnapshot("__snapshots__/images.svg");
  expect(figure.altText).toBe("3 images: a & b, c.");
  expect(textsOf(figure.svg)).toEqual(["a &amp; b", "c"]);
  const [, second] = picturesOf(figure.svg);
  const { data, info } = await sharp(second).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([40, 80]);
  expect([...data.subarray(0, 3), ...data.subarray(-3)]).toEqual([1, 2, 3, 4, 5, 6]);
  expect(figure.data.column("width")).toEqual([2, 1, 1]);
});

test("large images are averaged over area, transparent pixels not counted", () => {
  const grey4 = {
    width: 4,
    height: 2,
    channels: 1 as const,
    data: Uint8Array.of(0, 10, 20, 30, 40, 50, 60, 70),
  };
  expect(shrinkImage(grey4, 2)).toEqual({
    width: 2,
    height: 1,
    channels: 1,
    data: Uint8Array.of(25, 45),
  });
  expect(shrinkImage(grey4, 4)).toBe(grey4);
  const grey3 = { width: 3, height: 1, channels: 1 as const, data: Uint8Array.of(0, 90, 240) };
  // By hand: (0 + 90/2) / 1.5 and (90/2 + 240) / 1.5.
  expect([...shrinkImage(grey3, 2).data]).toEqual([30, 190]);
  const rgba = {
    width: 2,
    height: 1,
    channels: 4 as const,
    data: Uint8Array.of(200, 100, 50, 255, 9, 9, 9, 0),
  };
  expect([...shrinkImage(rgba, 1).data]).toEqual([200, 100, 50, 128]);
  const photo = {
    width: 1000,
    height: 700,
    channels: 3 as const,
    data: new Uint8Array(2_100_000).map((_, i) => i * 7),
  };
  expect(plotImages([photo]).svg.length).toBeLessThan(300_000);
});

test("pixels of small images stay squares", () => {
  const image = {
    width: 2,
    height: 1,
    channels: 3 as const,
    data: Uint8Array.of(1, 2, 3, 4, 5, 6),
  };
  const twice = enlargeImage(image, 5);
  expect([twice.width, twice.height]).toEqual([4, 2]);
  const row = [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6];
  expect([...twice.data]).toEqual([...row, ...row]);
  expect(enlargeImage(image, 3)).toBe(image);
});

test("100 images wrap within the width", () => {
  const figure = plotImages(Array.from({ length: 100 }, () => grey));
  expect(figure.width).toBeLessThanOrEqual(760);
  expect(figure.svg).not.toMatch(/NaN|undefined/);
});

test("refuses what does not fit", () => {
  expect(() => plotImages([])).toThrow(/at least one/);
  expect(() => plotImages([grey], { titles: [] })).toThrow(/one per image/);
  expect(() => plotImages([{ ...grey, height: 2 }])).toThrow(/2 × 2 × 1 = 4 bytes/);
  expect(() => plotImages([grey], { columns: 0 })).toThrow(/columns/);
});
