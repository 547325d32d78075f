import { oneOf } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import type { RdmLike } from "../rdm-list.ts";
import { UnknownOption } from "../../core/errors.ts";
import { sortOrder } from "../../compute/sort-order.ts";
import type { Rdm } from "../rdm.ts";
import { transformRdm } from "./transform-rdm.ts";

const ties = ["average", "min", "max", "dense", "ordinal"] as const;

/** What equal dissimilarities get: the mean, least or greatest of their ranks, one step, or ranks in order of place. */
export type RankTies = (typeof ties)[number];

const rankNames: OptionNames<{ ties?: RankTies }> = { ties: oneOf(ties) };

/**
 * Ranks instead of dissimilarities, from 1. `NaN` stays `NaN` and takes no rank.
 * Agrees with rsatoolbox's `rank_transform`. Throws `UnknownOption`.
 *
 * @example
 * import { rankTransform, Rdm } from "tsrsa";
 * rankTransform(new Rdm([30, 10, 10])).condensed; // Float64Array(3) [ 3, 1.5, 1.5 ]
 */
export function rankTransform(rdm: RdmLike, options: { ties?: RankTies } = {}): Rdm {
  checkOptions(options, rankNames);
  const { ties: how = "average" } = options;
  if (!ties.includes(how)) throw new UnknownOption("ties", how, ties);
  return transformRdm(
    rdm,
    (condensed) => rankKnown(condensed, how),
    (metric) => (metric.includes("(ranks)") ? metric : `${metric} (ranks)`),
  );
}

function rankKnown(condensed: Float64Array, how: RankTies): Float64Array {
  const known = Array.from(condensed.keys()).filter((at) => !Number.isNaN(condensed[at]));
  const values = Float64Array.from(known, (at) => condensed[at]);
  const order = sortOrder(values);
  let step = 0;
  for (let from = 0, to = 1; to <= order.length; to++) {
    if (to < order.length && values[order[to]] === values[order[from]]) continue;
    step++;
    for (let k = from; k < to; k++) condensed[known[order[k]]] = rankOf(how, from, to, step, k);
    from = to;
  }
  return condensed;
}

function rankOf(how: RankTies, from: number, to: number, step: number, place: number): number {
  if (how === "average") return (from + 1 + to) / 2;
  if (how === "min") return from + 1;
  if (how === "max") return to;
  return how === "dense" ? step : place + 1;
}
