import type { DataSet } from "../data-set.ts";

const url = "https://osf.io/download/qkvf9?version=1";

/** Evoked EEG responses to a thousand words, from MNE-Python's data sets. */
export const kiloword: DataSet = {
  name: "kiloword",
  title: "EEG of 960 words, averaged over 75 participants, with word properties (MNE-Python)",
  licence: "none stated",
  citation:
    "Dufau, S., Grainger, J., Midgley, K. J. & Holcomb, P. J. (2015). Psychological Science 26, 1887–1897.",
  expects: ["kword_metadata-epo.fif"],
  files: [
    {
      path: "MNE-kiloword-data.tar.gz",
      url,
      md5: "3a124170795abbd2e48aae8727e719a8",
      unpack: { format: "tar.gz", below: "MNE-kiloword-data" },
    },
  ],
  instructions: `download ${url}, unpack it, and pass its folder MNE-kiloword-data`,
  demoVersion: 1,
};
