import type { OnnxTensor } from "../../compute/onnx-runtime.ts";
import { Unsupported } from "../../core/errors.ts";

/** The numbers of a tensor as float32: 16-bit floats from their bits, codes and whole numbers as they are. */
export function tensorNumbers({ type, data }: OnnxTensor): Float32Array {
  if (data instanceof Float32Array) return data;
  if (type === "float16") return halves(data as ArrayLike<number>);
  if (type === "string")
    throw new Unsupported("a layer of texts has no patterns", "choose another layer");
  return Float32Array.from({ length: data.length }, (_, at) => Number(data[at]));
}

/** The numbers of one image: one piece, or one for each place of the axes before that of images. */
export function imagePart(
  numbers: Float32Array,
  { dims }: Pick<OnnxTensor, "dims">,
  axis: number,
  at: number,
): Float32Array {
  const size = numbers.length / dims[axis];
  if (axis === 0) return numbers.subarray(at * size, (at + 1) * size);
  const inner = dims.slice(axis + 1).reduce((product, length) => product * length, 1);
  const own = new Float32Array(size);
  for (let to = 0, from = at * inner; to < size; to += inner, from += dims[axis] * inner)
    own.set(numbers.subarray(from, from + inner), to);
  return own;
}

/** What the 65,536 patterns of 16 bits are, made when first needed. */
let table: Float32Array | undefined;

function halves(data: ArrayLike<number>): Float32Array {
  // Newer engines give 16-bit floats as numbers.
  if (!(data instanceof Uint16Array)) return Float32Array.from(data);
  const known = (table ??= Float32Array.from({ length: 65536 }, (_, bits) => halfOf(bits)));
  return Float32Array.from(data, (bits) => known[bits]);
}

function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, rest] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return rest === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * rest * 2 ** -24 : sign * (1 + rest / 1024) * 2 ** (exponent - 15);
}
