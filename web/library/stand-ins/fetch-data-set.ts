import type { DataSet } from "../../../data-fetch/data-set.ts";
import { DownloadFailed } from "../../../data-fetch/download/errors.ts";

/** A page reaches no other host, and so no recording: who has one gives its files. Throws `DownloadFailed`. */
export async function fetchDataSet(set: DataSet): Promise<never> {
  throw new DownloadFailed(set.name, "this page asks no other host for anything", {
    advice: "give its files to the page and pass their folder, or run the notebook with tsrsa lab",
  });
}
