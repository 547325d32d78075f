import type { Rdm } from "../rdm/rdm.ts";
import type { Evoked } from "./evoked.ts";
import { rsaEpochs, type RsaEpochsOptions } from "./rsa-epochs.ts";
import type { SensorScores } from "./sensor-scores.ts";
import { commentsOf, stackEvokeds } from "./stack-evokeds.ts";

/** What {@link rsaEvokeds} takes. */
export type RsaEvokedsOptions = Omit<RsaEpochsOptions, "droppedAsNan" | "labels"> & {
  /** One label per evoked. Default: their comments when these are unique. */
  readonly labels?: readonly string[];
};

/**
 * RSA between average responses and models; see {@link rsaEpochs}. Without labels, models that carry none must have
 * their rows in the order of the evokeds. Agrees with `mne_rsa.rsa_evokeds`.
 * Throws `ItemMismatch` naming items that do not match, `ShapeMismatch` when channels or times differ.
 */
export function rsaEvokeds(
  evokeds: readonly Evoked[],
  models: Rdm | readonly Rdm[],
  options: RsaEvokedsOptions = {},
): Promise<SensorScores> {
  const epochs = stackEvokeds(evokeds, options.noiseCovariance !== undefined);
  if (options.labels !== undefined || options.y !== undefined)
    return rsaEpochs(epochs, models, options);
  const list = "condensed" in models ? [models] : models;
  const labelled =
    options.modelItems !== undefined || list.some((model) => model.items !== undefined);
  const labels = labelled ? commentsOf(evokeds) : undefined;
  return rsaEpochs(
    epochs,
    models,
    labels === undefined ? { ...options, y: evokeds.map((_, at) => at) } : { ...options, labels },
  );
}
