import { InvalidArgument } from "../core/errors.ts";
import { toInteger } from "../core/gate/integer.ts";
import { cells } from "../core/gate/kinds.ts";

/** Rows to train on and rows to test on, both ascending. */
export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** More rows no list of folds can hold. */
const mostRows = 2 ** 31;

/**
 * Consecutive folds; the first `n % nFolds` have one row more. Agrees with scikit-learn's `KFold(shuffle=False)`.
 * Throws `InvalidArgument` unless 2 ≤ nFolds ≤ n.
 *
 * @example
 * import { kFold } from "tsrsa";
 * kFold(5, 2).map((fold) => Array.from(fold.test)); // [ [ 0, 1, 2 ], [ 3, 4 ] ]
 */
export function kFold(n: number, nFolds: number): Fold[] {
  toInteger(n, "n", 0, mostRows);
  checkFolds(n, nFolds);
  const foldOf = new Int32Array(n);
  for (let fold = 0, row = 0; fold < nFolds; fold++) {
    const size = Math.floor(n / nFolds) + (fold < n % nFolds ? 1 : 0);
    foldOf.fill(fold, row, row + size);
    row += size;
  }
  return foldsOf(foldOf, nFolds);
}

/**
 * Folds with the classes in equal shares. Agrees with scikit-learn's `StratifiedKFold(shuffle=False)`.
 * A class with fewer rows than folds is absent from some; throws `InvalidArgument` when every class is, and unless
 * 2 ≤ nFolds ≤ number of rows.
 *
 * @param classes - the class of each row, compared with `===`.
 * @example
 * import { stratifiedKFold } from "tsrsa";
 * stratifiedKFold(["a", "a", "b", "b"], 2).map((fold) => Array.from(fold.test)); // [ [ 0, 2 ], [ 1, 3 ] ]
 */
export function stratifiedKFold(classes: ArrayLike<string | number>, nFolds: number): Fold[] {
  cells(classes, "classes");
  const n = classes.length;
  checkFolds(n, nFolds);
  const { codes, counts } = encodeByAppearance(classes);
  const most = counts.reduce((largest, count) => Math.max(largest, count), 0);
  if (most < nFolds) {
    throw new InvalidArgument(
      "nFolds",
      nFolds,
      `no class has that many rows; use at most ${most} folds`,
    );
  }
  const shares = allocation(codes, counts.length, nFolds);
  return foldsOf(inOrderOfOccurrence(codes, shares), nFolds);
}

function checkFolds(n: number, nFolds: number): void {
  if (Number.isInteger(nFolds) && nFolds >= 2 && nFolds <= n) return;
  throw new InvalidArgument("nFolds", nFolds, `give an integer from 2 to the ${n} rows there are`);
}

/** Classes as 0, 1, 2 … in the order they first appear. */
function encodeByAppearance(classes: ArrayLike<string | number>): {
  codes: Int32Array;
  counts: number[];
} {
  const code = new Map<string | number, number>();
  const counts: number[] = [];
  const codes = Int32Array.from(classes as ArrayLike<never>, (name: string | number) => {
    const at = code.get(name) ?? code.size;
    code.set(name, at);
    counts[at] = (counts[at] ?? 0) + 1;
    return at;
  });
  return { codes, counts };
}

/** How many rows of each class go to each fold: every nFolds-th of the rows sorted by class. */
function allocation(codes: Int32Array, nClasses: number, nFolds: number): Int32Array[] {
  const shares = Array.from({ length: nClasses }, () => new Int32Array(nFolds));
  codes
    .slice()
    .sort()
    .forEach((code, at) => shares[code][at % nFolds]++);
  return shares;
}

function inOrderOfOccurrence(codes: Int32Array, shares: Int32Array[]): Int32Array {
  const folds = shares.map(repeatEach);
  const used = new Int32Array(shares.length);
  return codes.map((code) => folds[code][used[code]++]);
}

function repeatEach(share: Int32Array): number[] {
  return Array.from(share).flatMap((times, fold) => Array.from({ length: times }, () => fold));
}

function foldsOf(foldOf: Int32Array, nFolds: number): Fold[] {
  const rows = foldOf.map((_, row) => row);
  return Array.from({ length: nFolds }, (_, fold) => ({
    train: rows.filter((row) => foldOf[row] !== fold),
    test: rows.filter((row) => foldOf[row] === fold),
  }));
}
