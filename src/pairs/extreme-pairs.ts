import { toRdm, type RdmLike } from "../rdm/rdm-list.ts";
import { whole } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { InvalidArgument } from "../core/errors.ts";

import { allPairs } from "./pair-list.ts";

/** A pair of images by name. */
export interface NamedPair {
  readonly a: string;
  readonly b: string;
  readonly dissimilarity: number;
}

/** Pairs at the ends of an RDM's range, and those nearest to a value. */
export interface ExtremePairs {
  /** Ascending. */
  readonly mostSimilar: readonly NamedPair[];
  /** Descending. */
  readonly mostDissimilar: readonly NamedPair[];
  /** Nearest first. */
  readonly nearest: readonly NamedPair[];
}

/** Which pairs are wanted. */
export interface ExtremePairsOptions {
  /** Pairs of each kind. Default 3. */
  readonly count?: number;
  /** Value to which pairs are near. Default 1: with 1 − Pearson, unrelated responses. */
  readonly value?: number;
}

const extremePairsNames: OptionNames<ExtremePairsOptions> = { count: whole(1), value: true };

/**
 * The most similar and the most dissimilar pairs of an RDM, and those nearest to a value; equal pairs in the order of
 * the condensed vector. Pairs without a value are left out. Throws `InvalidArgument` for a count below 1.
 *
 * @example
 * import { extremePairs, Rdm } from "tsrsa";
 * const rdm = new Rdm([0.2, 1.4, 0.9], { items: ["cat", "dog", "car"] });
 * extremePairs(rdm, { count: 1 }).nearest; // [ { a: 'dog', b: 'car', dissimilarity: 0.9 } ]
 */
export function extremePairs(rdm: RdmLike, options: ExtremePairsOptions = {}): ExtremePairs {
  const all = toRdm(rdm);
  checkOptions(options, extremePairsNames);
  const { count = 3, value = 1 } = options;
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgument("count", count, "give a whole number from 1");
  const { i, j, target } = allPairs(all);
  const places = Array.from(target.keys()).filter((at) => !Number.isNaN(target[at]));
  const nameOf = (at: number) => all.items?.[at] ?? `image ${at + 1}`;
  const first = (key: (at: number) => number): NamedPair[] =>
    [...places]
      .sort((x, y) => key(x) - key(y))
      .slice(0, count)
      .map((at) => ({ a: nameOf(i[at]), b: nameOf(j[at]), dissimilarity: target[at] }));
  return {
    mostSimilar: first((at) => target[at]),
    mostDissimilar: first((at) => -target[at]),
    nearest: first((at) => Math.abs(target[at] - value)),
  };
}
