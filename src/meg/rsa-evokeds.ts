import { toRdms, type RdmInput } from "../rdm/rdm-list.ts";
import { cells } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames, without } from "../core/gate/options.ts";
import { type Evoked, someEvokeds } from "./evoked.ts";
import { rsaEpochs, type RsaEpochsOptions, rsaEpochsNames } from "./rsa-epochs.ts";
import type { SensorScores } from "./sensor-scores.ts";
import { commentsOf, stackEvokeds } from "./stack-evokeds.ts";

/** What {@link rsaEvokeds} takes. */
export type RsaEvokedsOptions = Omit<RsaEpochsOptions, "droppedAsNan" | "labels"> & {
  /** One label per evoked. Default: their comments when these are unique. */
  readonly labels?: readonly string[];
};

const rsaEvokedsNames: OptionNames<RsaEvokedsOptions> = {
  ...without(["droppedAsNan"], rsaEpochsNames),
  labels: cells,
};

/**
 * RSA between average responses and models; see {@link rsaEpochs}. Without labels, models that carry none must have
 * their rows in the order of the evokeds. Agrees with `mne_rsa.rsa_evokeds`.
 * Throws `ItemMismatch` naming items that do not match, `ShapeMismatch` when channels or times differ.
 *
 * @example
 * import { Evoked, Rdm, rsaEvokeds } from "tsrsa";
 * const info = { channels: [{ name: "Cz", type: "eeg", position: [0, 0, 0.1] }], sfreqHz: 100, bads: [] };
 * const average = (comment: string, ...values: number[]) =>
 *   new Evoked({
 *     info,
 *     times: Float64Array.of(0, 0.01, 0.02),
 *     data: { data: Float64Array.from(values), shape: [1, 3] },
 *     comment,
 *     nAverages: 20,
 *   });
 * const evokeds = [average("dog", 1, 2, 3), average("cat", 3, 2, 1), average("cow", 1, 3, 2)];
 * const model = new Rdm([1, 0.2, 0.9], { items: ["dog", "cat", "cow"], name: "idea" });
 * (await rsaEvokeds(evokeds, model)).peak("idea").score; // 1
 */
export function rsaEvokeds(
  evokeds: readonly Evoked[],
  models: RdmInput,
  options: RsaEvokedsOptions = {},
): Promise<SensorScores> {
  someEvokeds(evokeds, "evokeds");
  checkOptions(options, rsaEvokedsNames);
  const epochs = stackEvokeds(evokeds, options.noiseCovariance !== undefined);
  if (options.labels !== undefined || options.y !== undefined)
    return rsaEpochs(epochs, models, options);
  const list = toRdms(models, "models");
  const labelled =
    options.modelItems !== undefined || list.some((model) => model.items !== undefined);
  const labels = labelled ? commentsOf(evokeds) : undefined;
  return rsaEpochs(
    epochs,
    models,
    labels === undefined ? { ...options, y: evokeds.map((_, at) => at) } : { ...options, labels },
  );
}
