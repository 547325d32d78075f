import type { EpochedArrays } from "../io/epoched/epoched.ts";
import { Table } from "../table/table.ts";
import { Epochs } from "./epochs.ts";
import { memoryStore, positions, wholePart } from "./epochs-store.ts";

/** Epochs of what EEGLAB or FieldTrip saved. */
export function epochsFromMatlab(
  { data, shape, channels, sfreqHz, times, events, metadata }: EpochedArrays,
  name: string | undefined,
): Epochs {
  const [nEpochs, nChannels, nSamples] = shape;
  return new Epochs({
    info: { channels, sfreqHz, bads: [] },
    times,
    events,
    metadata: metadata.size === 0 ? undefined : new Table(metadata),
    selection: positions(nEpochs),
    dropLog: Array.from({ length: nEpochs }, () => []),
    store: memoryStore(data, shape),
    part: wholePart(nEpochs, nChannels, nSamples),
    name,
  });
}
