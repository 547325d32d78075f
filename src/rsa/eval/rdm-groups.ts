import { InvalidArgument } from "../../core/errors.ts";
import type { Rdm } from "../../rdm/rdm.ts";

/** Which data RDMs belong together (to one subject), in the order they first appear. */
export interface RdmGroups {
  /** The group of each RDM. */
  readonly of: Int32Array;
  readonly count: number;
}

/** Groups by a key of `meta`; without one each RDM is a group. Throws `InvalidArgument` for an RDM that lacks the key. */
export function rdmGroups(rdms: readonly Rdm[], key: string | undefined): RdmGroups {
  if (key === undefined) return { of: Int32Array.from(rdms.keys()), count: rdms.length };
  const values = rdms.map(({ meta, name }) => {
    if (meta[key] !== undefined) return meta[key];
    throw new InvalidArgument(
      "groupBy",
      key,
      `the data RDM ${name ?? "without name"} says nothing of it in its meta; give it by withMeta`,
    );
  });
  const known = [...new Set(values)];
  return { of: Int32Array.from(values, (value) => known.indexOf(value)), count: known.length };
}

/** The RDMs of some groups, of each group as often as it is listed. */
export function rdmsOfGroups(groups: RdmGroups, some: ArrayLike<number>): number[] {
  const members = [...groups.of.keys()];
  return Array.from(some).flatMap((group) => members.filter((i) => groups.of[i] === group));
}
