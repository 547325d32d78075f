import { InvalidArgument } from "../core/errors.ts";
import { toRdms, type RdmInput } from "../rdm/rdm-list.ts";
import type { Rdm } from "../rdm/rdm.ts";
import { matchModels, type ModelItemOptions } from "../rsa/match-models.ts";
import { scorePatches, type ScorePatchesOptions } from "../searchlight/score-patches.ts";
import { countUndefined } from "../searchlight/undefined-scores.ts";
import type { Alignment } from "../table/align.ts";
import { alignEpochs, itemsOfEpochs, type LabelOptions } from "./align-epochs.ts";
import type { Epochs } from "./epochs.ts";
import { sensorSearchlight, type SensorSearchlightOptions } from "./sensor-searchlight.ts";

/** What is asked of the patches of epochs, and how. */
export type ScoreEpochsOptions = SensorSearchlightOptions &
  LabelOptions &
  ModelItemOptions &
  ScorePatchesOptions;

/** What was found in every patch, before it is known what the numbers mean. */
export interface EpochNumbers {
  /** Numbers × sensors × times, C order. */
  readonly scores: Float64Array;
  /** The models with their items in one order. */
  readonly models: readonly Rdm[];
  readonly channels: readonly string[];
  readonly times: Float64Array;
  readonly nItems: number;
  readonly notes: readonly string[];
}

/**
 * Compare the data RDM of every patch of epochs with models: what all questions to epochs have in common.
 *
 * @param question - makes the models ready once they are matched; default: as `options` say.
 */
export async function scoreEpochs(
  epochs: Epochs,
  models: RdmInput,
  options: ScoreEpochsOptions,
  question?: (models: readonly Rdm[]) => Pick<ScorePatchesOptions, "rsaMetric">,
): Promise<EpochNumbers> {
  const { aligned, alignment } = matchEpochs(epochs, toRdms(models, "models"), options);
  const searchlight = sensorSearchlight(epochs, alignment, options);
  const asked = { ...options, ...question?.(aligned) };
  const patterns = await searchlight.readPatterns(options.signal);
  const condensed = aligned.map((model) => model.condensed);
  const scores = await scorePatches(patterns, condensed, asked);
  const { centres, nLone, channels, times } = searchlight;
  const more = countUndefined(scores, centres.length) - nLone;
  const note = `${more} of ${centres.length} patches have no score (NaN)`;
  return {
    scores,
    models: aligned,
    channels,
    times,
    nItems: alignment.items.length,
    notes: [...searchlight.notes, ...(more > 0 ? [note] : [])],
  };
}

/** Models and epochs with their items in one order. */
interface Matched {
  readonly aligned: readonly Rdm[];
  readonly alignment: Alignment;
}

/** Join models and epochs by label; by number where `y` numbers them. */
export function matchEpochs(
  epochs: Epochs,
  models: readonly Rdm[],
  options: LabelOptions & ModelItemOptions,
): Matched {
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
