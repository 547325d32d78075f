import type { DataSet } from "../data-set.ts";

const form =
  "https://docs.google.com/forms/d/e/1FAIpQLSehZkqZOUNk18uTjRTuLj7UYmRGz-OkdsU25AyO3Wm6iAb0VA/viewform";

/** The Algonauts Project 2023 challenge: fMRI of the Natural Scenes Dataset. Each user agrees to its terms. */
export const algonauts2023: DataSet = {
  name: "algonauts2023",
  title:
    "Natural scenes, Algonauts 2023 layout: images, fMRI responses of both hemispheres, regions of interest",
  licence: "NSD terms and conditions; no redistribution",
  citation:
    "Allen, E. J. et al. (2022). Nature Neuroscience 25:116. doi:10.1038/s41593-021-00962-x; Gifford, A. T. et al. (2023). arXiv:2301.03198",
  usedBy: "notebooks/05-image-pairs",
  expects: [
    "subj01/training_split/training_fmri/lh_training_fmri.npy",
    "subj01/training_split/training_fmri/rh_training_fmri.npy",
    ...["prf-visualrois", "streams"].flatMap((family) => [
      `subj01/roi_masks/mapping_${family}.npy`,
      `subj01/roi_masks/lh.${family}_challenge_space.npy`,
      `subj01/roi_masks/rh.${family}_challenge_space.npy`,
    ]),
  ],
  files: [],
  instructions: `access is by agreement and nobody may pass the data on: accept the terms of the Natural Scenes Dataset (naturalscenesdataset.org), then ask for the challenge data with the form ${form}; unpack the participants (subj01 …) into one folder and pass that folder`,
  demoVersion: 1,
  makeDemo: async (folder) => {
    const { makeAlgonauts2023 } = await import("../demo/algonauts2023/make.ts");
    await makeAlgonauts2023(folder);
  },
};
