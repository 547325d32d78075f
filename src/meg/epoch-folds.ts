import { cells, either, oneOf, text, whole } from "../core/gate/kinds.ts";
import type { OptionNames } from "../core/gate/options.ts";
import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { stratifiedKFold } from "../stats/folds.ts";
import { alignByLabel, type Alignment } from "../table/align.ts";
import type { Cell } from "../table/columns.ts";
import type { Epochs } from "./epochs.ts";

/** What may name a column of folds. */
type HasColumns = Pick<Epochs, "column">;

/** How epochs go into folds. */
export interface EpochFoldOptions {
  /** Cross-validate over this many folds, or as many as there are repeats (`"max"`). Default 1: none. */
  readonly nFolds?: number | "max";
  /** Instead of a number: the fold of each epoch, for example its run; or the column of the metadata that has it. */
  readonly folds?: string | ArrayLike<Cell>;
}

/** Their names, for the check of options. */
export const epochFoldNames: OptionNames<EpochFoldOptions> = {
  nFolds: either(whole(), oneOf(["max"])),
  folds: either(text, cells),
};

/** The place of each epoch. */
export interface EpochFolds {
  readonly nFolds: number;
  readonly foldNames: readonly string[];
  /** fold · nItems + item of each epoch; −1 for one that is left out. */
  readonly row: Int32Array;
}

/**
 * Put epochs into folds: as given, or those of scikit-learn's `StratifiedKFold` without shuffling. Throws
 * `InvalidArgument`, `ShapeMismatch`.
 */
export function epochFolds(
  epochs: HasColumns,
  alignment: Alignment,
  options: EpochFoldOptions,
): EpochFolds {
  const { index, items } = alignment;
  const used = Int32Array.from(index.keys()).filter((at) => index[at] >= 0);
  if (options.folds !== undefined) return givenFolds(epochs, alignment, used, options);
  const nFolds =
    options.nFolds === "max"
      ? Math.max(1, Math.floor(used.length / items.length))
      : (options.nFolds ?? 1);
  const foldNames = Array.from({ length: nFolds }, (_, fold) => String(fold + 1));
  if (nFolds === 1) return { nFolds, foldNames, row: Int32Array.from(index) };
  const row = new Int32Array(index.length).fill(-1);
  const itemOf = used.map((at) => index[at]);
  stratifiedKFold(itemOf, nFolds).forEach(({ test }, fold) => {
    for (const at of test) row[used[at]] = fold * items.length + itemOf[at];
  });
  return { nFolds, foldNames, row };
}

function givenFolds(
  epochs: HasColumns,
  { index, items }: Alignment,
  used: Int32Array,
  { folds, nFolds }: EpochFoldOptions,
): EpochFolds {
  if (nFolds !== undefined)
    throw new InvalidArgument("nFolds", nFolds, "folds are given; pass one of the two");
  const given = typeof folds === "string" ? epochs.column(folds) : (folds ?? []);
  if (given.length !== index.length)
    throw new ShapeMismatch(
      `${index.length} folds, one per epoch`,
      `${given.length}`,
      "take the folds from epochs.metadata, which has one row per epoch",
    );
  const joined = alignByLabel(Array.from(used, (at) => given[at]));
  if (joined.items.length < 2)
    throw new InvalidArgument(
      "folds",
      `one fold, ${JSON.stringify(joined.items[0])}`,
      "cross-validation needs at least two; leave folds out for none",
    );
  const row = new Int32Array(index.length).fill(-1);
  used.forEach((at, k) => (row[at] = joined.index[k] * items.length + index[at]));
  return { nFolds: joined.items.length, foldNames: joined.items, row };
}
