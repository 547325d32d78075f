import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { checkedMatrix } from "../../core/gate/checked-matrix.ts";
import { isList, toVector } from "../../core/gate/vector.ts";
import { toRows, type MatrixLike } from "../../core/matrix.ts";

/** Covariance of the noise of the patterns: variances, or the full matrix with its Cholesky factor to be. */
export type NoiseCovariance =
  | { readonly kind: "variances"; readonly variances: Float64Array }
  | { readonly kind: "full"; readonly matrix: Float64Array };

/**
 * A covariance as the caller has it: nItems variances or nItems × nItems. Throws `ShapeMismatch`, and `InvalidArgument`
 * for a variance that is not positive or a matrix that is not symmetric.
 */
export function noiseCovariance(
  sigma: ArrayLike<number> | MatrixLike,
  nItems: number,
): NoiseCovariance {
  const flat = variancesOf(sigma);
  if (flat !== undefined) {
    if (flat.length !== nItems)
      throw new ShapeMismatch(`${nItems} variances, one for each item`, `${flat.length}`);
    const bad = flat.find((variance) => !(variance > 0 && variance < Infinity));
    if (bad === undefined) return { kind: "variances", variances: flat };
    throw new InvalidArgument("sigma", bad, "give variances above 0");
  }
  const { data, shape } = toRows(sigma as MatrixLike, "sigma");
  if (shape[0] !== nItems || shape[1] !== nItems)
    throw new ShapeMismatch(`a covariance of ${nItems} × ${nItems}`, `${shape[0]} × ${shape[1]}`);
  for (let i = 0; i < nItems; i++) {
    for (let j = 0; j < i; j++) {
      // A covariance is at most the root of the product of its variances: the scale of its rounding.
      const scale = Math.sqrt(Math.abs(data[i * nItems + i] * data[j * nItems + j]));
      if (!(Math.abs(data[i * nItems + j] - data[j * nItems + i]) <= 1e-8 * scale))
        throw new InvalidArgument("sigma", `entry (${i}, ${j})`, "give a symmetric covariance");
    }
  }
  return { kind: "full", matrix: data };
}

function variancesOf(sigma: ArrayLike<number> | MatrixLike): Float64Array | undefined {
  if (isList(sigma)) return isList(sigma[0]) ? undefined : toVector(sigma, "sigma");
  const { data, shape } = checkedMatrix(sigma, "sigma");
  return shape.length === 1 ? Float64Array.from(data) : undefined;
}
