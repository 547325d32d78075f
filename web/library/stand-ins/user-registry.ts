import type { DataSet } from "../../../data-fetch/data-set.ts";

/** A page has no environment that names more data sets. */
export function userDataSets(): DataSet[] {
  return [];
}
