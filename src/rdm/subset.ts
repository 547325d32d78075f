import { toRdm, type RdmLike } from "./rdm-list.ts";
import { toLabels } from "../core/gate/label.ts";
import type { Rdm } from "./rdm.ts";
import { takeItems } from "./take-items.ts";

/**
 * Restrict an RDM to `items`, in the order given (rsatoolbox' `subset_pattern` keeps the order of the object).
 * A Set of labels gives its order, a single label an RDM of that item.
 * Throws `UnknownItem` for a label that is not there, `DuplicateItem` for one given twice.
 *
 * @example
 * import { Rdm, subset } from "tsrsa";
 * const rdm = new Rdm([1, 2, 3], { items: ["a", "b", "c"] });
 * subset(rdm, ["c", "a"]).condensed; // Float64Array(1) [ 2 ]
 */
export function subset(rdm: RdmLike, items: readonly string[] | ReadonlySet<string> | string): Rdm {
  const whole = toRdm(rdm);
  return takeItems(
    whole,
    toLabels(items).map((item) => whole.positionOf(item)),
  );
}
