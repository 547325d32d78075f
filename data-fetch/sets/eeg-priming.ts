import type { DataSet } from "../data-set.ts";

const repository = "https://raw.githubusercontent.com/wmvanvliet/neuroscience_tutorials";
const commit = "f5926e8f4f74ec27498ab1b3df8bb16be28c325b";

/** A real EEG recording of word pairs, 1.6 MB. */
export const eegPriming: DataSet = {
  name: "eeg-priming",
  title: "EEG of word pairs: 200 epochs × 32 channels at 50 Hz, with metadata (one participant)",
  licence: "BSD-3-Clause",
  citation: "van Vliet, M. (2019). neuroscience_tutorials, posthoc. GitHub.",
  usedBy: "notebooks/00-first-rsa",
  expects: ["subject04-epo.fif"],
  files: [
    {
      path: "subject04-epo.fif",
      url: `${repository}/${commit}/posthoc/subject04-epo.fif`,
      bytes: 1569224,
      sha256: "1479192059efdac688f152e5aad676d43ecd2a1fbd0b34427fae4a3448d9b016",
    },
  ],
  instructions: `download ${repository}/${commit}/posthoc/subject04-epo.fif into a folder and pass that folder`,
  demoVersion: 1,
  makeDemo: async (folder) => {
    const { makeEegPriming } = await import("../demo/eeg-priming/make.ts");
    await makeEegPriming(folder);
  },
};
