import type { JobOptions } from "../core/job.ts";
import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { alignRdms } from "../rdm/align-rdms.ts";
import type { Rdm } from "../rdm/rdm.ts";
import { withItems } from "../rdm/with.ts";
import type { RsaMetric } from "../rsa/index.ts";
import { distinctLabels, type Alignment } from "../table/align.ts";
import { alignEpochs, type LabelOptions } from "./align-epochs.ts";
import type { Epochs } from "./epochs.ts";
import { scorePatches } from "./score-patches.ts";
import { SensorScores } from "./sensor-scores.ts";
import { sensorSearchlight, type SensorSearchlightOptions } from "./sensor-searchlight.ts";

/** What {@link rsaEpochs} takes. */
export interface RsaEpochsOptions extends SensorSearchlightOptions, LabelOptions, JobOptions {
  /** How data and model RDMs are compared; default `spearman`. */
  readonly rsaMetric?: RsaMetric;
  /** Leave out pairs that are NaN in the data or a model. Default false: they make the score NaN. */
  readonly ignoreNan?: boolean;
  /** Labels of the rows of models that carry none. */
  readonly modelItems?: readonly string[];
  /** `"all"` (default): data and models must have the same items. `"common"`: those they share. A list: these. */
  readonly items?: "all" | "common" | readonly string[];
}

/**
 * RSA between epochs and models, in the whole time range or in patches that slide along time and sensors: the data RDM
 * of each patch (see {@link rdmEpochs}) is compared with every model RDM. Items are matched by label.
 *
 * Agrees with `mne_rsa.rsa_epochs`. The models need labels (their own, or `modelItems`), unless `y` numbers their rows.
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
  models: Rdm | readonly Rdm[],
  options: RsaEpochsOptions = {},
): Promise<SensorScores> {
  const { aligned, alignment } = matchModels(epochs, toList(models), options);
  const searchlight = sensorSearchlight(epochs, alignment, options);
  const { rsaMetric = "spearman", ignoreNan } = options;
  const condensed = aligned.map((model) => model.condensed);
  const patterns = await searchlight.readPatterns();
  const scores = await scorePatches(patterns, condensed, { metric: rsaMetric, ignoreNan }, options);
  return new SensorScores({
    scores,
    modelNames: aligned.map((model, at) => model.name ?? `model ${at + 1}`),
    channels: searchlight.channels,
    times: searchlight.times,
    rsaMetric,
    nItems: alignment.items.length,
    notes: searchlight.notes,
  });
}

interface Matched {
  readonly aligned: readonly Rdm[];
  readonly alignment: Alignment;
}

function matchModels(epochs: Epochs, models: readonly Rdm[], options: RsaEpochsOptions): Matched {
  if (models.length === 0) throw new InvalidArgument("models", "no RDM", "give at least one");
  if (options.y !== undefined) return matchByNumber(epochs, models, options);
  const named = models.map((model) =>
    model.items === undefined && options.modelItems !== undefined
      ? withItems(model, options.modelItems)
      : model,
  );
  if (named.some((model) => model.items === undefined)) {
    throw new InvalidArgument(
      "models",
      "without labels",
      "pass items to computeRdm, or modelItems here, so that rows can be matched with the epochs' labels",
    );
  }
  const aligned = alignRdms(named, choiceOf(epochs, named, options));
  const unknown = options.items === undefined || options.items === "all" ? "error" : "drop";
  return { aligned, alignment: alignEpochs(epochs, options, aligned[0].items, unknown) };
}

function choiceOf(
  epochs: Epochs,
  models: readonly Rdm[],
  options: RsaEpochsOptions,
): "all" | readonly string[] {
  const { items = "all" } = options;
  if (items !== "common") return items;
  const { items: observed } = alignEpochs(epochs, options);
  const sets = [new Set(observed), ...models.map((model) => new Set(model.items))];
  return (models[0].items ?? []).filter((item) => sets.every((set) => set.has(item)));
}

/** `y` numbers the rows of the models, as in MNE-RSA before 0.10. */
function matchByNumber(epochs: Epochs, models: readonly Rdm[], options: RsaEpochsOptions): Matched {
  const nItems = distinctLabels(options.y ?? []).length;
  const odd = models.find((model) => model.nItems !== nItems);
  if (odd !== undefined)
    throw new ShapeMismatch(
      `models of ${nItems} items, as many as y numbers`,
      `one of ${odd.nItems}`,
      "use labels, which are matched by name",
    );
  return { aligned: models, alignment: alignEpochs(epochs, options) };
}

function toList(models: Rdm | readonly Rdm[]): readonly Rdm[] {
  return "condensed" in models ? [models] : models;
}
