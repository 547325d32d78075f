import { readFileSync, statSync } from "node:fs";
import { extname, resolve } from "node:path";
import { Marked } from "marked";
import { escapeHtml } from "./escape.ts";
import { highlightTypeScript } from "./highlight.ts";

/** A heading of the page, for its table of contents. */
export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly html: string;
}

/** Turns the Markdown of one page to HTML; its headings get ids that are unique in the page. */
export class MarkdownRenderer {
  readonly headings: Heading[] = [];
  readonly #marked: Marked;

  constructor(folder: string) {
    const addHeading = (level: number, html: string, text: string): string => {
      const id = this.#freeId(text);
      this.headings.push({ level, id, html });
      return `<h${level} id="${id}">${html}</h${level}>\n`;
    };
    this.#marked = new Marked({ gfm: true, async: false });
    this.#marked.use({
      renderer: {
        heading({ tokens, depth, text }) {
          return addHeading(depth, this.parser.parseInline(tokens), text);
        },
        image: ({ href, text, title }) =>
          `<img src="${escapeHtml(inlinePicture(href, folder))}" alt="${escapeHtml(text)}"` +
          `${title === null || title === undefined ? "" : ` title="${escapeHtml(title)}"`}>`,
        code: ({ text, lang }) => `<pre class="code"><code>${colour(text, lang)}</code></pre>\n`,
      },
    });
  }

  render(markdown: string): string {
    return this.#marked.parse(markdown, { async: false });
  }

  #freeId(text: string): string {
    const slug = text
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number}]+/gu, "-")
      .replace(/^-|-$/g, "");
    const base = slug === "" ? "section" : slug;
    const taken = new Set(this.headings.map(({ id }) => id));
    let id = base;
    for (let i = 2; taken.has(id); i += 1) id = `${base}-${i}`;
    return id;
  }
}

function colour(text: string, language = ""): string {
  return /^(ts|js|typescript|javascript)$/.test(language)
    ? highlightTypeScript(text)
    : escapeHtml(text);
}

const pictureTypes: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
};

/** The picture itself where it lies beside the notebook; any other address stays as it is. */
function inlinePicture(href: string, folder: string): string {
  const type = pictureTypes[extname(href).toLowerCase()];
  const path = resolve(folder, decoded(href));
  if (type === undefined || /^[a-z]+:/i.test(href) || !isFile(path)) return href;
  return `data:${type};base64,${readFileSync(path).toString("base64")}`;
}

/** A percent sign that begins no code, as in `100%.png`, stands for itself. */
function decoded(href: string): string {
  try {
    return decodeURI(href);
  } catch {
    return href;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
