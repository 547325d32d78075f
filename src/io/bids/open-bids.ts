import { BidsData } from "./bids-data.ts";
import { inOrder } from "./bids-tree.ts";
import { findPlaces } from "./places.ts";
import type { BidsPlaces } from "./types.ts";

/**
 * Open a data set in BIDS: what was recorded, and derivatives as those of fMRIPrep, in `derivatives/` or elsewhere.
 * Only what is asked for is listed; no file is read before.
 *
 * Names, inheritance and files are as in BIDS 1.10 and pybids. `run-1` and `run-01` stay the texts they are. What
 * `.bidsignore` names is left out of what was recorded.
 *
 * @param folder - that of the data set or of derivatives, or both where they know nothing of each other.
 * @throws MissingFile for a folder that is no data set; FileFormatError for a description that is no JSON.
 * @example
 * import { openBids } from "tsrsa";
 * async function runsOf(folder: string) {
 *   const data = await openBids({ raw: folder, derivatives: "/scratch/fmriprep" });
 *   return data.runs({ subject: "01", task: "objects", space: "MNI152NLin2009cAsym" });
 * }
 */
export async function openBids(folder: string | BidsPlaces): Promise<BidsData> {
  const places = await findPlaces(folder);
  const trees = [...(places.raw === undefined ? [] : [places.raw]), ...places.derivatives];
  const subjects = (await Promise.all(trees.map((tree) => tree.subjects()))).flat();
  return new BidsData(places, [...new Set(subjects)].sort(inOrder));
}
