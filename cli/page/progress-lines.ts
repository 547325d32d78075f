import { escapeHtml } from "../../src/core/text.ts";
import { textOf } from "../run/bundles.ts";
import type { NotebookOutput } from "../../kernel/notebook/outputs.ts";

/** The text of a finished progress line; undefined for any other output. */
function finishedLine(output: NotebookOutput): string | undefined {
  if (!("data" in output)) return undefined;
  const html = textOf(output.data, "text/html") ?? "";
  const [, done, total] = /^<progress value="(\d+)" max="(\d+)">/.exec(html) ?? [];
  return done !== undefined && done === total ? textOf(output.data, "text/plain") : undefined;
}

/** The outputs of a cell without its finished progress lines, and these as one line that opens. */
export function collapseProgress(outputs: readonly NotebookOutput[]): {
  readonly others: readonly NotebookOutput[];
  readonly html: string;
} {
  const lines = outputs.flatMap((output) => finishedLine(output) ?? []);
  if (lines.length === 0) return { others: outputs, html: "" };
  const others = outputs.filter((output) => finishedLine(output) === undefined);
  if (lines.length === 1) return { others, html: `<p class="done">${escapeHtml(lines[0])}</p>` };
  const items = lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("");
  const html = `<details class="done"><summary>${lines.length} jobs done</summary><ul>${items}</ul></details>`;
  return { others, html };
}
