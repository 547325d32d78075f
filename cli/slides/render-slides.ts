import { isForSlidesAlone } from "../../kernel/notebook/cut-version.ts";
import type { MimeBundle } from "../../kernel/executor/protocol.ts";
import type { NotebookOutput } from "../../kernel/notebook/outputs.ts";
import { escapeHtml } from "../../src/core/text.ts";
import { contentPolicy } from "../page/content-policy.ts";
import { highlightTypeScript } from "../page/highlight.ts";
import { MarkdownRenderer } from "../page/markdown.ts";
import { renderOutput } from "../page/output.ts";
import { pageScript } from "../page/page-script.ts";
import { collapseProgress } from "../page/progress-lines.ts";
import { pageStyle } from "../page/style.ts";
import { textOf } from "../run/bundles.ts";
import type { RunRecord } from "../run/record.ts";
import type { NotebookRun } from "../run/run-notebook.ts";
import type { Slide, SlidePart } from "./deck.ts";
import { deckOf } from "./deck.ts";
import { slidesStyle } from "./slides-style.ts";

/** Whether a notebook has slides. */
export function hasSlides(cells: NotebookRun["cells"]): boolean {
  return cells.some(({ tags }) => tags.includes("slide"));
}

/**
 * The slides of a run as one HTML file that needs no other; figures are those of the run. Pictures that a text names
 * are looked for in `folder`.
 */
export function renderSlides(run: NotebookRun, record: RunRecord, folder: string): string {
  const markdown = new MarkdownRenderer(folder);
  const deck = deckOf(run.cells);
  const title = titleOf(run.cells) ?? "Slides";
  const isDemo = record.sources.some(({ kind }) => kind === "demo");
  const foot = [escapeHtml(title), ...(isDemo ? ["<b>demo data</b>"] : [])].join(" · ");
  const slides = deck.map((slide, at) => renderSlide(slide, at, deck.length, foot, run, markdown));
  const script = pageScript("slides");
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${contentPolicy(script)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="generator" content="tsrsa ${escapeHtml(record.tsrsa)}">`,
    `<title>${escapeHtml(title)}: slides</title>`,
    `<style>\n${pageStyle}\n${slidesStyle}\n</style>`,
    "</head>",
    "<body>",
    "<main>",
    ...slides,
    "</main>",
    ...(script === "" ? [] : [`<script type="module">${script}</script>`]),
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** The notebook's own title, else that of its slides. */
function titleOf(cells: NotebookRun["cells"]): string | undefined {
  const texts = cells.filter(({ kind }) => kind === "markdown");
  const own = texts.filter((cell) => !isForSlidesAlone(cell));
  const titles = [...own, ...texts].map(({ source }) => /^# (.+)$/m.exec(source)?.[1]);
  return titles.find((title) => title !== undefined)?.replace(/[`*]/g, "");
}

function renderSlide(
  { parts, notes }: Slide,
  at: number,
  total: number,
  foot: string,
  run: NotebookRun,
  markdown: MarkdownRenderer,
): string {
  const shown = parts.map((part) => renderPart(part, run, markdown));
  const figures = shown.flatMap(({ figures }) => figures);
  const { head, body } = headed(shown.map(({ body }) => body).join("\n"));
  const look = lookOf(parts, figures);
  const number = at + 1;
  return [
    `<section class="slide ${look}" id="slide-${number}" aria-label="Slide ${number} of ${total}">`,
    `<div class="stage">${head}<div class="body">${body}</div>`,
    figures.length === 0
      ? ""
      : `<div class="figures">${figures.map(({ html }) => html).join("\n")}</div>`,
    `<p class="foot"><span>${foot}</span><span>${number} / ${total}</span></p></div>`,
    notes.length === 0
      ? ""
      : `<aside class="notes prose" aria-label="Notes of slide ${number}" tabindex="0">${notes.map((note) => markdown.render(note)).join("\n")}</aside>`,
    "</section>",
  ].join("");
}

/** The heading stands above all, over the whole width. */
function headed(html: string): { head: string; body: string } {
  const head = /^\s*<h[1-3][^>]*>[\s\S]*?<\/h[1-3]>/.exec(html)?.[0] ?? "";
  return { head: head.trim(), body: html.slice(head.length).trim() };
}

const mostTextAbove = { wide: 170, square: 60 };

/** Figures stand beside code or a longer text, and below a short one; one that is as high as wide needs the height. */
function lookOf(parts: readonly SlidePart[], figures: readonly Figure[]): string {
  const texts = parts.flatMap((part) => (part.kind === "text" ? [part.text] : []));
  if (/^# /.test(texts[0] ?? "") && figures.length === 0) return "title";
  if (figures.length === 0) return "plain";
  const most = figures.every(isWide) ? mostTextAbove.wide : mostTextAbove.square;
  const isLong =
    texts
      .join("\n")
      .replace(/^#+ .*$/gm, "")
      .trim().length > most;
  return isLong || parts.some(({ kind }) => kind === "code") ? "beside" : "below";
}

function isWide({ aspect }: Figure): boolean {
  return aspect > 1.35;
}

interface Figure {
  readonly html: string;
  /** Width by height; of a picture that does not say so, of a screen. */
  readonly aspect: number;
}

interface ShownPart {
  readonly body: string;
  readonly figures: readonly Figure[];
}

function renderPart(part: SlidePart, run: NotebookRun, markdown: MarkdownRenderer): ShownPart {
  if (part.kind === "text") return { body: markdown.render(part.text), figures: [] };
  const outputs = run.runs.get(part.cell)?.outputs ?? [];
  const figures = outputs.flatMap((output) => figureOf(output, markdown));
  if (part.kind === "figures") return { body: "", figures };
  const others = collapseProgress(outputs.filter((one) => pictureOf(one) === undefined)).others;
  const said = others.map((output) => renderOutput(output, markdown)).join("\n");
  const code = highlightTypeScript(withoutImports(run.cells[part.cell].source));
  return {
    body:
      `<pre class="code"><code>${code}</code></pre>\n` +
      (said === "" ? "" : `<div class="outputs">${said}</div>`),
    figures,
  };
}

/** What a cell brings in says nothing to a room. */
function withoutImports(source: string): string {
  return source.replace(/^import [^;]*;\n+/gm, "").trim();
}

/** A figure as a picture, also where a notebook could turn it. */
function figureOf(output: NotebookOutput, markdown: MarkdownRenderer): Figure[] {
  const data = pictureOf(output);
  if (data === undefined) return [];
  const html = renderOutput({ output_type: "display_data", data, metadata: {} }, markdown);
  return [{ html, aspect: aspectOf(textOf(data, "image/svg+xml") ?? "") }];
}

function aspectOf(svg: string): number {
  const [, width, height] = /<svg[^>]*?\swidth="([\d.]+)"[^>]*?\sheight="([\d.]+)"/.exec(svg) ?? [];
  return width === undefined ? 16 / 9 : Number(width) / Number(height);
}

function pictureOf(output: NotebookOutput): MimeBundle | undefined {
  if (!("data" in output)) return undefined;
  const data = Object.fromEntries(
    Object.entries(output.data).filter(([mime]) => mime !== "text/html"),
  );
  return "image/svg+xml" in data || "image/png" in data ? data : undefined;
}
