import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { repetitionTimeS, startTimeS } from "./experiment.ts";
import { parcelsText } from "./parcels.ts";

export const task = "objects";
export const space = "MNI152NLin2009cAsym";
/** Where what fMRIPrep makes lies in the data set. */
export const pipeline = "derivatives/fmriprep";

/** What the sidecar of volumes says: slices were shifted to the middle of each volume. */
export function boldSidecar(): Record<string, unknown> {
  return {
    RepetitionTime: repetitionTimeS,
    SkullStripped: false,
    SliceTimingCorrected: true,
    StartTime: startTimeS,
    TaskName: task,
  };
}

export function maskSidecar(): Record<string, unknown> {
  return { Type: "Brain" };
}

/** The files at the roots: what the data sets are, who took part, what the columns mean. */
export async function describe(folder: string, subjects: readonly string[]): Promise<void> {
  const derivatives = join(folder, pipeline);
  await mkdir(derivatives, { recursive: true });
  const text = (path: string, value: string) => writeFile(join(folder, path), value);
  const json = (path: string, value: object) => text(path, `${JSON.stringify(value, null, 2)}\n`);
  await json("dataset_description.json", {
    Name: "Twelve objects: demo data made by tsrsa, no measurement",
    BIDSVersion: "1.10.0",
    DatasetType: "raw",
    License: "CC0",
  });
  await text(
    "README.md",
    "Demo data made by tsrsa: no measurement. Volumes as recorded are left out.\n",
  );
  const people = subjects.map((name, at) => `${name}\t${24 + ((at * 7) % 12)}\t${"FM"[at % 2]}`);
  await text("participants.tsv", `participant_id\tage\tsex\n${people.join("\n")}\n`);
  await json("participants.json", {
    age: { Units: "years" },
    sex: { Levels: { F: "female", M: "male" } },
  });
  await json(`task-${task}_bold.json`, { RepetitionTime: repetitionTimeS, TaskName: task });
  await json(`task-${task}_events.json`, {
    trial_type: { Description: "the category of the picture" },
    stim_file: { Description: "the picture" },
  });
  await json(`${pipeline}/dataset_description.json`, {
    Name: "demo data in the layout of fMRIPrep",
    BIDSVersion: "1.10.0",
    DatasetType: "derivative",
    GeneratedBy: [
      { Name: "tsrsa", Description: "made, not measured, in the layout of fMRIPrep 24" },
    ],
  });
  await text(`${pipeline}/desc-aparcaseg_dseg.tsv`, parcelsText());
}
