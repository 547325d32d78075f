import type { Matrix } from "../../core/matrix.ts";
import { computeRdm, type MetricName } from "../../rdm/index.ts";
import { dot } from "../../linalg/dot.ts";
import { centred, centredSide } from "../../stats/centred.ts";
import { mean } from "../../stats/index.ts";
import type { PairList } from "../pair-list.ts";
import { rowMatrix, type PairModel } from "../pair-model.ts";

/** The plain distance of two images' features, brought to the scale of the targets by a straight line. */
export interface DistanceOptions {
  /** The distance of the two embeddings. */
  readonly model: "distance";
  /** Default `correlation`. */
  readonly metric?: MetricName;
}

/** Only slope and intercept are learned. */
export function fitDistance(
  features: Matrix<Float64Array>,
  train: PairList,
  { metric = "correlation" }: DistanceOptions,
): PairModel {
  const [slope, intercept] = fitLine(distances(features, train, metric), train.target);
  return {
    kind: "distance",
    settings: { metric },
    arrays: { line: rowMatrix(Float64Array.of(slope, intercept)) },
  };
}

/** Slope and intercept of the straight line through x and y with the least squared error. */
export function fitLine(x: Float64Array, y: Float64Array): [slope: number, intercept: number] {
  const side = centredSide(x);
  const slope = side.squares > 0 ? dot(side.values, centred(y)) / side.squares : 0;
  return [slope, mean(y) - slope * mean(x)];
}

export function predictDistance(
  { settings, arrays }: PairModel,
  features: Matrix<Float64Array>,
  pairs: Pick<PairList, "i" | "j">,
): Float64Array {
  const [slope, intercept] = arrays.line.data;
  const metric = settings.metric as MetricName;
  return distances(features, pairs, metric).map((distance) => slope * distance + intercept);
}

function distances(
  features: Matrix<Float64Array>,
  { i, j }: Pick<PairList, "i" | "j">,
  metric: MetricName,
): Float64Array {
  const rdm = computeRdm(features, { metric });
  return Float64Array.from(i, (a, at) => rdm.at(a, j[at]));
}
