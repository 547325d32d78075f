import type { MimeBundle } from "../../kernel/executor/protocol.ts";
import type { NotebookOutput } from "../../kernel/notebook/outputs.ts";
import { runMime, textOf } from "../run/bundles.ts";
import { escapeHtml } from "../../src/core/text.ts";
import { cleanHtml } from "./clean-html.ts";
import { figureDataMime, packFigureData } from "./figure-data.ts";
import type { MarkdownRenderer } from "./markdown.ts";

const mostTextCharacters = 200_000;

type Render = (text: string, markdown: MarkdownRenderer, alt: string, bundle: MimeBundle) => string;

/** How each MIME type is shown, the richest first; a bundle is shown once. */
const renderers: readonly (readonly [string, Render])[] = [
  ["text/html", (text) => `<div class="html">${cleanHtml(text)}</div>`],
  [
    "image/svg+xml",
    (text, _, alt, bundle) =>
      image("image/svg+xml", toBase64(text), svgLabel(text) ?? alt, dataOf(bundle)),
  ],
  ["image/png", (text, _, alt) => image("image/png", text, alt)],
  ["image/jpeg", (text, _, alt) => image("image/jpeg", text, alt)],
  ["image/gif", (text, _, alt) => image("image/gif", text, alt)],
  ["text/markdown", (text, markdown) => `<div class="prose">${markdown.render(text)}</div>`],
  ["text/latex", (text) => `<pre class="text">${escapeHtml(text)}</pre>`],
  ["text/plain", (text) => `<pre class="text">${plain(text)}</pre>`],
];

/** An output of a cell as HTML; empty for one that speaks to the runner only. */
export function renderOutput(output: NotebookOutput, markdown: MarkdownRenderer): string {
  switch (output.output_type) {
    case "stream":
      return `<pre class="text ${output.name}">${plain(output.text)}</pre>`;
    case "error":
      // A blank that was not filled in is no failure of the reader's.
      if (output.ename === "NotDone") return `<p class="not-done">${escapeHtml(output.evalue)}</p>`;
      return `<pre class="error">${renderError(output.traceback)}</pre>`;
    default:
      return renderBundle(output.data, markdown);
  }
}

function renderBundle(bundle: MimeBundle, markdown: MarkdownRenderer): string {
  const found = renderers.find(([mime]) => textOf(bundle, mime) !== undefined);
  if (found === undefined) return renderJson(bundle);
  const [mime, render] = found;
  return render(
    textOf(bundle, mime) ?? "",
    markdown,
    textOf(bundle, "text/plain") ?? "figure",
    bundle,
  );
}

/** The values behind a figure, for the page's script to read; no script itself. */
function dataOf(bundle: MimeBundle): string {
  const packed = packFigureData(bundle[runMime.figure]);
  return packed === undefined ? "" : `<script type="${figureDataMime}">${packed}</script>`;
}

function renderJson(bundle: MimeBundle): string {
  const json = bundle["application/json"];
  return json === undefined
    ? ""
    : `<pre class="text">${escapeHtml(JSON.stringify(json, null, 2))}</pre>`;
}

function renderError(traceback: readonly string[]): string {
  const [first = "error", ...rest] = traceback;
  const lines = rest.map((line) => `\n${escapeHtml(line)}`).join("");
  return `<strong>${escapeHtml(first)}</strong>${lines}`;
}

function image(mime: string, base64: string, alt: string, data = ""): string {
  const letters = base64.replace(/\s/g, "");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(letters))
    return `<pre class="text">${escapeHtml(`${alt} (its ${mime} is damaged)`)}</pre>`;
  const source = `data:${mime};base64,${letters}`;
  const wide = (widthOf(mime, letters) ?? 0) > PHONE_PX ? ' class="wide"' : "";
  return `<figure${wide}><img src="${source}" alt="${escapeHtml(alt)}">${data}</figure>`;
}

/** A wider figure does not fit a phone: it is moved sideways there, and says so. */
const PHONE_PX = 330;

function widthOf(mime: string, base64: string): number | undefined {
  const bytes = Buffer.from(base64.slice(0, 4096), "base64");
  if (mime === "image/png" && bytes.length > 20) return bytes.readUInt32BE(16);
  const width = /<svg[^>]*\swidth="([\d.]+)/.exec(bytes.toString("utf8"))?.[1];
  return width === undefined ? undefined : Number(width);
}

/** What the SVG says of itself, for readers who cannot see it. */
function svgLabel(svg: string): string | undefined {
  const label =
    /^[^>]*<svg[^>]*\saria-label="([^"]*)"/.exec(svg)?.[1] ?? /<title[^>]*>([^<]+)</.exec(svg)?.[1];
  return label
    ?.replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");
}

function toBase64(text: string): string {
  const standalone = /<svg[^>]*\sxmlns=/.test(text)
    ? text
    : text.replace(/<svg/, '<svg xmlns="http://www.w3.org/2000/svg"');
  return Buffer.from(standalone).toString("base64");
}

/** Text without terminal colours; of very long text the start and the end. */
function plain(text: string): string {
  const bare = text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "").replace(/^.*\r(?!\n)/gm, "");
  if (bare.length <= mostTextCharacters) return escapeHtml(bare);
  const half = mostTextCharacters / 2;
  const left = bare.length - mostTextCharacters;
  const gap = `\n… ${left} characters left out here; the .ipynb has them all …\n`;
  return escapeHtml(bare.slice(0, half) + gap + bare.slice(-half));
}
