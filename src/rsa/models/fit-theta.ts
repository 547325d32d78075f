import { leastBetween } from "../minimise/bounded.ts";
import type { Work } from "../../core/work.ts";
import type { FitProblem } from "./fit-problem.ts";
import { optimize } from "./optimize.ts";
import { regress } from "./regress.ts";

/** Ways to find the weights of a weighted model. */
export const weightFitters = [
  "optimize",
  "optimize-positive",
  "regress",
  "regress-nonnegative",
] as const;

/** The name of a way to find weights. */
export type WeightFitter = (typeof weightFitters)[number];

/** How parameters are found. */
export interface ThetaOptions {
  /**
   * `optimize` (default): search for the weights of the best mean score; `optimize-positive`: weights that are not
   * negative. `regress`: least squares on the pooled data, which has the same optimum for `cosine`, `corr`,
   * `cosine_cov` and `corr_cov`, and is for these alone; `regress-nonnegative`: with weights that are not negative.
   */
  readonly by?: WeightFitter;
  /** Penalty on the squared weights; in units of the sums of squares for `regress`, of the score for `optimize`. Default: 0. */
  readonly ridgeWeight?: number;
  /**
   * Scale the weights to length 1. Default: true for a method whose score does not depend on their length, which is all
   * but `bures_metric` and `neg_riem_dist`.
   */
  readonly normalize?: boolean;
}

/** Parameters by the way of the kind of model; `NaN` where the data tell nothing of them. Throws `InvalidArgument`, `UnknownOption`. */
export function* fitTheta(
  problem: FitProblem,
  {
    by = "optimize",
    ridgeWeight = 0,
    normalize = problem.comparison.scaleFree ?? false,
  }: ThetaOptions,
): Work<Float64Array> {
  switch (problem.model.kind) {
    case "fixed":
      return new Float64Array();
    case "select":
      return yield* bestOne(problem);
    case "interpolated":
      return yield* bestBetween(problem);
    case "weighted": {
      const theta = yield* weightsOf(problem, by, ridgeWeight);
      return normalize ? toLengthOne(theta) : theta;
    }
  }
}

/** Weights of the RDMs that tell something. Others would get any, and take length from the rest: they weigh 0. */
function* weightsOf(
  problem: FitProblem,
  by: WeightFitter,
  ridgeWeight: number,
): Work<Float64Array> {
  const telling = [...problem.parts.keys()].filter((k) => !problem.isMute(k));
  const parts = telling.map((k) => problem.parts[k]);
  const all = new Float64Array(problem.parts.length);
  if (parts.length === 0) return all.fill(NaN);
  const of = { ...problem, parts };
  const theta = by.startsWith("regress")
    ? regress(of, ridgeWeight, by === "regress-nonnegative")
    : yield* optimize(of, ridgeWeight, by === "optimize-positive");
  telling.forEach((k, at) => (all[k] = theta[at]));
  return all;
}

function toLengthOne(theta: Float64Array): Float64Array {
  const length = Math.sqrt(theta.reduce((sum, weight) => sum + weight * weight, 0));
  return length > 0 ? theta.map((weight) => weight / length) : theta;
}

function* bestOne({ parts, loss }: FitProblem): Work<Float64Array> {
  let [best, least] = [NaN, Infinity];
  for (const [k, part] of parts.entries()) {
    const value = loss(part);
    if (value < least) [best, least] = [k, value];
    yield;
  }
  return Float64Array.of(best);
}

function* bestBetween({ model, parts, loss }: FitProblem): Work<Float64Array> {
  const thetaOf = (pair: number, share: number): Float64Array =>
    Float64Array.from(parts, (_, k) => (k === pair ? share : k === pair + 1 ? 1 - share : 0));
  const lossAt = (pair: number, share: number): number =>
    loss(model.predict(thetaOf(pair, share)).condensed);
  let best: { theta: Float64Array; value: number } = {
    theta: new Float64Array(parts.length).fill(NaN),
    value: Infinity,
  };
  for (let pair = 0; pair + 1 < parts.length; pair++) {
    const share: number = yield* leastBetween((x) => lossAt(pair, x), 0, 1);
    const value = lossAt(pair, share);
    if (value < best.value) best = { theta: thetaOf(pair, share), value };
  }
  return best.theta;
}
