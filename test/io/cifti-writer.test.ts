import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { readCifti, writeCifti, type CiftiContent } from "../../src/io/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-cifti-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const fixture = (name: string) =>
  fileURLToPath(new URL(`../fixtures/surface/formats/${name}`, import.meta.url));

test("a file of scalars that was read is written and read again, voxels and all", async () => {
  const read = await readCifti(fixture("demo.dscalar.nii"));
  await writeCifti(at("copy.dscalar.nii"), read);
  const again = await readCifti(at("copy.dscalar.nii"));
  expect(again.axes).toEqual(read.axes);
  expect(again.intentCode).toBe(3006);
  expect(again.values.shape).toEqual(read.values.shape);
  expect(Array.from(again.values.data)).toEqual(Array.from(read.values.data, Math.fround));
});

const model = {
  structure: "CORTEX_LEFT",
  start: 0,
  count: 2,
  vertices: Int32Array.of(1, 4),
  nSurfaceVertices: 6,
  voxels: undefined,
};
const content = (more: Partial<typeof model> = {}, names = ['a & "b" <c>']): CiftiContent => ({
  values: { data: Float64Array.of(0.5, NaN), shape: [1, 2] },
  axes: [
    { kind: "scalars", names },
    { kind: "brain", models: [{ ...model, ...more }], volume: undefined },
  ],
});

test("names with signs of XML, and values that are not defined", async () => {
  await writeCifti(at("one.dscalar.nii"), content());
  const { axes, values } = await readCifti(at("one.dscalar.nii"));
  expect(axes[0]).toEqual({ kind: "scalars", names: ['a & "b" <c>'] });
  expect(Array.from(values.data)).toEqual([0.5, NaN]);
});

test.each([
  [content({}, ["a", "b"]), /2 maps × 2/],
  [content({ vertices: Int32Array.of(1, 6) }), /0 to 5/],
  [content({ vertices: Int32Array.of(4, 4) }), /once/],
  [content({ start: 1 }), /from 0/],
  [content({ count: 3 }), /count/],
])("what the axes are not of is refused (%#)", async (wrong, words) => {
  await expect(writeCifti(at("wrong.dscalar.nii"), wrong)).rejects.toThrow(words);
});

test("voxels need their grid, and lie in it", async () => {
  const voxels = (...data: number[]) => ({
    ...{ structure: "THALAMUS_LEFT", start: 0, count: 2 },
    ...{ vertices: undefined, nSurfaceVertices: undefined },
    voxels: { data: Int32Array.from(data), shape: [2, 3] },
  });
  const affine = [
    [2, 0, 0, 0],
    [0, 2, 0, 0],
    [0, 0, 2, 0],
    [0, 0, 0, 1],
  ];
  const of = (data: number[], withGrid: boolean): CiftiContent => ({
    values: { data: Float64Array.of(0.5, 1), shape: [1, 2] },
    axes: [
      { kind: "scalars", names: ["a"] },
      {
        ...{ kind: "brain", models: [voxels(...data)] },
        volume: withGrid ? { shape: [2, 3, 4], affine } : undefined,
      },
    ],
  });
  const path = at("voxels.dscalar.nii");
  await expect(writeCifti(path, of([0, 0, 0, 1, 2, 3], false))).rejects.toThrow(
    /volume.*THALAMUS_LEFT is of voxels: give the shape and affine/,
  );
  for (const wrong of [
    [0, 0, 0, 2, 0, 0],
    [0, 0, 0, 0, 3, 0],
    [0, 0, -1, 0, 0, 0],
  ])
    await expect(writeCifti(path, of(wrong, true))).rejects.toThrow(/below 2 × 3 × 4/);
  await writeCifti(path, of([0, 0, 0, 1, 2, 3], true));
  const [, brain] = (await readCifti(path)).axes;
  expect(brain).toMatchObject({ volume: { shape: [2, 3, 4] } });
});

test("series and labels are not written", async () => {
  const series = await readCifti(fixture("demo.dtseries.nii"));
  await expect(writeCifti(at("x.nii"), series)).rejects.toThrow(/series × brain is not written/);
});
