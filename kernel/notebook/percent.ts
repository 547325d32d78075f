import type { CellKind, NotebookCell } from "./cell.ts";

const marker = /^\/\/ ?%%(.*)$/;

/**
 * The cells of a percent script: `// %%` starts a code cell, `// %% [markdown]` a text cell whose
 * lines are comments. A marker may carry a title and `tags=["parameters"]`.
 */
export function parsePercent(text: string): NotebookCell[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const starts = lines.flatMap((line, i) => (marker.test(line) ? [i] : []));
  const before = readCell("", lines, 0, starts[0] ?? lines.length);
  const cells = starts.map((start, i) => {
    const head = marker.exec(lines[start])?.[1] ?? "";
    return readCell(head, lines, start + 1, starts[i + 1] ?? lines.length);
  });
  return before.source === "" ? cells : [before, ...cells];
}

function readCell(head: string, lines: readonly string[], from: number, to: number): NotebookCell {
  const { kind, tags, title } = readMarker(head);
  let start = from;
  let end = to;
  while (start < end && lines[start].trim() === "") start += 1;
  while (end > start && lines[end - 1].trim() === "") end -= 1;
  const body = lines.slice(start, end);
  const source = (kind === "code" ? body : uncomment(body)).join("\n");
  return { kind, source, tags, ...(title === "" ? {} : { title }), line: start + 1 };
}

function readMarker(head: string): { kind: CellKind; tags: string[]; title: string } {
  const kind = /\[(markdown|md|raw)\]/.exec(head)?.[1];
  const tags = /tags=(\[[^\]]*\])/.exec(head)?.[1];
  const title = head
    .replace(/\[(markdown|md|raw)\]/, "")
    .replace(/tags=\[[^\]]*\]/, "")
    .trim();
  return {
    kind: kind === undefined ? "code" : kind === "raw" ? "raw" : "markdown",
    tags: tags === undefined ? [] : readTags(tags),
    title,
  };
}

function readTags(text: string): string[] {
  try {
    return (JSON.parse(text) as unknown[]).map(String);
  } catch {
    return text
      .slice(1, -1)
      .split(",")
      .map((tag) => tag.trim().replace(/^["']|["']$/g, ""));
  }
}

/** Text in `// ` lines, or in one block comment. */
function uncomment(lines: readonly string[]): string[] {
  const text = lines.join("\n");
  const block = blockComment(text);
  if (block === undefined) return lines.map((line) => line.replace(/^\/\/ ?/, ""));
  const inner = block.split("\n");
  const starred = inner.every((line) => /^\s*\*( |$)/.test(line));
  return starred ? inner.map((line) => line.replace(/^\s*\* ?/, "")) : inner;
}

/** What a text that is one block comment says. From both ends: one expression for it all would be cubic in its blanks. */
function blockComment(text: string): string | undefined {
  if (text.length < 4 || !text.startsWith("/*") || !text.endsWith("*/")) return undefined;
  const open = text.slice(0, -2);
  let end = open.length;
  while (end > 0 && (open[end - 1] === " " || open[end - 1] === "\t")) end--;
  if (open[end - 1] === "\n") end--;
  const start = /^\/\*\*?[ \t]*\n?/.exec(open)?.[0].length ?? 0;
  return open.slice(start, Math.max(start, end));
}

/** The percent script of some cells; `parsePercent` of it gives them back. */
export function formatPercent(cells: readonly NotebookCell[]): string {
  return `${cells.map(formatCell).join("\n\n")}\n`;
}

function formatCell({ kind, source, tags, title }: NotebookCell): string {
  const head = [
    "// %%",
    ...(title === undefined ? [] : [title]),
    ...(kind === "code" ? [] : [`[${kind}]`]),
    ...(tags.length === 0 ? [] : [`tags=${JSON.stringify(tags)}`]),
  ].join(" ");
  if (source === "") return head;
  const body =
    kind === "code"
      ? source
      : source
          .split("\n")
          .map((line) => `// ${line}`.trimEnd())
          .join("\n");
  return `${head}\n${body}`;
}
