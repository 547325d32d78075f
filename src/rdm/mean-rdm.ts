import { isList } from "../core/gate/vector.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { toRdms, type RdmInput } from "./rdm-list.ts";
import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { alignRdms } from "./align-rdms.ts";
import { commonDescription } from "./common-description.ts";
import { ownedRdm } from "./owned.ts";
import type { Rdm } from "./rdm.ts";

/** A weight for each RDM, or a weight for each pair of each RDM. */
export type RdmWeights = ArrayLike<number> | readonly ArrayLike<number>[];

const meanNames: OptionNames<{ weights?: RdmWeights }> = { weights: true };

/**
 * The mean of RDMs, joined by label. Pairs that are `NaN` in an RDM do not count there; a pair that all lack is `NaN`.
 * The mean keeps what is the same in all: metric, name, meta. Agrees with rsatoolbox's `RDMs.mean`, whose given weights
 * count also where the value is `NaN`, which draws the mean towards 0.
 *
 * @throws ItemMismatch and others as {@link alignRdms}; ShapeMismatch for weights that do not fit; InvalidArgument for no
 *   RDM or a negative weight.
 * @example
 * import { meanRdm, Rdm } from "tsrsa";
 * meanRdm([new Rdm([1, NaN, 3]), new Rdm([2, 4, 5])]).condensed; // Float64Array(3) [ 1.5, 4, 4 ]
 */
export function meanRdm(rdms: RdmInput, options: { weights?: RdmWeights } = {}): Rdm {
  checkOptions(options, meanNames);
  const all = toRdms(rdms);
  if (all.length === 0) throw new InvalidArgument("rdms", "none", "give at least one RDM");
  const aligned = alignRdms(all);
  const weightOf = checkedWeights(options.weights, aligned);
  return ownedRdm(
    weightedMean(
      aligned.map((rdm) => rdm.condensed),
      weightOf,
    ),
    {
      ...commonDescription(aligned),
    },
  );
}

/** Mean of the values that are there. */
export function weightedMean(
  vectors: readonly Float64Array[],
  weightOf: (vector: number, pair: number) => number,
): Float64Array {
  const mean = new Float64Array(vectors[0].length);
  for (let pair = 0; pair < mean.length; pair++) {
    let [sum, total] = [0, 0];
    for (let v = 0; v < vectors.length; v++) {
      const value = vectors[v][pair];
      if (Number.isNaN(value)) continue;
      const weight = weightOf(v, pair);
      sum += weight * value;
      total += weight;
    }
    mean[pair] = sum / total;
  }
  return mean;
}

function checkedWeights(
  weights: RdmWeights | undefined,
  rdms: readonly Rdm[],
): (rdm: number, pair: number) => number {
  if (weights === undefined) return () => 1;
  if (!isList(weights)) throw new InvalidArgument("weights", weights, "give one for each RDM");
  if (weights.length !== rdms.length)
    throw new ShapeMismatch(`${rdms.length} weights, one per RDM`, `${weights.length}`);
  const lists = Array.from(weights as ArrayLike<number | ArrayLike<number>>);
  for (const list of lists) checkList(list, rdms[0].condensed.length);
  return (rdm, pair) => {
    const weight = lists[rdm];
    return typeof weight === "number" ? weight : weight[pair];
  };
}

function checkList(weight: number | ArrayLike<number>, nPairs: number): void {
  const list = typeof weight === "number" ? [weight] : weight;
  if (typeof weight !== "number" && list.length !== nPairs)
    throw new ShapeMismatch(`${nPairs} weights, one per pair`, `${list.length}`);
  const bad = Array.from(list).find((value) => value < 0);
  if (bad !== undefined) throw new InvalidArgument("weights", bad, "give weights of 0 or more");
}
