import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { numbers, oneOf, thing } from "../core/gate/kinds.ts";
import { isMatrix, toRows, type Matrix, type MatrixLike } from "../core/matrix.ts";
import { predictDistance } from "./baselines/distance.ts";
import { atOnce } from "../core/work.ts";
import { predictKernelRidge } from "./baselines/kernel-ridge.ts";
import { predictRidge } from "./baselines/ridge.ts";
import { predictSvr } from "./baselines/svr.ts";
import { predictContrastive } from "./network/contrastive-forward.ts";
import { predictMlp } from "./network/mlp-forward.ts";
import { predictSiamese } from "./network/siamese-forward.ts";
import type { PairList } from "./pair-list.ts";
import type { PairModel, PairModelKind } from "./pair-model.ts";

type Predict = (
  model: PairModel,
  features: Matrix<Float64Array>,
  pairs: Pick<PairList, "i" | "j">,
) => Float64Array;

const predictors: Readonly<Record<PairModelKind, Predict>> = {
  distance: predictDistance,
  ridge: predictRidge,
  svr: predictSvr,
  "kernel-ridge": (...of) => atOnce(predictKernelRidge(...of)),
  mlp: predictMlp,
  contrastive: predictContrastive,
  "siamese-cnn": predictSiamese,
};

/** Names of all kinds of models. */
export const pairModelKinds = Object.keys(predictors) as readonly PairModelKind[];

/**
 * Dissimilarities that a trained model predicts for pairs of images. Needs no optional package, whatever the model.
 *
 * @param features - what the model sees, nImages × nFeatures (for a CNN nImages × height × width), as in training.
 * @param pairs - places of the first and of the second image of each pair.
 * @throws ShapeMismatch when the features are not those of training; InvalidArgument for a place outside;
 *   UnknownOption for a model of unknown kind.
 * @example
 * import { pairDataset, predictPairs, Rdm, trainPairModel } from "tsrsa";
 * const features = [[0, 1], [1, 0], [2, 5], [3, 3], [5, 4], [8, 1]];
 * const rdm = new Rdm(Float64Array.from({ length: 15 }, (_, at) => at % 7));
 * const dataset = pairDataset(rdm, features, { testShare: 0.5 });
 * const trained = await trainPairModel(dataset, { model: "ridge", alpha: 10, onProgress: false });
 * predictPairs(trained.folds[0].model, features, { i: [0], j: [5] }).length; // 1
 */
export function predictPairs(
  model: PairModel,
  features: MatrixLike,
  pairs: { readonly i: ArrayLike<number>; readonly j: ArrayLike<number> },
): Float64Array {
  checkPairModel(model);
  const rows = toRows(features, "features");
  const whole = isMatrix(features) ? features.shape : rows.shape;
  const shaped = { data: rows.data, shape: model.kind === "siamese-cnn" ? whole : rows.shape };
  checkPlaces(pairs, shaped.shape[0]);
  checkFeatures(model, shaped.shape);
  return predictors[model.kind](model, shaped, {
    i: Int32Array.from(pairs.i),
    j: Int32Array.from(pairs.j),
  });
}

const isModel = thing("a model as trainPairModel gives it", "kind", "settings", "arrays");
const isKind = oneOf(pairModelKinds, "model");
const arePairs = thing("{ i, j }, the places of both images of each pair", "i", "j");

/** Throws `InvalidArgument` for what is no model, `UnknownOption` for one of another kind. */
export function checkPairModel(model: PairModel): void {
  isModel(model, "model");
  isKind(model.kind, "kind of the model");
}

function checkPlaces(
  pairs: { readonly i: ArrayLike<number>; readonly j: ArrayLike<number> },
  nImages: number,
): void {
  arePairs(pairs, "pairs");
  const { i, j } = pairs;
  numbers(i, "pairs.i");
  numbers(j, "pairs.j");
  if (i.length !== j.length)
    throw new ShapeMismatch(`${i.length} second images, one a pair`, `${j.length}`);
  const bad = [...Array.from(i), ...Array.from(j)].find(
    (at) => !Number.isInteger(at) || at < 0 || at >= nImages,
  );
  if (bad !== undefined)
    throw new InvalidArgument("pairs", bad, `there are ${nImages} images, counted from 0`);
}

function checkFeatures({ kind, arrays }: PairModel, shape: readonly number[]): void {
  const expected = arrays.inputShape?.data ?? arrays.mean?.data.length;
  if (expected === undefined) return;
  const wanted = typeof expected === "number" ? [expected] : Array.from(expected);
  if (wanted.join("×") !== shape.slice(1).join("×"))
    throw new ShapeMismatch(
      `features of ${wanted.join(" × ")} numbers an image, as this ${kind} was trained on`,
      shape.slice(1).join(" × "),
      "give the same embedding or image size as in training",
    );
}
