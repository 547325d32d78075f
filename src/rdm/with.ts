import { text, record, simple } from "../core/gate/kinds.ts";
import { toRdm, type RdmLike } from "./rdm-list.ts";
import { Rdm } from "./rdm.ts";
import type { RdmMeta } from "./rdm.ts";
import { describing } from "./take-items.ts";

/**
 * The same RDM under another name.
 *
 * @example
 * import { Rdm, renamed } from "tsrsa";
 * renamed(new Rdm([1]), "pixels").name; // 'pixels'
 */
export function renamed(rdm: RdmLike, name: string): Rdm {
  text(name, "name");
  const whole = toRdm(rdm);
  return new Rdm(whole.condensed, { ...describing(whole), name });
}

/**
 * The same RDM with labels, in the order of its rows; labels it had are replaced.
 * Throws `ShapeMismatch` for a wrong number, `DuplicateItem` for a label given twice.
 *
 * @example
 * import { Rdm, withItems } from "tsrsa";
 * withItems(new Rdm([0.5]), ["face", "house"]).between("house", "face"); // 0.5
 */
export function withItems(rdm: RdmLike, items: readonly string[]): Rdm {
  const whole = toRdm(rdm);
  return new Rdm(whole.condensed, { ...describing(whole), items });
}

/**
 * The same RDM with more said about where it comes from; keys it had are replaced.
 *
 * @example
 * import { Rdm, withMeta } from "tsrsa";
 * withMeta(new Rdm([1]), { subject: 3 }).meta; // { subject: 3 }
 */
export function withMeta(rdm: RdmLike, meta: RdmMeta): Rdm {
  record(simple)(meta, "meta");
  const whole = toRdm(rdm);
  return new Rdm(whole.condensed, { ...describing(whole), meta: { ...whole.meta, ...meta } });
}
