import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Image } from "../../src/io/index.ts";
import { loadOnnx } from "../../src/compute/onnx-runtime.ts";
import { resizePil } from "../../src/io/image/pil-resize.ts";
import { clipPixels } from "../../src/pairs/clip/clip-pixels.ts";
import { clipEmbeddings } from "../../src/pairs/index.ts";
import { furthest } from "./expected.ts";

const folder = join(import.meta.dirname, "../fixtures/pairs");
const model = join(folder, "tiny-clip.onnx");
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
const available = await loadOnnx().then(
  () => true,
  () => false,
);
if (!available) console.log("clip: onnxruntime-node is not installed; only its absence is tested");

interface Resized {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: number[];
  readonly to: [number, number];
  readonly bicubic: number[];
}

const plain = ([red, green, blue]: number[], width = 300, height = 240): Image => ({
  ...{ width, height, channels: 3, name: "plain" },
  data: Uint8Array.from({ length: 3 * width * height }, (_, at) => [red, green, blue][at % 3]),
});

test("images are brought to another size by bicubic interpolation, as PIL does", () => {
  for (const { bicubic, to, ...image } of read("resized.json") as Resized[]) {
    const given = { ...image, data: Uint8Array.from(image.data), name: "random" };
    expect([...resizePil(given, ...to, "bicubic").data]).toEqual(bicubic);
  }
});

test("the middle is cut out and colours are standardised; grey counts as three equal colours", () => {
  const wide = plain([0, 0, 0], 448, 224);
  for (let y = 0; y < 224; y++) wide.data.fill(255, 3 * (y * 448 + 112), 3 * (y * 448 + 336));
  const pixels = clipPixels(wide);
  expect(pixels.length).toBe(3 * 224 * 224);
  expect(pixels[0]).toBeCloseTo((1 - 0.48145466) / 0.26862954, 5);
  expect(new Set(pixels.subarray(0, 224 * 224)).size).toBe(1);
  const grey = clipPixels({
    ...plain([0, 0, 0], 30, 50),
    channels: 1,
    data: new Uint8Array(1500).fill(128),
  });
  const white = clipPixels(plain([128, 128, 128]));
  expect(furthest(grey, white)).toBe(0);
});

test("the long side is as PIL's users round it: the middle of 220 × 440 is that of 448 rows", () => {
  const tall = plain([0, 0, 0], 220, 440);
  tall.data.fill(255, 0, 3 * 220 * 220);
  const rows = clipPixels(tall).filter((_, at) => at % 224 === 0 && at < 224 * 224);
  expect(rows[111]).toBeGreaterThan(1);
  expect(rows[112]).toBeLessThan(-1);
});

describe("a model that is not there", () => {
  test("absent file: how to fetch it", async () => {
    const embedding = clipEmbeddings([plain([1, 2, 3])], join(folder, "nothing.onnx"));
    await expect(embedding).rejects.toThrow("tsrsa data fetch clip-vit-b32");
  });

  test.skipIf(available)("absent package: what to install", async () => {
    await expect(clipEmbeddings([plain([1, 2, 3])], model)).rejects.toThrow(
      "npm install --no-save --ignore-scripts onnxruntime-node@1.30.0",
    );
  });
});

describe.skipIf(!available)("a small model with CLIP's inputs and outputs", () => {
  test("both layers, one row an image, in order", async () => {
    const expected = read("tiny-clip.json") as Record<
      "colours" | "visual" | "projected",
      number[][]
    >;
    const images = Array.from({ length: 11 }, (_, at) => plain(expected.colours[at % 2]));
    const { projected, visual } = await clipEmbeddings(images, model, { onProgress: false });
    expect(projected.shape).toEqual([11, 4]);
    expect(visual.shape).toEqual([11, 6]);
    const wanted = (rows: number[][]) => images.flatMap((_, at) => rows[at % 2]);
    // Single precision sums of 50,176 pixels.
    expect(furthest(projected.data, wanted(expected.projected))).toBeLessThan(2e-3);
    expect(furthest(visual.data, wanted(expected.visual))).toBeLessThan(2e-3);
  });

  test("a file that is no model", async () => {
    const other = join(folder, "make.py");
    await expect(clipEmbeddings([plain([1, 2, 3])], other)).rejects.toThrow("an ONNX model");
  });
});
