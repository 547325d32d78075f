import { readNifti } from "../../../src/io/nifti/index.ts";
import type { GlmRun } from "../../../src/mri/glm/index.ts";
import { readConfounds } from "../../../src/mri/read-confounds.ts";
import { readTsv } from "../../../src/table/read-tsv.ts";

const tree = new URL("../../fixtures/bids/objects/", import.meta.url);
const space = "space-MNI152NLin2009cAsym_res-2";

/** A run of the small data set of objects: subject 01, 60 volumes of 404 voxels. */
export async function objectsRun(run: "01" | "02"): Promise<GlmRun> {
  const stem = `sub-01_task-objects_run-${run}`;
  const derived = new URL("derivatives/fmriprep/sub-01/func/", tree);
  return {
    image: new URL(`${stem}_${space}_desc-preproc_bold.nii.gz`, derived),
    events: await readTsv(new URL(`sub-01/func/${stem}_events.tsv`, tree)),
    confounds: await readConfounds(new URL(`${stem}_desc-confounds_timeseries.tsv`, derived), {
      strategy: "motion6",
    }),
    name: run,
  };
}

/** The brain mask of both runs. */
export function objectsMask() {
  const name = `sub-01_task-objects_run-01_${space}_desc-brain_mask.nii.gz`;
  return readNifti(new URL(`derivatives/fmriprep/sub-01/func/${name}`, tree));
}
