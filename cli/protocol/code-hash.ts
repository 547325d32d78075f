import { createHash } from "node:crypto";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { isGivenCell } from "../run/parameters.ts";

/** SHA-256 of the code cells; words between them, blanks at ends of lines, and values that are given, may change. */
export function codeSha256(cells: readonly NotebookCell[]): string {
  const code = cells
    .filter((cell) => cell.kind === "code" && !isGivenCell(cell))
    .map(({ source }) => source.replace(/[ \t\r]+$/gm, "").trim());
  return createHash("sha256").update(JSON.stringify(code)).digest("hex");
}
