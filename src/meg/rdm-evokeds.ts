import { cells } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames, without } from "../core/gate/options.ts";
import { type Evoked, someEvokeds } from "./evoked.ts";
import { rdmEpochs, type RdmEpochsOptions, rdmEpochsNames } from "./rdm-epochs.ts";
import type { RdmSequence } from "./rdm-sequence.ts";
import { commentsOf, stackEvokeds } from "./stack-evokeds.ts";

/** What {@link rdmEvokeds} takes. */
export type RdmEvokedsOptions = Omit<RdmEpochsOptions, "droppedAsNan" | "labels"> & {
  /** One label per evoked. Default: their comments when these are unique, else their numbers. */
  readonly labels?: readonly string[];
};

const rdmEvokedsNames: OptionNames<RdmEvokedsOptions> = {
  ...without(["droppedAsNan"], rdmEpochsNames),
  labels: cells,
};

/**
 * Data RDMs of average responses, one item each; evokeds with the same label are averaged once more. Patches are those
 * of {@link rdmEpochs}. Agrees with `mne_rsa.rdm_evokeds`. Throws `ShapeMismatch` when channels or times differ.
 *
 * @example
 * import { Evoked, rdmEvokeds } from "tsrsa";
 * const info = { channels: [{ name: "Cz", type: "eeg", position: [0, 0, 0.1] }], sfreqHz: 100, bads: [] };
 * const average = (comment: string, ...values: number[]) =>
 *   new Evoked({
 *     info,
 *     times: Float64Array.of(0, 0.01, 0.02),
 *     data: { data: Float64Array.from(values), shape: [1, 3] },
 *     comment,
 *     nAverages: 20,
 *   });
 * const rdm = await rdmEvokeds([average("dog", 1, 2, 3), average("cat", 3, 2, 1)]).first();
 * rdm.between("cat", "dog"); // 2
 */
export function rdmEvokeds(
  evokeds: readonly Evoked[],
  options: RdmEvokedsOptions = {},
): RdmSequence {
  someEvokeds(evokeds, "evokeds");
  checkOptions(options, rdmEvokedsNames);
  const epochs = stackEvokeds(evokeds, options.noiseCovariance !== undefined);
  const comments = commentsOf(evokeds);
  const labels = options.labels ?? (options.y === undefined ? comments : undefined);
  // Evokeds keep the order they are given in; labels of the caller are sorted, as MNE-RSA sorts them.
  const items =
    options.items ??
    (options.labels === undefined && labels !== undefined ? labels.map(String) : undefined);
  return rdmEpochs(epochs, { ...options, labels, items });
}
