import { InvalidArgument } from "../../core/errors.ts";
import { centred } from "../../stats/centred.ts";
import { cholesky, solveCholesky } from "../compare/cholesky.ts";
import { knownPairs, type PairShape } from "../compare/comparison.ts";
import { fastDot } from "../compare/fast-dot.ts";
import type { CanonicalMethod } from "../compare/methods.ts";
import { whitenerOf } from "../compare/whitened.ts";
import { nonNegativeSolution } from "../minimise/non-negative.ts";
import type { FitProblem } from "./fit.ts";

/**
 * Least-squares weights of the model's RDMs for the mean of the data RDMs at length 1, all on the scale of the method.
 * Throws `InvalidArgument` for another method than a cosine or correlation, and for collinear RDMs without a ridge.
 */
export function regress(
  problem: FitProblem,
  ridgeWeight: number,
  nonNegative: boolean,
): Float64Array {
  const { parts, data, method, shape } = problem;
  const onScale = scaleOf(method, shape);
  if (onScale === undefined)
    throw new InvalidArgument(
      "method",
      method,
      "regression is for cosine, corr, cosine_cov and corr_cov; fit others by optimize",
    );
  const x = parts.map(onScale);
  const target = meanDirection(data.map(onScale));
  const a = new Float64Array(x.length ** 2);
  x.forEach((row, i) => {
    x.forEach(
      (other, j) => (a[i * x.length + j] = fastDot(row, other) + (i === j ? ridgeWeight : 0)),
    );
  });
  const b = Float64Array.from(x, (row) => fastDot(row, target));
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

/** Vectors whose angle is the method's score; undefined when it has none. */
export function scaleOf(
  method: CanonicalMethod,
  shape: PairShape,
): ((vector: Float64Array) => Float64Array) | undefined {
  switch (method) {
    case "cosine":
      return (vector) => knownPairs(vector, shape);
    case "corr":
      return (vector) => centred(knownPairs(vector, shape));
    case "cosine_cov":
      return whitenerOf(shape);
    case "corr_cov":
      return (vector) => {
        const mean = knownPairs(vector, shape).reduce(
          (sum, d, _k, { length }) => sum + d / length,
          0,
        );
        return whitenerOf(shape)(vector.map((value) => value - mean));
      };
    default:
      return undefined;
  }
}

/** Mean of the data at length 1; a constant has no direction and says nothing. */
function meanDirection(data: readonly Float64Array[]): Float64Array {
  const mean = new Float64Array(data[0].length);
  for (const row of data) {
    const length = Math.sqrt(fastDot(row, row));
    if (length > 0) for (let k = 0; k < mean.length; k++) mean[k] += row[k] / length / data.length;
  }
  return mean;
}
