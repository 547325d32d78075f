import { InvalidArgument } from "../core/errors.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type { Matrix, MatrixLike } from "../core/matrix.ts";
import { reporter } from "../core/progress.ts";
import { predictInTurns } from "./linear-model.ts";
import { regressionInput, type Responses } from "./regression-input.ts";
import { ridge, ridgeFitNames, type RidgeFitOptions } from "./ridge.ts";
import { segmentsOf, type FoldsOption } from "./segments.ts";

/** How left-out rows are predicted. */
export interface CrossValidatedPredictionsOptions extends RidgeFitOptions {
  /** Folds that together test every row they are to predict. Default: 10. */
  readonly folds?: FoldsOption;
}

const crossValidatedPredictionsNames: OptionNames<CrossValidatedPredictionsOptions> = {
  ...ridgeFitNames,
  folds: true,
};

/**
 * The response to each row as a ridge regression predicts it that was not trained on its fold: nRows × nTargets, NaN
 * in rows that no fold tests. As scikit-learn's `cross_val_predict`.
 *
 * @param stimuli - nRows × nFeatures.
 * @param responses - nRows × nTargets, or one target as a list.
 * @throws as `crossValidateRidge`.
 * @example
 * import { crossValidatedPredictions } from "tsrsa";
 * const stimuli = [[0], [1], [0], [1], [0], [1]];
 * const { data } = await crossValidatedPredictions(stimuli, [0, 2, 0, 2, 0, 2], { alpha: 1e-9, folds: 3 });
 * data[1].toFixed(3); // '2.000'
 */
export async function crossValidatedPredictions(
  stimuli: MatrixLike,
  responses: Responses,
  options: CrossValidatedPredictionsOptions = {},
): Promise<Matrix<Float64Array>> {
  checkOptions(options, crossValidatedPredictionsNames);
  const { folds = 10, ...how } = options;
  const { features, targets, nRows, nFeatures: p, nTargets } = regressionInput(stimuli, responses);
  const { segmentOf, nFolds } = segmentsOf(folds, nRows);
  refuseLoneTraining(segmentOf, nFolds);
  const out = new Float64Array(nRows * nTargets).fill(NaN);
  const rows = Array.from({ length: nRows }, (_, row) => row);
  const take = (data: Float64Array | Float32Array, width: number, chosen: readonly number[]) => {
    const part = new Float64Array(chosen.length * width);
    chosen.forEach((row, at) =>
      part.set(data.subarray(row * width, (row + 1) * width), at * width),
    );
    return { data: part, shape: [chosen.length, width] };
  };
  const line = reporter(options, "folds predicted", nFolds);
  for (let fold = 0; fold < nFolds; fold++) {
    const train = rows.filter((row) => segmentOf[row] !== fold);
    const test = rows.filter((row) => segmentOf[row] === fold);
    const model = await ridge(take(features, p, train), take(targets, nTargets, train), {
      ...how,
      onProgress: false,
    });
    const { data } = await predictInTurns(model, take(features, p, test), how);
    test.forEach((row, at) =>
      out.set(data.subarray(at * nTargets, (at + 1) * nTargets), row * nTargets),
    );
    line.update(fold + 1);
  }
  line.finish();
  return { data: out, shape: [nRows, nTargets] };
}

/** Throws `InvalidArgument`: nothing follows from one row. */
function refuseLoneTraining(segmentOf: Int32Array, nFolds: number): void {
  const counts = new Int32Array(nFolds);
  segmentOf.forEach((segment) => segment < nFolds && counts[segment]++);
  const fold = counts.findIndex((tested) => segmentOf.length - tested < 2);
  if (fold < 0) return;
  throw new InvalidArgument(
    "folds",
    `fold ${fold}, which leaves one row to train on or none`,
    "train on two rows or more: give more rows, or more and smaller folds",
  );
}
