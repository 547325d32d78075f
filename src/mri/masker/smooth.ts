import { InvalidArgument } from "../../core/errors.ts";
import type { NiftiAffine } from "../../io/nifti/index.ts";
import { edgesOf } from "../grid.ts";

/** Width of a Gaussian at half its height, in mm: one for all axes, or one each. */
export type FwhmMm = number | readonly [number, number, number];

/** Standard deviations of one FWHM. */
const perFwhm = Math.sqrt(8 * Math.log(2));

/** Throws `InvalidArgument` for what is no width. */
export function checkFwhm(fwhmMm: unknown, argument = "smoothingFwhmMm"): void {
  const widths: unknown[] = Array.isArray(fwhmMm) ? fwhmMm : [fwhmMm];
  const fits = widths.every((width) => typeof width === "number" && width >= 0 && width < Infinity);
  if (fits && (widths.length === 1 || widths.length === 3)) return;
  throw new InvalidArgument(
    argument,
    fwhmMm,
    "give mm of 0 or more: one number, or one for each axis",
  );
}

/** A Gaussian for each axis; undefined where there is nothing to smooth. */
export function gaussianKernels(affine: NiftiAffine, fwhmMm: FwhmMm): (Float64Array | undefined)[] {
  return edgesOf(affine).map((edge, axis) => {
    const width = typeof fwhmMm === "number" ? fwhmMm : fwhmMm[axis];
    return width > 0 ? gaussian(width / perFwhm / edge) : undefined;
  });
}

function gaussian(sigma: number): Float64Array {
  const radius = Math.trunc(4 * sigma + 0.5);
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, at) =>
    Math.exp(-0.5 * ((at - radius) / sigma) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * Smooth a volume along its axes in turn, its edges mirrored (d c b a | a b c d), as nilearn does. Values that are not
 * finite spread: make them 0 before.
 *
 * @param volume - C order; overwritten.
 */
export function smoothVolume(
  volume: Float64Array,
  shape: readonly number[],
  kernels: readonly (Float64Array | undefined)[],
): void {
  const [nx, ny, nz] = shape;
  const strides = [ny * nz, nz, 1];
  kernels.forEach((kernel, axis) => {
    if (kernel === undefined) return;
    const [n, stride] = [shape[axis], strides[axis]];
    const line = new Float64Array(n);
    for (let at = 0; at < nx * ny * nz; at++) {
      if (Math.floor(at / stride) % n !== 0) continue;
      for (let k = 0; k < n; k++) line[k] = volume[at + k * stride];
      for (let k = 0; k < n; k++) volume[at + k * stride] = smoothedAt(line, k, kernel);
    }
  });
}

function smoothedAt(line: Float64Array, at: number, kernel: Float64Array): number {
  const n = line.length;
  const radius = (kernel.length - 1) / 2;
  let sum = 0;
  for (let k = -radius; k <= radius; k++) {
    const place = (((at + k) % (2 * n)) + 2 * n) % (2 * n);
    sum += kernel[k + radius] * line[place < n ? place : 2 * n - 1 - place];
  }
  return sum;
}
