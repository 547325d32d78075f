import { text, thing } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { DuplicateItem, InvalidArgument, ShapeMismatch, UnknownItem } from "../core/errors.ts";
import { describeValue } from "../core/gate/describe.ts";
import {
  jupyterKeys,
  jupyterRestore,
  jupyterSave,
  type Keepable,
  type SavedForm,
} from "../core/keep.ts";
import { toInteger } from "../core/gate/integer.ts";
import { toLabel, toLabels } from "../core/gate/label.ts";
import { checkEnd, isList, toVector } from "../core/gate/vector.ts";
import type { Columns } from "../table/columns.ts";
import { Table } from "../table/table.ts";
import { rdmText } from "./show.ts";

/** Where an RDM comes from: subject, roi, layer, time in seconds … */
export type RdmMeta = Readonly<Record<string, string | number | boolean>>;

/** What may be said of an RDM beside its numbers. */
export interface RdmOptions {
  /** Labels of the items, in the order of the rows; each must be unique. */
  readonly items?: readonly string[];
  /** The dissimilarity metric, for example `correlation`. */
  readonly metric?: string;
  /** For legends, titles and results. */
  readonly name?: string;
  /** Where it comes from: subject, roi, time. */
  readonly meta?: RdmMeta;
  /** A table with one row per item, in the order of `items`. */
  readonly itemTable?: Columns;
}

/** Names of what is said of an RDM, for the check of options. */
export const rdmNames: OptionNames<RdmOptions> = {
  items: true,
  metric: text,
  name: true,
  meta: true,
  itemTable: thing("a table of the items, as asTable makes it", "names", "column", "length"),
};

/**
 * A representational dissimilarity matrix: one dissimilarity for every pair of items. Immutable.
 *
 * @example
 * import { Rdm } from "tsrsa";
 * const rdm = new Rdm([1, 2, 3], { items: ["a", "b", "c"] });
 * rdm.between("a", "c"); // 2
 */
export class Rdm implements Displayable, Keepable {
  /** Dissimilarities of the pairs (0,1), (0,2) … (n−2,n−1): the order of scipy's `pdist`. */
  readonly condensed: Float64Array;
  readonly nItems: number;
  readonly items: readonly string[] | undefined;
  readonly metric: string | undefined;
  readonly name: string | undefined;
  readonly meta: RdmMeta;
  readonly itemTable: Columns | undefined;
  readonly #position: Map<string, number>;

  /**
   * Throws `ShapeMismatch` when the sizes do not fit, `DuplicateItem` when a label occurs twice, `InvalidArgument` for
   * a square matrix, and for labels or dissimilarities that are of another kind.
   */
  constructor(condensed: ArrayLike<number> | Owned, options: RdmOptions = {}) {
    checkOptions(options, rdmNames);
    this.condensed = ownValues(condensed);
    this.items = ownLabels(options.items);
    this.nItems = countItems(this.condensed.length, this.items?.length);
    this.metric = options.metric;
    this.name = options.name;
    this.meta = Object.freeze({ ...options.meta });
    this.itemTable = options.itemTable;
    this.#position = positions(this.items ?? []);
    if (options.itemTable !== undefined && options.itemTable.length !== this.nItems) {
      throw new ShapeMismatch(
        `an item table of ${this.nItems} rows`,
        `${options.itemTable.length}`,
      );
    }
    Object.freeze(this);
  }

  /** The row of an item given by label. Throws `UnknownItem`, `InvalidArgument` for what is no text. */
  positionOf(item: string): number {
    const at = this.#position.get(toLabel(item));
    if (at === undefined) throw new UnknownItem(item, this.items ?? []);
    return at;
  }

  /** The dissimilarity of two items given by label; 0 for an item and itself. Throws `UnknownItem`. */
  between(a: string, b: string): number {
    return this.at(this.positionOf(a), this.positionOf(b));
  }

