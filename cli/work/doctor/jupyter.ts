import { existsSync } from "node:fs";
import { join } from "node:path";
import { searchFolders } from "../../../kernel/install/data-folders.ts";
import { specFolder } from "../../../kernel/install/install.ts";
import type { Finding } from "./finding.ts";

/** Whether Jupyter and VS Code find the kernel. */
export function jupyterFinding(folders: readonly string[] = searchFolders()): Finding {
  const found = folders
    .map((folder) => join(specFolder(folder), "kernel.json"))
    .find((path) => existsSync(path));
  if (found !== undefined) return { name: "kernel in Jupyter", state: "ok", found };
  return {
    name: "kernel in Jupyter",
    state: "note",
    found: "not installed",
    advice: "to use it in JupyterLab or VS Code: tsrsa kernel install",
  };
}
