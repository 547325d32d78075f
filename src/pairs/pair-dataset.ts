import { noteDraw } from "../core/run-record.ts";
import { toRdm, type RdmLike } from "../rdm/rdm-list.ts";
import { texts, text, whole } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import {
  DuplicateItem,
  InvalidArgument,
  ItemMismatch,
  ShapeMismatch,
  UnknownOption,
} from "../core/errors.ts";
import { isMatrix, type Matrix, type MatrixLike, toRows } from "../core/matrix.ts";
import { report } from "../core/report.ts";
import type { Rdm } from "../rdm/rdm.ts";
import { Table } from "../table/index.ts";
import { allPairs } from "./pair-list.ts";
import { splitPairs, type PairFold, type PairSplit } from "./split-pairs.ts";

/** How pairs are made and divided. */
export interface PairDatasetOptions {
  /** Labels of the rows of `features`; needed when the RDM has labels. There may be more rows than the RDM has items. */
  readonly items?: readonly string[];
  /** `images` (default): no image of a test pair is seen in training. `pairs-leaky`: pairs at random; a leak. */
  readonly split?: PairSplit;
  /** Share that is tested. Default 0.35. */
  readonly testShare?: number;
  /** Cross-validate with so many folds instead of testing one share. */
  readonly nFolds?: number;
  /** Test exactly these images. */
  readonly testImages?: readonly string[];
  /** Default 0. */
  readonly seed?: number;
}

/**
 * Images in pairs, the dissimilarity of the responses to each, and which pairs are for training and which for the
 * test. Made by {@link pairDataset}.
 */
export class PairDataset implements Displayable {
  readonly rdm: Rdm;
  readonly items: readonly string[];
  /** One row an image in the order of `items`; for images themselves items × height × width. */
  readonly features: Matrix<Float64Array>;
  readonly split: PairSplit;
  readonly folds: readonly PairFold[];

  constructor(parts: Pick<PairDataset, "rdm" | "items" | "features" | "split" | "folds">) {
    this.rdm = parts.rdm;
    this.items = parts.items;
    this.features = parts.features;
    this.split = parts.split;
    this.folds = parts.folds;
    Object.freeze(this);
  }

  /** One row a fold: images and pairs of each part. */
  toTable(): Table {
    const count = (of: (fold: PairFold) => number) => this.folds.map(of);
    return new Table({
      fold: this.folds.map((_, at) => at + 1),
      "training images": count(({ trainImages }) => trainImages.length),
      "test images": count(({ testImages }) => testImages.length),
      "images in both": count(nInBoth),
      "training pairs": count(({ train }) => train.target.length),
      "test pairs": count(({ test }) => test.target.length),
      "pairs left out": count(({ nUnused }) => nUnused),
    });
  }

  [jupyterDisplay](): MimeBundle {
    return this.toTable()[jupyterDisplay]();
  }
}

const pairDatasetNames: OptionNames<PairDatasetOptions> = {
  items: texts,
  split: text,
  testShare: true,
  nFolds: whole(),
  testImages: texts,
  seed: true,
};

/**
 * Pairs of images with the dissimilarity of the brain's responses to them, ready to be learned. By default **images**
 * are divided: test pairs consist of images that no training pair contains. Dividing pairs instead
 * (`split: "pairs-leaky"`) puts nearly every test image into training, with other partners; a model then gains by
 * remembering images, and its score says nothing about new ones. That split is there to show this, and warns.
 *
 * Of `n` shuffled images the first `ceil(testShare · n)` are tested, as with scikit-learn's `train_test_split`; with
 * `nFolds` consecutive parts of the shuffled list, as with `KFold(shuffle=True)`.
 *
 * @param rdm - dissimilarities of the responses; its items are the images.
 * @param features - what the model sees of each image, nImages × nFeatures (or × height × width).
 * @throws ItemMismatch when an item has no features; DuplicateItem for a label twice in `items`; ShapeMismatch; InvalidArgument for `NaN`, equal targets, too few
 *   images.
 * @example
 * import { pairDataset, Rdm } from "tsrsa";
 * const items = ["a", "b", "c", "d", "e", "f"];
 * const rdm = new Rdm(Float64Array.from({ length: 15 }, (_, at) => at), { items });
 * const dataset = pairDataset(rdm, items.map((_, at) => [at, at * at]), { items, testShare: 0.5 });
 * [dataset.folds[0].train.i.length, dataset.folds[0].test.i.length, dataset.folds[0].nUnused]; // [3, 3, 9]
 */
