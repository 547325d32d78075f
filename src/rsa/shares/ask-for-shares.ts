import type { Rdm } from "../../rdm/rdm.ts";
import type { JointComparison } from "../comparisons/comparison.ts";
import { collinearNotes, shareModels } from "./check-share-models.ts";
import { leastPairs, sharesQuestion } from "./shares-question.ts";

/** The question of shares, and what there is to know of its models once they are matched. */
export interface AskedShares {
  /** Makes matched models ready. Throws `InvalidArgument`. */
  readonly question: (models: readonly Rdm[]) => { readonly rsaMetric: JointComparison };
  readonly notes: () => readonly string[];
}

/** Ask for shares wherever RDMs are compared: in windows, spheres, sources and parcels. */
export function askForShares(ranks: boolean, ignoreNan: boolean): AskedShares {
  let notes: readonly string[] = [];
  return {
    question: (models) => {
      const named = shareModels(models, ignoreNan, leastPairs(models.length));
      notes = collinearNotes(named, ranks);
      return { rsaMetric: sharesQuestion(ranks) };
    },
    notes: () => notes,
  };
}
