import { InvalidArgument } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import { random } from "../../core/random.ts";
import type { Work } from "../../core/work.ts";
import { targetScale } from "../network/hold-out.ts";
import type { PairList } from "../pair-list.ts";
import { rowMatrix, type PairModel } from "../pair-model.ts";
import { columnScale, scaleColumns } from "../standardize.ts";

/** Linear support vector regression: deviations up to `epsilon` cost nothing, larger ones in proportion. */
export interface SvrOptions {
  /** Linear support vector regression. */
  readonly model: "svr";
  /** What a deviation costs against large weights. Default 0.001: there are many pairs. */
  readonly cost?: number;
  /** Deviations that cost nothing, in standard deviations of the target. Default 0.1. */
  readonly epsilon?: number;
  /** Most rounds over the training pairs. Default 200. */
  readonly rounds?: number;
}

/** Training ends when no pair asks for a larger change than this, in standard deviations of the target. */
const tolerance = 1e-3;

/**
 * Linear support vector regression on concatenated features and a constant, by coordinate descent in the dual (Ho and
 * Lin 2012), as scikit-learn's `LinearSVR` has it. Features are standardised by the training images, targets by the
 * training pairs.
 */
export function* fitSvr(
  features: Matrix<Float64Array>,
  train: PairList,
  trainImages: Int32Array,
  { cost = 0.001, epsilon = 0.1, rounds = 200 }: SvrOptions,
): Work<PairModel> {
  if (!(cost > 0 && cost < Infinity))
    throw new InvalidArgument("cost", cost, "give a number above 0");
  if (!(epsilon >= 0)) throw new InvalidArgument("epsilon", epsilon, "give a number of at least 0");
  const { mean, scale } = columnScale(features, trainImages);
  const { data, shape } = scaleColumns(features, { mean, scale });
  const [middle, spread] = targetScale(train.target);
  const goal = train.target.map((value) => (value - middle) / spread);
  const weights = new Float64Array(2 * shape[1] + 1);
  const rowOf = (image: number) => data.subarray(image * shape[1], (image + 1) * shape[1]);
  const norms = Float64Array.from({ length: shape[0] }, (_, image) => squares(rowOf(image)));
  const dual = new Float64Array(goal.length);
  const stream = random(0);
  for (let round = 0; round < rounds; round++) {
    let largest = 0;
    for (const p of stream.permutation(goal.length)) {
      const [a, b] = [rowOf(train.i[p]), rowOf(train.j[p])];
      const curve = norms[train.i[p]] + norms[train.j[p]] + 1;
      const slope = predicted(weights, a, b) - goal[p];
      const next = bestDual(dual[p], slope, curve, epsilon, cost);
      const change = next - dual[p];
      if (change === 0) continue;
      dual[p] = next;
      addRow(weights, a, b, change);
      largest = Math.max(largest, Math.abs(change) * curve);
    }
    yield;
    if (largest < tolerance) break;
  }
  return {
    kind: "svr",
    settings: { cost, epsilon },
    arrays: {
      ...{ mean: rowMatrix(mean), scale: rowMatrix(scale), weights: rowMatrix(weights) },
      target: rowMatrix(Float64Array.of(middle, spread)),
    },
  };
}

export function predictSvr(
  { arrays: { mean, scale, weights, target } }: PairModel,
  features: Matrix<Float64Array>,
  pairs: Pick<PairList, "i" | "j">,
): Float64Array {
  const { data, shape } = scaleColumns(features, { mean: mean.data, scale: scale.data });
  const rowOf = (image: number) => data.subarray(image * shape[1], (image + 1) * shape[1]);
  const [middle, spread] = target.data;
  return Float64Array.from(
    pairs.i,
    (i, p) => middle + spread * predicted(weights.data, rowOf(i), rowOf(pairs.j[p])),
  );
}

/** The best value of one dual variable when all others stay: a step of Newton, cut to what a pair may cost. */
function bestDual(
  dual: number,
  slope: number,
  curve: number,
  epsilon: number,
  cost: number,
): number {
  const [up, down] = [slope + epsilon, slope - epsilon];
  if (up < curve * dual) return clip(dual - up / curve, cost);
  return clip(down > curve * dual ? dual - down / curve : 0, cost);
}

function clip(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value));
}

function squares(row: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < row.length; c++) sum += row[c] ** 2;
  return sum;
}

function predicted(weights: Float64Array, a: Float64Array, b: Float64Array): number {
  const d = a.length;
  let sum = weights[2 * d];
  for (let c = 0; c < d; c++) sum += weights[c] * a[c] + weights[d + c] * b[c];
  return sum;
}

function addRow(weights: Float64Array, a: Float64Array, b: Float64Array, factor: number): void {
  const d = a.length;
  for (let c = 0; c < d; c++) {
    weights[c] += factor * a[c];
    weights[d + c] += factor * b[c];
  }
  weights[2 * d] += factor;
}
