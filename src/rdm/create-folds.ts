import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import { sizeOf, toFloat64, toRows, type Matrix, type MatrixLike } from "../core/matrix.ts";
import { stratifiedKFold } from "../stats/folds.ts";
import { alignByLabel, type Alignment } from "../table/align.ts";
import { averageByLabel } from "../table/average-by-label.ts";

/** Patterns in folds: nFolds × nItems × features (any further axes). */
export interface Folds extends Matrix<Float64Array> {
  /** Labels of the items, when there are some. */
  readonly items?: readonly string[];
}

/** Which observation is of which item, and into how many folds they go. */
export interface CreateFoldsOptions {
  /** The item of each observation, by label. */
  readonly labels?: readonly string[];
  /** The items in the order wanted; default: the labels, each once, sorted. Needs `labels`. */
  readonly items?: readonly string[];
  /** Instead of labels: a number for each observation, or a row with a 1 in the column of its item. */
  readonly y?: ArrayLike<number> | readonly ArrayLike<number>[];
  /** Number of folds; default: as many as there are observations for each item (`floor(n / nItems)`). */
  readonly nFolds?: number;
}

const createFoldsNames: OptionNames<CreateFoldsOptions> = {
  labels: true,
  items: true,
  y: true,
  nFolds: true,
};

/**
 * Distribute repeated observations evenly over folds, and average the repeats of an item within each.
 *
 * Without `labels` and `y` there is one fold, the features as they are. An item that a fold lacks is a row of `NaN`
 * in it. Agrees with `create_folds` of MNE-RSA (scikit-learn's `StratifiedKFold` without shuffling).
 *
 * @param features - nObservations × … , the axes after the first are kept.
 * @throws ShapeMismatch when labels and observations differ in number; ItemMismatch and DuplicateItem when labels and
 *   items do not match; InvalidArgument when every item has fewer observations than there are folds.
 * @example
 * import { createFolds } from "tsrsa";
 * const folds = createFolds([[1, 2], [5, 6], [3, 4], [7, 8]], { labels: ["a", "b", "a", "b"] });
 * folds.shape; // [ 2, 2, 2 ]
 */
export function createFolds(features: MatrixLike, options: CreateFoldsOptions = {}): Folds {
  checkOptions(options, createFoldsNames);
  const observations = keepingAxes(features);
  const { shape } = observations;
  if (options.labels === undefined && options.y === undefined) {
    if (options.items !== undefined)
      throw new InvalidArgument(
        "items",
        options.items,
        "say which observation is of which item with labels",
      );
    return { data: observations.data.slice(), shape: [1, ...shape] };
  }
  const alignment = alignmentOf(options, shape[0]);
  const nFolds = options.nFolds ?? Math.floor(shape[0] / alignment.items.length);
  const tests = nFolds === 1 ? [everyRow(shape[0])] : testRows(alignment.index, nFolds);
  return {
    ...stacked(tests.map((rows) => averageOf(observations, alignment, rows))),
    ...(options.labels === undefined ? {} : { items: alignment.items }),
  };
}

function keepingAxes(features: MatrixLike): Matrix<Float64Array> {
  if (Array.isArray(features)) return toRows(features);
  const { data, shape } = checkedMatrix(features, "features");
  return { data: toFloat64(data), shape };
}

function alignmentOf({ labels, items, y }: CreateFoldsOptions, n: number): Alignment {
  if (labels !== undefined && y !== undefined)
    throw new InvalidArgument("y", y, "labels are given already; pass one of the two");
  if (items !== undefined && labels === undefined)
    throw new InvalidArgument("items", items, "items are matched with labels; pass labels, not y");
  const found = labels?.length ?? y?.length ?? 0;
  if (found !== n) {
    throw new ShapeMismatch(
      `${n} ${labels === undefined ? "entries in y" : "labels"}, one per observation`,
      `${found}`,
    );
  }
  return labels !== undefined ? alignByLabel(labels, items) : alignmentOfY(y ?? []);
}

function alignmentOfY(y: ArrayLike<number> | readonly ArrayLike<number>[]): Alignment {
  if (y.length === 0 || typeof y[0] === "number") return alignByLabel(y as ArrayLike<number>);
  const rows = toRows(y as readonly ArrayLike<number>[]);
  const [n, nItems] = rows.shape;
  const columns = Int32Array.from({ length: n }, (_, i) =>
    columnOfOne(rows.data.subarray(i * nItems, (i + 1) * nItems), i),
  );
  return alignByLabel(
    columns,
    Int32Array.from({ length: nItems }, (_, item) => item),
  );
}

function columnOfOne(row: Float64Array, i: number): number {
  const column = row.indexOf(1);
  if (column >= 0 && row.every((value, at) => value === (at === column ? 1 : 0))) return column;
  throw new InvalidArgument(`y[${i}]`, row.join(" "), "give each row a single 1 and zeros");
}

function testRows(itemOf: Int32Array, nFolds: number): Int32Array[] {
  return stratifiedKFold(itemOf, nFolds).map((fold) => fold.test);
}

function everyRow(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, row) => row);
}

function averageOf(
  observations: Matrix<Float64Array>,
  { items, index }: Alignment,
  rows: Int32Array,
): Matrix<Float64Array> {
  const width = sizeOf(observations.shape.slice(1));
  const part = new Float64Array(rows.length * width);
  rows.forEach((row, at) => {
    part.set(observations.data.subarray(row * width, (row + 1) * width), at * width);
  });
  const counts = new Int32Array(items.length);
  rows.forEach((row) => counts[index[row]]++);
  return averageByLabel(
    { data: part, shape: [rows.length, ...observations.shape.slice(1)] },
    { items, index: rows.map((row) => index[row]), counts },
  );
}

function stacked(folds: readonly Matrix<Float64Array>[]): Matrix<Float64Array> {
  const size = folds[0].data.length;
  const data = new Float64Array(folds.length * size);
  folds.forEach((fold, at) => data.set(fold.data, at * size));
  return { data, shape: [folds.length, ...folds[0].shape] };
}
