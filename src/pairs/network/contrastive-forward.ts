import type { Matrix } from "../../core/matrix.ts";
import type { PairList } from "../pair-list.ts";
import type { PairModel } from "../pair-model.ts";
import { scaleColumns } from "../standardize.ts";
import { dense } from "./mlp-forward.ts";

/** Distance of two images in the learned space, brought to the scale of the targets, in plain code. */
export function predictContrastive(
  { arrays }: PairModel,
  features: Matrix<Float64Array>,
  { i, j }: Pick<PairList, "i" | "j">,
): Float64Array {
  const { mean, scale, weights, line } = arrays;
  const { data, shape } = scaleColumns(features, { mean: mean.data, scale: scale.data });
  const none = new Float64Array(weights.shape[1]);
  const places = Array.from({ length: shape[0] }, (_, at) =>
    dense(data.subarray(at * shape[1], (at + 1) * shape[1]), weights, none, false),
  );
  const [slope, intercept] = line.data;
  return Float64Array.from(i, (a, at) => slope * distance(places[a], places[j[at]]) + intercept);
}

/** With a little added inside the root, as in training, where its slope must stay finite. */
export function distance(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(a.reduce((sum, value, at) => sum + (value - b[at]) ** 2, TINY));
}

export const TINY = 1e-6;
