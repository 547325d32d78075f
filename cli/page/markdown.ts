import MarkdownIt, { type Token } from "markdown-it";
import { escapeHtml } from "../../src/core/text.ts";
import { allowDetails } from "./details.ts";
import { highlightTypeScript } from "./highlight.ts";
import { pictureBeside } from "./picture.ts";

/** A heading of the page, for its table of contents. */
export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly html: string;
}

/**
 * Turns the Markdown of one page to HTML; its headings get ids that are unique in the page. HTML in it is shown as text,
 * addresses that would run code are no links, and of pictures only those beside the notebook are shown: nothing is
 * loaded from the network.
 */
export class MarkdownRenderer {
  readonly headings: Heading[] = [];
  readonly #markdown = new MarkdownIt({ html: false, linkify: true });

  constructor(folder: string) {
    allowDetails(this.#markdown);
    // A word with a dot, as "table.csv", is no address.
    this.#markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
    const { rules } = this.#markdown.renderer;
    rules["heading_open"] = (tokens, at) => this.#openHeading(tokens[at], tokens[at + 1]);
    rules["image"] = (tokens, at) => image(tokens[at], folder);
    rules["fence"] = (tokens, at) => code(tokens[at].content, tokens[at].info.trim());
    rules["code_block"] = (tokens, at) => code(tokens[at].content, "");
  }

  render(markdown: string): string {
    return this.#markdown.render(markdown);
  }

  #openHeading({ tag }: Token, { children, content }: Token): string {
    const { renderer, options } = this.#markdown;
    const html = renderer.renderInline(children ?? [], options, {});
    const id = this.#freeId(content);
    this.headings.push({ level: Number(tag.slice(1)), id, html });
    return `<${tag} id="${id}">`;
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

function code(text: string, language: string): string {
  const isScript = /^(ts|js|typescript|javascript)$/.test(language);
  const trimmed = text.replace(/\n$/, "");
  const html = isScript ? highlightTypeScript(trimmed) : escapeHtml(trimmed);
  return `<pre class="code"><code>${html}</code></pre>\n`;
}

/** A picture that is not shown is named, so that a reader knows what is missing. */
function image(token: Token, folder: string): string {
  const address = String(token.attrGet("src") ?? "");
  const alt = token.content;
  const title = token.attrGet("title")?.toString();
  const source = pictureBeside(address, folder);
  if (source === undefined)
    return `<em class="missing">[picture not shown: ${escapeHtml(`${alt} ${address}`.trim())}]</em>`;
  const more = title === undefined ? "" : ` title="${escapeHtml(title)}"`;
  return `<img src="${escapeHtml(source)}" alt="${escapeHtml(alt)}"${more}>`;
}
