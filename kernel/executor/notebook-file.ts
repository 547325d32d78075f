import { basename } from "node:path";
import process from "node:process";

/** The file name of the notebook, where the front end told it. */
export function notebookFile(): string {
  return basename(process.env.TSRSA_NOTEBOOK ?? "notebook.ts");
}
