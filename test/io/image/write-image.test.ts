import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import {
  bmpBytes,
  encodePng,
  readImage,
  stackImages,
  type Image,
} from "../../../src/io/image/index.ts";

const fixture = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/image/${name}`, import.meta.url));

test("a grey BMP is written with the bytes Pillow writes", async () => {
  const file = await readFile(fixture("grey8.bmp"));
  const written = bmpBytes(await readImage(fixture("grey8.bmp")));
  const resolution = (bytes: Uint8Array) => bytes.fill(0, 38, 46);
  expect(resolution(written)).toEqual(resolution(new Uint8Array(file)));
});

test.each(["grey8.bmp", "colour24.bmp", "alpha.png"])("%s survives PNG", async (name) => {
  const image = await readImage(fixture(name));
  const back = await readImage(await encodePng(image));
  expect({ ...back, name: "" }).toEqual({ ...image, name: "" });
});

test("a colour image is not written as grey", async () => {
  const image = await readImage(fixture("colour24.bmp"));
  expect(() => bmpBytes(image)).toThrow(/toGrey/);
});

test("data that does not fit the size is not written", async () => {
  const bad = { width: 3, height: 3, channels: 1 as const, data: new Uint8Array(8) };
  expect(() => bmpBytes(bad)).toThrow(/expected 9 values .* found 8/);
  await expect(encodePng(bad)).rejects.toThrow(/expected 9 values/);
});

test("a stack is images × height × width, with channels last for colour", async () => {
  const grey = await readImage(fixture("grey8.bmp"));
  const colour = await readImage(fixture("colour24.bmp"));
  expect(stackImages([grey, grey, grey]).shape).toEqual([3, 5, 7]);
  expect(stackImages([colour, colour]).shape).toEqual([2, 5, 7, 3]);
  expect(stackImages([colour, colour]).data.slice(105)).toEqual(colour.data);
});

test("a stack of different sizes names both files", () => {
  const image = (name: string, width: number): Image => {
    return { width, height: 1, channels: 1, data: new Uint8Array(width), name };
  };
  expect(() => stackImages([image("a.bmp", 2), image("b.bmp", 3)])).toThrow(
    /expected 2 × 1 pixels of 1 channel as in a\.bmp, found 3 × 1 pixels of 1 channel in b\.bmp/,
  );
  expect(() => stackImages([])).toThrow(/empty list/);
});
