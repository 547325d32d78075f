import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { denseMatrix, elementType } from "./constants.ts";
import type { FifChannel } from "./types.ts";

/** How numbers are written. */
export interface FifWriteOptions {
  /** Size of a number: "single" (float32, as MNE-Python's default) or "double" (float64). Default: "single". */
  readonly format?: "single" | "double";
}

/** One epoch, or one evoked: `nChannels × nTimes` in physical units, with imaginary parts when complex. */
export interface FifEpochValues {
  readonly data: Float64Array;
  readonly imaginary?: Float64Array | undefined;
}

/** Bytes of one number. */
export function bytesPerNumber(format: "single" | "double", complex: boolean): number {
  return (format === "single" ? 4 : 8) * (complex ? 2 : 1);
}

/** Type of a matrix tag. */
export function matrixType(format: "single" | "double", complex: boolean): number {
  const real = format === "single" ? elementType.float32 : elementType.float64;
  const pair = format === "single" ? elementType.complex64 : elementType.complex128;
  return denseMatrix + (complex ? pair : real);
}

/**
 * The bytes of one epoch: each number divided by its channel's calibration. Throws `InvalidArgument` for a number that
 * float32 cannot hold, `ShapeMismatch` when there are not `nChannels × nTimes`.
 */
export function encodeEpoch(
  channels: readonly FifChannel[],
  nTimes: number,
  values: FifEpochValues,
  format: "single" | "double",
): Uint8Array {
  const parts = values.imaginary === undefined ? [values.data] : [values.data, values.imaginary];
  const n = channels.length * nTimes;
  if (parts.some((part) => part.length !== n))
    throw new ShapeMismatch(
      `${channels.length} channels × ${nTimes} samples`,
      `${parts.map((part) => part.length).join(" and ")} numbers`,
    );
  const bytes = bytesPerNumber(format, false);
  const view = new DataView(new ArrayBuffer(n * parts.length * bytes));
  const cals = channels.map((channel) => Math.fround(channel.cal));
  parts.forEach((part, k) => {
    for (let i = 0; i < n; i++) {
      const at = (i * parts.length + k) * bytes;
      const cal = cals[Math.floor(i / nTimes)];
      if (format === "double") view.setFloat64(at, uncalibrated(part[i], cal));
      else view.setFloat32(at, checkedFloat32(part[i] / cal));
    }
  });
  return new Uint8Array(view.buffer);
}

function checkedFloat32(value: number): number {
  if (Number.isFinite(Math.fround(value)) || !Number.isFinite(value)) return value;
  throw new InvalidArgument("data", value, 'too great for float32: pass format: "double"');
}

const number = new Float64Array(1);
const bits = new BigInt64Array(number.buffer);

// The quotient, or its neighbour, whose product with `cal` is `value` again.
function uncalibrated(value: number, cal: number): number {
  const quotient = value / cal;
  if (quotient * cal === value || !Number.isFinite(quotient)) return quotient;
  for (const step of [1n, -1n, 2n, -2n]) {
    number[0] = quotient;
    bits[0] += step;
    if (number[0] * cal === value) return number[0];
  }
  return quotient;
}
