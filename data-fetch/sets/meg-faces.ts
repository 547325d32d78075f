import type { DataSet } from "../data-set.ts";

const archive =
  "https://github.com/wmvanvliet/neuroscience_tutorials/releases/download/2/rsa-data.zip";

/** The data of MNE-RSA's tutorials: one participant of Wakeman and Henson's faces study, and scores of sixteen. */
export const megFaces: DataSet = {
  name: "meg-faces",
  title:
    "MEG of 450 faces: stimuli, network embeddings, 879 epochs of one participant, and RSA scores of sixteen (MNE-RSA's tutorials)",
  licence: "none stated; origin OpenNeuro ds000117",
  citation:
    "Wakeman, D. G. & Henson, R. N. (2015). Scientific Data 2:150001. doi:10.1038/sdata.2015.1",
  expects: ["stimuli/f001.bmp", "stimuli/facenet_embeddings.npz", "sub-02/sub-02-epo.fif"],
  usedBy:
    "notebooks/01-sensor-level-meg, 06-source-level-meg, 07-group-statistics, 09-time-frequency-and-fusion",
  files: [
    {
      path: "rsa-data.zip",
      url: archive,
      md5: "859c0684dd25f8b82d011840725cbef6",
      unpack: { format: "zip", below: "data" },
    },
  ],
  instructions: `download ${archive} (md5 859c0684dd25f8b82d011840725cbef6), unpack it, and pass its folder data`,
  demoVersion: 4,
  makeDemo: async (folder) => {
    const { makeMegFaces } = await import("../demo/meg-faces/make.ts");
    await makeMegFaces(folder);
  },
};
