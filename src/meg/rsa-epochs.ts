import { texts } from "../core/gate/kinds.ts";
import { toRdms, type RdmInput } from "../rdm/rdm-list.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { rdmEpochsNames } from "./rdm-epochs.ts";
import { InvalidArgument } from "../core/errors.ts";
import type { JobOptions } from "../core/job.ts";
import type { Rdm } from "../rdm/rdm.ts";
import { nameOf, type ComparisonLike } from "../rsa/comparisons/resolve.ts";
import { matchModels, type ModelItemOptions } from "../rsa/match-models.ts";
import { scorePatches } from "../searchlight/score-patches.ts";
import { countUndefined, unscoredModels } from "../searchlight/undefined-scores.ts";
import type { Alignment } from "../table/align.ts";
import { alignEpochs, itemsOfEpochs, type LabelOptions } from "./align-epochs.ts";
import { anEpochs, type Epochs } from "./epochs.ts";
import { SensorScores } from "./sensor-scores.ts";
import {
  sensorSearchlight,
  type SensorSearchlight,
  type SensorSearchlightOptions,
} from "./sensor-searchlight.ts";

/** What {@link rsaEpochs} takes. */
export interface RsaEpochsOptions
  extends SensorSearchlightOptions, LabelOptions, ModelItemOptions, JobOptions {
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
  const { aligned, alignment } = matchEpochs(epochs, toRdms(models, "models"), options);
  const searchlight = sensorSearchlight(epochs, alignment, options);
  const patterns = await searchlight.readPatterns(options.signal);
  const condensed = aligned.map((model) => model.condensed);
  const scores = await scorePatches(patterns, condensed, options);
  const modelNames = aligned.map((model, at) => model.name ?? `model ${at + 1}`);
  return new SensorScores({
    scores,
    modelNames,
    channels: searchlight.channels,
    times: searchlight.times,
    rsaMetric: nameOf(options.rsaMetric ?? "spearman"),
    nItems: alignment.items.length,
    notes: [...searchlight.notes, ...undefinedNotes(scores, modelNames, searchlight)],
  });
}

/** What to say of scores that are not defined, beside those of single values. */
function undefinedNotes(
  scores: Float64Array,
  modelNames: readonly string[],
  { centres, nLone }: SensorSearchlight,
): readonly string[] {
  const more = countUndefined(scores, centres.length) - nLone;
  const note = `${more} of ${centres.length} patches have no score (NaN)`;
  return [...(more > 0 ? [note] : []), ...unscoredModels(scores, modelNames)];
}

interface Matched {
  readonly aligned: readonly Rdm[];
  readonly alignment: Alignment;
}

function matchEpochs(epochs: Epochs, models: readonly Rdm[], options: RsaEpochsOptions): Matched {
  const known = models.flatMap(({ items = options.modelItems ?? [] }) => items);
  const by = options.y === undefined ? "label" : "number";
  const items = itemsOfEpochs(epochs, options, known);
  const observed = { by, items, called: "epochs" } as const;
  const { models: aligned, items: rows, unknown } = matchModels(models, observed, options);
  const alignment = alignEpochs(epochs, options, rows, unknown);
  if (by === "number") refuseContradiction(epochs, aligned[0].items, alignment);
  return { aligned, alignment };
}

/** Where the names of events are labels of the models, `y` must not say otherwise. */
function refuseContradiction(
  { eventNames }: Epochs,
  items: readonly string[] | undefined,
  { index }: Alignment,
): void {
  const known = new Set(items);
  if (items === undefined || !eventNames.every((name) => known.has(name))) return;
  const at = eventNames.findIndex((name, epoch) => items[index[epoch]] !== name);
  if (at < 0) return;
  throw new InvalidArgument(
    `y[${at}]`,
    index[at],
    `it puts an epoch of ${JSON.stringify(eventNames[at])} with the model row ${JSON.stringify(items[index[at]])}; ` +
      "leave y out, and epochs are matched by the names of their events",
  );
}
