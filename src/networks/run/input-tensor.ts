import type { OnnxData, OnnxRuntime, OnnxTensor } from "../../compute/onnx-runtime.ts";
import { InvalidArgument, Unsupported } from "../../core/errors.ts";
import type { NumericArray } from "../../core/numeric-array.ts";
import { roundHalfEven } from "../../stats/round-half-even.ts";
import type { NetworkInput } from "../network.ts";

/** An array of a type of whole numbers, and what it holds. */
interface WholeType {
  readonly from: (data: NumericArray) => OnnxData;
  readonly least: number;
  readonly most: number;
}

const wholeTypes: Readonly<Record<string, WholeType | undefined>> = {
  uint8: { from: (data) => Uint8Array.from(data), least: 0, most: 255 },
  int8: { from: (data) => Int8Array.from(data), least: -128, most: 127 },
  uint16: { from: (data) => Uint16Array.from(data), least: 0, most: 65535 },
  int16: { from: (data) => Int16Array.from(data), least: -32768, most: 32767 },
  uint32: { from: (data) => Uint32Array.from(data), least: 0, most: 2 ** 32 - 1 },
  int32: { from: (data) => Int32Array.from(data), least: -(2 ** 31), most: 2 ** 31 - 1 },
  int64: {
    from: (data) => BigInt64Array.from(data, BigInt),
    least: Number.MIN_SAFE_INTEGER,
    most: Number.MAX_SAFE_INTEGER,
  },
  uint64: {
    from: (data) => BigUint64Array.from(data, BigInt),
    least: 0,
    most: Number.MAX_SAFE_INTEGER,
  },
  bool: { from: (data) => Uint8Array.from(data), least: 0, most: 1 },
};

/**
 * Numbers as the input's type; those of 32-bit floats are not copied. Throws `InvalidArgument` for numbers that the type
 * does not hold, which would become others; Unsupported for a type that has none.
 */
export function inputTensor(
  { Tensor }: OnnxRuntime,
  input: NetworkInput,
  data: NumericArray,
  shape: readonly number[],
): OnnxTensor {
  const { type = "float32" } = input;
  const whole = wholeTypes[type];
  if (whole !== undefined) {
    refuseOthers(input, data, whole);
    return new Tensor(type, whole.from(data), shape);
  }
  if (type === "float32")
    return new Tensor(type, data instanceof Float32Array ? data : Float32Array.from(data), shape);
  if (type === "float64") return new Tensor(type, Float64Array.from(data), shape);
  if (type === "float16") return new Tensor(type, Uint16Array.from(data, halfBits), shape);
  throw new Unsupported(
    `the input ${input.name} takes numbers of type ${type}`,
    "export the network with an input of float32",
  );
}

function refuseOthers(
  { name, type, isImage }: NetworkInput,
  data: NumericArray,
  { least, most }: WholeType,
): void {
  const wrong = data.find((value) => !(Number.isInteger(value) && value >= least && value <= most));
  if (wrong === undefined) return;
  throw new InvalidArgument(
    isImage ? "prepare" : `inputs.${name}`,
    wrong,
    `the input ${name} takes whole numbers from ${least} to ${most} (${type})` +
      (isImage ? ": take a preparation that leaves pixels as they are, { …, divide: 1 }" : ""),
  );
}

const float = new Float32Array(1);
const bitsOfFloat = new Uint32Array(float.buffer);

/** The bits of the 16-bit float that is nearest, of two the even one. */
export function halfBits(value: number): number {
  const size = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  if (Number.isNaN(value)) return 0x7e00;
  // Half way between the largest and what would come behind it.
  if (size >= 65520) return sign | 0x7c00;
  float[0] = size;
  const exponent = Math.max((bitsOfFloat[0] >>> 23) - 127, -14);
  const steps = roundHalfEven(size / 2 ** (exponent - 10));
  // Steps of the smallest numbers, and a step up to the next exponent, add up in the bits.
  return sign | (((exponent + 14) << 10) + steps);
}
