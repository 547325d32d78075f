import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { random, type Random } from "../../../src/core/random.ts";
import { anatomyOf, functionalHeadOf, type FunctionalHead } from "../haxby-like/anatomy.ts";
import { anatomicalGrid, functionalGrid, nVoxels } from "../haxby-like/grids.ts";
import { drawHead } from "../haxby-like/head.ts";
import { writeImage } from "../haxby-like/write-image.ts";
import { drawTrials, eventsText, repetitionTimeS } from "./experiment.ts";
import { confoundsSidecar, confoundsText, drawMotion } from "./motion.ts";
import { parcelAt } from "./parcels.ts";
import { plantCodes, type PlantedCodes } from "./planted.ts";
import { scanOf } from "./scan.ts";
import { boldSidecar, describe, maskSidecar, pipeline, space, task } from "./sidecars.ts";

/** How many people there are. */
export const nPeople = 6;
/** How many runs each did. */
export const nRuns = 4;

/**
 * Demo data as a data set in BIDS that fMRIPrep went over: events of four runs of six people; in `derivatives/fmriprep`
 * volumes, masks, confounds and FreeSurfer's regions in one space, and a T1-weighted picture. Volumes as they were recorded
 * are left out. `sourcedata/planted` has where which code was planted.
 */
export async function makeFmriprepLike(
  folder: string,
  seed = 22,
  people = nPeople,
  runs = nRuns,
): Promise<void> {
  const draw = random(seed);
  const head = drawHead(draw, 1);
  const brain = functionalHeadOf(head);
  const anatomy = anatomyOf(head, draw);
  const subjects = Array.from({ length: people }, (_, at) => `sub-0${at + 1}`);
  await describe(folder, subjects);
  for (const [at, subject] of subjects.entries()) {
    const own = random(seed + 100 * (at + 1));
    const codes = plantCodes(brain.centres, own);
    const anat = `${pipeline}/${subject}/anat/${subject}_space-${space}_desc-preproc_T1w.nii.gz`;
    await writeImage(join(folder, anat), anatomicalGrid, anatomy, { datatype: "int16" });
    for (let run = 1; run <= runs; run++)
      await writeRun(folder, { subject, run: String(run) }, brain, codes, own);
    await writeImage(
      join(folder, `sourcedata/planted/${subject}_space-${space}_dseg.nii.gz`),
      functionalGrid,
      imageOf(brain, (v) => codes.regions[v]),
      { datatype: "int8" },
    );
  }
}

async function writeRun(
  folder: string,
  { subject, run }: { readonly subject: string; readonly run: string },
  brain: FunctionalHead,
  codes: PlantedCodes,
  draw: Random,
): Promise<void> {
  const scan = `${subject}/func/${subject}_task-${task}_run-${run}`;
  const made = join(folder, pipeline, `${scan}_space-${space}`);
  const trials = drawTrials(draw);
  const motion = drawMotion(draw);
  await write(join(folder, `${scan}_events.tsv`), eventsText(trials));
  const bold = scanOf(brain, codes, trials, motion, draw);
  await writeImage(`${made}_desc-preproc_bold.nii.gz`, functionalGrid, bold, {
    datatype: "int16",
    scaling: { slope: 0.5, intercept: 0 },
    repetitionTimeS,
  });
  await write(`${made}_desc-preproc_bold.json`, boldSidecar());
  await writeImage(
    `${made}_desc-brain_mask.nii.gz`,
    functionalGrid,
    imageOf(brain, () => 1),
    {
      datatype: "int8",
    },
  );
  await write(`${made}_desc-brain_mask.json`, maskSidecar());
  const parcel = imageOf(brain, (v) => parcelAt(brain.centres[v]));
  await writeImage(`${made}_desc-aparcaseg_dseg.nii.gz`, functionalGrid, parcel, {
    datatype: "int16",
  });
  const confounds = join(folder, pipeline, `${scan}_desc-confounds_timeseries`);
  await write(`${confounds}.tsv`, confoundsText(motion, draw));
  await write(`${confounds}.json`, confoundsSidecar());
}

function imageOf({ voxels }: FunctionalHead, value: (voxel: number) => number): Float64Array {
  const image = new Float64Array(nVoxels(functionalGrid));
  voxels.forEach((voxel, v) => (image[voxel] = value(v)));
  return image;
}

async function write(path: string, content: string | Record<string, unknown>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(
    path,
    typeof content === "string" ? content : `${JSON.stringify(content, null, 2)}\n`,
  );
}
