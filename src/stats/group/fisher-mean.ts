import { InvalidArgument } from "../../core/errors.ts";
import type { Matrix, MatrixLike } from "../../core/matrix.ts";
import { toObservations } from "../permutation/observations.ts";

/**
 * Mean of correlations over people by Fisher's z: `tanh` of the mean of `atanh`, at every position. `NaN` where a
 * person has none.
 *
 * @param data - nPeople × …: correlations from −1 to 1.
 * @throws `InvalidArgument` for a value that is no correlation.
 *
 * @example
 * import { fisherMean } from "tsrsa";
 * fisherMean([[0.1], [0.9]]).data[0].toFixed(4); // "0.6563"
 */
export function fisherMean(data: MatrixLike): Matrix<Float64Array> {
  const { data: scores, nObservations, nPositions, shape } = toObservations(data, "data", 1);
  const sums = new Float64Array(nPositions);
  scores.forEach((score, k) => {
    if (Math.abs(score) > 1)
      throw new InvalidArgument("data", score, "Fisher's z is for correlations, from −1 to 1");
    sums[k % nPositions] += Math.atanh(score);
  });
  return { data: sums.map((sum) => Math.tanh(sum / nObservations)), shape: [...shape] };
}
