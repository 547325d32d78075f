import { createHash } from "node:crypto";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";

/** SHA-256 of the code cells; words between them, and blanks at ends of lines, may change. */
export function codeSha256(cells: readonly NotebookCell[]): string {
  const code = cells
    .filter(({ kind, tags }) => kind === "code" && !tags.includes("injected-parameters"))
    .map(({ source }) => source.replace(/[ \t\r]+$/gm, "").trim());
  return createHash("sha256").update(JSON.stringify(code)).digest("hex");
}
