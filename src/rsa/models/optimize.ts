import { bfgs } from "../minimise/bfgs.ts";
import { nelderMead, type Minimum } from "../minimise/nelder-mead.ts";
import type { Work } from "../../core/work.ts";
import { isTsrsaError } from "../../core/errors.ts";
import { corr } from "../comparisons/corr.ts";
import { knownScores, meanOfKnown } from "../../stats/known-scores.ts";
import type { FitProblem } from "./fit-problem.ts";
import { regress } from "./regress.ts";

/**
 * Weights of the best mean score, found from each of several places; `NaN` when none has a score. The search goes over
 * weights of RDMs of the length of the data, so that what it finds does not depend on the units of the model's RDMs.
 */
export function* optimize(
  problem: FitProblem,
  ridgeWeight: number,
  positive: boolean,
): Work<Float64Array> {
  const units = unitsOf(problem);
  const parts = problem.parts.map((part, k) => part.map((value) => value * units[k]));
  // Squares of what is searched for are never negative.
  const weightsOf = (at: Float64Array): Float64Array => (positive ? at.map((x) => x * x) : at);
  const thetaOf = (at: Float64Array): Float64Array => weightsOf(at).map((x, k) => x * units[k]);
  const loss = (at: Float64Array): number => {
    const value = problem.loss(sum(parts, weightsOf(at)));
    if (ridgeWeight === 0) return value;
    return value + ridgeWeight * thetaOf(at).reduce((total, weight) => total + weight * weight, 0);
  };
  const minimise = problem.comparison.smooth ? bfgs : nelderMead;
  let best: Minimum | undefined;
  for (const start of starts({ ...problem, parts }, positive)) {
    const found: Minimum = yield* minimise(loss, start);
    if (best === undefined || found.value < best.value) best = found;
  }
  return best !== undefined && best.value < Infinity
    ? thetaOf(best.at)
    : new Float64Array(parts.length).fill(NaN);
}

/** What brings each of the model's RDMs to the mean length of the data. */
function unitsOf({ parts, data }: FitProblem): Float64Array {
  const known = meanOfKnown(data.map(lengthOf).filter((length) => length > 0));
  return Float64Array.from(parts, (part) => {
    const unit = (Number.isNaN(known) ? 1 : known) / lengthOf(part);
    return Number.isFinite(unit) && unit > 0 ? unit : 1;
  });
}

/** Length of what is not `NaN`, without overflow. */
function lengthOf(vector: Float64Array): number {
  const known = knownScores(vector);
  const most = known.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  if (!(most > 0)) return 0;
  return most * Math.sqrt(known.reduce((total, value) => total + (value / most) ** 2, 0));
}

/** The solution by regression, and each RDM nearly alone. */
function starts(problem: FitProblem, positive: boolean): Float64Array[] {
  const n = problem.parts.length;
  const alone = Array.from({ length: n }, (_, k) =>
    Float64Array.from({ length: n }, (_v, i) => (i === k ? 1 : 0.03)),
  );
  const first = regression(problem, positive);
  return first === undefined ? alone : [first, ...alone];
}

function regression(problem: FitProblem, positive: boolean): Float64Array | undefined {
  const comparison = problem.comparison.scale === undefined ? corr : problem.comparison;
  try {
    const theta = regress({ ...problem, comparison }, 0, positive);
    const length = Math.sqrt(theta.reduce((sum, weight) => sum + weight * weight, 0));
    if (!(length > 0)) return undefined;
    return theta.map((weight) => (positive ? Math.sqrt(weight / length) : weight / length));
  } catch (error) {
    if (isTsrsaError(error)) return undefined;
    throw error;
  }
}

function sum(parts: readonly Float64Array[], theta: Float64Array): Float64Array {
  const total = new Float64Array(parts[0].length);
  parts.forEach((part, k) => {
    for (let pair = 0; pair < total.length; pair++) total[pair] += theta[k] * part[pair];
  });
  return total;
}
