import { UnknownOption } from "../../src/core/errors.ts";
import type { DataSet } from "../data-set.ts";
import { eegPriming } from "./eeg-priming.ts";
import { megFaces } from "./meg-faces.ts";

/** Every data set we know, in the order of the notebooks. */
export const dataSets: readonly DataSet[] = [eegPriming, megFaces];

/**
 * A data set by name. Throws `UnknownOption`.
 *
 * @example
 * import { findDataSet } from "tsrsa/data";
 * findDataSet("eeg-priming").expects; // [ "subject04-epo.fif" ]
 */
export function findDataSet(name: string): DataSet {
  const found = dataSets.find((set) => set.name === name);
  if (found !== undefined) return found;
  throw new UnknownOption(
    "data set",
    name,
    dataSets.map((set) => set.name),
  );
}
