import { describe, expect, test } from "vitest";
import { niftiBytes, readNifti } from "../../../src/io/index.ts";

const affine = [
  [2, 0, 0, 0],
  [0, 2, 0, 0],
  [0, 0, 2, 0],
  [0, 0, 0, 1],
];

describe("zeros of a map, and no others, come back as zeros with scaling fit", () => {
  const maps: Record<string, (i: number) => number> = {
    "both signs": (i) => (i < 60 ? 0 : (i - 60) / 7 - 3.3),
    positive: (i) => (i < 60 ? 0 : i * 1.37),
    negative: (i) => (i < 60 ? 0 : -i * 1e-7),
    "far away": (i) => (i < 60 ? 0 : 1e6 + i),
    "alone with one": (i) => (i === 119 ? 1 : 0),
  };
  for (const datatype of ["uint8", "int8", "int16", "uint16", "int32", "uint32"] as const)
    test.each(Object.keys(maps))(`${datatype}: %s`, async (name) => {
      const data = Float64Array.from({ length: 120 }, (_, i) => maps[name](i));
      const map = { data, shape: [5, 6, 4], affine };
      const read = await readNifti(niftiBytes(map, { datatype, scaling: "fit" }));
      const [least, greatest] = [Math.min(...data), Math.max(...data)];
      const step = (greatest - least) / 200;
      data.forEach((value, i) => {
        if (value === 0) expect(read.data[i]).toBe(0);
        else {
          expect(Math.abs(read.data[i] - value)).toBeLessThan(step);
          expect(Math.sign(read.data[i])).toBe(Math.sign(value));
        }
      });
    });
});

test.each([
  ["ico7.nii.gz", [163842, 1, 1, 1]],
  ["surf_glmin.nii.gz", [40000, 1, 1]],
])("a surface as FreeSurfer writes it, %s, has its vertices on one axis", async (name, shape) => {
  const path = new URL(`../../fixtures/nifti/surface/${name}`, import.meta.url);
  expect((await readNifti(path)).shape).toEqual(shape);
});
