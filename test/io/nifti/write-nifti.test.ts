import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { fc } from "../../support/fast-check.ts";
import { afterAll, describe, expect, test } from "vitest";
import { niftiBytes, openNifti, readNifti, writeNifti } from "../../../src/io/nifti/index.ts";
import type { NiftiDatatype } from "../../../src/io/nifti/index.ts";
import { bytesOf, expected, fixture } from "./fixtures.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-nifti-"));
afterAll(() => rmSync(folder, { recursive: true }));

const affine = [
  [2, 0, 0, -10],
  [0, 2, 0, -20],
  [0, 0, 3, 5],
  [0, 0, 0, 1],
];

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 7 });
const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const imageOf = (value: fc.Arbitrary<number>) =>
  shapes.chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      data: fc
        .array(value, { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
        .map((values) => Float64Array.from(values)),
    }),
  );

describe("what is written is read back", () => {
  test("float64: every number, in every shape and both versions", async () => {
    await fc.assert(
      fc.asyncProperty(imageOf(fc.double()), fc.constantFrom(1, 2), async (image, version) => {
        const bytes = niftiBytes({ ...image, affine }, { datatype: "float64", version });
        const read = await readNifti(bytes);
        expect([read.shape, read.data, read.affine]).toEqual([image.shape, image.data, affine]);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  test("float32, the default: rounded once", async () => {
    await fc.assert(
      fc.asyncProperty(imageOf(fc.float()), async (image) => {
        const read = await readNifti(niftiBytes({ ...image, affine }));
        expect([read.datatype, read.scaling]).toEqual(["float32", undefined]);
        expect(read.data).toEqual(image.data);
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  test.each([
    ["uint8", 255],
    ["int16", 65535],
    ["uint16", 65535],
    ["int32", 2 ** 32],
  ] as const)(
    "%s spread over its range: within a step, and exactly the same when written again",
    async (datatype, steps) => {
      const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
      await fc.assert(
        fc.asyncProperty(imageOf(value), async (image) => {
          const first = await readNifti(
            niftiBytes({ ...image, affine }, { datatype, scaling: "fit" }),
          );
          const range = Math.max(...image.data) - Math.min(...image.data);
          const most = Math.max(...image.data.map(Math.abs));
          image.data.forEach((wanted, i) =>
            expect(Math.abs(first.data[i] - wanted)).toBeLessThanOrEqual(
              range / (steps - 5) + most * 2 ** -22 + 1e-30,
            ),
          );
          const again = await readNifti(niftiBytes(first, { datatype, scaling: first.scaling }));
          expect(again.data).toEqual(first.data);
        }),
        { seed: 3, numRuns: 200 },
      );
    },
  );

  const whole: [NiftiDatatype, number, number][] = [
    ["int8", -128, 127],
    ["uint8", 0, 255],
    ["int16", -32768, 32767],
    ["uint16", 0, 65535],
    ["int32", -(2 ** 31), 2 ** 31 - 1],
    ["uint32", 0, 2 ** 32 - 1],
    ["int64", -(2 ** 53), 2 ** 53],
    ["uint64", 0, 2 ** 53],
  ];
  test.each(whole)(
    "%s: its least and greatest, and not one beyond",
    async (datatype, least, greatest) => {
      const write = (...data: number[]) =>
        niftiBytes({ data: Float64Array.from(data), shape: [data.length], affine }, { datatype });
      expect([...(await readNifti(write(least, greatest, 1))).data]).toEqual([least, greatest, 1]);
      for (const value of [least * 1.0001 - 1, greatest * 1.0001 + 1, 0.5, NaN, Infinity])
        expect(() => write(value)).toThrow(
          new RegExp(`${datatype} holds whole numbers from ${least} to`),
        );
    },
  );
});

describe.each(expected)("$file written again", ({ file }) => {
  test.each([1, 2] as const)("as NIfTI-%i keeps values, affine and header", async (version) => {
    const image = await readNifti(fixture(file));
    const again = await readNifti(niftiBytes(image, { datatype: "float64", version }));
    expect(again.data).toEqual(image.data);
    const close = (a: unknown, b: unknown) => {
      const [found, wanted] = [a, b].map((value) =>
        value === undefined ? [] : (value as number[][]).flat(),
      );
      expect(found.length).toBe(wanted.length);
      // The header of version 1 has float32 quaternions and rows.
      found.forEach((value, i) =>
        expect(Math.abs(value - wanted[i])).toBeLessThan(version === 1 ? 1e-5 : 1e-6),
      );
    };
    close(again.affine, image.affine);
    close(again.qform?.affine, image.qform?.affine);
    if (image.sform !== undefined && (version === 2 || image.version === 1))
      expect(again.affine).toEqual(image.affine);
    const { shape, zooms, units, description, details, extensions } = image;
    expect(again).toMatchObject({ shape, zooms, units, description, details });
    expect(again.extensions).toEqual(extensions);
    if (image.affineFrom !== "grid") expect(again.affineFrom).toBe(image.affineFrom);
  });

  test("with its own type and scaling, the stored numbers are the same", async () => {
    const reader = await openNifti(fixture(file));
    const image = await readNifti(fixture(file));
    const again = await openNifti(
      niftiBytes(image, { datatype: image.datatype, scaling: image.scaling }),
    );
    expect((await again.readStored()).data).toEqual((await reader.readStored()).data);
    await reader.close();
  });
});

test("a changed affine is not contradicted by the transforms the image came with", async () => {
  const image = await readNifti(fixture("be_int16.nii"));
  expect(image.qform).toBeDefined();
  const moved = await readNifti(niftiBytes({ ...image, affine }));
  expect(moved.affine).toEqual(affine);
  expect([moved.qform, moved.sform?.code, moved.zooms]).toEqual([undefined, 2, [2, 2, 3]]);
});

test("a map of a time series: three axes, its affine, no repetition time", async () => {
  const bold = await readNifti(fixture("bold.nii.gz"));
  const shape = bold.shape.slice(0, 3);
  const map = await readNifti(
    niftiBytes({ ...bold, shape, data: new Float32Array(sizeOf(shape)) }),
  );
  expect([map.shape, map.zooms, map.affine]).toEqual([shape, [3, 3, 3], bold.affine]);
});

test("files: packed by name, whole or not there", async () => {
  const data = Float64Array.from({ length: 24 }, (_, i) => i / 7);
  const image = { data, shape: [2, 3, 4], affine };
  await writeNifti(join(folder, "sub", "a.nii"), image);
  await writeNifti(join(folder, "sub", "a.nii.gz"), image);
  const plain = readFileSync(join(folder, "sub", "a.nii"));
  expect(plain).toEqual(Buffer.from(niftiBytes(image)));
  expect(gunzipSync(readFileSync(join(folder, "sub", "a.nii.gz")))).toEqual(plain);
  const bad = { ...image, data: data.map(() => 1e300) };
  await expect(writeNifti(join(folder, "sub", "b.nii"), bad)).rejects.toThrow(
    /float32 has no room/,
  );
  await expect(writeNifti(join(folder, "sub", "c.img"), image)).rejects.toThrow(
    /ends in .nii or .nii.gz/,
  );
  expect(readdirSync(join(folder, "sub")).sort()).toEqual(["a.nii", "a.nii.gz"]);
});

test("texts that are too long are cut between characters and do not reach the next field", async () => {
  const { details } = await readNifti(bytesOf("be_int16.nii"));
  const description = `${"x".repeat(76)}ééé`;
  const image = {
    data: new Float32Array(1),
    shape: [1],
    affine,
    description,
    details: { ...details, intentName: "n".repeat(40) },
  };
  const read = await readNifti(niftiBytes(image));
  expect(read.description).toBe(`${"x".repeat(76)}é`);
  expect([read.details.auxiliaryFile, read.details.intentName]).toEqual(["", "n".repeat(15)]);
});

test.each([
  ["too few values", { shape: [2, 2] }, {}, /expected 4 values for \(2, 2\), found 3/],
  ["no axes", { shape: [] }, {}, /give 1 to 7 lengths/],
  ["8 axes", { shape: [3, 1, 1, 1, 1, 1, 1, 1] }, {}, /give 1 to 7 lengths/],
  ["a length of 0", { shape: [0] }, {}, /at least 1/],
  ["an affine of 3 rows", { affine: affine.slice(0, 3) }, {}, /give 4 rows of 4 finite numbers/],
  ["an affine of NaN", { affine: affine.map((row) => row.map(() => NaN)) }, {}, /give 4 rows/],
  ["an unknown type", {}, { datatype: "float" as NiftiDatatype }, /unknown datatype "float"/],
  ["a slope of 0", {}, { scaling: { slope: 0, intercept: 0 } }, /slope not 0/],
  ["fitting floats", {}, { scaling: "fit" as const }, /float32 needs none/],
  [
    "NIfTI-1 with a long axis",
    { shape: [40000], data: new Float32Array(40000) },
    { version: 1 as const },
    /longer than 32767/,
  ],
])("%s is refused", (_, part, options, message) => {
  const image = { data: Float64Array.of(1, 2, 3), shape: [3], affine, ...part };
  expect(() => niftiBytes(image, options)).toThrow(message);
});

test("a long axis makes it NIfTI-2", async () => {
  const image = { data: new Float32Array(40000).fill(1), shape: [40000], affine };
  expect((await readNifti(niftiBytes(image))).version).toBe(2);
});
