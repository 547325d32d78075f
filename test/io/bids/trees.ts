import type { BidsRunQuery } from "../../../src/io/bids/index.ts";
import { derivedDescription, empty, rawDescription } from "./lay-out.ts";

/** A data set laid out as empty files, and runs to be found in it. */
export interface Tree {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** Where derivatives lie, from its root on. */
  readonly derivatives: string;
  readonly query: BidsRunQuery & { readonly task: string };
}

interface Scan {
  readonly stem: string;
  readonly folder: string;
}

const scans = (subject: string, session: string | undefined, ...rest: readonly string[]): Scan[] =>
  rest.map((entities) => ({
    folder: [`sub-${subject}`, ...(session === undefined ? [] : [`ses-${session}`]), "func"].join(
      "/",
    ),
    stem: [`sub-${subject}`, ...(session === undefined ? [] : [`ses-${session}`]), entities].join(
      "_",
    ),
  }));

/** What fMRIPrep makes of scans, and what was recorded. */
function tree(
  name: string,
  list: readonly Scan[],
  query: Tree["query"],
  own: {
    derivatives?: string;
    spaces?: readonly string[];
    confounds?: string;
    echoes?: number;
  } = {},
): Tree {
  const { derivatives = "derivatives/fmriprep", spaces = ["space-T1w"], echoes = 0 } = own;
  const { confounds = "desc-confounds_timeseries" } = own;
  const recorded = list.flatMap(({ folder, stem }) => [
    ...(echoes === 0
      ? [`${folder}/${stem}_bold.nii.gz`]
      : Array.from({ length: echoes }, (_, at) => `${folder}/${stem}_echo-${at + 1}_bold.nii.gz`)),
    `${folder}/${stem}_events.tsv`,
  ]);
  const made = list.flatMap(({ folder, stem }) => [
    ...spaces.flatMap((space) => [
      `${folder}/${stem}_${space}_desc-preproc_bold.nii.gz`,
      `${folder}/${stem}_${space}_desc-brain_mask.nii.gz`,
      `${folder}/${stem}_${space}_boldref.nii.gz`,
    ]),
    `${folder}/${stem}_${confounds}.tsv`,
  ]);
  return {
    name,
    query,
    derivatives,
    files: {
      "dataset_description.json": rawDescription,
      [`${query.task}_bold.json`.replace(/^/, "task-")]: '{"RepetitionTime": 1.5}',
      ...empty(...recorded),
      [`${derivatives}/dataset_description.json`]: derivedDescription,
      ...empty(...made.map((file) => `${derivatives}/${file}`)),
    },
  };
}

const task = "x";

/** Data sets in the layouts there are; also compared with what pybids finds in them. */
export const trees: readonly Tree[] = [
  tree(
    "sessions of some subjects",
    [
      ...scans("2", "10", "task-x_run-1"),
      ...scans("2", "9", "task-x_run-1", "task-x_run-2"),
      ...scans("10", undefined, "task-x_run-1", "task-y"),
    ],
    { task },
  ),
  tree(
    "acquisitions and directions",
    scans(
      "01",
      "a",
      "task-x_acq-hi_dir-AP_run-01",
      "task-x_acq-hi_dir-PA_run-01",
      "task-x_dir-AP_run-01",
    ),
    { task },
  ),
  tree(
    "several resolutions",
    scans("01", undefined, "task-x_run-01", "task-x_run-02"),
    {
      ...{ task, space: "MNI152NLin2009cAsym", resolution: "2" },
    },
    { spaces: ["space-MNI152NLin2009cAsym_res-1", "space-MNI152NLin2009cAsym_res-2", "space-T1w"] },
  ),
  tree("echoes", scans("01", undefined, "task-x_run-1", "task-x_run-2"), { task }, { echoes: 3 }),
  tree(
    "before 20.2",
    scans("01", undefined, "task-x_run-1"),
    { task },
    { confounds: "desc-confounds_regressors" },
  ),
  tree(
    "derivatives elsewhere",
    scans("01", undefined, "task-x_run-1"),
    { task },
    { derivatives: "code/prep" },
  ),
];
