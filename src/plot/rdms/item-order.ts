import { UnknownOption } from "../../core/errors.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { reorder } from "../../rdm/reorder.ts";

/** In which order the items of several RDMs are drawn. */
export type ItemOrder = "first" | "own" | readonly string[];

/** RDMs as they are drawn, and what to say of the order of their items. */
export interface Ordered {
  readonly rdms: readonly Rdm[];
  readonly sentences: readonly string[];
}

/** RDMs in one order of items. Throws `ItemMismatch` where an order given does not name every item once. */
export function inOneOrder(rdms: readonly Rdm[], order: ItemOrder): Ordered {
  if (typeof order !== "string")
    return {
      rdms: rdms.map((rdm) => reorder(rdm, order)),
      sentences: ["Items are in the order given."],
    };
  if (order !== "first" && order !== "own")
    throw new UnknownOption("order", order, ["first", "own"]);
  const [{ items: first }] = rdms;
  const other = rdms.filter(({ items }) => items?.join("\0") !== first?.join("\0"));
  if (other.length === 0) return { rdms, sentences: [] };
  const joined =
    order === "first" && first !== undefined && rdms.every((rdm) => hasSame(rdm, first));
  if (!joined)
    return { rdms, sentences: ["Panels differ in their items or in the order of them."] };
  const moved = `${other.length} of ${rdms.length} RDMs were`;
  return {
    rdms: rdms.map((rdm) => (other.includes(rdm) ? reorder(rdm, first) : rdm)),
    sentences: [`Items are in the order of the first RDM; ${moved} put into it by label.`],
  };
}

function hasSame({ items }: Rdm, wanted: readonly string[]): boolean {
  if (items?.length !== wanted.length) return false;
  const known = new Set(wanted);
  return items.every((item) => known.has(item));
}
