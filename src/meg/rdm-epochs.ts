import { cells, either, listOf, text, thing, whole } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { metricKind } from "../rdm/metrics/index.ts";
import { cosineRegularisationNames } from "../rdm/cross-validated-cosine.ts";
import { metricParamNames } from "../rdm/metrics/metric.ts";
import { alignEpochs, type LabelOptions } from "./align-epochs.ts";
import { epochFoldNames } from "./epoch-folds.ts";
import { epochNoiseKind } from "./epoch-noise.ts";
import { type Epochs, anEpochs } from "./epochs.ts";
import { RdmSequence } from "./rdm-sequence.ts";
import { sensorSearchlight, type SensorSearchlightOptions } from "./sensor-searchlight.ts";

/** What {@link rdmEpochs} takes. */
export interface RdmEpochsOptions extends SensorSearchlightOptions, LabelOptions {
  /** The items in the order wanted; default: the distinct labels, sorted by code point. */
  readonly items?: readonly string[];
}

/** The names of its options; those of its RSA are these and more. */
export const rdmEpochsNames: OptionNames<RdmEpochsOptions> = {
  items: true,
  picks: either(text, listOf(either(text, whole()))),
  temporalRadiusS: true,
  spatialRadiusM: true,
  neighbours: true,
  every: whole(1),
  noiseCovariance: thing("what readNoiseCovariance gives", "channels", "matrix"),
  ...epochFoldNames,
  noise: epochNoiseKind,
  metric: metricKind,
  tminS: true,
  tmaxS: true,
  ...metricParamNames,
  ...cosineRegularisationNames,
  labels: either(text, cells),
  y: true,
  droppedAsNan: true,
};

/**
 * Data RDMs of epochs: epochs with the same label are averaged (or cross-validated with `nFolds` or `folds`), and the averages
 * compared, in the whole time range or in patches that slide along time and sensors.
 *
 * Without labels there is one row per event type. `tminS` is included and `tmaxS` is not. A temporal radius of r
 * samples (rounded, halves to the even number) makes windows of 2r + 1 samples. RDMs come sensor by sensor, time by
 * time within each. Agrees with `mne_rsa.rdm_epochs`, except where that is wrong: data are whitened once, and items
 * whose epochs were all dropped become NaN at their own place.
 *
 * @throws ItemMismatch naming labels and items that do not match; InvalidArgument for a time outside the data;
 *   DuplicateItem for a channel picked twice; ShapeMismatch when there is not one label per epoch.
 *
 * @example
 * import { epochsFromArray, rdmEpochs } from "tsrsa";
 * const data = { data: Float64Array.of(1, 2, 3, 3, 2, 1, 1, 3, 2, 3, 2, 1), shape: [4, 1, 3] };
 * const epochs = epochsFromArray(data, { sfreqHz: 100 });
 * const rdm = await rdmEpochs(epochs, { labels: ["dog", "cat", "dog", "cat"] }).first();
 * rdm.items; // [ "cat", "dog" ]
 */
export function rdmEpochs(epochs: Epochs, options: RdmEpochsOptions = {}): RdmSequence {
  anEpochs(epochs, "epochs");
  checkOptions(options, rdmEpochsNames);
  const alignment = alignEpochs(epochs, options, options.items);
  return new RdmSequence(sensorSearchlight(epochs, alignment, options), alignment.items, options);
}
