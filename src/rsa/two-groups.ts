import { InvalidArgument } from "../core/errors.ts";
import { toRdms, type RdmInput } from "../rdm/rdm-list.ts";
import type { Rdm } from "../rdm/rdm.ts";

/** RDMs of two groups of people. Throws `InvalidArgument` for fewer than two in one. */
export function twoGroups(
  first: RdmInput,
  second: RdmInput,
): readonly [readonly Rdm[], readonly Rdm[]] {
  const [one, other] = [toRdms(first, "first"), toRdms(second, "second")];
  if (one.length >= 2 && other.length >= 2) return [one, other];
  throw new InvalidArgument(
    "groups",
    `${one.length} and ${other.length} RDMs`,
    "give two people or more in each",
  );
}
