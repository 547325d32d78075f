import type { Rdm } from "./rdm.ts";

/**
 * The items two RDMs share, in the order of the first. Empty when one has no labels.
 *
 * @example
 * import { commonItems, Rdm } from "tsrsa";
 * const a = new Rdm([1, 2, 3], { items: ["x", "y", "z"] });
 * const b = new Rdm([1, 2, 3], { items: ["z", "w", "y"] });
 * commonItems(a, b); // [ 'y', 'z' ]
 */
export function commonItems(a: Rdm, b: Rdm): string[] {
  const there = new Set(b.items);
  return (a.items ?? []).filter((item) => there.has(item));
}
