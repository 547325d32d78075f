import type { Output } from "../../kernel/executor/protocol.ts";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { dim, red } from "./colour.ts";

/** Says how far a run has come. */
export interface Reporter {
  start(cell: number, executionCount: number): void;
  output(output: Output): void;
  end(status: "ok" | "error", seconds: number): void;
}

/** Says nothing, for output that a machine reads. */
export const silentReporter: Reporter = {
  start: () => undefined,
  output: () => undefined,
  end: () => undefined,
};

const secondsBetweenPlainLines = 10;

/** One line a cell; on a terminal the running cell's line also shows its live progress. */
export function terminalReporter(
  cells: readonly NotebookCell[],
  terminal: NodeJS.WriteStream = process.stdout,
): Reporter {
  const total = cells.filter(({ kind, source }) => kind === "code" && source !== "").length;
  const width = String(total).length;
  let label = "";
  let lastPlain = 0;
  return {
    start(cell, count) {
      label = `[${String(count).padStart(width)}/${total}] ${cellLabel(cells, cell)}`;
      lastPlain = performance.now();
      if (terminal.isTTY) terminal.write(fit(running(label), terminal));
    },
    output(output) {
      const line = progressLine(output);
      if (line === undefined) return;
      if (terminal.isTTY) terminal.write(`\r\u001b[K${fit(`${running(label)} ${line}`, terminal)}`);
      else if (performance.now() - lastPlain > secondsBetweenPlainLines * 1000) {
        lastPlain = performance.now();
        terminal.write(`${" ".repeat(2 * width + 4)}${line}\n`);
      }
    },
    end(status, seconds) {
      const clear = terminal.isTTY ? "\r\u001b[K" : "";
      const time = dim(`${seconds.toFixed(seconds < 10 ? 2 : 0)} s`, terminal);
      const mark = status === "ok" ? "" : red("  failed", terminal);
      terminal.write(`${clear}${label}  ${time}${mark}\n`);
    },
  };
}

/** Live outputs are those with an id: their text is a line such as "120/199 · 2 s left". */
function progressLine(output: Output): string | undefined {
  if (output.type !== "display" || output.displayId === undefined) return undefined;
  const text = output.bundle["text/plain"];
  return typeof text === "string" ? text.trim().split("\n").at(-1) : undefined;
}

/** The heading above a cell, or its title, or the first line of its code. */
export function cellLabel(cells: readonly NotebookCell[], at: number): string {
  const { title, source, tags } = cells[at];
  if (title !== undefined) return title;
  if (tags.includes("injected-parameters")) return "parameters";
  const above = cells[at - 1];
  const heading = above?.kind === "markdown" ? lastHeading(above.source) : undefined;
  return heading ?? shorten(firstCode(source), 60);
}

function running(label: string): string {
  return label.endsWith("…") ? label : `${label} …`;
}

function lastHeading(markdown: string): string | undefined {
  const headings = [...markdown.matchAll(/^#{1,6}\s+(.+)$/gm)];
  return headings.at(-1)?.[1].replace(/[*_`]/g, "");
}

function firstCode(source: string): string {
  const lines = source.split("\n").map((line) => line.trim());
  return lines.find((line) => line !== "" && !line.startsWith("//")) ?? lines[0];
}

function fit(text: string, { columns }: NodeJS.WriteStream): string {
  return shorten(text, (columns ?? 80) - 1);
}

function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
