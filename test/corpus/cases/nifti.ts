import { gzipSync } from "node:zlib";
import type { NiftiImage } from "../../../src/io/nifti/index.ts";
import { good, refused, roundedQuaternion, sound } from "../../io/nifti/bad-files.ts";
import { packedZeros } from "../../io/packed-zeros.ts";
import { joined, type CorpusCase } from "../corpus-case.ts";

const endingOf = (bytes: Uint8Array) =>
  bytes[0] === 0x1f && bytes[1] === 0x8b ? ".nii.gz" : ".nii";

const image = (name: string, bytes: Uint8Array): CorpusCase => ({
  format: "nifti",
  name,
  ending: endingOf(bytes),
  bytes,
});

/** The values and the grid are those of the good file; a description or an extension may differ. */
function isGood({ data, shape, affine }: NiftiImage): boolean {
  const right = Array.from({ length: 120 }, (_, at) => {
    const [x, rest] = [Math.floor(at / 30), at % 30];
    const [y, z] = [Math.floor(rest / 6), rest % 6];
    return (((x * 5 + y) * 6 + z) * 37) % 101;
  });
  const place = affine.map((row) => row[3]).join();
  return shape.join() === "4,5,6" && place === "-6,-7,-8,1" && data.join() === right.join();
}

export const niftiCases: readonly CorpusCase[] = [
  ...refused.map(([name, bytes, message]) => ({ ...image(name, bytes), refused: message })),
  ...sound.map(([name, bytes]) => ({ ...image(name, bytes), gives: isGood })),
  {
    ...image("a unit quaternion that rounding made longer than 1", roundedQuaternion),
    gives: ({ affine, zooms }: NiftiImage) =>
      [0, 1, 2].every((axis) => {
        const length = Math.hypot(...affine.slice(0, 3).map((row) => row[axis]));
        return Math.abs(length - zooms[axis]) < 1e-12;
      }),
  },
  {
    format: "nifti",
    name: "half a gigabyte of zeros behind a packed image",
    ending: ".nii.gz",
    bytes: () => joined(gzipSync(good), packedZeros(512)),
    refused: /packed bytes after the last voxel/,
  },
];
