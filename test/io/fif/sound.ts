import type { FifEpochs, FifEvoked } from "../../../src/io/fif/types.ts";

/** Throws unless the epochs have the structure that every result must have, whatever the file. */
export function checkEpochs(epochs: FifEpochs): void {
  const [nEpochs, nChannels, nTimes] = epochs.shape;
  const { info } = epochs;
  const names = new Set(info.channels.map(({ name }) => name));
  const sound =
    epochs.data.length === nEpochs * nChannels * nTimes &&
    (epochs.imaginary === undefined || epochs.imaginary.length === epochs.data.length) &&
    info.channels.length === nChannels &&
    names.size === nChannels &&
    info.sfreq > 0 &&
    info.bads.every((name) => names.has(name)) &&
    epochs.times.length === nTimes &&
    epochs.times.every(Number.isFinite) &&
    epochs.events.length === 3 * nEpochs &&
    epochs.selection.length === nEpochs &&
    (epochs.metadata === undefined || epochs.metadata.nRows === nEpochs);
  if (!sound) throw new Error("unsound epochs");
}

/** Throws unless the evoked has it. */
export function checkEvoked({ data, shape, times, info }: FifEvoked): void {
  const sound =
    data.length === shape[0] * shape[1] &&
    shape[0] === info.channels.length &&
    times.length === shape[1];
  if (!sound) throw new Error("unsound evoked");
}
