import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { flag, listWith } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { toRows, type MatrixLike } from "../core/matrix.ts";

/** How explainable variance is estimated. */
export interface ExplainableVarianceOptions {
  /** Correct for the noise that is left in the mean of few repeats. Default: true. */
  readonly biasCorrection?: boolean;
  /** Standardise each repeat over time first. Default: true. */
  readonly standardize?: boolean;
}

const explainableVarianceNames: OptionNames<ExplainableVarianceOptions> = {
  biasCorrection: true,
  standardize: flag,
};

const areRepeats = listWith("with a matrix for each repeat");

/** What a perfect model could reach in each target. */
export interface ResponseCeiling {
  /**
   * Share of the variance that is the same in all repeats; below 0 by chance where there is none, `NaN` for a target
   * that is constant in every repeat.
   */
  readonly explainableVariance: Float64Array;
  /** The correlation with a single repeat that a perfect model has: its square root, at least 0. */
  readonly correlation: Float64Array;
}

/**
 * Explainable variance of responses to repeats of the same stimuli: the variance over time of the mean over repeats,
 * as a share of the mean variance of a repeat. Agrees with the voxelwise tutorials' `explainable_variance`. It bounds
 * the R² that any model can reach in single repeats.
 *
 * @param repeats - two or more, each nVolumes × nTargets, in the same order of stimuli.
 * @throws ShapeMismatch; InvalidArgument for fewer than two repeats or volumes, or NaN.
 * @example
 * import { explainableVariance } from "tsrsa";
 * const repeat = [[1, 3], [2, -1], [4, 0], [3, 5]];
 * explainableVariance([repeat, repeat]).explainableVariance[0].toFixed(3); // '1.000'
 */
export function explainableVariance(
  repeats: readonly MatrixLike[],
  options: ExplainableVarianceOptions = {},
): ResponseCeiling {
  checkOptions(options, explainableVarianceNames);
  areRepeats(repeats, "repeats");
  const { biasCorrection = true, standardize = true } = options;
  const list = repeats.map((one, at) => toRows(one, `repeats[${at}]`));
  const k = list.length;
  if (k < 2) throw new InvalidArgument("repeats", `${k}`, "give two repeats or more");
  const [n, width] = list[0].shape;
  const odd = list.find(({ shape }) => shape[0] !== n || shape[1] !== width);
  if (odd !== undefined)
    throw new ShapeMismatch(`repeats of ${n} × ${width}`, odd.shape.join(" × "));
  if (n < 2 || !list.every(({ data }) => data.every(Number.isFinite)))
    throw new InvalidArgument(
      "repeats",
      "too few volumes, or NaN",
      "give two finite volumes or more",
    );
  const variance = Float64Array.from({ length: width }, (_, j) => {
    const courses = list.map(({ data }) => course(data, n, width, j, standardize));
    const average = courses[0].map(
      (_value, t) => courses.reduce((sum, one) => sum + one[t], 0) / k,
    );
    const single = courses.reduce((sum, one) => sum + varianceOf(one), 0) / k;
    const share = single > 0 ? varianceOf(average) / single : NaN;
    return biasCorrection ? share - (1 - share) / (k - 1) : share;
  });
  return {
    explainableVariance: variance,
    correlation: variance.map((share) => Math.sqrt(Math.max(0, share))),
  };
}

function course(
  data: Float64Array,
  n: number,
  width: number,
  j: number,
  standardize: boolean,
): Float64Array {
  const values = Float64Array.from({ length: n }, (_, t) => data[t * width + j]);
  if (!standardize) return values;
  const sd = Math.sqrt((varianceOf(values) * (n - 1)) / n);
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  return values.map((value) => (sd > 0 ? (value - mean) / sd : 0));
}

/** Divided by n − 1; exactly 0 for a constant. */
function varianceOf(values: Float64Array): number {
  const n = values.length;
  const mean = values[0] + values.reduce((sum, value) => sum + value - values[0], 0) / n;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
}
