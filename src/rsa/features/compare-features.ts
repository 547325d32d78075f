import { InvalidArgument, ItemMismatch, ShapeMismatch } from "../../core/errors.ts";
import { oneOf, texts } from "../../core/gate/kinds.ts";
import { toLabels } from "../../core/gate/label.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { toRows, type MatrixLike } from "../../core/matrix.ts";
import { alignByLabel } from "../../table/align.ts";
import { cka, ckaDebiased } from "./cka.ts";
import type { FeatureComparison } from "./feature-comparison.ts";
import { centredFeatures, type CentredFeatures } from "./feature-matrix.ts";
import { procrustes } from "./procrustes.ts";

/** Every way to compare two feature matrices; a new one is a file and a line here. */
const comparisons: readonly FeatureComparison[] = [cka, ckaDebiased, procrustes];

/** Names of all ways to compare two feature matrices. */
export const featureMethods = ["cka", "cka-debiased", "procrustes"] as const;

/** The name of such a way. */
export type FeatureMethod = (typeof featureMethods)[number];

/** What {@link compareFeatures} takes. */
export interface CompareFeaturesOptions {
  /** `cka` (default), `cka-debiased`, or `procrustes`, which is a distance. */
  readonly method?: FeatureMethod;
  /** Labels of the rows of both; or of the first, where the second has `itemsB`. */
  readonly items?: readonly string[];
  /** Labels of the rows of the second, which are matched with those of the first. Default: those of the first. */
  readonly itemsB?: readonly string[];
}

const compareFeaturesNames: OptionNames<CompareFeaturesOptions> = {
  method: oneOf(featureMethods),
  items: texts,
  itemsB: texts,
};

/**
 * Two feature matrices compared without RDMs between: linear CKA, also without the bias of few items, or the Procrustes
 * distance. Features need not be as many on both sides; both are centred. `cka` is `cosine_cov` of squared Euclidean RDMs.
 *
 * `NaN` for features that are all constant, or have `NaN`.
 *
 * @param a - nItems × nFeatures.
 * @param b - nItems × other features.
 * @throws ShapeMismatch for other numbers of items; ItemMismatch for other labels; InvalidArgument for too few items.
 * @example
 * import { compareFeatures } from "tsrsa";
 * const layer = [[1, 0], [0, 1], [3, 1], [2, 5]];
 * const turned = layer.map(([x, y]) => [y, -x]);
 * compareFeatures(layer, turned).toFixed(6); // 1.000000
 * compareFeatures(layer, turned, { method: "procrustes" }) < 1e-6; // true
 */
export function compareFeatures(
  a: MatrixLike,
  b: MatrixLike,
  options: CompareFeaturesOptions = {},
): number {
  checkOptions(options, compareFeaturesNames);
  const { method = "cka", items, itemsB } = options;
  const [left, right] = [matrixOf(a, "a"), matrixOf(b, "b")];
  if (left.nItems !== right.nItems)
    throw new ShapeMismatch(
      `${left.nItems} rows, as in a`,
      `${right.nItems} in b`,
      "give features of the same items, or label both and leave out the others",
    );
  const [comparison] = comparisons.filter(({ name }) => name === method);
  if (left.nItems < comparison.leastItems)
    throw new InvalidArgument(
      "items",
      left.nItems,
      `${method} needs at least ${comparison.leastItems}`,
    );
  const matched = inOrder(right, left.nItems, items, itemsB);
  return comparison.score(comparison.prepare(left), comparison.prepare(matched));
}

function matrixOf(given: MatrixLike, argument: string): CentredFeatures {
  const { data, shape } = toRows(given, argument);
  return centredFeatures(Float64Array.from(data), shape[0], shape[1]);
}

/** The rows of b in the order of those of a, by label. */
function inOrder(
  features: CentredFeatures,
  nItems: number,
  items: readonly string[] | undefined,
  itemsB: readonly string[] | undefined,
): CentredFeatures {
  if (items !== undefined && items.length !== nItems)
    throw new ShapeMismatch(
      `${nItems} items, one for each row`,
      `${items.length}`,
      "label every row",
    );
  if (itemsB === undefined) return features;
  if (items === undefined)
    throw new ItemMismatch(
      [],
      itemsB,
      "label the rows of the first with items, so that they can be matched by name",
    );
  const { index } = alignByLabel(toLabels(itemsB), items);
  const { nFeatures } = features;
  const data = new Float64Array(features.data.length);
  index.forEach((to, from) =>
    data.set(features.data.subarray(from * nFeatures, (from + 1) * nFeatures), to * nFeatures),
  );
  return { ...features, data };
}
