import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { flag } from "../../core/gate/kinds.ts";
import { alignRdms, type ItemChoice } from "../../rdm/align-rdms.ts";
import { toRdms, type RdmInput } from "../../rdm/rdm-list.ts";
import { prepareModels } from "../prepared/prepare-models.ts";
import { collinearNotes, shareModels } from "./check-share-models.ts";
import { RdmShares } from "./rdm-shares.ts";
import { countNumbers, leastPairs, sharesQuestion } from "./shares-question.ts";

/** How variance is divided. */
export interface ShareOptions {
  /** Rank the data and each model first, as a Spearman correlation does. Default false. */
  readonly ranks?: boolean;
  /** Leave out pairs that are `NaN` in the data or any model, before ranking. Default false: then shares are `NaN`. */
  readonly ignoreNan?: boolean;
}

export const shareNames: OptionNames<ShareOptions> = { ranks: flag, ignoreNan: true };

/** What {@link sharesRdms} takes. */
export interface SharesRdmsOptions extends ShareOptions {
  /** RDMs are matched by label: see `rsa`. */
  readonly items?: ItemChoice;
}

const sharesRdmsNames: OptionNames<SharesRdmsOptions> = { items: true, ...shareNames };

/**
 * What each of two to four models explains alone, and what sets of them explain together (commonality analysis: Mood
 * 1969; Nimon 2008), of each data RDM. Shares of sets may be negative, where a model clears noise from another; all sum to
 * R². They are fitted and measured on the same pairs: R² of noise is about the number of models ÷ the number of pairs,
 * and no share is a cross-validated score. Pairs share items, so that no F test holds: test `semipartial` over people.
 *
 * @throws InvalidArgument for other than two to four models, a constant one, one with `NaN` without `ignoreNan`, or too
 *   few pairs; ItemMismatch; ShapeMismatch; UnknownOption.
 * @example
 * import { Rdm, sharesRdms } from "tsrsa";
 * const shape = new Rdm([1, 2, 3, 4, 5, 6], { name: "shape" });
 * const colour = new Rdm([1, 0, 1, 0, 1, 1], { name: "colour" });
 * const shares = sharesRdms(new Rdm([1, 2, 3, 4, 6, 5]), [shape, colour]);
 * shares.of("r2").score(0, "shape").toFixed(3); // 0.889
 */
export function sharesRdms(
  data: RdmInput,
  models: RdmInput,
  options: SharesRdmsOptions = {},
): RdmShares {
  checkOptions(options, sharesRdmsNames);
  const { items, ranks = false, ignoreNan = false } = options;
  const [dataRdms, modelRdms] = [toRdms(data, "data"), toRdms(models, "models")];
  const aligned = alignRdms([...dataRdms, ...modelRdms], items);
  const named = shareModels(
    aligned.slice(dataRdms.length),
    ignoreNan,
    leastPairs(modelRdms.length),
  );
  const prepared = prepareModels(named.condensed, { metric: sharesQuestion(ranks), ignoreNan });
  const found = prepared.scoreMany(
    aligned.slice(0, dataRdms.length).map(({ condensed }) => condensed),
  );
  const count = countNumbers(named.names.length);
  const numbers = found.map(
    (_, to) => found[(to % dataRdms.length) * count + Math.floor(to / dataRdms.length)],
  );
  return new RdmShares({
    numbers,
    dataNames: dataRdms.map(({ name }, at) => name ?? `data ${at + 1}`),
    dataMeta: dataRdms.map(({ meta }) => meta),
    modelNames: named.names,
    ranks,
    notes: collinearNotes(named, ranks),
  });
}
