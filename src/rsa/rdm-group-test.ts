import { twoGroups } from "./two-groups.ts";
import { oneOf } from "../core/gate/kinds.ts";
import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import { alignRdms } from "../rdm/align-rdms.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { Rdm } from "../rdm/rdm.ts";
import {
  permutationTNames,
  permutationTTest,
  type PermutationTOptions,
} from "../stats/permutation/permutation-t-test.ts";

/** How two groups of RDMs are compared. */
export interface RdmGroupTestOptions extends Omit<PermutationTOptions, "versus"> {
  /** `all`: every RDM must have the same items; `common`: the items that all have. Default: `all`. */
  readonly items?: "all" | "common";
}

/** Where two groups of RDMs differ, pair of items by pair. */
export interface RdmGroupTest {
  /** Mean of the first group minus that of the second. */
  readonly difference: Rdm;
  readonly t: Rdm;
  /** p of each pair alone. */
  readonly pValues: Rdm;
  /** p corrected for all pairs at once by the largest t. */
  readonly correctedPValues: Rdm;
  /** The least corrected p: do the groups differ anywhere? `NaN` when no pair could be tested. */
  readonly pAnywhere: number;
  readonly exact: boolean;
  /** The words for a figure legend. */
  readonly method: string;
  /** Pairs that were not tested, and why. */
  readonly notes: readonly string[];
}

const rdmGroupTestNames: OptionNames<RdmGroupTestOptions> = {
  ...without(["versus"], permutationTNames),
  items: oneOf(["all", "common"]),
};

/**
 * Do two groups of people differ in their RDMs, and in which pairs of items? RDMs are joined by the labels of their
 * items; people are exchanged between the groups, all pairs of a person together, and p values corrected for all pairs at
 * once by the largest t (see `permutationTTest`).
 *
 * @param first - one RDM of each person of the first group.
 * @param second - one of each of the second.
 * @throws `ItemMismatch` when items differ; `InvalidArgument` for groups that are too small; `Cancelled`.
 *
 * @example
 * import { Rdm, rdmGroupTest } from "tsrsa";
 * const of = (ab: number) => new Rdm([ab, 1 + ab / 9, 2], { items: ["a", "b", "c"] });
 * const { difference, pAnywhere } = await rdmGroupTest([of(5), of(5.1), of(4.9)], [of(1), of(1.2), of(0.9)]);
 * difference.between("a", "b").toFixed(2); // "3.97"
 * pAnywhere; // 0.1
 */
export async function rdmGroupTest(
  first: RdmInput,
  second: RdmInput,
  options: RdmGroupTestOptions = {},
): Promise<RdmGroupTest> {
  checkOptions(options, rdmGroupTestNames);
  const { items = "all", ...how } = options;
  const [one, other] = twoGroups(first, second);
  const aligned = alignRdms([...one, ...other], items);
  const rows = aligned.map((rdm) => rdm.condensed);
  const [a, b] = [rows.slice(0, one.length), rows.slice(one.length)];
  const result = await permutationTTest(a, { ...how, versus: b });
  const { items: labels } = aligned[0];
  const shaped = (values: Float64Array, name: string) =>
    new Rdm(values, { items: labels, name, metric: name });
  const corrected = result.correctedPValues.data;
  const known = corrected.filter((p) => !Number.isNaN(p));
  return {
    difference: shaped(differenceOf(meansOf(a), meansOf(b)), "difference of means"),
    t: shaped(result.t.data, "t"),
    pValues: shaped(result.pValues.data, "p"),
    correctedPValues: shaped(corrected, "corrected p"),
    pAnywhere: known.length === 0 ? NaN : known.reduce((least, p) => Math.min(least, p), 1),
    exact: result.exact,
    method: result.method,
    notes: result.notes,
  };
}

function meansOf(rows: readonly Float64Array[]): Float64Array {
  return rows[0].map((_, k) => rows.reduce((sum, row) => sum + row[k], 0) / rows.length);
}

function differenceOf(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, k) => value - b[k]);
}
