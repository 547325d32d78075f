import { UnknownOption } from "../../src/core/errors.ts";
import type { DataSet } from "../data-set.ts";
import { userDataSets } from "../user-registry.ts";
import { algonauts2023 } from "./algonauts2023.ts";
import { bold5000Rdms } from "./bold5000-rdms.ts";
import { clipVitB32 } from "./clip-vit-b32.ts";
import { eegPriming } from "./eeg-priming.ts";
import { haxby2001 } from "./haxby2001.ts";
import { kiloword } from "./kiloword.ts";
import { megFaces } from "./meg-faces.ts";
import { miyawaki2008 } from "./miyawaki2008.ts";
import { openNsfw, resnet50 } from "./network-weights.ts";
import { objectsFmriprep } from "./objects-fmriprep.ts";
import { algonauts2019, haxbySlice, kriegeskorte92 } from "./small-sets.ts";

/** Every data set we know, in the order of the notebooks. */
export const dataSets: readonly DataSet[] = [
  eegPriming,
  megFaces,
  haxby2001,
  bold5000Rdms,
  haxbySlice,
  kriegeskorte92,
  algonauts2019,
  miyawaki2008,
  algonauts2023,
  clipVitB32,
  resnet50,
  openNsfw,
  objectsFmriprep,
  kiloword,
];

/**
 * Every data set: ours, and those of the file that `TSRSA_DATA_REGISTRY` names. Throws `FileFormatError` for a
 * registry file that is not one.
 *
 * @example
 * import { knownDataSets } from "tsrsa/data";
 * knownDataSets()[0].name; // eeg-priming
 */
export function knownDataSets(): readonly DataSet[] {
  const theirs = userDataSets(dataSets);
  const names = new Set(theirs.map((set) => set.name));
  return [...dataSets.filter((set) => !names.has(set.name)), ...theirs];
}

/**
 * A data set by name. Throws `UnknownOption`.
 *
 * @example
 * import { findDataSet } from "tsrsa/data";
 * findDataSet("eeg-priming").expects; // [ "subject04-epo.fif" ]
 */
export function findDataSet(name: string): DataSet {
  const known = knownDataSets();
  const found = known.find((set) => set.name === name);
  if (found !== undefined) return found;
  throw new UnknownOption(
    "data set",
    name,
    known.map((set) => set.name),
  );
}
