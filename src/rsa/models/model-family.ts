import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { text } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { toVector } from "../../core/gate/vector.ts";
import { alignRdms, type ItemChoice } from "../../rdm/align-rdms.ts";
import type { RdmInput } from "../../rdm/rdm-list.ts";
import { weightedModel, type RsaModel } from "./rsa-model.ts";

/** What may be said of a family. */
export interface ModelFamilyOptions {
  /** Stands before the names of its members. Default: nothing. */
  readonly name?: string;
  /** Items are matched by label, as for `rsa`. */
  readonly items?: ItemChoice;
}

const modelFamilyNames: OptionNames<ModelFamilyOptions> = { name: text, items: true };

/** Every model that can be made of some RDMs by leaving others out. */
export interface ModelFamily {
  /** Weighted models of all subsets: those of one RDM, then of two …; to be evaluated by `evalCrossval`. */
  readonly members: readonly RsaModel[];
  /** Which RDMs each member has, by position. */
  readonly subsets: readonly (readonly number[])[];
  /** Names of the RDMs. */
  readonly parts: readonly string[];
  /** The member of just these RDMs, by name. Throws `InvalidArgument` for what is no part, or none. */
  member(parts: readonly string[]): RsaModel;
  /**
   * What each RDM adds: over every pair of members that differ in this RDM alone, the mean of how much better the one with
   * it scores. Throws `ShapeMismatch` for other than one score a member.
   */
  gains(scores: ArrayLike<number>): Float64Array;
}

/** 2ᵐ − 1 members: more RDMs than this would take hours to fit, and nobody reads thousands of models. */
const mostParts = 12;

/**
 * All 2ᵐ − 1 weighted models that m RDMs make: the evidence for an RDM is how much better models with it are. On the data
 * they were fitted to, larger models always win: evaluate the members by `evalCrossval` or `evalBootstrapCrossval`.
 * Follows `ModelFamily` of rsatoolbox, in its order.
 *
 * @throws InvalidArgument for more than 12 RDMs, or two of one name; otherwise as `alignRdms`.
 * @example
 * import { modelFamily, Rdm } from "tsrsa";
 * const family = modelFamily([new Rdm([1, 2, 3], { name: "size" }), new Rdm([3, 1, 1], { name: "kind" })]);
 * family.members.map(({ name }) => name); // [ 'size', 'kind', 'size + kind' ]
 * family.gains([0.3, 0.5, 0.6]).map((gain) => Math.round(10 * gain) / 10); // Float64Array(2) [ 0.1, 0.3 ]
 */
export function modelFamily(rdms: RdmInput, options: ModelFamilyOptions = {}): ModelFamily {
  checkOptions(options, modelFamilyNames);
  const { name, items } = options;
  const aligned = alignRdms(rdms, items);
  if (aligned.length > mostParts)
    throw new InvalidArgument(
      "rdms",
      `${aligned.length} RDMs`,
      `a family of them has ${2 ** aligned.length - 1} members; give at most ${mostParts}`,
    );
  const parts = aligned.map((rdm, at) => rdm.name ?? `part ${at + 1}`);
  const twice = parts.find((part, at) => parts.indexOf(part) !== at);
  if (twice !== undefined)
    throw new InvalidArgument("rdms", `two called ${twice}`, "name them apart with renamed");
  const subsets = subsetsOf(aligned.length);
  const members = subsets.map((subset) => {
    const called = subset.map((k) => parts[k]).join(" + ");
    const own = subset.map((k) => aligned[k]);
    return weightedModel(own, { name: name === undefined ? called : `${name}: ${called}` });
  });
  return {
    ...{ members, subsets, parts },
    member: (wanted) => members[placeOf(wanted, parts, subsets)],
    gains: (scores) => gainsOf(toVector(scores, "scores"), parts.length, subsets),
  };
}

/** All subsets but the empty one, by size, then in order. */
function subsetsOf(m: number): readonly (readonly number[])[] {
  const all = Array.from({ length: 2 ** m - 1 }, (_, code) =>
    Array.from({ length: m }, (_part, k) => k).filter((k) => ((code + 1) >> k) & 1),
  );
  const before = (a: readonly number[], b: readonly number[]): number => {
    const at = a.findIndex((value, i) => value !== b[i]);
    return a.length - b.length || (at < 0 ? 0 : a[at] - b[at]);
  };
  return all.sort(before);
}

function placeOf(
  wanted: readonly string[],
  parts: readonly string[],
  subsets: readonly (readonly number[])[],
): number {
  const positions = new Set(wanted.map((part) => parts.indexOf(part)));
  const at = subsets.findIndex(
    (subset) => subset.length === positions.size && subset.every((k) => positions.has(k)),
  );
  if (at >= 0) return at;
  throw new InvalidArgument("parts", wanted.join(", "), `give some of ${parts.join(", ")}`);
}

function gainsOf(
  scores: Float64Array,
  m: number,
  subsets: readonly (readonly number[])[],
): Float64Array {
  if (scores.length !== subsets.length)
    throw new ShapeMismatch(`${subsets.length} scores, one per member`, `${scores.length}`);
  const place = new Map(subsets.map((subset, at) => [subset.join(), at]));
  return Float64Array.from({ length: m }, (_, k) => {
    const gains = subsets.flatMap((subset, at) => {
      const without = place.get(subset.filter((other) => other !== k).join());
      return subset.includes(k) && without !== undefined ? [scores[at] - scores[without]] : [];
    });
    // Of a single RDM there is nothing without it.
    return gains.length === 0 ? NaN : gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  });
}
