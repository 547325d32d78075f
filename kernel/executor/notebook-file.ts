import { basename } from "node:path";
import { setting } from "#kernel/host";

/** The file name of the notebook, where the front end told it. */
export function notebookFile(): string {
  return basename(setting("TSRSA_NOTEBOOK") ?? "notebook.ts");
}
