import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { allCases } from "./all-cases.ts";
import { bytesOf } from "./corpus-case.ts";

/** Where a case's file is; `as`: the file it must be read as. */
export function pathOf(folder: string, at: number, kind: "file" | "as" = "file"): string {
  return join(folder, `${kind}-${at}${allCases[at].ending}`);
}

/** Writes all files of the corpus into a folder; the same bytes each time, but for HDF5's times. */
export async function writeCorpus(folder: string): Promise<void> {
  for (const [at, { bytes, as }] of allCases.entries()) {
    await writeFile(pathOf(folder, at), await bytesOf(bytes));
    if (as !== undefined) await writeFile(pathOf(folder, at, "as"), await bytesOf(as));
  }
}
