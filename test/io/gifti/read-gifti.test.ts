import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readGifti, writeGifti } from "../../../src/io/index.ts";
import { largestDifference, numbersOf, readReference } from "../../reference/read-reference.ts";
import type { ReferenceArray } from "../../reference/read-reference.ts";

interface Expected {
  readonly meta: Readonly<Record<string, string>>;
  readonly arrays: readonly {
    readonly intent: string;
    readonly meta: Readonly<Record<string, string>>;
    readonly data: ReferenceArray;
    readonly coordsys: { readonly xform: ReferenceArray };
  }[];
  readonly labels: readonly {
    readonly key: number;
    readonly label: string;
    readonly rgba: readonly (number | null)[];
  }[];
}

const { gifti } = readReference<{ gifti: Record<string, Expected> }>("surface/formats.json");
const pathOf = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/surface/formats/${name}`, import.meta.url));

describe.each(Object.entries(gifti))("%s", (name, expected) => {
  test("holds what nibabel reads", async () => {
    const file = await readGifti(pathOf(name));
    expect(Object.fromEntries(file.meta)).toEqual(expected.meta);
    expect(file.arrays.length).toBe(expected.arrays.length);
    expected.arrays.forEach((array, at) => {
      const found = file.arrays[at];
      expect(`NIFTI_INTENT_${found.intent}`).toBe(array.intent);
      expect(found.values.shape).toEqual(array.data.shape);
      expect(largestDifference(found.values.data, numbersOf(array.data))).toBe(0);
      expect(Object.fromEntries(found.meta)).toEqual(array.meta);
      const transform = found.transforms.at(-1);
      if (transform !== undefined)
        expect(Array.from(transform.affine.data)).toEqual(
          Array.from(numbersOf(array.coordsys.xform)),
        );
    });
    const labels = file.labels.map(({ key, name: label, rgba }) => ({
      key,
      label,
      rgba: rgba === undefined ? [null, null, null, null] : [...rgba],
    }));
    const byKey = (a: { key: number }, b: { key: number }) => a.key - b.key;
    expect(labels.sort(byKey)).toEqual([...expected.labels].sort(byKey));
  });
});

const text = (body: string, count = 1) =>
  new TextEncoder().encode(
    `<?xml version="1.0"?><GIFTI Version="1.0" NumberOfDataArrays="${count}">${body}</GIFTI>`,
  );
const array = (attributes: string, data: string) =>
  `<DataArray Intent="NIFTI_INTENT_SHAPE" DataType="NIFTI_TYPE_FLOAT32" Dimensionality="1" Endian="LittleEndian" ${attributes}><Data>${data}</Data></DataArray>`;
const zip = (bytes: Uint8Array) => deflateSync(bytes).toString("base64");
const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);

describe("what is damaged or hostile is refused by its field", () => {
  const rows: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ["another root", new TextEncoder().encode("<html></html>"), /expected GIFTI, found html/],
    ["no XML", Uint8Array.of(1, 2, 3), /no GIFTI file/],
    ["fewer arrays than told", text("", 1), /NumberOfDataArrays/],
    ["no Dim0", text(array('Encoding="ASCII"', "1")), /attribute Dim0/],
    ["a negative dim", text(array('Encoding="ASCII" Dim0="-1"', "1")), /Dim0/],
    [
      "more values than dims",
      text(array('Encoding="ASCII" Dim0="1"', "1 2")),
      /expected 1 numbers.*found 2/,
    ],
    ["a huge dim", text(array('Encoding="GZipBase64Binary" Dim0="4000000000"', "eJw=")), /at most/],
    [
      "unknown type",
      text(array('Encoding="ASCII" Dim0="1"', "1").replace("FLOAT32", "RGB24")),
      /DataType/,
    ],
    ["unknown encoding", text(array('Encoding="Base85" Dim0="1"', "1")), /Encoding/],
    ["no number", text(array('Encoding="ASCII" Dim0="1"', "0x10")), /"0x10"/],
    ["foreign letters", text(array('Encoding="Base64Binary" Dim0="1"', "AA*A")), /base64/],
    [
      "text behind padding",
      text(array('Encoding="Base64Binary" Dim0="1"', "AAAAAA==AAAA")),
      /base64/,
    ],
    [
      "a bomb",
      text(array('Encoding="GZipBase64Binary" Dim0="1"', zip(new Uint8Array(2 ** 20)))),
      /4 bytes/,
    ],
    [
      "bytes behind the stream",
      text(
        array(
          'Encoding="GZipBase64Binary" Dim0="1"',
          Buffer.concat([deflateSync(floats(1)), Buffer.of(1, 2, 3)]).toString("base64"),
        ),
      ),
      /behind/,
    ],
    [
      "a stream cut short",
      text(
        array(
          'Encoding="GZipBase64Binary" Dim0="1"',
          deflateSync(floats(1)).subarray(0, 6).toString("base64"),
        ),
      ),
      /zlib/,
    ],
    [
      "a way out of the folder",
      text(
        array(
          'Encoding="ExternalFileBinary" Dim0="1" ExternalFileName="../x" ExternalFileOffset="0"',
          "",
        ),
      ),
      /same folder/,
    ],
    [
      "an address",
      text(
        array(
          'Encoding="ExternalFileBinary" Dim0="1" ExternalFileName="http://a/b" ExternalFileOffset="0"',
          "",
        ),
      ),
      /same folder/,
    ],
    [
      "an entity that is declared",
      new TextEncoder().encode('<!DOCTYPE GIFTI [<!ENTITY a "b">]><GIFTI NumberOfDataArrays="0"/>'),
      /ENTITY/,
    ],
    ["an entity nobody knows", text("&lol;", 0), /&amp;/],
    ["wrong nesting", text("<MetaData></DataArray>", 0), /MetaData/],
    ["33 levels", text("<a>".repeat(40), 0), /at most 32/],
    ["no end", text("<MetaData>", 0).subarray(0, 60), /end of the file|end of/],
    ["bytes that are no UTF-8", Uint8Array.of(...text("", 0), 0xff), /UTF-8/],
  ];
  test.each(rows)("%s", async (_, bytes, message) => {
    await expect(readGifti(bytes)).rejects.toThrow(message);
    await expect(readGifti(bytes)).rejects.toMatchObject({ code: "FILE_FORMAT" });
  });
  test("a triangle of points that are not there", async () => {
    const surf = readFileSync(pathOf("ascii.surf.gii"), "utf8");
    const bad = surf.replace(/(<Data>[^<]*<\/Data>[\s\S]*<Data>\s*)\d+/, "$1999");
    await expect(readGifti(new TextEncoder().encode(bad))).rejects.toThrow(
      /TRIANGLE 0: expected points from 0 to 161, found 999/,
    );
  });
  test("an external file that is not there, and one given beside bytes", async () => {
    const bytes = new Uint8Array(readFileSync(pathOf("external.surf.gii")));
    await expect(readGifti(bytes)).rejects.toMatchObject({ code: "MISSING_FILE" });
    const external = new Map([
      ["external.dat", new Uint8Array(readFileSync(pathOf("external.dat")))],
    ]);
    const { arrays } = await readGifti(bytes, { external });
    expect(arrays[0].values.shape).toEqual([162, 3]);
    const short = new Map([["external.dat", new Uint8Array(10)]]);
    await expect(readGifti(bytes, { external: short })).rejects.toThrow(/a file of 10 bytes/);
  });
});

describe("what is written is read back", () => {
  test.each([
    "ascii.surf.gii",
    "gaps.label.gii",
    "bytes.shape.gii",
    "many.func.gii",
    "xform.surf.gii",
  ])("%s", async (name) => {
    const path = join(mkdtempSync(join(tmpdir(), "gii-")), "out.gii");
    const file = await readGifti(pathOf(name));
    await writeGifti(path, file);
    expect(await readGifti(path)).toEqual(file);
  });
  test("what XML or 32 bits cannot hold is refused", async () => {
    const values = { data: Uint32Array.of(2 ** 32 - 1), shape: [1] };
    await expect(writeGifti("x", { arrays: [{ intent: "LABEL", values }] })).rejects.toThrow(
      /32 bits/,
    );
    const meta = new Map([["a", "\u0001"]]);
    await expect(writeGifti("x", { arrays: [], meta })).rejects.toThrow(/control/);
    await expect(writeGifti("x", { arrays: [{ intent: 'A" x="', values }] })).rejects.toThrow(
      /intent/,
    );
  });
});
