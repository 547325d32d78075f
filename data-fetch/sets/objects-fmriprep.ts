import type { DataSet } from "../data-set.ts";

/** A data set in BIDS that fMRIPrep went over; made here, or the reader's own. */
export const objectsFmriprep: DataSet = {
  name: "objects-fmriprep",
  title:
    "fMRI of twelve pictures of objects as a data set in BIDS with derivatives of fMRIPrep (demo data)",
  licence: "CC0 (made by tsrsa)",
  citation: "No measurement: cite the data set whose folder you pass",
  expects: ["dataset_description.json"],
  usedBy: "notebooks/08-from-scans-to-patterns",
  files: [],
  instructions:
    "pass the folder of a data set in BIDS that has derivatives/fmriprep, and say its task, space and column of items",
  demoVersion: 1,
  makeDemo: async (folder) => {
    const { makeFmriprepLike } = await import("../demo/fmriprep-like/make.ts");
    await makeFmriprepLike(folder);
  },
};
