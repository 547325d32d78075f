import type { DataSet } from "../../../data-fetch/data-set.ts";

/** A page has no real recordings. */
export async function findFaults(set: DataSet): Promise<string[]> {
  return [`${set.name} is not in this page`];
}
