import { toLabels } from "../core/gate/label.ts";
import { toRdms, type RdmInput } from "./rdm-list.ts";
import {
  InvalidArgument,
  ItemMismatch,
  sample,
  ShapeMismatch,
  UnknownOption,
} from "../core/errors.ts";
import type { Rdm } from "./rdm.ts";
import { subset } from "./subset.ts";

/**
 * Which items to compare: `all` (default) refuses RDMs whose sets of labels differ, `common` takes what all share, a
 * list takes these.
 */
export type ItemChoice = "all" | "common" | readonly string[];

/**
 * RDMs with their items in one order, joined by label: the first one's order, or that of the list given.
 * RDMs without labels are compared only with each other, and must have the same size.
 *
 * @throws ItemMismatch when the labels differ and `items` is `all`, or nothing is in common; InvalidArgument when only
 *   some have labels; ShapeMismatch for sizes that differ; UnknownItem for a listed item that is not there.
 * @example
 * import { alignRdms, Rdm } from "tsrsa";
 * const a = new Rdm([1, 2, 3], { items: ["x", "y", "z"] });
 * const b = new Rdm([3, 2, 1], { items: ["z", "y", "x"] });
 * alignRdms([a, b])[1].condensed; // Float64Array(3) [ 1, 2, 3 ]
 */
export function alignRdms(rdms: RdmInput, items: ItemChoice = "all"): Rdm[] {
  const all = toRdms(rdms);
  const labelled = all.filter((rdm) => rdm.items !== undefined);
  if (labelled.length === 0) return sameSizes(all, items);
  if (labelled.length < all.length) {
    throw new InvalidArgument(
      "RDMs",
      `${labelled.length} of ${all.length} with labels`,
      "label the others with withItems(rdm, items), so that items can be matched by name",
    );
  }
  const wanted = wantedItems(all, items);
  return all.map((rdm) => inOrder(rdm, wanted));
}

function sameSizes(rdms: readonly Rdm[], items: ItemChoice): Rdm[] {
  if (items !== "all") {
    throw new InvalidArgument(
      "items",
      items,
      "the RDMs have no labels; give them some with withItems",
    );
  }
  const odd = rdms.find((rdm) => rdm.nItems !== rdms[0].nItems);
  if (odd === undefined) return [...rdms];
  throw new ShapeMismatch(
    `RDMs of ${rdms[0].nItems} items, as the first`,
    `one of ${odd.nItems}`,
    "compare RDMs of the same items; labels make it possible to match them",
  );
}

function wantedItems(rdms: readonly Rdm[], items: ItemChoice): readonly string[] {
  if (items !== "all" && items !== "common") return chosen(items);
  const first = rdms[0].items ?? [];
  const sets = rdms.map((rdm) => new Set(rdm.items));
  const common = first.filter((item) => sets.every((set) => set.has(item)));
  if (items === "all") {
    for (const rdm of rdms) refuseDifferent(first, rdm, sets[0]);
  } else if (common.length === 0) throw nothingInCommon(rdms);
  return common;
}

/** A list of labels; a text is a word of ours or nothing, never a list of its letters. */
function chosen(items: unknown): readonly string[] {
  if (typeof items === "string") throw new UnknownOption("items", items, ["all", "common"]);
  return toLabels(items, "items");
}

function refuseDifferent(first: readonly string[], rdm: Rdm, known: ReadonlySet<string>): void {
  const found = new Set(rdm.items);
  const missing = first.filter((item) => !found.has(item));
  const extra = [...found].filter((item) => !known.has(item));
  if (missing.length > 0 || extra.length > 0) {
    throw new ItemMismatch(
      missing,
      extra,
      `${rdm.name === undefined ? "an RDM" : `the RDM ${JSON.stringify(rdm.name)}`} has other items than the first; ` +
        'compare what they share with items: "common", or name the items',
    );
  }
}

function nothingInCommon(rdms: readonly Rdm[]): InvalidArgument {
  const [a, b] = [rdms[0], rdms[rdms.length - 1]].map((rdm) => sample(rdm.items ?? [], 2));
  return new InvalidArgument(
    "items",
    "common",
    `the RDMs share no item (the first has ${a}, the last ${b}); check that labels are spelled the same way`,
  );
}

function inOrder(rdm: Rdm, wanted: readonly string[]): Rdm {
  const same = rdm.nItems === wanted.length && wanted.every((item, at) => rdm.items?.[at] === item);
  return same ? rdm : subset(rdm, wanted);
}
