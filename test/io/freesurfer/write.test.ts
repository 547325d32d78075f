import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import {
  readFreesurferAnnot,
  readFreesurferCurv,
  readFreesurferGeometry,
  writeFreesurferAnnot,
  writeFreesurferCurv,
  writeFreesurferGeometry,
} from "../../../src/io/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-freesurfer-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fixture = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/surface/formats/${name}`, import.meta.url));
const copy = (name: string) => join(folder, name);
const points = { data: Float64Array.of(0, 0, 0, 1, 0, 0, 0, 1.5, -2), shape: [3, 3] };
const triangles = { data: Int32Array.of(0, 1, 2), shape: [1, 3] };

test.each(["lh.white", "lh.nofooter", "lh.quad-new"])(
  "the geometry %s is read back as it was written, with the volume that it came from",
  async (name) => {
    const before = await readFreesurferGeometry(fixture(name));
    await writeFreesurferGeometry(copy(name), before);
    const after = await readFreesurferGeometry(copy(name));
    expect(after).toEqual({ ...before, points: { ...before.points } });
  },
);

test("the bytes of a geometry are FreeSurfer's: magic, comment, big-endian counts and numbers", async () => {
  await writeFreesurferGeometry(copy("small"), { points, triangles });
  const bytes = readFileSync(copy("small"));
  expect([...bytes.subarray(0, 3)]).toEqual([0xff, 0xff, 0xfe]);
  const at = bytes.indexOf("\n\n") + 2;
  expect([bytes.readInt32BE(at), bytes.readInt32BE(at + 4)]).toEqual([3, 1]);
  expect(bytes.readFloatBE(at + 8 + 4 * 7)).toBe(1.5);
  expect(bytes.readInt32BE(at + 8 + 36 + 8)).toBe(2);
  expect(bytes.length).toBe(at + 8 + 36 + 12);
});

test("values of vertices are read back, NaN among them", async () => {
  const values = [0.5, -1.25, NaN, 0];
  await writeFreesurferCurv(copy("lh.curv"), values);
  expect(Array.from(await readFreesurferCurv(copy("lh.curv"), { nVertices: 4 }))).toEqual(values);
});

test("a parcellation is read back, vertices without a label too", async () => {
  const entries = [
    { name: "V1", rgba: [1, 2, 3, 255] },
    { name: "V2, ä", rgba: [255, 0, 0, 200] },
  ] as const;
  const labels = [0, 1, -1, 1];
  await writeFreesurferAnnot(copy("lh.aparc.annot"), { labels, entries });
  const read = await readFreesurferAnnot(copy("lh.aparc.annot"));
  expect([Array.from(read.labels), read.notes]).toEqual([labels, []]);
  expect(read.entries).toMatchObject(entries);
  // What was read can be written again.
  await writeFreesurferAnnot(copy("again.annot"), read);
  expect(readFileSync(copy("again.annot"))).toEqual(readFileSync(copy("lh.aparc.annot")));
});

test("what the formats cannot hold is refused, and no file is left", async () => {
  const at = copy("refused");
  const geometry = (parts: object) => writeFreesurferGeometry(at, { points, triangles, ...parts });
  await expect(geometry({ triangles: { data: [0, 1, 3], shape: [1, 3] } })).rejects.toThrow(
    "points from 0 to 2",
  );
  await expect(geometry({ triangles: { data: [0, 1], shape: [1, 2] } })).rejects.toThrow("(n, 3)");
  await expect(geometry({ points: { data: [0, 1, NaN], shape: [1, 3] } })).rejects.toThrow(
    "finite",
  );
  await expect(geometry({ points: { data: [], shape: [0, 3] } })).rejects.toThrow("(n, 3)");
  await expect(writeFreesurferCurv(at, [])).rejects.toThrow("each vertex");
  const annot = (labels: number[], ...colours: (readonly number[])[]) =>
    writeFreesurferAnnot(at, {
      labels,
      entries: colours.map((rgba, place) => ({ name: `${place}`, rgba })) as never,
    });
  await expect(annot([1], [1, 1, 1, 0])).rejects.toThrow("labels[0]");
  await expect(annot([0], [0, 0, 0, 255])).rejects.toThrow("black");
  await expect(annot([0], [0, 0, 256, 255])).rejects.toThrow("0 to 255");
  await expect(annot([0], [1, 1, 1, 1], [1, 1, 1, 1])).rejects.toThrow("of its own");
  expect(() => readFileSync(at)).toThrow("ENOENT");
  // FreeSurfer's own tables have a black "Unknown", which no vertex is of.
  await annot([1, -1], [0, 0, 0, 255], [1, 1, 1, 255]);
  const { entries, labels } = await readFreesurferAnnot(at);
  expect([entries.length, ...labels]).toEqual([2, 1, -1]);
});