  /** The dissimilarity of two items given by row. Throws `InvalidArgument` for a row that is not there. */
  at(i: number, j: number): number {
    if (!this.#isRow(i) || !this.#isRow(j)) return refuseRows(i, j, this.nItems);
    return i === j ? 0 : this.condensed[placeOfPair(i, j, this.nItems)];
  }

  /** The full symmetric matrix, nItems × nItems in C order, zeros on the diagonal. */
  toSquare(): Float64Array {
    const n = this.nItems;
    const square = new Float64Array(n * n);
    let k = 0;
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++, k++)
        square[i * n + j] = square[j * n + i] = this.condensed[k];
    }
    return square;
  }

  #isRow(row: number): boolean {
    return Number.isInteger(row) && row >= 0 && row < this.nItems;
  }

  [jupyterDisplay](): MimeBundle {
    return { "text/plain": rdmText(this) };
  }

  [jupyterKeys](): readonly string[] {
    return this.items ?? [];
  }

  [jupyterSave](): SavedForm {
    const { condensed, items, metric, name, meta, itemTable } = this;
    const table = itemTable === undefined ? undefined : tableOf(itemTable);
    return {
      module: "tsrsa",
      name: "Rdm",
      data: { condensed, options: { items, metric, name, meta, itemTable: table } },
    };
  }

  /** Makes the RDM anew of which `data` was saved. Throws as the constructor does. */
  static [jupyterRestore](data: { condensed: Float64Array; options: RdmOptions }): Rdm {
    return new Rdm(data.condensed, data.options);
  }
}

function tableOf(columns: Columns): Table {
  return new Table(new Map(columns.names.map((name) => [name, columns.column(name)])));
}

/** Dissimilarities that the maker of an RDM gives away; they are not copied. */
interface Owned {
  readonly owned: Float64Array;
}

function ownValues(condensed: ArrayLike<number> | Owned): Float64Array {
  if (isOwned(condensed)) return condensed.owned;
  // Before any walk: a list may claim to be 2³² long and hold nothing.
  if (Array.isArray(condensed)) checkEnd(condensed, "condensed");
  refuseSquare(condensed);
  return toVector(condensed, "condensed");
}

function isOwned(value: unknown): value is Owned {
  return typeof value === "object" && value !== null && "owned" in value;
}

/** Rows, or a matrix: whose numbers would be taken for pairs. */
function refuseSquare(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if (!("shape" in value) && !(Array.isArray(value) && value.some(isList))) return;
  throw new InvalidArgument(
    "condensed",
    value,
    "give the pairs (0,1), (0,2) … as one list; of a square matrix take those above the diagonal",
  );
}

function refuseRows(i: unknown, j: unknown, nItems: number): never {
  throw new InvalidArgument(
    "at",
    `${describeValue(i)}, ${describeValue(j)}`,
    `give rows from 0 to ${nItems - 1}; items are found by label with between(a, b)`,
  );
}

/** Labels as text; what is none is refused by place. */
function ownLabels(items: unknown): readonly string[] | undefined {
  return items === undefined ? undefined : Object.freeze(toLabels(items));
}

/**
 * Place of the pair (i, j), i ≠ j, in a condensed vector of `n` items. Throws `InvalidArgument` for rows that are not
 * there.
 *
 * @example
 * import { pairIndex } from "tsrsa";
 * pairIndex(1, 3, 4); // 4
 */
export function pairIndex(i: number, j: number, n: number): number {
  toInteger(n, "n", 2);
  toInteger(i, "i", 0, n - 1);
  toInteger(j, "j", 0, n - 1);
  if (i === j) throw new InvalidArgument("j", j, "an item and itself are no pair");
  return placeOfPair(i, j, n);
}

/** The same of rows that were looked at. */
export function placeOfPair(i: number, j: number, n: number): number {
  const [low, high] = i < j ? [i, j] : [j, i];
  return low * n - (low * (low + 1)) / 2 + high - low - 1;
}

function countItems(nPairs: number, nLabels: number | undefined): number {
  // One item and no item both have no pairs; only labels can tell them apart.
  const n = nPairs === 0 ? (nLabels ?? 1) : Math.round((1 + Math.sqrt(1 + 8 * nPairs)) / 2);
  if ((n * (n - 1)) / 2 !== nPairs) {
    throw new ShapeMismatch("a condensed vector of n (n − 1) / 2 dissimilarities", `${nPairs}`);
  }
  if (nLabels !== undefined && nLabels !== n) {
    throw new ShapeMismatch(`${n} labels for ${nPairs} dissimilarities`, `${nLabels}`);
  }
  return n;
}

function positions(items: readonly string[]): Map<string, number> {
  const position = new Map(items.map((item, at) => [item, at]));
  if (position.size < items.length)
    throw new DuplicateItem(items.filter((item, at) => position.get(item) !== at));
  return position;
}
