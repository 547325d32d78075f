import { InvalidArgument } from "../../core/errors.ts";
import type { MatrixLike } from "../../core/matrix.ts";
import { alignByLabel } from "../../table/align.ts";
import type { Cell } from "../../table/columns.ts";
import { checkedTrials } from "./checked-trials.ts";
import type { FoldTrials } from "./pseudo-trials.ts";

/** Which trial is of what item and fold. */
interface TrialLabels {
  readonly labels: ArrayLike<Cell>;
  readonly folds: ArrayLike<Cell>;
  readonly items?: readonly string[];
}

/** Trials with their items and folds. Throws `InvalidArgument` for a single fold or item, or an item that a fold lacks. */
export function foldTrials(
  trials: MatrixLike,
  { labels, folds, items: wanted }: TrialLabels,
): { readonly items: readonly string[]; readonly all: FoldTrials } {
  const { data, shape } = checkedTrials(trials, { labels, folds });
  const { items, index } = alignByLabel(labels, wanted, {
    unknown: wanted === undefined ? "error" : "drop",
  });
  if (items.length < 2)
    throw new InvalidArgument("labels", `${items.length} item`, "give trials of two or more");
  const names = [...new Set(Array.from(folds, String))];
  if (names.length < 2)
    throw new InvalidArgument(
      "folds",
      `${names.length} fold`,
      "give two or more: one is tested on what the others trained",
    );
  const foldOf = Int32Array.from(Array.from(folds, String), (name) => names.indexOf(name));
  items.forEach((item, k) => {
    const lacking = names.find(
      (_, fold) => !index.some((one, row) => one === k && foldOf[row] === fold),
    );
    if (lacking !== undefined)
      throw new InvalidArgument(
        `fold ${lacking}`,
        `no trial of ${item}`,
        "every fold needs trials of all items; leave out the item or the fold",
      );
  });
  return {
    items,
    all: { data, nFeatures: shape[1], item: index, fold: foldOf, nFolds: names.length },
  };
}
