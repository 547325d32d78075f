import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  readFreesurferAnnot,
  readFreesurferCurv,
  readFreesurferGeometry,
  readFreesurferLabel,
} from "../../../src/io/index.ts";
import { largestDifference, numbersOf, readReference } from "../../reference/read-reference.ts";
import type { ReferenceArray } from "../../reference/read-reference.ts";

interface Right {
  readonly name_of_vertex: readonly (string | null)[];
  readonly colours_rgb: ReferenceArray;
  readonly names: readonly string[];
}
interface Expected {
  readonly coords?: ReferenceArray;
  readonly faces?: ReferenceArray;
  readonly volume_info?: Readonly<Record<string, ReferenceArray | string>>;
  readonly values?: ReferenceArray;
  readonly right?: Right;
  readonly vertices?: ReferenceArray;
  readonly pos_m?: ReferenceArray;
}

const { freesurfer } = readReference<{ freesurfer: Record<string, Expected> }>(
  "surface/formats.json",
);
const pathOf = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/surface/formats/${name}`, import.meta.url));
const bytesOf = (name: string) => new Uint8Array(readFileSync(pathOf(name)));
const withInt32 = (name: string, at: number, value: number) => {
  const bytes = bytesOf(name);
  new DataView(bytes.buffer).setInt32(at, value);
  return bytes;
};

describe("geometry as nibabel reads it", () => {
  const files = ["lh.white", "lh.head20", "lh.nofooter", "lh.quad-old", "lh.quad-new"];
  test.each(files)("%s", async (name) => {
    const { coords, faces, volume_info: info } = freesurfer[name];
    if (coords === undefined || faces === undefined) throw new Error("no reference");
    const { points, triangles, volume } = await readFreesurferGeometry(pathOf(name));
    expect(points.shape).toEqual(coords.shape);
    expect(largestDifference(points.data, numbersOf(coords))).toBeLessThan(1e-12);
    expect(triangles.shape).toEqual(faces.shape);
    expect(largestDifference(triangles.data, numbersOf(faces))).toBe(0);
    expect(volume?.cras).toEqual(
      info?.cras === undefined ? undefined : Array.from(numbersOf(info.cras as ReferenceArray)),
    );
    expect(volume?.filename).toEqual(info?.filename);
  });
});

describe("one number a vertex", () => {
  test.each(["lh.curv", "lh.curv-old", "lh.thickness"])("%s", async (name) => {
    const { values } = freesurfer[name];
    if (values === undefined) throw new Error("no reference");
    const found = await readFreesurferCurv(pathOf(name), { nVertices: values.shape[0] });
    expect(largestDifference(found, numbersOf(values))).toBeLessThan(1e-12);
  });
  test("of another mesh is refused", async () => {
    await expect(readFreesurferCurv(pathOf("lh.curv"), { nVertices: 163 })).rejects.toThrow(
      /expected 163, as the mesh has, found 162/,
    );
  });
});

describe("labels of vertices go by their numbers, names by their structure", () => {
  const files = [
    "lh.v2.annot",
    "lh.v1-shuffled.annot",
    "lh.v2-gap.annot",
    "lh.v2-unknown-colour.annot",
  ];
  test.each(files)("%s", async (name) => {
    const { right } = freesurfer[name];
    const { labels, entries, notes } = await readFreesurferAnnot(pathOf(name));
    const names = Array.from(labels, (at) => (at < 0 ? null : (entries[at].name ?? null)));
    const expected = right?.name_of_vertex ?? [];
    const unknown = name.includes("unknown-colour");
    // The one vertex whose colour is in no table has no name.
    expect(names).toEqual(
      expected.map((label, vertex) => (unknown && vertex === 5 ? null : label)),
    );
    expect(entries.map((entry) => entry.name).sort()).toEqual([...(right?.names ?? [])].sort());
    expect(notes.length).toBe(unknown ? 1 : 0);
  });
  test("a file without a table has colours and no names", async () => {
    const { labels, entries } = await readFreesurferAnnot(pathOf("lh.no-table.annot"));
    const whole = await readFreesurferAnnot(pathOf("lh.v2.annot"));
    const colour = (at: number, list: typeof entries) => (at < 0 ? 0 : list[at].colour);
    expect(Array.from(labels, (at) => colour(at, entries))).toEqual(
      Array.from(whole.labels, (at) => colour(at, whole.entries)),
    );
    expect(entries.every(({ name }) => name === undefined)).toBe(true);
  });
});

describe("label files", () => {
  test("sorted by vertex, in metres, as MNE reads them", async () => {
    const { vertices, pos_m: places, values } = freesurfer["lh.demo.label"];
    if (vertices === undefined || places === undefined || values === undefined)
      throw new Error("none");
    const label = await readFreesurferLabel(pathOf("lh.demo.label"));
    expect(Array.from(label.vertices)).toEqual(Array.from(numbersOf(vertices)));
    expect(largestDifference(label.positionsM.data, numbersOf(places))).toBeLessThan(1e-12);
    expect(largestDifference(label.values, numbersOf(values))).toBeLessThan(1e-12);
    expect([label.name, label.hemisphere]).toEqual(["demo", "left"]);
  });
  test("an empty one", async () => {
    expect((await readFreesurferLabel(pathOf("lh.empty.label"))).vertices.length).toBe(0);
  });
  const label = (body: string) => new TextEncoder().encode(`#!ascii label\n${body}\n`);
  test.each([
    ["fewer lines than told", "2\n1 0 0 0 0", /expected 1, as many as there are lines, found 2/],
    ["a value that is no number", "1\n1 0 0 nan 0", /line 3/],
    ["a vertex twice", "2\n1 0 0 0 0\n1 0 0 0 0", /1 twice/],
    ["no count", "one\n", /a comment and a number/],
  ])("%s is refused", async (_, body, message) => {
    await expect(readFreesurferLabel(label(body))).rejects.toThrow(message);
  });
});

