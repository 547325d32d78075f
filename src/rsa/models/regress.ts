import { InvalidArgument } from "../../core/errors.ts";
import { cholesky, solveCholesky } from "../../linalg/cholesky.ts";
import { dot } from "../../linalg/dot.ts";
import { nonNegativeSolution } from "../minimise/non-negative.ts";
import type { FitProblem } from "./fit-problem.ts";

/**
 * Least-squares weights of the model's RDMs for the mean of the data RDMs at length 1, all on the scale of the method.
 * Throws `InvalidArgument` for another method than a cosine or correlation, and for collinear RDMs without a ridge.
 */
export function regress(
  problem: FitProblem,
  ridgeWeight: number,
  nonNegative: boolean,
): Float64Array {
  const { parts, data, comparison, shape, weights } = problem;
  const onScale = comparison.scale?.(shape);
  if (onScale === undefined)
    throw new InvalidArgument(
      "method",
      comparison.name,
      "regression is for cosine, corr, cosine_cov and corr_cov; fit others by optimize",
    );
  const x = parts.map(onScale);
  const target = meanDirection(data.map(onScale), weights);
  if (target.every((value) => value === 0)) return new Float64Array(x.length).fill(NaN);
  const a = new Float64Array(x.length ** 2);
  x.forEach((row, i) => {
    x.forEach((other, j) => (a[i * x.length + j] = dot(row, other) + (i === j ? ridgeWeight : 0)));
  });
  const b = Float64Array.from(x, (row) => dot(row, target));
  const theta = nonNegative ? nonNegativeSolution(a, b) : solve(a, b);
  if (theta !== undefined) return theta;
  throw new InvalidArgument(
    "model",
    "RDMs of which one is a sum of others",
    "leave one out, or give a ridgeWeight above 0",
  );
}

function solve(a: Float64Array, b: Float64Array): Float64Array | undefined {
  const factor = cholesky(a, b.length);
  return factor && solveCholesky(factor, b);
}

/** Mean of the data at length 1, each with its weight; a constant has no direction and says nothing. */
function meanDirection(data: readonly Float64Array[], weights: ArrayLike<number>): Float64Array {
  const sum = new Float64Array(data[0].length);
  let total = 0;
  data.forEach((row, i) => {
    const length = Math.sqrt(dot(row, row));
    if (!(length > 0)) return;
    total += weights[i];
    for (let k = 0; k < sum.length; k++) sum[k] += (weights[i] * row[k]) / length;
  });
  return total > 0 ? sum.map((value) => value / total) : sum;
}
