import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { hasNaN } from "../stats/has-nan.ts";
import { pearson } from "../stats/pearson.ts";
import { responseRows, type Responses } from "./regression-input.ts";

/**
 * R² of each target: 1 − Σ(y − ŷ)² / Σ(y − ȳ)². A target that is constant scores 1 when predicted exactly and 0
 * otherwise, as scikit-learn's `r2_score(multioutput="raw_values")` has it; nothing varies in it that could be explained,
 * so that `crossValidateRidge` and `scorePairs` say `NaN` instead. Agrees with scikit-learn.
 *
 * @param observed - nRows × nTargets, or one target as a list.
 * @param predicted - of the same shape.
 * @throws ShapeMismatch; InvalidArgument for NaN or fewer than two rows.
 * @example
 * import { r2Score } from "tsrsa";
 * r2Score([[1, 5], [2, 5], [3, 5]], [[1, 5], [2, 5], [4, 5]]); // Float64Array(2) [ 0.5, 1 ]
 */
export function r2Score(observed: Responses, predicted: Responses): Float64Array {
  return byTarget(observed, predicted, (y, fit) => {
    const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
    let [error, spread] = [0, 0];
    y.forEach((value, row) => {
      error += (value - fit[row]) ** 2;
      spread += (value - mean) ** 2;
    });
    if (error === 0) return 1;
    return spread === 0 || y.every((value) => value === y[0]) ? 0 : 1 - error / spread;
  });
}

/**
 * Pearson's correlation of prediction and response of each target; `NaN` where one of them is constant.
 *
 * @param observed - nRows × nTargets, or one target as a list.
 * @param predicted - of the same shape.
 * @throws ShapeMismatch; InvalidArgument for NaN or fewer than two rows.
 * @example
 * import { correlationScore } from "tsrsa";
 * correlationScore([1, 2, 3], [2, 4, 6]); // Float64Array(1) [ 1 ]
 */
export function correlationScore(observed: Responses, predicted: Responses): Float64Array {
  return byTarget(observed, predicted, pearson);
}

function byTarget(
  observed: Responses,
  predicted: Responses,
  score: (observed: Float64Array, predicted: Float64Array) => number,
): Float64Array {
  const y = responseRows(observed);
  const fit = responseRows(predicted);
  const [n, width] = y.shape;
  if (fit.shape[0] !== n || fit.shape[1] !== width)
    throw new ShapeMismatch(`predictions of ${n} × ${width}`, fit.shape.join(" × "));
  if (n < 2 || hasNaN(y.data) || hasNaN(fit.data))
    throw new InvalidArgument(
      "observed",
      "NaN, or fewer than two rows",
      "give two rows or more of numbers",
    );
  return Float64Array.from({ length: width }, (_, j) => {
    const column = (data: ArrayLike<number>) =>
      Float64Array.from({ length: n }, (_row, row) => data[row * width + j]);
    return score(column(y.data), column(fit.data));
  });
}
