import { library, normal } from "../data.mjs";

const [nEpochs, nChannels, nTimes] = [90, 24, 200];
const freqsHz = Array.from({ length: 30 }, (_, k) => 10 + 2 * k);
const { epochsFromArray, tfrEpochs } = await library("index.js");

export const row = {
  name: "morlet",
  title:
    "Morlet power of 90 epochs × 24 channels × 200 samples, 30 frequencies (a fifth of 450 epochs), by tfrEpochs",
  baseline: "mne.time_frequency.tfr_array_morlet",
  targets: { 1: 2, 2: 3 },
  tolerance: 1e-9,
  make: () => ({
    data: { data: normal(nEpochs * nChannels * nTimes, 85), shape: [nEpochs, nChannels, nTimes] },
  }),
  ours: async ({ data }, jobs) => {
    const epochs = epochsFromArray(data, { sfreqHz: 200 });
    const how = { freqsHz, nCycles: 5, jobs, onProgress: false };
    return (await tfrEpochs(epochs, how)).data;
  },
  python: `
from mne.time_frequency import tfr_array_morlet
def run(arrays):
    freqs = np.arange(10, 70, 2.0)
    return tfr_array_morlet(arrays["data"], 200.0, freqs, n_cycles=5, output="power", verbose="error")
`,
};
