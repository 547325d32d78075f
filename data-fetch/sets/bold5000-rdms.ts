import type { DataSet } from "../data-set.ts";
import { dryadFiles, dryadToken } from "./dryad-files.ts";

const doi = "10.5061/dryad.wpzgmsbtr";

const files = [
  "CSI1_BOLD5000_CORR_RDMs.h5",
  "CSI2_BOLD5000_CORR_RDMs.h5",
  "CSI3_BOLD5000_CORR_RDMs.h5",
  "CSI4_BOLD5000_CORR_RDMs.h5",
  "MEAN_BOLD5000_CORR_RDMs.h5",
  "ResNet50_CORR_RDMs.h5",
  "imagenet_supercategories.csv",
];

/** RDMs of ten visual regions of four people, and of five layers of ResNet-50, for the images of BOLD5000. */
export const bold5000Rdms: DataSet = {
  name: "bold5000-rdms",
  title:
    "RDMs of ten visual regions (four participants and their mean) and of five ResNet-50 layers for 4,916 images (BOLD5000)",
  licence: "as Dryad states on the data set's page",
  citation: `Dryad doi:${doi}; Chang, N. et al. (2019). BOLD5000. Scientific Data 6:49. doi:10.1038/s41597-019-0052-3`,
  usedBy: "notebooks/03-brain-regions-against-network",
  expects: files,
  files: [],
  listFiles: ({ signal }) => dryadFiles(doi, files, { signal }),
  instructions:
    `Dryad gives files to people who are logged in only: put an API token into ${dryadToken}, or download the files ` +
    `${files.slice(0, 2).join(", ")} … ${files.slice(-2).join(", ")} (4.7 GB) from https://doi.org/${doi} into a folder and pass that folder`,
  demoVersion: 1,
  makeDemo: async (folder) => {
    const { makeBold5000Rdms } = await import("../demo/bold5000/make.ts");
    await makeBold5000Rdms(folder);
  },
};
