import type { DataSet } from "../data-set.ts";

const url = "https://www.nitrc.org/frs/download.php/8486/miyawaki2008.tgz?i_agree=1&download_now=1";

/** Responses to small pictures, the data of nilearn's encoding example. */
export const miyawaki2008: DataSet = {
  name: "miyawaki2008",
  title:
    "fMRI of visual cortex during pictures of 10 × 10 pixels, 32 runs (nilearn's encoding example)",
  licence: "not stated (a LICENSE file is in the archive)",
  citation: "Miyawaki, Y. et al. (2008). Neuron 60, 915–929. doi:10.1016/j.neuron.2008.11.004",
  usedBy: "notebooks/04-encoding",
  expects: [
    "func/data_random_run01.nii.gz",
    "func/data_random_run20.nii.gz",
    "label/data_random_run01_label.csv",
    "label/data_random_run20_label.csv",
    "mask/mask.nii.gz",
    "bg.nii.gz",
  ],
  // The size is that of nilearn's log; no one has published a hash: that of the first download is recorded.
  files: [{ path: "miyawaki2008.tgz", url, bytes: 161_069_109, unpack: { format: "tar.gz" } }],
  instructions: `download ${url}, unpack it, and pass the folder that holds func, label and mask`,
  demoVersion: 2,
  makeDemo: async (folder) => {
    const { makeMiyawaki } = await import("../demo/miyawaki2008/make.ts");
    await makeMiyawaki(folder);
  },
};