export function pairDataset(
  rdm: RdmLike,
  features: MatrixLike,
  options: PairDatasetOptions = {},
): PairDataset {
  const all = toRdm(rdm);
  checkOptions(options, pairDatasetNames);
  const { split = "images", testShare = 0.35, nFolds, testImages, seed = 0 } = options;
  if (testImages === undefined) noteDraw("pairDataset", { split, testShare, nFolds, seed });
  if (split !== "images" && split !== "pairs-leaky")
    throw new UnknownOption("split", String(split), ["images", "pairs-leaky"]);
  checkTargets(all);
  const items = all.items ?? Array.from({ length: all.nItems }, (_, at) => `image ${at + 1}`);
  const rows = featuresOf(all, features, options.items);
  const folds = splitPairs(allPairs(all), items, { split, testShare, nFolds, testImages, seed });
  if (split === "pairs-leaky") warnOfLeak(folds);
  return new PairDataset({ rdm: all, items, features: rows, split, folds });
}

/** What was told last: several data sets that leak alike are told of once. */
let toldLast = "";

function warnOfLeak(folds: readonly PairFold[]): void {
  const [{ testImages }] = folds;
  const both = nInBoth(folds[0]);
  const text = `Leaky split: ${both} of the ${testImages.length} images in test pairs are in training pairs too. Scores show what was remembered; use split: "images" to know about new images.`;
  if (text === toldLast) return;
  toldLast = text;
  report("leaky split", { imagesInTest: testImages.length, alsoInTraining: both }, text);
}

function nInBoth({ trainImages, testImages }: PairFold): number {
  const seen = new Set(trainImages);
  return testImages.filter((at) => seen.has(at)).length;
}

function checkTargets({ condensed }: Rdm): void {
  const bad = condensed.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new InvalidArgument(
      "rdm",
      condensed[bad],
      `pair ${bad} has no dissimilarity; leave out the image whose response is constant or NaN`,
    );
  if (condensed.every((value) => value === condensed[0]))
    throw new InvalidArgument(
      "rdm",
      `${condensed.length} equal dissimilarities`,
      "there is nothing to predict; check the responses and the metric",
    );
}

/** The features of the RDM's items, matched by label. */
function featuresOf(
  rdm: Rdm,
  features: MatrixLike,
  labels: readonly string[] | undefined,
): Matrix<Float64Array> {
  const { data, shape } = toRows(features);
  const whole = isMatrix(features) ? features.shape : shape;
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new InvalidArgument(
      "features",
      data[bad],
      `row ${Math.floor(bad / shape[1])} is not finite`,
    );
  const expected = labels?.length ?? rdm.nItems;
  if (shape[0] !== expected)
    throw new ShapeMismatch(`features of ${expected} images`, `${shape[0]} rows`);
  const places = placesOf(rdm.items, labels, rdm.nItems);
  const taken = new Float64Array(places.length * shape[1]);
  places.forEach((from, to) =>
    taken.set(data.subarray(from * shape[1], (from + 1) * shape[1]), to * shape[1]),
  );
  return { data: taken, shape: [places.length, ...whole.slice(1)] };
}

function placesOf(
  wanted: readonly string[] | undefined,
  labels: readonly string[] | undefined,
  n: number,
): number[] {
  if ((wanted === undefined) !== (labels === undefined))
    throw new InvalidArgument(
      "items",
      labels === undefined ? "none" : `${labels.length} labels`,
      wanted === undefined
        ? "the RDM has no labels; give it some with withItems, or leave items out"
        : "the RDM has labels, so say which image each row of the features is",
    );
  if (wanted === undefined || labels === undefined) return Array.from({ length: n }, (_, at) => at);
  const position = new Map(labels.map((label, at) => [label, at]));
  const again = labels.filter((label, at) => position.get(label) !== at);
  if (again.length > 0)
    throw new DuplicateItem([...new Set(again)], "give one row of features for each label");
  const missing = wanted.filter((label) => !position.has(label));
  if (missing.length > 0)
    throw new ItemMismatch(
      missing,
      [],
      "give features of every image, or restrict the RDM with subset",
    );
  return wanted.map((label) => position.get(label) ?? 0);
}
