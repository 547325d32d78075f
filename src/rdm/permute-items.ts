import { toVector } from "../core/gate/vector.ts";
import { toRdm, type RdmLike } from "./rdm-list.ts";
import { InvalidArgument } from "../core/errors.ts";
import type { Rdm } from "./rdm.ts";
import { describing, takeItems } from "./take-items.ts";
import { ownedRdm } from "./owned.ts";

/**
 * An RDM whose dissimilarities belong to other items than before, while labels and table stay: what a permutation test
 * compares with. Row k gets the values that row `permutation[k]` had. Agrees with rsatoolbox's `permute_rdms`.
 * Throws `InvalidArgument` unless every position occurs once.
 *
 * @example
 * import { permuteItems, Rdm } from "tsrsa";
 * permuteItems(new Rdm([1, 2, 3], { items: ["a", "b", "c"] }), [2, 1, 0]).between("a", "b"); // 3
 */
export function permuteItems(rdm: RdmLike, permutation: ArrayLike<number>): Rdm {
  const whole = toRdm(rdm);
  const positions = Array.from(toVector(permutation, "permutation"));
  const all = new Set(positions);
  const ok =
    positions.length === whole.nItems &&
    all.size === whole.nItems &&
    positions.every((at) => Number.isInteger(at) && at >= 0 && at < whole.nItems);
  if (!ok)
    throw new InvalidArgument(
      "permutation",
      `${positions.length} positions`,
      `give every position from 0 to ${whole.nItems - 1} once`,
    );
  return ownedRdm(takeItems(whole, positions).condensed, describing(whole));
}