describe("damaged files are refused by their field", () => {
  const white = bytesOf("lh.white");
  const counts = white.findIndex((byte, at) => byte === 10 && white[at + 1] === 10) + 2;
  test.each([
    [
      "another magic",
      () => readFreesurferGeometry(bytesOf("lh.v2.annot")),
      /no geometry of FreeSurfer/,
    ],
    [
      "points beyond the file",
      () => readFreesurferGeometry(withInt32("lh.white", counts, 2 ** 30)),
      /number of points/,
    ],
    [
      "faces beyond the file",
      () => readFreesurferGeometry(withInt32("lh.white", counts + 4, 2 ** 30)),
      /number of triangles/,
    ],
    [
      "a corner out of range",
      () => readFreesurferGeometry(withInt32("lh.white", counts + 8 + 162 * 12, 162)),
      /face 0: expected points from 0 to 161, found 162/,
    ],
    [
      "cut",
      () => readFreesurferGeometry(white.subarray(0, 3000)),
      /number of triangles|end of the file/,
    ],
    [
      "a quad file as curvature",
      () => readFreesurferCurv(bytesOf("lh.quad-old")),
      /no file of one number a vertex/,
    ],
    ["curvature as a quad file", () => readFreesurferGeometry(bytesOf("lh.curv")), /expected/],
    [
      "two values a vertex",
      () => readFreesurferCurv(withInt32("lh.curv", 11, 2)),
      /values per vertex/,
    ],
    [
      "a vertex out of range",
      () => readFreesurferAnnot(withInt32("lh.v2.annot", 4, 162)),
      /from 0 to 161/,
    ],
    ["a vertex twice", () => readFreesurferAnnot(withInt32("lh.v2.annot", 12, 0)), /twice/],
    [
      "a name beyond the file",
      () => readFreesurferAnnot(withInt32("lh.v2.annot", 4 + 162 * 8 + 12, 10 ** 9)),
      /length of the name/,
    ],
  ] as const)("%s", async (_, read, message) => {
    await expect(read()).rejects.toThrow(message);
    await expect(read()).rejects.toMatchObject({ code: "FILE_FORMAT" });
  });
});
