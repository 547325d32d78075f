import type { Rdm } from "../../rdm/rdm.ts";
import type { JointComparison } from "../comparisons/comparison.ts";
import { collinearNotes, shareModels } from "./check-share-models.ts";
import type { PlaceSharesParts } from "./place-shares.ts";
import { leastPairs, sharesQuestion } from "./shares-question.ts";
import type { ShareOptions } from "./shares-rdms.ts";

/** What of shares is known once their models are matched. */
export type AboutShares = Omit<PlaceSharesParts, "numbers">;

/** The question of shares, and what there is to know of its models once they are matched. */
export interface AskedShares {
  /** Makes matched models ready. Throws `InvalidArgument`. */
  readonly question: (models: readonly Rdm[]) => { readonly rsaMetric: JointComparison };
  readonly about: () => AboutShares;
}

/** Ask for shares wherever RDMs are compared: in windows, spheres, sources and parcels. */
export function askForShares({ ranks = false, ignoreNan = false }: ShareOptions): AskedShares {
  let known: AboutShares = { modelNames: [], ranks, notes: [] };
  return {
    question: (models) => {
      const named = shareModels(models, ignoreNan, leastPairs(models.length));
      known = { modelNames: named.names, ranks, notes: collinearNotes(named, ranks) };
      return { rsaMetric: sharesQuestion(ranks) };
    },
    about: () => known,
  };
}
