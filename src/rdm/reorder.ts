import { toRdm, type RdmLike } from "./rdm-list.ts";
import { ItemMismatch } from "../core/errors.ts";
import { toLabels } from "../core/gate/label.ts";
import type { Rdm } from "./rdm.ts";
import { subset } from "./subset.ts";

/**
 * The same RDM with its items in another order. Every item must be named once.
 * Throws `ItemMismatch` when some are left out or unknown; `subset` is for that.
 *
 * @example
 * import { Rdm, reorder } from "tsrsa";
 * const rdm = new Rdm([1, 2, 3], { items: ["a", "b", "c"] });
 * reorder(rdm, ["c", "b", "a"]).condensed; // Float64Array(3) [ 3, 2, 1 ]
 */
export function reorder(rdm: RdmLike, order: readonly string[]): Rdm {
  const whole = toRdm(rdm);
  const items = toLabels(order);
  const wanted = new Set(items);
  const known = new Set(whole.items);
  const missing = [...known].filter((item) => !wanted.has(item));
  const extra = [...wanted].filter((item) => !known.has(item));
  if (missing.length > 0 || extra.length > 0)
    throw new ItemMismatch(missing, extra, "name every item once, or restrict with subset");
  return subset(whole, items);
}
