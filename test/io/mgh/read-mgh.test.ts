import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readMgh, writeMgh } from "../../../src/io/index.ts";
import { largestDifference, numbersOf, readReference } from "../../reference/read-reference.ts";
import type { ReferenceArray } from "../../reference/read-reference.ts";

interface Expected {
  readonly shape: readonly number[];
  readonly affine: ReferenceArray;
  readonly data: ReferenceArray;
  readonly zooms: readonly number[];
  readonly same_as?: string;
}

const { mgh } = readReference<{ mgh: Record<string, Expected> }>("surface/formats.json");
const pathOf = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/surface/formats/${name}`, import.meta.url));

test.each(Object.keys(mgh))("%s as nibabel reads it", async (name) => {
  const { shape, affine, data } = mgh[mgh[name].same_as ?? name];
  const image = await readMgh(pathOf(name));
  expect(image.shape).toEqual(shape);
  expect(largestDifference(image.data, numbersOf(data))).toBe(0);
  expect(largestDifference(image.affine.flat(), numbersOf(affine))).toBeLessThan(1e-7);
});

const changed = (at: number, value: number) => {
  const bytes = new Uint8Array(readFileSync(pathOf("vol.mgh")));
  new DataView(bytes.buffer).setInt32(at, value);
  return bytes;
};
test.each([
  ["version", changed(0, 2), /no MGH file/],
  ["width", changed(4, 0), /width: expected 1 or more/],
  ["more voxels than the file has", changed(4, 2 ** 30), /voxels/],
  ["type", changed(20, 7), /type of voxels/],
  ["cut", changed(0, 1).subarray(0, 300), /voxels/],
])("%s is refused", async (_, bytes, message) => {
  await expect(readMgh(bytes)).rejects.toThrow(message);
});

test("what is written is read back, packed or not", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mgh-"));
  for (const name of ["vol.mgh", "frames.mgz", "lh.overlay.mgz"]) {
    const image = await readMgh(pathOf(name));
    const path = join(folder, name);
    await writeMgh(path, image);
    const back = await readMgh(path);
    expect([back.shape, back.data]).toEqual([image.shape, image.data]);
    expect(largestDifference(back.affine.flat(), image.affine.flat())).toBeLessThan(1e-5);
  }
  const flat = [
    [1, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ];
  const data = new Float64Array(1);
  await expect(writeMgh("x.mgh", { data, shape: [1, 1, 1], affine: flat })).rejects.toThrow(
    /affine/,
  );
});
