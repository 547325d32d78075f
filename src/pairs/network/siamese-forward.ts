import type { Matrix } from "../../core/matrix.ts";
import type { PairList } from "../pair-list.ts";
import type { PairModel } from "../pair-model.ts";
import { dense } from "./mlp-forward.ts";

/** An image or what a layer makes of it: height × width × channels. */
interface Volume {
  readonly data: Float64Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** What a Siamese CNN predicts, in plain code: both images go through the same layers. */
export function predictSiamese(
  { settings, arrays }: PairModel,
  images: Matrix<Float64Array>,
  { i, j }: Pick<PairList, "i" | "j">,
): Float64Array {
  const codes = encodeImages(arrays, images);
  const sigmoid = settings.output === "sigmoid";
  const [low, spread] = arrays.target.data;
  return Float64Array.from(i, (a, at) => {
    const difference = codes[a].map((value, c) => Math.abs(value - codes[j[at]][c]));
    const [value] = dense(difference, arrays.headWeights, arrays.headBias.data, false);
    return low + spread * (sigmoid ? 1 / (1 + Math.exp(-value)) : value);
  });
}

/** Each image as the vector of numbers that pairs are compared by. */
function encodeImages(
  arrays: PairModel["arrays"],
  { data, shape }: Matrix<Float64Array>,
): Float64Array[] {
  const [n, height, width] = shape;
  const [middle, spread] = arrays.pixel.data;
  return Array.from({ length: n }, (_, at) => {
    const pixels = data.subarray(at * height * width, (at + 1) * height * width);
    let volume: Volume = {
      ...{ height, width, channels: 1 },
      data: pixels.map((value) => (value - middle) / spread),
    };
    volume = convolve(volume, arrays.kernel0, arrays.kernelBias0.data, arrays.stride.data[0]);
    volume = convolve(meanPool(volume), arrays.kernel1, arrays.kernelBias1.data, 1);
    return dense(meanPool(volume).data, arrays.codeWeights, arrays.codeBias.data, true);
  });
}

/** Rectified convolution without padding; kernel: height × width × channels in × channels out. */
function convolve(
  input: Volume,
  kernel: Matrix<Float64Array>,
  bias: Float64Array,
  stride: number,
): Volume {
  const [kh, kw, cIn, cOut] = kernel.shape;
  const height = Math.floor((input.height - kh) / stride) + 1;
  const width = Math.floor((input.width - kw) / stride) + 1;
  const out = new Float64Array(height * width * cOut);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const target = out.subarray((y * width + x) * cOut, (y * width + x + 1) * cOut);
      target.set(bias);
      for (let dy = 0; dy < kh; dy++) {
        const from = ((y * stride + dy) * input.width + x * stride) * cIn;
        // A kernel's row lies over neighbouring pixels, which lie next to each other.
        addProducts(input.data, from, kernel.data, dy * kw * cIn * cOut, kw * cIn, target);
      }
      for (let c = 0; c < cOut; c++) target[c] = Math.max(0, target[c]);
    }
  }
  return { data: out, height, width, channels: cOut };
}

function addProducts(
  input: Float64Array,
  from: number,
  kernel: Float64Array,
  kernelFrom: number,
  length: number,
  target: Float64Array,
): void {
  const width = target.length;
  for (let k = 0; k < length; k++) {
    const value = input[from + k];
    for (let c = 0; c < width; c++) target[c] += value * kernel[kernelFrom + k * width + c];
  }
}

/** Means of 2 × 2 neighbours; an odd last row or column is left out. */
function meanPool({ data, width, height, channels }: Volume): Volume {
  const [h, w] = [Math.floor(height / 2), Math.floor(width / 2)];
  const out = new Float64Array(h * w * channels);
  for (let y = 0; y < 2 * h; y++) {
    for (let x = 0; x < 2 * w; x++) {
      const to = ((y >> 1) * w + (x >> 1)) * channels;
      const from = (y * width + x) * channels;
      for (let c = 0; c < channels; c++) out[to + c] += data[from + c] / 4;
    }
  }
  return { data: out, height: h, width: w, channels };
}
