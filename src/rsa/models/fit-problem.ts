import { isConstant } from "../../stats/centred.ts";
import { groupWeights } from "../../stats/known-scores.ts";
import {
  knownPairs,
  tellsNothing,
  type Comparison,
  type PairShape,
} from "../comparisons/comparison.ts";
import { judgeOf, lossOf, type DataGroups, type Judged } from "./loss.ts";
import type { RsaModel } from "./rsa-model.ts";

/** A model and data whose pairs belong together. */
export interface FitProblem {
  readonly model: RsaModel;
  readonly parts: readonly Float64Array[];
  readonly data: readonly Float64Array[];
  readonly comparison: Comparison;
  readonly shape: PairShape;
  /** Whether a part is a constant that says nothing by this comparison: it is never chosen and weighs nothing. */
  readonly isMute: (part: number) => boolean;
  /** Weight of each data RDM. */
  readonly weights: Float64Array;
  readonly judge: (prediction: Float64Array) => Judged;
  /** The mean score of a prediction, made such that small is good; Infinity where it is not defined. */
  readonly loss: (prediction: Float64Array) => number;
}

/** A problem whose pairs are in one order already. Without groups, each data RDM counts once. */
export function problemOf(
  model: RsaModel,
  data: readonly Float64Array[],
  comparison: Comparison,
  shape: PairShape,
  groups: DataGroups = { of: Int32Array.from(data.keys()), times: data.map(() => 1) },
): FitProblem {
  const judge = judgeOf(data, groups, comparison, shape);
  const parts = model.rdms.map(({ condensed }) => condensed);
  return {
    model,
    parts,
    isMute: (part) =>
      isConstant(knownPairs(parts[part], shape)) &&
      tellsNothing(comparison, comparison.prepare(parts[part], shape)),
    data,
    comparison,
    shape,
    weights: groupWeights(groups.of, groups.times),
    judge,
    loss: lossOf(judge, comparison),
  };
}
