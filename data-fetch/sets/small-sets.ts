import type { DataSet, RemoteFile } from "../data-set.ts";

const raw = "https://raw.githubusercontent.com";

/** A file at a fixed commit of a public repository. */
function pinned(folder: string, path: string, bytes: number, sha256: string): RemoteFile {
  return { path, url: `${raw}/${folder}/${path}`, bytes, sha256 };
}

const haxby = "PyMVPA/PyMVPA/20f0335f98bbb59a0e11bc0b7a469edf8681a9a1/mvpa2/data";

/** One slice of the real Haxby 2001 recording. */
export const haxbySlice: DataSet = {
  name: "haxby-slice",
  title: "fMRI of eight categories: one slice, 1,452 volumes of 12 runs, 530 voxels (Haxby 2001)",
  licence: "CC BY-SA 3.0",
  citation: "Haxby, J. V. et al. (2001). Science 293, 2425–2430. doi:10.1126/science.1063736",
  usedBy: "notebooks/02-nifti-searchlight",
  expects: ["bold.nii.gz", "mask.nii.gz", "attributes_literal.txt"],
  files: [
    pinned(
      haxby,
      "bold.nii.gz",
      1311329,
      "cbbd4d07803caaa9f77381af24e790cf77058664a128bd514a4c1668eefb92d7",
    ),
    pinned(
      haxby,
      "mask.nii.gz",
      197,
      "8d879d35aaeee3afddfb69a7e1b8dd2b3be446671452d7e841dc6588845f2877",
    ),
    pinned(
      haxby,
      "attributes_literal.txt",
      12026,
      "7769f235e93d3157ef7bd1102abfaf3bc058ad9ca28e89dc60b8e47f473207c3",
    ),
  ],
  instructions: `download bold.nii.gz, mask.nii.gz and attributes_literal.txt from ${raw}/${haxby} and pass their folder`,
  demoVersion: 1,
};

const kriegeskorte =
  "rsagroup/rsatoolbox/f1f83cadb7243492a1aae7460466e0f0140b20ac/demos/92imageData";

/** RDMs of human and monkey IT, models and the images of Kriegeskorte 2008. */
export const kriegeskorte92: DataSet = {
  name: "kriegeskorte92",
  title: "92 images: RDMs of human IT (4 people) and monkey IT, 8 models, behaviour",
  licence: "MIT (repository)",
  citation:
    "Kriegeskorte, N. et al. (2008). Neuron 60, 1126–1141. doi:10.1016/j.neuron.2008.10.043",
  usedBy: "tsrsa figure kriegeskorte2008-92",
  expects: ["92_brainRDMs.mat", "92_modelRDMs.mat", "Kriegeskorte_Neuron2008_supplementalData.mat"],
  files: [
    pinned(
      kriegeskorte,
      "92_brainRDMs.mat",
      224663,
      "1743f90a15e895798a94318649e80e1123a7e5943a1703fa1dd7c31ea5780b7c",
    ),
    pinned(
      kriegeskorte,
      "92_modelRDMs.mat",
      333004,
      "e1d2b58bb2f9508bc13da4c81b94d1ab07823b25ed30b9563bd9d6d730c2a00a",
    ),
    pinned(
      kriegeskorte,
      "Kriegeskorte_Neuron2008_supplementalData.mat",
      3603779,
      "06f21214399a5d43dc264eed19a7f4b8daf11c8622a59eec3e106064ce5e3504",
    ),
  ],
  instructions: `download the .mat files of ${raw}/${kriegeskorte} and pass their folder`,
  demoVersion: 1,
};

const net2brain =
  "m7cw5l/Net2Brain-App/959aba890710773a404bc507f24e6d66e778ec6d/Net2Brain/data_rdm";

/** fMRI RDMs of 15 people for the two image sets of the Algonauts 2019 challenge. */
export const algonauts2019: DataSet = {
  name: "algonauts2019",
  title: "92 and 78 images: RDMs of early visual cortex and IT of 15 people (Algonauts 2019)",
  licence: "MIT (repository); terms of the challenge not checked",
  citation: "Cichy, R. M. et al. (2019). The Algonauts Project. arXiv:1905.05675",
  usedBy: "tsrsa figure algonauts2019-ceilings",
  expects: [
    "92images/92images_fmri_EVC_RDMs.gzip",
    "92images/92images_fmri_IT_RDMs.gzip",
    "78images/78images_fmri_EVC_RDMs.gzip",
    "78images/78images_fmri_IT_RDMs.gzip",
  ],
  files: [
    pinned(
      net2brain,
      "92images/92images_fmri_EVC_RDMs.gzip",
      981889,
      "b55a1b50ecc72754644520119aa89f6db67eb2578f175d7eeb056394a4c03bee",
    ),
    pinned(
      net2brain,
      "92images/92images_fmri_IT_RDMs.gzip",
      990476,
      "f70846e64b763499640ed9c35e5a2b3ed7a8682ded9993d9ca6679aedee5106d",
    ),
    pinned(
      net2brain,
      "78images/78images_fmri_EVC_RDMs.gzip",
      692529,
      "04f2107691cee164ccfa7019b64e3b173a42d7fdd5c417f6b0eb6e7da0e4c5cd",
    ),
    pinned(
      net2brain,
      "78images/78images_fmri_IT_RDMs.gzip",
      684117,
      "f023f486cca6b6f990b22b1188354fa42dac40f13307aec2b35bbf5548775d59",
    ),
  ],
  instructions: `download the .gzip files of ${raw}/${net2brain} and pass their folder`,
  demoVersion: 1,
};
