import { toRdm, type RdmLike } from "./rdm-list.ts";

/**
 * The items two RDMs share, in the order of the first. Empty when one has no labels.
 *
 * @example
 * import { commonItems, Rdm } from "tsrsa";
 * const a = new Rdm([1, 2, 3], { items: ["x", "y", "z"] });
 * const b = new Rdm([1, 2, 3], { items: ["z", "w", "y"] });
 * commonItems(a, b); // [ 'y', 'z' ]
 */
export function commonItems(a: RdmLike, b: RdmLike): string[] {
  const [first, second] = [toRdm(a, "a"), toRdm(b, "b")];
  const there = new Set(second.items);
  return (first.items ?? []).filter((item) => there.has(item));
}
