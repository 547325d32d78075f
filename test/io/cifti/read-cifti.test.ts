import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readCifti, type CiftiAxis } from "../../../src/io/index.ts";
import { largestDifference, numbersOf, readReference } from "../../reference/read-reference.ts";
import type { ReferenceArray } from "../../reference/read-reference.ts";

interface ExpectedModel {
  readonly structure: string;
  readonly start: number;
  readonly stop: number;
  readonly vertices: ReferenceArray | null;
  readonly n_surface: number | null;
  readonly voxels: ReferenceArray | null;
}
interface ExpectedAxis {
  readonly type: string;
  readonly names?: readonly string[];
  readonly tables?: readonly Readonly<Record<string, readonly [string, readonly number[]]>>[];
  readonly models?: readonly ExpectedModel[];
  readonly affine?: ReferenceArray | null;
  readonly vertices?: readonly Readonly<Record<string, ReferenceArray>>[];
  readonly voxels?: readonly ReferenceArray[];
  readonly start?: number;
  readonly step?: number;
  readonly size?: number;
}
interface Expected {
  readonly data: ReferenceArray;
  readonly intent: number;
  readonly axes: readonly ExpectedAxis[];
}

const { cifti } = readReference<{ cifti: Record<string, Expected> }>("surface/formats.json");
const pathOf = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/surface/formats/${name}`, import.meta.url));
const list = (array: ReferenceArray | null | undefined) =>
  array === null || array === undefined ? undefined : Array.from(numbersOf(array));
const plain = (values: Int32Array | undefined) =>
  values === undefined ? undefined : Array.from(values);
const full = (structure: string) => `CIFTI_STRUCTURE_${structure}`;

function checkAxis(axis: CiftiAxis, expected: ExpectedAxis): void {
  if (axis.kind === "scalars" || axis.kind === "labels") expect(axis.names).toEqual(expected.names);
  if (axis.kind === "labels")
    expect(
      axis.tables.map((table) =>
        Object.fromEntries(table.map(({ key, name, rgba }) => [key, [name, rgba]])),
      ),
    ).toEqual(expected.tables);
  if (axis.kind === "series")
    expect([axis.start, axis.step, axis.count]).toEqual([
      expected.start,
      expected.step,
      expected.size,
    ]);
  if (axis.kind === "brain") {
    expect(
      axis.models.map(({ structure, start, count, vertices, nSurfaceVertices, voxels }) => ({
        structure: full(structure),
        start,
        stop: start + count,
        vertices: plain(vertices),
        n_surface: nSurfaceVertices,
        voxels: plain(voxels?.data),
      })),
    ).toEqual(
      expected.models?.map((model) => ({
        structure: model.structure,
        start: model.start,
        stop: model.stop,
        vertices: list(model.vertices),
        n_surface: model.n_surface ?? undefined,
        voxels: list(model.voxels),
      })),
    );
    expect(axis.volume?.affine.flat()).toEqual(list(expected.affine));
  }
  if (axis.kind === "parcels") {
    expect(axis.parcels.map(({ name }) => name)).toEqual(expected.names);
    expect(
      axis.parcels.map(({ vertices }) =>
        Object.fromEntries(
          [...vertices].map(([structure, numbers]) => [full(structure), plain(numbers)]),
        ),
      ),
    ).toEqual(
      expected.vertices?.map((parcel) =>
        Object.fromEntries(
          Object.entries(parcel).map(([structure, numbers]) => [structure, list(numbers)]),
        ),
      ),
    );
  }
}

describe.each(Object.entries(cifti))("%s", (name, expected) => {
  test("has the values and axes that nibabel reads", async () => {
    const { values, axes, intentCode } = await readCifti(pathOf(name));
    expect(values.shape).toEqual(expected.data.shape);
    expect(largestDifference(values.data, numbersOf(expected.data))).toBe(0);
    expect(intentCode).toBe(expected.intent);
    axes.forEach((axis, at) => checkAxis(axis, expected.axes[at]));
  });
});

describe("what does not fit is refused", () => {
  /** The file with one text of its XML put in place of another of the same length. */
  const changed = (from: string, to: string) => {
    const bytes = readFileSync(pathOf("demo.dscalar.nii"));
    const at = bytes.indexOf(from);
    if (at < 0 || from.length !== to.length) throw new Error("no such text");
    bytes.write(to, at, "latin1");
    return new Uint8Array(bytes);
  };
  test.each([
    ["CIFTI-1", changed('Version="2.0"', 'Version="1.0"'), /CIFTI version 1/],
    ["a gap", changed('IndexOffset="120"', 'IndexOffset="121"'), /IndexOffset/],
    ["another count", changed('IndexCount="120"', 'IndexCount="119"'), /IndexCount/],
    ["a vertex beyond the mesh", changed(" 161<", " 999<"), /below 162/],
    ["a vertex twice", changed("<VertexIndices>0 1 2", "<VertexIndices>1 1 2"), /twice/],
    ["a voxel beyond the grid", changed('sions="6,5,4"', 'sions="3,5,4"'), /below 3, 5, 4/],
    ["a voxel twice", changed("1 1 2\n1 2 2", "1 1 2\n1 1 2"), /each voxel once/],
  ])("%s", async (_, bytes, message) => {
    await expect(readCifti(bytes)).rejects.toThrow(message);
  });
  test("an image without axes", async () => {
    const bytes = changed("CIFTI Version", "CIFTA Version");
    await expect(readCifti(bytes)).rejects.toThrow(/CIFTI/);
  });
});
