import type { Matrix } from "../../core/matrix.ts";
import { fillPairRows, turned, type PairCombination } from "../pair-features.ts";
import type { PairList } from "../pair-list.ts";
import type { PairModel } from "../pair-model.ts";
import { scaleColumns } from "../standardize.ts";

/** What a multi-layer perceptron predicts, in plain code. */
export function predictMlp(
  model: PairModel,
  features: Matrix<Float64Array>,
  pairs: Pick<PairList, "i" | "j">,
): Float64Array {
  const { mean, scale } = model.arrays;
  const combination = model.settings.combination as PairCombination;
  const scaled = scaleColumns(features, { mean: mean.data, scale: scale.data });
  const predict = (some: Pick<PairList, "i" | "j">) => forward(model, scaled, some, combination);
  if (combination !== "both-orders") return predict(pairs);
  const back = predict(turned(pairs));
  return predict(pairs).map((value, at) => (value + back[at]) / 2);
}

function forward(
  model: PairModel,
  features: Matrix<Float64Array>,
  pairs: Pick<PairList, "i" | "j">,
  combination: PairCombination,
): Float64Array {
  const { settings, arrays } = model;
  const nLayers = Number(settings.hiddenLayers) + 1;
  const [middle, spread] = arrays.target.data;
  const first = firstLayer(model, features, combination);
  return Float64Array.from(pairs.i, (i, p) => {
    let values = first(i, pairs.j[p]);
    for (let layer = 1; layer < nLayers; layer++) {
      values = values.map((value) => Math.max(0, value));
      values = dense(values, arrays[`weights${layer}`], arrays[`bias${layer}`].data, false);
    }
    return middle + spread * values[0];
  });
}

/** Sums of the first layer for a pair. What follows each other is summed once an image, not once a pair. */
function firstLayer(
  { arrays: { weights0, bias0 } }: PairModel,
  { data, shape }: Matrix<Float64Array>,
  combination: PairCombination,
): (i: number, j: number) => Float64Array {
  const [n, d] = shape;
  const width = weights0.shape[1];
  if (combination === "symmetric") {
    const row = new Float64Array(2 * d);
    return (i, j) => {
      const one = { i: Int32Array.of(i), j: Int32Array.of(j) };
      fillPairRows({ data, shape }, one, combination, row);
      return dense(row, weights0, bias0.data, false);
    };
  }
  const half = (from: number, bias: Float64Array) => {
    const part = {
      data: weights0.data.subarray(from * width, (from + d) * width),
      shape: [d, width],
    };
    return Array.from({ length: n }, (_, at) =>
      dense(data.subarray(at * d, (at + 1) * d), part, bias, false),
    );
  };
  const [left, right] = [half(0, bias0.data), half(d, new Float64Array(width))];
  return (i, j) => left[i].map((value, c) => value + right[j][c]);
}

/** One layer; all but the last let only positive values through. */
export function dense(
  input: Float64Array,
  { data, shape }: Matrix<Float64Array>,
  bias: Float64Array,
  rectify: boolean,
): Float64Array {
  const width = shape[1];
  const out = bias.slice();
  for (let k = 0; k < input.length; k++) {
    const value = input[k];
    if (value === 0) continue;
    const row = data.subarray(k * width, (k + 1) * width);
    for (let c = 0; c < width; c++) out[c] += value * row[c];
  }
  return rectify ? out.map((value) => Math.max(0, value)) : out;
}
