import { expect, test } from "vitest";
import { volumeToSurface, type VolumeToSurfaceOptions } from "../../src/index.ts";
import {
  largestDifference,
  matrixOf,
  numbersOf,
  readReference,
} from "../reference/read-reference.ts";
import type { ReferenceArray } from "../reference/read-reference.ts";

interface Reference {
  readonly image: ReferenceArray;
  readonly affine: readonly (readonly number[])[];
  readonly white: ReferenceArray;
  readonly pial: ReferenceArray;
  readonly triangles: ReferenceArray;
  readonly cases: readonly {
    readonly name: string;
    readonly depths: readonly number[];
    readonly interpolation: "linear" | "nearest";
    readonly value: ReferenceArray;
  }[];
}

const reference = readReference<Reference>("surface/volume-to-surface.json");
const triangles = matrixOf(reference.triangles);
const white = { left: { points: matrixOf(reference.white), triangles } };
const pial = { left: { points: matrixOf(reference.pial), triangles } };
const image = { ...matrixOf(reference.image), affine: reference.affine };
const quiet = { white, pial, onProgress: false } as const;

test.each(reference.cases)(
  "$name: the values of nilearn",
  async ({ depths, interpolation, value }) => {
    const { left } = await volumeToSurface(image, { ...quiet, depths, interpolation });
    expect(left?.values.shape).toEqual(value.shape);
    expect(largestDifference(left?.values.data ?? [], numbersOf(value))).toBeLessThan(1e-12);
  },
);

test("five depths are the default, and one volume is a volume", async () => {
  const [five] = reference.cases;
  const { left } = await volumeToSurface(image, quiet);
  expect(largestDifference(left?.values.data ?? [], numbersOf(five.value))).toBeLessThan(1e-12);
  const first = {
    data: image.data.filter((_, at) => at % 3 === 0),
    shape: [7, 6, 5],
    affine: image.affine,
  };
  const one = await volumeToSurface(first, quiet);
  expect(one.left?.values.shape).toEqual([40, 1]);
  expect(one.left?.values.data[7]).toBe(left?.values.data[21]);
});

test("FreeSurfer's own coordinates are moved by the centre of their volume, and must be said", async () => {
  const cras = [3, -4, 5] as const;
  const moved = ({ points, triangles: same }: typeof white.left) => ({
    points: { ...points, data: points.data.map((value, at) => value - cras[at % 3]) },
    triangles: same,
    volume: { valid: true, cras },
  });
  const own = { white: { left: moved(white.left) }, pial: { left: moved(pial.left) } };
  const straight = await volumeToSurface(image, quiet);
  const added = await volumeToSurface(image, { ...quiet, ...own, coordinates: "freesurfer" });
  const values = (data: typeof straight) => data.left?.values.data ?? new Float64Array(0);
  expect(largestDifference(values(added), values(straight))).toBeLessThan(1e-12);
  await expect(volumeToSurface(image, { ...quiet, ...own })).rejects.toThrow(/say "freesurfer"/);
  await expect(volumeToSurface(image, { ...quiet, coordinates: "freesurfer" })).rejects.toThrow(
    /volume\.cras/,
  );
});

test.each([
  [{ pial: { right: pial.left } }, /without left/],
  [{ depths: [] }, /at least one depth/],
  [{ interpolation: "cubic" }, /cubic/],
  [
    {
      pial: {
        left: {
          points: { data: new Float64Array(9), shape: [3, 3] },
          triangles: { data: [0, 1, 2], shape: [1, 3] },
        },
      },
    },
    /40 vertices/,
  ],
  [
    {
      white: {
        left: { ...white.left, points: { data: new Float64Array(120).fill(999), shape: [40, 3] } },
      },
      pial: {
        left: { ...white.left, points: { data: new Float64Array(120).fill(999), shape: [40, 3] } },
      },
    },
    /outside of the image/,
  ],
] as unknown as readonly (readonly [Partial<VolumeToSurfaceOptions>, RegExp])[])(
  "what does not fit is refused (%#)",
  async (options, words) => {
    await expect(volumeToSurface(image, { ...quiet, ...options })).rejects.toThrow(words);
  },
);
