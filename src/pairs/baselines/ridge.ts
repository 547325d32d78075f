import { gramRdm } from "../../compute/gram-rdm.ts";
import { solvePositive } from "../../compute/solve-positive.ts";
import { InvalidArgument } from "../../core/errors.ts";
import type { JobOptions } from "../../core/job.ts";
import type { Matrix } from "../../core/matrix.ts";
import { dot } from "../../linalg/dot.ts";
import { dissimilarities } from "../../rdm/metrics/index.ts";
import { centred, centredSide } from "../../stats/centred.ts";
import { mean } from "../../stats/index.ts";
import {
  checkCombination,
  fillPairRows,
  inTrainingOrder,
  turned,
  type PairCombination,
} from "../pair-features.ts";
import type { PairList } from "../pair-list.ts";
import { rowMatrix, type PairModel } from "../pair-model.ts";
import { columnScale, scaleColumns } from "../standardize.ts";

/** A linear model with a penalty on large weights. */
export interface RidgeOptions {
  /** Ridge regression. */
  readonly model: "ridge";
  /** How two images become one row. Default `concatenate`. */
  readonly combination?: PairCombination;
  /** Weight of the penalty. Default 1000. */
  readonly alpha?: number;
}

/** Most numbers of combined rows that are held at once: 1.2 GB. */
const MOST_NUMBERS = 1.5e8;

/**
 * Ridge regression on pairs, with an intercept that is not penalised. Features are standardised by the training images
 * before they are combined. Agrees with scikit-learn's `Ridge` on the combined rows.
 */
export async function fitRidge(
  features: Matrix<Float64Array>,
  train: PairList,
  trainImages: Int32Array,
  { combination = "concatenate", alpha = 1000, signal }: RidgeOptions & JobOptions,
): Promise<PairModel> {
  checkCombination(combination);
  if (!(alpha > 0 && alpha < Infinity))
    throw new InvalidArgument("alpha", alpha, "give a positive number");
  const { mean, scale } = columnScale(features, trainImages);
  const pairs = inTrainingOrder(train, combination);
  const scaled = scaleColumns(features, { mean, scale });
  const columns = pairColumns(scaled, pairs, combination);
  const { weights, intercept } = await solve(columns, pairs.target, alpha, signal);
  return {
    kind: "ridge",
    settings: { combination, alpha },
    arrays: {
      mean: rowMatrix(mean),
      scale: rowMatrix(scale),
      weights: rowMatrix(weights),
      intercept: rowMatrix(Float64Array.of(intercept)),
    },
  };
}

export function predictRidge(
  { settings, arrays }: PairModel,
  features: Matrix<Float64Array>,
  pairs: Pick<PairList, "i" | "j">,
): Float64Array {
  const { mean, scale, weights, intercept } = arrays;
  const combination = settings.combination as PairCombination;
  const scaled = scaleColumns(features, { mean: mean.data, scale: scale.data });
  const predict = (some: Pick<PairList, "i" | "j">) =>
    rowSums(scaled, some, combination, weights.data).map((sum) => sum + intercept.data[0]);
  if (combination !== "both-orders") return predict(pairs);
  const back = predict(turned(pairs));
  return predict(pairs).map((value, at) => (value + back[at]) / 2);
}

/** The combined features, one row a feature: nColumns × nPairs. */
function pairColumns(
  features: Matrix<Float64Array>,
  pairs: PairList,
  combination: PairCombination,
): Float64Array {
  const [width, nPairs] = [2 * features.shape[1], pairs.target.length];
  if (width * nPairs > MOST_NUMBERS)
    throw new InvalidArgument(
      "pairs",
      `${nPairs} of ${width} features each`,
      "that is more than fits; take fewer images or a shorter embedding",
    );
  const columns = new Float64Array(width * nPairs);
  const row = new Float64Array(width);
  for (let p = 0; p < nPairs; p++) {
    fillPairRows(features, pairAt(pairs, p), combination, row);
    for (let c = 0; c < width; c++) columns[c * nPairs + p] = row[c];
  }
  return columns;
}

function pairAt({ i, j }: Pick<PairList, "i" | "j">, p: number): Pick<PairList, "i" | "j"> {
  return { i: i.subarray(p, p + 1), j: j.subarray(p, p + 1) };
}

/** Correlations of the columns and their norms are the centred products; the intercept follows from the means. */
async function solve(
  columns: Float64Array,
  target: Float64Array,
  alpha: number,
  signal: AbortSignal | undefined,
): Promise<{ weights: Float64Array; intercept: number }> {
  const n = target.length;
  const width = columns.length / n;
  const apart =
    (await gramRdm(columns, width, n, "correlation", { signal, onProgress: false })) ??
    dissimilarities({ data: columns, nItems: width, nFeatures: n }, "correlation", {});
  const y = centred(target);
  const [means, norms, right] = [0, 0, 0].map(() => new Float64Array(width));
  for (let c = 0; c < width; c++) {
    const column = columns.subarray(c * n, (c + 1) * n);
    const side = centredSide(column);
    means[c] = mean(column);
    norms[c] = Math.sqrt(side.squares);
    right[c] = dot(side.values, y);
  }
  const weights = await solvePositive(systemOf(apart, norms, alpha), right, { signal });
  if (weights === undefined)
    throw new InvalidArgument(
      "alpha",
      "a system without a unique solution",
      "features repeat each other; give a larger alpha",
    );
  return { weights, intercept: mean(target) - dot(weights, means) };
}

function systemOf(apart: Float64Array, norms: Float64Array, alpha: number): Float64Array {
  const width = norms.length;
  const system = new Float64Array(width * width);
  for (let a = 0, at = 0; a < width; a++) {
    system[a * width + a] = norms[a] ** 2 + alpha;
    for (let b = a + 1; b < width; b++, at++) {
      // A constant column has no correlation, and no product either.
      const product = norms[a] * norms[b];
      system[b * width + a] = product > 0 ? (1 - apart[at]) * product : 0;
    }
  }
  return system;
}

function rowSums(
  features: Matrix<Float64Array>,
  pairs: Pick<PairList, "i" | "j">,
  combination: PairCombination,
  weights: Float64Array,
): Float64Array {
  const row = new Float64Array(weights.length);
  return Float64Array.from(pairs.i, (_, p) => {
    fillPairRows(features, pairAt(pairs, p), combination, row);
    return row.reduce((sum, value, c) => sum + value * weights[c], 0);
  });
}
