import { isList, checkEnd } from "../core/gate/vector.ts";
import { oneOf, cells } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { DuplicateItem, InvalidArgument, ItemMismatch, sample } from "../core/errors.ts";
import type { Cell } from "./columns.ts";
import { compareCodePoints } from "./code-point-order.ts";

/** Which item each observation (epoch, volume, trial) belongs to. */
export interface Alignment {
  /** Labels of the items, in the order of the rows to come. */
  readonly items: readonly string[];
  /** The item of each observation, as a position in `items`; −1 for an observation that is left out. */
  readonly index: Int32Array;
  /** How many observations each item has. */
  readonly counts: Int32Array;
}

/** What to do where labels and items do not match exactly. By default that is an error. */
export interface AlignOptions {
  /** Items without any observation: an error (default), or kept as rows of NaN. */
  readonly missing?: "error" | "nan";
  /** Observations whose label is not among the items: an error (default), or left out. */
  readonly unknown?: "error" | "drop";
}

const alignNames: OptionNames<AlignOptions> = {
  missing: oneOf(["error", "nan"]),
  unknown: oneOf(["error", "drop"]),
};

/**
 * Join observations to items by label, never by position.
 *
 * @param labels - one label per observation. Missing values are refused.
 * @param items - the items, in the order wanted. Default: the distinct labels, sorted by code point as Python's
 *   `sorted(set(labels))` (numbers by value).
 * @throws ItemMismatch naming items without an observation and labels that are no item; DuplicateItem when `items`
 *   repeats a label; InvalidArgument for a missing label.
 * Agrees with `labels_epochs` and `labels_rdm_model` of MNE-RSA 1.1.
 *
 * @example
 * import { alignByLabel } from "tsrsa";
 * const { index, counts } = alignByLabel(["b", "a", "b"], ["a", "b"]);
 * Array.from(index); // [ 1, 0, 1 ]
 */
export function alignByLabel(
  labels: ArrayLike<Cell>,
  items?: ArrayLike<Cell>,
  options: AlignOptions = {},
): Alignment {
  checkOptions(options, alignNames);
  const names = toLabels(labels, "labels");
  const wanted = items === undefined ? distinctLabels(labels) : toLabels(items, "items");
  const position = uniquePositions(wanted);
  const index = Int32Array.from(names, (name) => position.get(name) ?? -1);
  const counts = new Int32Array(wanted.length);
  for (const at of index) if (at >= 0) counts[at]++;
  refuseMismatch(names, wanted, index, counts, options);
  return { items: wanted, index, counts };
}

/**
 * The distinct labels in sorted order: strings by code point, numbers by value, as Python's `sorted(set(labels))`.
 *
 * @example
 * import { distinctLabels } from "tsrsa";
 * distinctLabels([10, 9, 10]); // [ "9", "10" ]
 */
export function distinctLabels(labels: ArrayLike<Cell>): string[] {
  const distinct = [...new Set(toLabels(labels, "labels"))];
  const numeric = labels.length > 0 && typeof labels[0] === "number";
  return distinct.sort(numeric ? (a, b) => Number(a) - Number(b) : compareCodePoints);
}

const missingAdvice =
  "give every observation a label; where a CSV has labels such as NA or None, read it with missing: []";

/** Labels as text. Mixed kinds are refused: the number 1 and the text "1" would silently become one item. */
function toLabels(labels: ArrayLike<Cell>, argument: string): string[] {
  if (!isList(labels)) throw new InvalidArgument(argument, labels, "give a list of labels");
  checkEnd(labels, argument);
  const kind = typeof labels[0];
  if (kind === "object" && labels[0] !== null) cells(labels, argument);
  if (kind === "symbol" || kind === "function") cells(labels, argument);
  return Array.from(labels, (label, at) => {
    const missing = label === null || label === undefined || Number.isNaN(label);
    if (missing) throw new InvalidArgument(`${argument}[${at}]`, label, missingAdvice);
    if (typeof label !== kind) {
      throw new InvalidArgument(
        `${argument}[${at}]`,
        label,
        `the first label is a ${kind}; convert them all to text`,
      );
    }
    return String(label);
  });
}

function uniquePositions(items: readonly string[]): Map<string, number> {
  const position = new Map(items.map((item, at) => [item, at]));
  if (position.size === items.length) return position;
  throw new DuplicateItem([...new Set(items.filter((item, at) => position.get(item) !== at))]);
}

function refuseMismatch(
  labels: readonly string[],
  items: readonly string[],
  index: Int32Array,
  counts: Int32Array,
  { missing = "error", unknown = "error" }: AlignOptions,
): void {
  const lacking = missing === "error" ? items.filter((_, at) => counts[at] === 0) : [];
  const extra = unknown === "error" ? [...new Set(labels.filter((_, at) => index[at] < 0))] : [];
  if (lacking.length === 0 && extra.length === 0) return;
  const observed =
    labels.length === 0
      ? "there are no observations"
      : `the observations have labels such as ${sample(labels, 2)}`;
  throw new ItemMismatch(lacking, extra, `${observed}; ${advice(lacking, extra)}`);
}

function advice(lacking: readonly string[], extra: readonly string[]): string {
  if (lacking.length > 0 && extra.length > 0)
    return "check that labels and items are spelled the same way";
  if (lacking.length > 0)
    return 'leave these items out, or keep them as NaN on purpose (missing: "nan")';
  return 'add them to the items, or leave their observations out on purpose (unknown: "drop")';
}
