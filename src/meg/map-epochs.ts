import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import {
  mapPatches,
  patchFunctionNames,
  type PatchFunction,
  type PatchFunctionOptions,
} from "../searchlight/map-searchlight.ts";
import { alignEpochs } from "./align-epochs.ts";
import { anEpochs, type Epochs } from "./epochs.ts";
import { rdmEpochsNames, type RdmEpochsOptions } from "./rdm-epochs.ts";
import { SensorScores } from "./sensor-scores.ts";
import { sensorSearchlight } from "./sensor-searchlight.ts";

/** What {@link mapEpochs} takes. */
export interface MapEpochsOptions
  extends
    Pick<
      RdmEpochsOptions,
      | "items"
      | "labels"
      | "y"
      | "droppedAsNan"
      | "picks"
      | "temporalRadiusS"
      | "spatialRadiusM"
      | "neighbours"
      | "noiseCovariance"
      | "tminS"
      | "tmaxS"
    >,
    PatchFunctionOptions {}

const mapEpochsNames: OptionNames<MapEpochsOptions> = {
  items: rdmEpochsNames.items,
  labels: rdmEpochsNames.labels,
  y: rdmEpochsNames.y,
  droppedAsNan: rdmEpochsNames.droppedAsNan,
  picks: rdmEpochsNames.picks,
  temporalRadiusS: rdmEpochsNames.temporalRadiusS,
  spatialRadiusM: rdmEpochsNames.spatialRadiusM,
  neighbours: rdmEpochsNames.neighbours,
  noiseCovariance: rdmEpochsNames.noiseCovariance,
  tminS: rdmEpochsNames.tminS,
  tmaxS: rdmEpochsNames.tmaxS,
  ...patchFunctionNames,
};

/**
 * A function of one's own in every window and sensor patch of epochs: patterns (items × features, epochs of one label
 * averaged) and labels in, one number or several out. The result is scores by name, as of {@link rsaEpochs}. With
 * `every`, only every so manieth window along time (where there is no time, sensor).
 *
 * @throws as {@link rdmEpochs}, and as `mapSearchlight` for what the function gives.
 *
 * @example
 * import { epochsFromArray, mapEpochs } from "tsrsa";
 * const data = { data: Float64Array.of(1, 2, 3, 3, 2, 1), shape: [2, 1, 3] };
 * const epochs = epochsFromArray(data, { sfreqHz: 100 });
 * const scores = await mapEpochs(epochs, ({ data: [a, b] }) => a - b, { labels: ["dog", "cat"], temporalRadiusS: 0, names: ["cat − dog"] });
 * scores.series().values; // Float64Array(3) [ 2, 0, -2 ]
 */
export async function mapEpochs(
  epochs: Epochs,
  each: PatchFunction,
  options: MapEpochsOptions = {},
): Promise<SensorScores> {
  anEpochs(epochs, "epochs");
  checkOptions(options, mapEpochsNames);
  const { names, signal, onProgress, ...where } = options;
  const alignment = alignEpochs(epochs, where, where.items);
  const searchlight = sensorSearchlight(epochs, alignment, { ...where, metric: "euclidean" });
  const patterns = await searchlight.readPatterns(signal);
  const all = Int32Array.from(searchlight.centres.keys());
  const found = await mapPatches(patterns, alignment.items, all, each, {
    names,
    signal,
    onProgress,
  });
  return new SensorScores({
    scores: found.values,
    modelNames: found.names,
    channels: searchlight.channels,
    times: searchlight.times,
    rsaMetric: "own function",
    nItems: alignment.items.length,
    notes: searchlight.notes,
  });
}
