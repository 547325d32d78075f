import { copyFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readStc, writeStc } from "../../../src/io/index.ts";
import { largestDifference, numbersOf, readReference } from "../../reference/read-reference.ts";
import type { ReferenceArray } from "../../reference/read-reference.ts";

interface Expected {
  readonly vertices: readonly ReferenceArray[];
  readonly data: ReferenceArray;
  readonly tmin: number;
  readonly tstep: number;
}

const { stc } = readReference<{ stc: Record<string, Expected> }>("surface/formats.json");
const pathOf = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/surface/formats/${name}`, import.meta.url));
const bytesOf = (name: string) => new Uint8Array(readFileSync(pathOf(name)));

test.each(Object.keys(stc))("%s as MNE reads it", async (name) => {
  const { vertices, data, tmin, tstep } = stc[name];
  const found = await readStc(pathOf(name));
  expect(found.vertices.map((numbers) => Array.from(numbers))).toEqual(
    vertices.map((numbers) => Array.from(numbersOf(numbers))),
  );
  expect(found.data.shape).toEqual(data.shape);
  expect(largestDifference(found.data.data, numbersOf(data))).toBe(0);
  expect(found.tminS).toBeCloseTo(tmin, 12);
  expect(found.tstepS).toBeCloseTo(tstep, 12);
});

test("what is written is read back, with a hemisphere that has no sources", async () => {
  const folder = mkdtempSync(join(tmpdir(), "stc-"));
  for (const name of ["two-lh.stc", "left-only-lh.stc", "vol-vl.stc"]) {
    const estimate = await readStc(pathOf(name));
    const paths = await writeStc(join(folder, name), estimate);
    expect(await readStc(paths[0])).toEqual(estimate);
    for (const path of paths) {
      const original = pathOf(path.slice(folder.length + 1));
      const bytes = readFileSync(path);
      // MNE writes data behind a hemisphere without sources.
      const extra = path.endsWith("left-only-rh.stc") ? 120 : 0;
      expect(
        readFileSync(original)
          .subarray(0, -extra || undefined)
          .equals(bytes),
      ).toBe(true);
    }
  }
});

test("a stem finds its pair, and a lone hemisphere is refused by the other's name", async () => {
  const { vertices } = await readStc(pathOf("two"));
  expect(vertices.length).toBe(2);
  const folder = mkdtempSync(join(tmpdir(), "stc-"));
  copyFileSync(pathOf("two-lh.stc"), join(folder, "two-lh.stc"));
  await expect(readStc(join(folder, "two-lh.stc"))).rejects.toThrow(/two-rh\.stc/);
});

test("damaged files are refused by their field", async () => {
  const left = bytesOf("two-lh.stc");
  const change = (at: number, value: number) => {
    const bytes = Uint8Array.from(left);
    new DataView(bytes.buffer).setUint32(at, value);
    return bytes;
  };
  await expect(readStc(left.subarray(0, 1000))).rejects.toThrow(/expected 1216 bytes/);
  await expect(readStc(change(8, 2 ** 31))).rejects.toThrow(/number of vertices/);
  await expect(readStc(change(16, 3))).rejects.toThrow(/vertex 1/);
  await expect(readStc(change(4, 0))).rejects.toThrow(/tstep/);
  const other = bytesOf("left-only-rh.stc");
  await expect(readStc(left, { right: other })).rejects.toThrow(/different estimates/);
});

test("the writer refuses vertices that do not ascend and rows that are not theirs", async () => {
  const content = {
    kind: "volume",
    data: { data: [1, 2], shape: [2, 1] },
    tminS: 0,
    tstepS: 1,
  } as const;
  await expect(writeStc("x", { ...content, vertices: [Int32Array.of(2, 1)] })).rejects.toThrow(
    /vertices/,
  );
  await expect(writeStc("x", { ...content, vertices: [Int32Array.of(1)] })).rejects.toThrow(/rows/);
  const one = { ...content, vertices: [Int32Array.of(1, 2)] };
  const short = { data: [1], shape: [2, 1] };
  await expect(writeStc("x", { ...one, data: short })).rejects.toThrow(/data/);
  for (const tstepS of [0, -1, NaN])
    await expect(writeStc("x", { ...one, tstepS })).rejects.toThrow(/tstepS/);
  await expect(writeStc("x", { ...one, tminS: Infinity })).rejects.toThrow(/tminS/);
});

test("a file without sources is refused, whatever number of times it claims", async () => {
  const bytes = bytesOf("left-only-rh.stc");
  await expect(readStc(bytes)).rejects.toThrow(/number of vertices.*one or more/);
  new DataView(bytes.buffer).setUint32(12, 4294967295);
  await expect(readStc(bytes)).rejects.toThrow(/number of vertices/);
  await expect(readStc(bytes, { right: bytes })).rejects.toThrow(/number of vertices/);
  await expect(readStc(bytesOf("left-only-lh.stc"), { right: bytes })).rejects.toThrow(/times/);
});
