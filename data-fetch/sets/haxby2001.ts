import type { DataSet } from "../data-set.ts";

const archives = "http://data.pymvpa.org/datasets/haxby2001";

/** Functional images of the study of Haxby and others (2001): eight categories of pictures. */
export const haxby2001: DataSet = {
  name: "haxby2001",
  title:
    "fMRI of eight categories of pictures, with ventral temporal masks and anatomy (Haxby 2001; MNE-RSA's NIfTI example)",
  licence: "CC BY-SA 3.0",
  citation: "Haxby, J. V. et al. (2001). Science 293:2425–2430. doi:10.1126/science.1063736",
  expects: ["subj1/bold.nii.gz", "subj1/mask4_vt.nii.gz", "subj1/labels.txt", "subj1/anat.nii.gz"],
  usedBy: "notebooks/02-nifti-searchlight",
  // No one has published a hash, and the address knows no https: what comes first is recorded.
  files: [
    {
      path: "subj1-2010.01.14.tar.gz",
      url: `${archives}/subj1-2010.01.14.tar.gz`,
      unpack: { format: "tar.gz" },
    },
  ],
  instructions: `download ${archives}/subj1-2010.01.14.tar.gz (and subj2 to subj6, if you like), unpack them side by side, and pass the folder that holds subj1`,
  demoVersion: 1,
  makeDemo: async (folder) => {
    const { makeHaxbyLike } = await import("../demo/haxby-like/make.ts");
    await makeHaxbyLike(folder);
  },
};
