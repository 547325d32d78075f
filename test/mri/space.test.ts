import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import {
  intersectMasks,
  invertMask,
  makeMask,
  mmToVoxel,
  resampleMask,
  subtractMasks,
  uniteMasks,
  voxelNumber,
  voxelOfNumber,
  voxelToMm,
} from "../../src/index.ts";
import { determinant } from "../../src/mri/grid.ts";
import { spheresIn } from "../../src/mri/sphere-patches.ts";

const affine = [
  [1.755, -1.145, 0.567, -10],
  [0.959, 2.096, -1.037, 20],
  [0, 0.739, 3.821, 5],
  [0, 0, 0, 1],
];
const shape = [5, 6, 4] as const;

test("voxels are placed by affine · voxel, and found again", () => {
  expect(voxelToMm({ shape, affine }, [1, 0, 0])).toEqual([1.755 - 10, 0.959 + 20, 5]);
  const index = fc.tuple(fc.nat(4), fc.nat(5), fc.nat(3));
  fc.assert(
    fc.property(index, (voxel) => {
      const back = mmToVoxel({ shape, affine }, voxelToMm({ shape, affine }, voxel));
      back.forEach((value, axis) => expect(value).toBeCloseTo(voxel[axis], 10));
      expect(voxelOfNumber(shape, voxelNumber(shape, voxel))).toEqual(voxel);
    }),
  );
});

test("voxels count in C order: z fastest", () => {
  expect([
    voxelNumber(shape, [0, 0, 1]),
    voxelNumber(shape, [0, 1, 0]),
    voxelNumber(shape, [1, 0, 0]),
  ]).toEqual([1, 4, 24]);
  expect(() => voxelNumber(shape, [5, 0, 0])).toThrow(/from 0 to \(4, 5, 3\)/);
});

test("an affine in metres becomes one in mm", () => {
  const inMetres = affine.map((row, i) => (i < 3 ? row.map((value) => value / 1000) : row));
  const [x] = voxelToMm({ shape, affine: inMetres, units: { space: "m" } }, [1, 0, 0]);
  expect(x).toBeCloseTo(-8.245, 10);
});

describe("masks", () => {
  const image = fc.uint8Array({ minLength: 120, maxLength: 120, max: 1 });
  const of = (data: Uint8Array) => makeMask({ data, shape, affine });

  test("combine as sets do", () => {
    fc.assert(
      fc.property(image, image, (a, b) => {
        const [p, q] = [of(a), of(b)];
        expect(uniteMasks(p, q)).toEqual(invertMask(intersectMasks(invertMask(p), invertMask(q))));
        expect(subtractMasks(p, q)).toEqual(intersectMasks(p, invertMask(q)));
        expect(intersectMasks(p, q).nVoxels + uniteMasks(p, q).nVoxels).toBe(p.nVoxels + q.nVoxels);
      }),
    );
  });

  test("thresholds leave out what is on them, and NaN", () => {
    const data = Float64Array.of(-1, 0, 0.5, 1, 2, NaN);
    const values = { data, shape: [6, 1, 1], affine };
    expect([...makeMask(values).data]).toEqual([1, 0, 1, 1, 1, 0]);
    expect([...makeMask(values, { above: 0.5 }).data]).toEqual([0, 0, 0, 1, 1, 0]);
    expect([...makeMask(values, { above: -1, below: 1 }).data]).toEqual([0, 1, 1, 0, 0, 0]);
  });

  test("of other grids do not combine", () => {
    const other = { data: new Uint8Array(8), shape: [2, 2, 2], affine };
    expect(() => uniteMasks(of(new Uint8Array(120)), other)).toThrow(
      /expected a mask of 5 × 6 × 4/,
    );
  });

  test("move only when asked, to the nearest voxel, and not at all onto their own grid", () => {
    fc.assert(
      fc.property(image, (data) => {
        expect(resampleMask(of(data), { shape, affine })).toEqual(of(data));
      }),
    );
    const half = affine.map((row) => [row[0] / 2, row[1] / 2, row[2] / 2, row[3]]);
    const fine = resampleMask(of(Uint8Array.from({ length: 120 }, (_, at) => (at === 0 ? 1 : 0))), {
      shape: [4, 4, 4],
      affine: [...half.slice(0, 3), [0, 0, 0, 1]],
    });
    expect(fine.data[0]).toBe(1);
    expect(fine.nVoxels).toBeLessThanOrEqual(8);
  });
});

test("spheres are the voxels strictly nearer than the radius, on any grid and in any mask", () => {
  const entry = fc.integer({ min: -4000, max: 4000 }).map((thousandths) => thousandths / 1000);
  fc.assert(
    fc.property(
      fc.array(entry, { minLength: 9, maxLength: 9 }),
      fc.double({ min: 0.5, max: 12, noNaN: true }),
      fc.array(fc.nat(119), { minLength: 1, maxLength: 120 }),
      (numbers, radiusMm, chosen) => {
        const oblique = [0, 1, 2].map((row) => [...numbers.slice(3 * row, 3 * row + 3), 7]);
        const edges = [0, 1, 2].map((axis) => Math.hypot(...oblique.map((row) => row[axis])));
        fc.pre(Math.abs(determinant(oblique)) > 1e-3 * edges[0] * edges[1] * edges[2]);
        const grid = { shape, affine: [...oblique, [0, 0, 0, 1]] };
        const voxels = Int32Array.from(new Set(chosen)).sort();
        const { around, sizeAt } = spheresIn(grid, voxels, radiusMm);
        const places = [...voxels].map((voxel) => voxelToMm(grid, voxelOfNumber(shape, voxel)));
        places.forEach((centre, at) => {
          const apart = places.map((place) =>
            Math.hypot(...place.map((v, axis) => v - centre[axis])),
          );
          fc.pre(apart.every((mm) => Math.abs(mm / radiusMm - 1) > 1e-5));
          const near = [...apart.keys()].filter((other) => apart[other] < radiusMm);
          expect([...around(at)]).toEqual(near);
          expect(sizeAt(at)).toBe(near.length);
        });
      },
    ),
  );
});

test("the outer half of a mask's outermost voxels is inside of a moved mask, where nilearn ends at their centres", () => {
  const plane = (edge: number, from: number) => [
    [edge, 0, 0, from],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ];
  const mask = { data: Uint8Array.of(1, 1), shape: [2, 1, 1], affine: plane(4, 0) };
  // Voxels of 1 mm at −3 … 7 mm; the mask's voxels reach from −2 to 6 mm.
  const moved = resampleMask(mask, { shape: [11, 1, 1], affine: plane(1, -3) });
  expect([...moved.data]).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
});
