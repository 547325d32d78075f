import type { NotebookFile } from "./file-form.ts";
import { readIpynb } from "./ipynb-file.ts";
import { readScript } from "./script-file.ts";

/** A file that is no notebook, in words for the user. */
export class NotANotebook extends Error {
  override readonly name = "NotANotebook";
}

/** Reads the text of an .ipynb file or a percent script. Throws `NotANotebook`. */
export function readNotebookFile(path: string, text: string): NotebookFile {
  if (!path.endsWith(".ipynb")) return readScript(text);
  try {
    return readIpynb(text);
  } catch (error) {
    throw new NotANotebook(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
