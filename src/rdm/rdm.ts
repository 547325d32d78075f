import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { DuplicateItem, ShapeMismatch, UnknownItem } from "../core/errors.ts";
import type { Columns } from "../table/columns.ts";
import { rdmText } from "./show.ts";

/** Where an RDM comes from: subject, roi, layer, time in seconds … */
export type RdmMeta = Readonly<Record<string, string | number | boolean>>;

/** What may be said of an RDM beside its numbers. */
export interface RdmOptions {
  /** Labels of the items, in the order of the rows; each must be unique. */
  readonly items?: readonly string[];
  /** The dissimilarity metric, for example `correlation`. */
  readonly metric?: string;
  readonly name?: string;
  readonly meta?: RdmMeta;
  /** A table with one row per item, in the order of `items`. */
  readonly itemTable?: Columns;
}

/**
 * A representational dissimilarity matrix: one dissimilarity for every pair of items. Immutable.
 *
 * @example
 * const rdm = new Rdm([1, 2, 3], { items: ["a", "b", "c"] });
 * rdm.between("a", "c"); // 2
 */
export class Rdm implements Displayable {
  /** Dissimilarities of the pairs (0,1), (0,2) … (n−2,n−1): the order of scipy's `pdist`. */
  readonly condensed: Float64Array;
  readonly nItems: number;
  readonly items: readonly string[] | undefined;
  readonly metric: string | undefined;
  readonly name: string | undefined;
  readonly meta: RdmMeta;
  readonly itemTable: Columns | undefined;
  readonly #position: Map<string, number>;

  /** Throws `ShapeMismatch` when the sizes do not fit, `DuplicateItem` when a label occurs twice. */
  constructor(condensed: ArrayLike<number> | Owned, options: RdmOptions = {}) {
    this.condensed = ownValues(condensed);
    this.nItems = countItems(this.condensed.length, options.items?.length);
    this.items = options.items === undefined ? undefined : Object.freeze([...options.items]);
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

  /** The row of an item given by label. Throws `UnknownItem`. */
  positionOf(item: string): number {
    const at = this.#position.get(item);
    if (at === undefined) throw new UnknownItem(item, this.items ?? []);
    return at;
  }

  /** The dissimilarity of two items given by label; 0 for an item and itself. Throws `UnknownItem`. */
  between(a: string, b: string): number {
    return this.at(this.positionOf(a), this.positionOf(b));
  }

  /** The dissimilarity of two items given by row. */
  at(i: number, j: number): number {
    return i === j ? 0 : this.condensed[pairIndex(i, j, this.nItems)];
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

  [jupyterDisplay](): MimeBundle {
    return { "text/plain": rdmText(this) };
  }
}

/** Dissimilarities that the maker of an RDM gives away; they are not copied. */
interface Owned {
  readonly owned: Float64Array;
}

function ownValues(condensed: ArrayLike<number> | Owned): Float64Array {
  if ("owned" in condensed) return condensed.owned;
  return condensed instanceof Float64Array ? condensed.slice() : Float64Array.from(condensed);
}

/**
 * Place of the pair (i, j), i ≠ j, in a condensed vector of `n` items.
 *
 * @example
 * import { pairIndex } from "tsrsa";
 * pairIndex(1, 3, 4); // 4
 */
export function pairIndex(i: number, j: number, n: number): number {
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
