import { machineIsLittleEndian, swapBytes } from "../../core/bytes.ts";
import { InvalidArgument } from "../../core/errors.ts";
import type { NumericArray } from "../../core/matrix.ts";
import type { StoredArray, StoredType } from "./datatypes.ts";
import { gridOf } from "./read-voxels.ts";
import type { NiftiScaling } from "./types.ts";

/** The values of an image to be written, in C order. */
export interface Values {
  readonly data: NumericArray;
  readonly shape: readonly number[];
}

/** Bytes of float64 that are brought into the file's order at a time. */
const batchBytes = 1 << 23;

/** The voxels as the file has them (x fastest), little-endian, some volumes at a time. */
export function* encodeVoxels(
  { data, shape }: Values,
  type: StoredType,
  scaling: FittedScaling | undefined,
): Generator<Uint8Array> {
  const [nx, ny, nz, nVolumes] = gridOf(shape);
  const store = storing(type, scaling);
  const axes = shape.slice(3);
  const atOnce = Math.max(1, Math.floor(batchBytes / (nx * ny * nz * 8)));
  for (let first = 0; first < nVolumes; first += atOnce) {
    const n = Math.min(atOnce, nVolumes - first);
    const columns = Float64Array.from({ length: n }, (_, i) => columnOf(first + i, axes));
    yield littleEndianBytes(store(gather(data, [nx, ny, nz, nVolumes], columns)), type);
  }
}

// Volume by volume would fetch the whole image for each: in C order the time course of a voxel lies together.
function gather(
  data: NumericArray,
  [nx, ny, nz, nVolumes]: readonly [number, number, number, number],
  columns: Float64Array,
): Float64Array {
  const volume = nx * ny * nz;
  const values = new Float64Array(volume * columns.length);
  for (let x = 0; x < nx; x++)
    for (let y = 0; y < ny; y++)
      for (let z = 0; z < nz; z++) {
        const row = ((x * ny + y) * nz + z) * nVolumes;
        const voxel = x + nx * (y + ny * z);
        for (let v = 0; v < columns.length; v++)
          values[voxel + v * volume] = data[row + columns[v]];
      }
  return values;
}

// Volumes follow each other in the file with the fourth axis fastest, in C order with the last.
function columnOf(volume: number, axes: readonly number[]): number {
  let column = 0;
  for (const length of axes) {
    column = column * length + (volume % length);
    volume = Math.floor(volume / length);
  }
  return column;
}

function storing(
  type: StoredType,
  scaling: FittedScaling | undefined,
): (values: Float64Array) => StoredArray {
  const { range } = type;
  if (range !== undefined) return (values) => wholeNumbers(values, type, range, scaling);
  if (type.name === "float64") return (values) => unscaled(values, scaling);
  return (values) => singles(unscaled(values, scaling));
}

function unscaled(values: Float64Array, scaling: FittedScaling | undefined): Float64Array {
  return scaling === undefined
    ? values
    : values.map((value) => (value - scaling.intercept) / scaling.slope);
}

function singles(values: Float64Array): Float32Array {
  const stored = new Float32Array(values);
  const wrong = stored.findIndex(
    (value, i) => !Number.isFinite(value) && Number.isFinite(values[i]),
  );
  if (wrong < 0) return stored;
  throw new InvalidArgument(
    "a value",
    values[wrong],
    'float32 has no room; use datatype "float64"',
  );
}

function wholeNumbers(
  values: Float64Array,
  type: StoredType,
  [least, greatest]: readonly [number, number],
  scaling: FittedScaling | undefined,
): StoredArray {
  const stored = new type.array(values.length);
  const big = stored instanceof BigInt64Array || stored instanceof BigUint64Array;
  const numbers = unscaled(values, scaling);
  for (let i = 0; i < numbers.length; i++) {
    const whole = scaling === undefined ? numbers[i] : nearest(numbers[i], values[i], scaling);
    if (!(Number.isInteger(whole) && whole >= least && whole <= greatest))
      throw new InvalidArgument(
        "a value",
        values[i],
        `${type.name} holds whole numbers from ${least} to ${greatest}; give scaling: "fit", or write float32`,
      );
    stored[i] = big ? BigInt(whole) : whole;
  }
  return stored;
}

/** The nearest whole number; for a value that is small but not zero the one beside zero's: it is inside, not outside. */
function nearest(number: number, value: number, { zero }: FittedScaling): number {
  const whole = Math.round(number);
  return whole === zero && value !== 0 ? whole + Math.sign(value) : whole;
}

function littleEndianBytes(stored: StoredArray, type: StoredType): Uint8Array {
  const bytes = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
  if (!machineIsLittleEndian) swapBytes(bytes, type.bytes);
  return bytes;
}

/** Slope and intercept that spread the values over the range of a type of whole numbers; float32, as headers have. */
export function fitScaling(data: NumericArray, type: StoredType): FittedScaling {
  const { range } = type;
  if (range === undefined)
    throw new InvalidArgument("scaling", "fit", `${type.name} needs none; leave it out`);
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of data) {
    if (!Number.isFinite(value))
      throw new InvalidArgument("a value", value, `${type.name} cannot hold it; write float32`);
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  const kept = least < greatest ? zeroKept(data, [least, greatest], range) : undefined;
  if (kept !== undefined) return kept;
  if (least === greatest) return { slope: 1, intercept: Math.fround(least) };
  // Room at either end, for what is lost where slope and intercept become float32.
  const steps = (range[1] - range[0]) * (1 - 2 ** -20) - 4;
  const middle = (least + greatest) / 2;
  // Steps finer than the rounding of the intercept would only move the values out of the range.
  const finest = Math.max(Math.abs(middle) * 2 ** -22, 2 ** -126);
  const slope = Math.fround(Math.max((greatest - least) / steps, finest));
  return { slope, intercept: Math.fround(middle - ((range[0] + range[1]) / 2) * slope) };
}

/** A scaling that was fitted. */
export interface FittedScaling extends NiftiScaling {
  /** What stands for 0 in the file, where zeros are kept apart from all other values. */
  readonly zero?: number;
}

/** Bits of the slope, and of the number that stands for zero: their product has no more than float32 holds. */
const halfOfFloat32 = 12;

/**
 * For values with zeros among them, a slope and an intercept by which zero comes back as zero: a map's zeros mean
 * "outside". Undefined where there are none.
 */
function zeroKept(
  data: NumericArray,
  [least, greatest]: readonly [number, number],
  [lowest, highest]: readonly [number, number],
): FittedScaling | undefined {
  if (least > 0 || greatest < 0 || !data.some((value: number) => value === 0)) return undefined;
  const steps = (highest - lowest) * (1 - 2 ** -10) - 4;
  const slope = roundUp((greatest - least) / steps);
  if (!(slope >= 2 ** -90) || slope > 2 ** 90) return undefined;
  const largest = Math.max(Math.abs(lowest), highest);
  const unit = 2 ** Math.max(0, Math.ceil(Math.log2(largest)) - halfOfFloat32);
  const zero = Math.ceil((lowest + 2 - least / slope) / unit) * unit;
  return { slope, intercept: zero === 0 ? 0 : -zero * slope, zero };
}

/** The next number of few bits. */
function roundUp(value: number): number {
  const unit = 2 ** (Math.floor(Math.log2(value)) - halfOfFloat32 + 1);
  return Math.ceil(value / unit) * unit;
}
