import { bfgs } from "../minimise/bfgs.ts";
import { nelderMead, type Minimum } from "../minimise/nelder-mead.ts";
import { isTsrsaError } from "../../core/errors.ts";
import type { CanonicalMethod } from "../compare/methods.ts";
import type { FitProblem } from "./fit.ts";
import { regress } from "./regress.ts";

/** Scores that have a gradient; ranks do not, and are searched by a simplex. */
const smooth: readonly CanonicalMethod[] = [
  "cosine",
  "corr",
  "cosine_cov",
  "corr_cov",
  "bures",
  "bures_metric",
];

/** Weights of the best mean score, found from each of several places. */
export function optimize(
  problem: FitProblem,
  ridgeWeight: number,
  positive: boolean,
): Float64Array {
  const { parts, method } = problem;
  // Squares of what is searched for are never negative.
  const thetaOf = (at: Float64Array): Float64Array => (positive ? at.map((x) => x * x) : at);
  const loss = (at: Float64Array): number => {
    const theta = thetaOf(at);
    const value = problem.loss(sum(parts, theta));
    const penalty = ridgeWeight * theta.reduce((total, weight) => total + weight * weight, 0);
    return Number.isNaN(value) ? Infinity : value + penalty;
  };
  const minimise = smooth.includes(method) ? bfgs : nelderMead;
  const found = starts(problem, positive).map((start): Minimum => minimise(loss, start));
  return thetaOf(found.reduce((best, next) => (next.value < best.value ? next : best)).at);
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
  const method =
    problem.method.startsWith("cosine") || problem.method === "corr_cov" ? problem.method : "corr";
  try {
    const theta = regress({ ...problem, method }, 0, positive);
    const length = Math.hypot(...theta);
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
