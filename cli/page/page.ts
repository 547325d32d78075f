import { valueText } from "../../src/core/value-text.ts";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { isForSlidesAlone } from "../../kernel/notebook/cut-version.ts";
import type { RunRecord } from "../run/record.ts";
import type { FinishedCell, NotebookRun } from "../run/run-notebook.ts";
import { escapeHtml } from "../../src/core/text.ts";
import { highlightTypeScript } from "./highlight.ts";
import type { Heading } from "./markdown.ts";
import { MarkdownRenderer } from "./markdown.ts";
import { renderOutput } from "./output.ts";
import { collapseProgress } from "./progress-lines.ts";
import { figureDataMime } from "./figure-data.ts";
import { pageScript } from "./page-script.ts";
import { contentPolicy } from "./content-policy.ts";
import { pageStyle } from "./style.ts";

const fewestContents = 3;

/**
 * A run as one HTML file that needs no other: text, code, figures, tables, errors, results. Pictures
 * that the text names are looked for in `folder`, the notebook's, and put into the page. `top` is HTML that
 * stands before all.
 */
export function renderPage(run: NotebookRun, record: RunRecord, folder: string, top = ""): string {
  const markdown = new MarkdownRenderer(folder);
  const cells = run.cells.map((cell, i) => renderCell(cell, run.runs.get(i), i, markdown));
  const title = markdown.headings.find(({ level }) => level === 1);
  const script = cells.some((cell) => cell.includes(figureDataMime)) ? pageScript() : "";
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${contentPolicy(script)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="generator" content="tsrsa ${escapeHtml(record.tsrsa)}">`,
    `<title>${title?.html.replace(/<[^>]*>/g, "") ?? escapeHtml(nameOf(record))}</title>`,
    `<style>\n${pageStyle}\n</style>`,
    "</head>",
    "<body>",
    "<main>",
    ...(top === "" ? [] : [top]),
    ...withFrontMatter(cells, title, [
      renderAbout(record),
      renderDemo(record),
      renderBanner(run),
      renderContents(markdown.headings),
    ]),
    renderResults(record),
    "</main>",
    ...(script === "" ? [] : [`<script type="module">${script}</script>`]),
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** What belongs under the title: below the page's own title, or first when it has none. */
function withFrontMatter(
  cells: readonly string[],
  title: Heading | undefined,
  front: readonly string[],
): string[] {
  const matter = front.filter((part) => part !== "").join("\n");
  const end = "</h1>";
  const first = cells[0] ?? "";
  if (title === undefined || !first.includes(end)) return [matter, ...cells];
  const at = first.indexOf(end) + end.length;
  return [`${first.slice(0, at)}\n${matter}${first.slice(at)}`, ...cells.slice(1)];
}

function renderCell(
  cell: NotebookCell,
  run: FinishedCell | undefined,
  index: number,
  markdown: MarkdownRenderer,
): string {
  if (isForSlidesAlone(cell)) return "";
  if (cell.kind === "markdown")
    return `<section class="prose">${markdown.render(cell.source)}</section>`;
  if (cell.kind === "raw" || cell.source === "" || cell.tags.includes("hide-cell")) return "";
  const { others, html: done } = collapseProgress(run?.outputs ?? []);
  const outputs = [done, ...others.map((output) => renderOutput(output, markdown))].filter(
    (html) => html !== "",
  );
  const count = run === undefined ? "not run" : String(run.executionCount);
  return [
    `<section class="cell${run === undefined ? " not-run" : ""}" id="cell-${index + 1}">`,
    `<span class="count">${count}</span>`,
    cell.tags.includes("hide-input")
      ? ""
      : `<pre class="code"><code>${highlightTypeScript(cell.source)}</code></pre>`,
    outputs.length === 0 ? "" : `<div class="outputs">${outputs.join("\n")}</div>`,
    "</section>",
  ].join("");
}

function renderAbout(record: RunRecord): string {
  const date = record.started.slice(0, 16).replace("T", " ");
  const items = [
    `<span>${escapeHtml(nameOf(record))}</span>`,
    `<span>run on ${date} UTC in ${duration(record.seconds)}${memory(record)}</span>`,
    ...dataText(record),
    ...claimsText(record),
    `<span>tsrsa ${escapeHtml(record.tsrsa)}, Node ${escapeHtml(record.node.slice(1))}</span>`,
    ...Object.entries(record.parameters).map(
      ([name, value]) =>
        `<span>${escapeHtml(name)} = <b>${escapeHtml(JSON.stringify(value))}</b></span>`,
    ),
  ];
  return `<p class="about">${items.join("")}</p>`;
}

/** Nobody shall take demo data for a measurement. */
function renderDemo({ sources }: RunRecord): string {
  const demos = sources.filter(({ kind }) => kind === "demo").map(({ name }) => name);
  if (demos.length === 0) return "";
  return (
    `<p class="demo" role="note"><b>Demo data</b> (${escapeHtml(demos.join(", "))}): made by seeded code in the layout ` +
    "of the real files, with a planted effect. Nothing on this page was measured.</p>"
  );
}

function renderBanner({ failure, cells, runs }: NotebookRun): string {
  if (failure === undefined) return "";
  const count = runs.get(failure.cell)?.executionCount;
  const skipped = cells.filter(({ kind }, i) => kind === "code" && !runs.has(i)).length;
  const rest =
    skipped === 0 ? "" : ` ${skipped} ${skipped === 1 ? "cell was" : "cells were"} not run.`;
  const what = escapeHtml(`${failure.ename}: ${failure.evalue.split("\n")[0]}`);
  return (
    `<p class="banner" role="alert">The run stopped at <a href="#cell-${failure.cell + 1}">cell ${count}</a>` +
    ` with ${what}.${rest}</p>`
  );
}

function renderContents(headings: readonly Heading[]): string {
  const listed = headings.filter(({ level }) => level === 2);
  if (listed.length < fewestContents) return "";
  const items = listed.map(({ id, html }) => `<li><a href="#${id}">${html}</a></li>`);
  return `<nav aria-label="Contents"><ol>${items.join("")}</ol></nav>`;
}

function renderResults({ results }: RunRecord): string {
  const entries = Object.entries(results);
  if (entries.length === 0) return "";
  const rows = entries.map(
    ([name, value]) =>
      `<tr><td>${escapeHtml(name)}</td><td>${escapeHtml(valueText(value))}</td></tr>`,
  );
  return (
    '<section class="results"><h2>Results</h2><table><thead><tr><th>name</th><th>value</th></tr></thead>' +
    `<tbody>${rows.join("")}</tbody></table></section>`
  );
}

function memory({ memoryMb }: RunRecord): string {
  return memoryMb > 0 ? ` with ${memoryMb} MB of memory` : "";
}

/** Each file counts once, however often it was read. */
function dataText({ data }: RunRecord): string[] {
  const sizes = new Map(data.map(({ path, bytes }) => [path, bytes ?? 0]));
  if (sizes.size === 0) return [];
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  const files = `${sizes.size} ${sizes.size === 1 ? "file" : "files"}`;
  return [`<span>${files} of data read, ${megabytes(total)}</span>`];
}

function megabytes(bytes: number): string {
  const mb = bytes / 1e6;
  if (mb >= 1000) return `${(mb / 1000).toFixed(1)} GB`;
  return `${mb < 10 ? mb.toFixed(1) : Math.round(mb)} MB`;
}

function claimsText({ claims: { checked, failed } }: RunRecord): string[] {
  if (checked === 0) return [];
  const wrong = failed.length > 0 ? `, ${failed.length} of them false` : "";
  return [
    `<span>${checked} sentence${checked === 1 ? "" : "s"} checked against the numbers${wrong}</span>`,
  ];
}

function nameOf({ notebook }: RunRecord): string {
  return notebook.split(/[\\/]/).at(-1) ?? notebook;
}

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  return `${minutes} min ${Math.round(seconds - minutes * 60)} s`;
}
