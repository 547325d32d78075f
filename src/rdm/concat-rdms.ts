import { checkEnd } from "../core/gate/vector.ts";
import { isRdm, toRdms, type RdmInput } from "./rdm-list.ts";
import { alignRdms, type ItemChoice } from "./align-rdms.ts";
import type { Rdm } from "./rdm.ts";

/**
 * Several RDMs and lists of RDMs as one list, all with their items in the order of the first, joined by label.
 * Throws as {@link alignRdms}.
 *
 * @example
 * import { concatRdms, Rdm } from "tsrsa";
 * const a = new Rdm([1, 2, 3], { items: ["x", "y", "z"] });
 * const b = new Rdm([3, 2, 1], { items: ["z", "y", "x"] });
 * concatRdms([[a], b]).map((rdm) => rdm.condensed[0]); // [ 1, 1 ]
 */
export function concatRdms(rdms: RdmInput | readonly RdmInput[], items: ItemChoice = "all"): Rdm[] {
  return alignRdms(flat(rdms), items);
}

function flat(rdms: RdmInput | readonly RdmInput[]): readonly Rdm[] {
  if (!Array.isArray(rdms)) return toRdms(rdms as RdmInput);
  checkEnd(rdms, "rdms");
  const lists: readonly unknown[] = rdms;
  if (!lists.some((list) => Array.isArray(list) && list.some(isRdm)))
    return toRdms(rdms as RdmInput);
  return lists.flatMap((list, at) => toRdms(list as RdmInput, `rdms[${at}]`));
}
