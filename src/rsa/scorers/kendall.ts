import { sortedSide, tauOfSorted } from "../../stats/kendall-tau-a.ts";
import { eachModel } from "./each-model.ts";

/** `NaN` without `ignoreNan` gives `NaN`, where MNE-RSA gives a number without meaning. */
export const kendallTauA = eachModel({ prepare: sortedSide, score: tauOfSorted });
