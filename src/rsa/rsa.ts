import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { alignRdms, type ItemChoice } from "../rdm/align-rdms.ts";
import { toRdms, type RdmInput } from "../rdm/rdm-list.ts";
import type { Rdm } from "../rdm/rdm.ts";
import {
  prepareModels,
  type PrepareModelsOptions,
  prepareModelsNames,
} from "./prepared/prepare-models.ts";
import { RsaResult } from "./rsa-result.ts";

/** How to compare RDMs. */
export interface RsaOptions extends PrepareModelsOptions {
  /**
   * RDMs are matched by label. `all` (default): their sets of labels must be the same; `common`: compare what they
   * share; a list: compare these items.
   */
  readonly items?: ItemChoice;
}

const rsaNames: OptionNames<RsaOptions> = { items: true, ...prepareModelsNames };

/**
 * Compare data RDMs with model RDMs: representational similarity analysis.
 *
 * | metric | score of a model |
 * |---|---|
 * | `spearman` (default), `pearson`, `kendall-tau-a` | its correlation with the data |
 * | `partial`, `partial-spearman` | the same without what the other models explain |
 * | `regression` | its weight in a linear regression of the data on all models |
 *
 * All methods of `compareRdms` are metrics too, by either name (`pearson` is `corr`), and so is a comparison of your own:
 * an object of type `Comparison`.
 * Items are matched by label, never by position; RDMs without labels are compared with each other only; a
 * plain list of numbers is a condensed RDM without labels. `NaN` in the
 * data or a model makes a score `NaN` unless `ignoreNan`; a constant side has no correlation: `NaN`.
 * Agrees with `rsa` of MNE-RSA 1.1, with the pairs left out for `NaN` taken from each data RDM by itself.
 *
 * @throws ItemMismatch when labels differ; InvalidArgument when only some RDMs have labels, or a partial correlation is
 *   asked of one model; ShapeMismatch when sizes differ; UnknownOption for an unknown metric.
 * @example
 * import { Rdm, rsa } from "tsrsa";
 * const data = new Rdm([1, 2, 3], { items: ["a", "b", "c"], name: "IT" });
 * const model = new Rdm([3, 2, 1], { items: ["c", "b", "a"], name: "animacy" });
 * rsa(data, model).single(); // 1
 */
export function rsa(data: RdmInput, model: RdmInput, options: RsaOptions = {}): RsaResult {
  checkOptions(options, rsaNames);
  const { items, ...how } = options;
  const dataRdms = toRdms(data, "data");
  const modelRdms = toRdms(model, "model");
  const aligned = alignRdms([...dataRdms, ...modelRdms], items);
  const models = prepareModels(
    aligned.slice(dataRdms.length).map((rdm) => rdm.condensed),
    how,
  );
  const scores = models.scoreMany(
    aligned.slice(0, dataRdms.length).map(({ condensed }) => condensed),
  );
  return new RsaResult({
    scores,
    metric: models.metric,
    dataNames: namesOf(dataRdms, "data"),
    modelNames: namesOf(modelRdms, "model"),
    dataMeta: dataRdms.map((rdm) => rdm.meta),
  });
}

function namesOf(rdms: readonly Rdm[], kind: string): string[] {
  return rdms.map((rdm, at) => rdm.name ?? (rdms.length === 1 ? kind : `${kind} ${at + 1}`));
}
