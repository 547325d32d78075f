import { FileFormatError } from "../../core/errors.ts";
import type { BidsTree } from "./bids-tree.ts";
import { isSubset, nearestTable } from "./inheritance.ts";
import { sameEntity } from "./same-entity.ts";
import type { BidsFile } from "./types.ts";

/** Entities that tell one scan from another. */
const ofScan = ["sub", "ses", "task", "acq", "ce", "trc", "rec", "dir", "run", "mod"];

/** Entities of what was made of a scan, which its record does not have. */
const ofProcessing = ["space", "cohort", "res", "den", "desc", "hemi", "label", "atlas", "seg"];

type Entities = BidsFile["entities"];

/** What was recorded, and what belongs to it there: entities of a derivative without what was made of it. */
function recordedEntities(entities: Entities): Entities {
  return Object.fromEntries(
    Object.entries(entities).filter(([key]) => !ofProcessing.includes(key)),
  );
}

/** A file in the folder of an image that is of the same scan and has these entities beside. Throws `FileFormatError` where there are two. */
export function companion(
  siblings: readonly BidsFile[],
  image: BidsFile,
  suffixes: readonly string[],
  extensions: readonly string[],
  own: Readonly<Record<string, string | undefined>>,
): BidsFile | undefined {
  const found = siblings
    .filter(({ folder, pipeline }) => folder === image.folder && pipeline === image.pipeline)
    .filter(({ suffix, extension }) => suffixes.includes(suffix) && extensions.includes(extension))
    .filter(({ entities }) =>
      ofScan.every((key) => sameEntity(key, entities[key], image.entities[key])),
    )
    .filter(({ entities }) => Object.entries(own).every(([key, value]) => entities[key] === value))
    .filter(({ entities }) => isSubset(without(entities, Object.keys(own)), image.entities))
    .sort((a, b) => Object.keys(a.entities).length - Object.keys(b.entities).length);
  const [last, rival] = [found.at(-1), found.at(-2)];
  if (last !== undefined && rival !== undefined && sameCount(last, rival))
    throw new FileFormatError(
      last.path,
      "name",
      `one ${last.suffix} of the scan`,
      `also ${rival.path}`,
      {
        advice: "which of the two is meant cannot be told; take one away",
      },
    );
  return last;
}

function without(entities: Entities, keys: readonly string[]): Entities {
  return Object.fromEntries(Object.entries(entities).filter(([key]) => !keys.includes(key)));
}

function sameCount(a: BidsFile, b: BidsFile): boolean {
  return Object.keys(a.entities).length === Object.keys(b.entities).length;
}

const images = [".nii.gz", ".nii"];

/** The mask of the brain on the grid of an image. */
export function maskOf(files: readonly BidsFile[], image: BidsFile): BidsFile | undefined {
  const { space, res } = image.entities;
  return companion(files, image, ["mask"], images, { desc: "brain", space, res });
}

/** FreeSurfer's regions on the grid of an image. */
export function parcellationOf(files: readonly BidsFile[], image: BidsFile): BidsFile | undefined {
  const { space, res } = image.entities;
  return companion(files, image, ["dseg"], images, { desc: "aparcaseg", space, res });
}

/** Confounds: of the scan, in no space; before fMRIPrep 20.2 they were regressors. */
export function confoundsOf(files: readonly BidsFile[], image: BidsFile): BidsFile | undefined {
  const own = {
    desc: "confounds",
    space: undefined,
    res: undefined,
    den: undefined,
    hemi: undefined,
  };
  return companion(files, image, ["timeseries", "regressors"], [".tsv", ".tsv.gz"], own);
}

/** What was recorded of a derivative; of several echoes the first. */
export function recordOf(recorded: readonly BidsFile[], image: BidsFile): BidsFile | undefined {
  const wanted = recordedEntities(image.entities);
  return recorded.find(
    ({ suffix, extension, entities }) =>
      suffix === "bold" &&
      images.includes(extension) &&
      ofScan.every((key) => sameEntity(key, entities[key], wanted[key])) &&
      ["part", "echo"].every(
        (key) => wanted[key] === undefined || sameEntity(key, entities[key], wanted[key]),
      ) &&
      !["phase", "imag", "real"].includes(entities.part),
  );
}

/** The events of a scan: beside what was recorded, or above; else in the derivatives. */
export async function eventsOf(
  trees: readonly (BidsTree | undefined)[],
  image: BidsFile,
  record: BidsFile | undefined,
): Promise<BidsFile | undefined> {
  const entities = record?.entities ?? recordedEntities(image.entities);
  for (const tree of trees) {
    if (tree === undefined) continue;
    const folder = tree.pipeline === "raw" ? (record?.folder ?? image.folder) : image.folder;
    const found = await nearestTable(tree, { entities, suffix: "events", folder });
    if (found !== undefined) return found;
  }
  return undefined;
}
