import type { BlockInputs } from "../../engine/block-work.ts";
import { asJson, type Json } from "../../engine/canonical-json.ts";
import { Rdm } from "../../rdm/rdm.ts";
import { pairComparisonOf, type PairComparisonLike } from "../comparisons/resolve.ts";
import type { Comparison } from "../comparisons/comparison.ts";
import { fixedModel, withModelRdms, type ModelKind, type RsaModel } from "../models/rsa-model.ts";
import type { EvalProblem } from "./problem.ts";
import { partOf, stacked, unstacked } from "./stacked.ts";

/** What a plan's file says of models and data RDMs; these are inputs. */
export interface StoredProblem {
  readonly nItems: number;
  readonly nData: number;
  readonly groups: readonly number[];
  readonly method: PairComparisonLike;
  readonly models: readonly { readonly kind: ModelKind; readonly nRdms: number }[];
}

/** What is fitted and scored, as numbers. Throws `Unsupported` for a comparison of one's own, which other processes do not have. */
export function storeProblem(problem: EvalProblem): {
  readonly stored: Json;
  readonly arrays: BlockInputs;
} {
  const { models, data, groups, comparison, shape } = problem;
  const stored = {
    nItems: shape.nItems,
    nData: data.length,
    groups: groups.of,
    method: nameOrOwn(comparison),
    models: models.map(({ kind, rdms }) => ({ kind, nRdms: rdms.length })),
  };
  return {
    stored: asJson(stored, "method"),
    arrays: {
      data: stacked(data),
      models: stacked(models.flatMap(({ rdms }) => rdms.map(({ condensed }) => condensed))),
      ...(shape.known !== undefined && { known: shape.known }),
    },
  };
}

/** The same models and data from what was stored. */
export function loadProblem(stored: StoredProblem, inputs: BlockInputs): EvalProblem {
  const { nItems, nData, groups, method } = stored;
  const rdms = inputs.models as Float64Array;
  const length = (nItems * (nItems - 1)) / 2;
  let at = 0;
  const models = stored.models.map(({ kind, nRdms }): RsaModel => {
    const own = Array.from({ length: nRdms }, () => new Rdm(partOf(rdms, at++, length)));
    return withModelRdms({ ...fixedModel(own), kind, name: kind }, own);
  });
  return {
    models,
    modelNames: models.map(({ name }) => name),
    data: unstacked(inputs.data as Float64Array, nData),
    dataNames: [],
    groups: { of: Int32Array.from(groups), count: new Set(groups).size },
    comparison: pairComparisonOf(method),
    shape: { nItems, known: inputs.known as Uint8Array | undefined, sigma: undefined },
    job: {},
    notes: [],
  };
}

/** The name of a comparison of ours; one of the user's own goes on, and is refused as a function. */
export function nameOrOwn(comparison: Comparison): unknown {
  try {
    return pairComparisonOf(comparison.name as PairComparisonLike) === comparison
      ? comparison.name
      : comparison;
  } catch {
    return comparison;
  }
}
