import type { NiftiImage } from "../../../src/io/nifti/index.ts";

/** Throws unless the image has what every image must have, whatever the file. */
export function checkSound(image: NiftiImage): void {
  const n = image.shape.reduce((product, length) => product * length, 1);
  const ok =
    image.data.length === n &&
    image.shape.length >= 1 &&
    image.shape.length <= 7 &&
    image.zooms.length === image.shape.length &&
    image.affine.length === 4 &&
    image.affine.every((row) => row.length === 4 && row.every(Number.isFinite));
  if (!ok) throw new Error("an unsound image");
}
