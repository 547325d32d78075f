import { texts } from "../core/gate/kinds.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { engineNames, type EngineJob } from "../engine/engine-options.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { rdmEpochsNames } from "./rdm-epochs.ts";
import type { JobOptions } from "../core/job.ts";
import { nameOf, type ComparisonLike } from "../rsa/comparisons/resolve.ts";
import type { ModelItemOptions } from "../rsa/match-models.ts";
import { unscoredModels } from "../searchlight/undefined-scores.ts";
import type { LabelOptions } from "./align-epochs.ts";
import { anEpochs, type Epochs } from "./epochs.ts";
import { SensorScores } from "./sensor-scores.ts";
import { scoreEpochs } from "./score-epochs.ts";
import type { SensorSearchlightOptions } from "./sensor-searchlight.ts";

/** What {@link rsaEpochs} takes. */
export interface RsaEpochsOptions
  extends SensorSearchlightOptions, LabelOptions, ModelItemOptions, JobOptions, EngineJob {
  /** How data and model RDMs are compared; default `spearman`. */
  readonly rsaMetric?: ComparisonLike;
  /** Leave out pairs that are NaN in the data or a model. Default false: they make the score NaN. */
  readonly ignoreNan?: boolean;
}

export const rsaEpochsNames: OptionNames<RsaEpochsOptions> = {
  ...rdmEpochsNames,
  rsaMetric: true,
  ignoreNan: true,
  modelItems: texts,
  signal: true,
  onProgress: true,
  jobs: true,
  ...engineNames,
};

/**
 * RSA between epochs and models, in the whole time range or in patches that slide along time and sensors: the data RDM
 * of each patch (see {@link rdmEpochs}) is compared with every model RDM. Items are matched by label.
 *
 * Agrees with `mne_rsa.rsa_epochs`. The models need labels (their own, or `modelItems`), unless `y` numbers their
 * rows; labelled models are joined with each other by label even then.
 *
 * @throws ItemMismatch naming items that only the data or only a model has; InvalidArgument for models without labels;
 *   Cancelled.
 *
 * @example
 * import { epochsFromArray, Rdm, rsaEpochs } from "tsrsa";
 * const data = { data: Float64Array.of(1, 2, 3, 3, 2, 1, 1, 3, 2), shape: [3, 1, 3] };
 * const epochs = epochsFromArray(data, { sfreqHz: 100 });
 * const model = new Rdm([1, 0.5, 0.2], { items: ["a", "b", "c"], name: "idea" });
 * const scores = await rsaEpochs(epochs, model, { labels: ["a", "b", "c"] });
 * scores.peak("idea").score; // 0.5
 */
export async function rsaEpochs(
  epochs: Epochs,
  models: RdmInput,
  options: RsaEpochsOptions = {},
): Promise<SensorScores> {
  anEpochs(epochs, "epochs");
  checkOptions(options, rsaEpochsNames);
  const asked = await scoreEpochs(epochs, models, options);
  const modelNames = asked.models.map((model, at) => model.name ?? `model ${at + 1}`);
  return new SensorScores({
    ...asked,
    modelNames,
    rsaMetric: nameOf(options.rsaMetric ?? "spearman"),
    notes: [...asked.notes, ...unscoredModels(asked.scores, modelNames)],
  });
}
