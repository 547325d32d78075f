import { toRdm, type RdmLike } from "./rdm-list.ts";
import { InvalidArgument } from "../core/errors.ts";
import { compareCodePoints } from "../table/code-point-order.ts";
import { reorder } from "./reorder.ts";
import type { Rdm } from "./rdm.ts";
import { takeItems } from "./take-items.ts";

/** A way to order labels, as `Array.sort` takes it. */
export type ItemOrder = (a: string, b: string) => number;

/**
 * The same RDM with its items sorted: by label (code points, as Python sorts), by a comparison of labels, by a
 * column of the item table, or into the order of a list that names every item once. Items that are equal keep their order. Agrees with rsatoolbox's `sort_by(…='alpha')`.
 * Throws `InvalidArgument` without labels or table, `ItemMismatch` for a list of
 * other items, `UnknownOption` for a column that is not there.
 *
 * @example
 * import { Rdm, sortItems } from "tsrsa";
 * sortItems(new Rdm([1, 2, 3], { items: ["c", "a", "b"] })).items; // [ 'a', 'b', 'c' ]
 */
export function sortItems(
  rdm: RdmLike,
  by: ItemOrder | string | readonly string[] = compareCodePoints,
): Rdm {
  const whole = toRdm(rdm);
  if (typeof by !== "function" && typeof by !== "string") return reorder(whole, by);
  const compare = typeof by !== "function" ? byColumn(whole, by) : byLabel(whole, by);
  return takeItems(whole, Array.from({ length: whole.nItems }, (_, at) => at).sort(compare));
}

function byLabel({ items }: Rdm, compare: ItemOrder): (i: number, j: number) => number {
  if (items === undefined)
    throw new InvalidArgument("rdm", "no labels", "give it some with withItems to sort by them");
  return (i, j) => checkedOrder(compare(items[i], items[j]));
}

function checkedOrder(order: unknown): number {
  if (typeof order === "number" && !Number.isNaN(order)) return order;
  throw new InvalidArgument(
    "result of by",
    order,
    "give a function that returns a number, as sort takes it",
  );
}

function byColumn({ itemTable }: Rdm, name: string): (i: number, j: number) => number {
  if (itemTable === undefined)
    throw new InvalidArgument("by", name, "the RDM has no item table to sort by");
  const values = itemTable.column(name);
  return (i, j) => compareCells(values[i], values[j]);
}

/** Numbers by size, everything else as text; missing values last. */
function compareCells(a: unknown, b: unknown): number {
  const [aMissing, bMissing] = [isMissing(a), isMissing(b)];
  if (aMissing || bMissing) return Number(aMissing) - Number(bMissing);
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compareCodePoints(String(a), String(b));
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}
