import { escapeHtml } from "../core/text.ts";
import type { Block, Traced, Words } from "./blocks.ts";

/** Numbers the places that values come from, each once, in the order in which they are met. */
class Places {
  readonly #numbers = new Map<string, number>();

  numberOf({ at }: Traced): number {
    const found = this.#numbers.get(at) ?? this.#numbers.size + 1;
    this.#numbers.set(at, found);
    return found;
  }

  get all(): readonly (readonly [string, number])[] {
    return [...this.#numbers];
  }
}

/** As Markdown: each value has a footnote with its place in run.json. */
export function toMarkdown(blocks: readonly Block[]): string {
  const places = new Places();
  const words = (parts: Words): string =>
    parts
      .map((part) =>
        typeof part === "string"
          ? markdownText(part)
          : `${markdownText(part.value)}[^${places.numberOf(part)}]`,
      )
      .join("");
  const body = blocks.map((block) => {
    if (block.kind === "heading") return `${"#".repeat(block.level)} ${markdownText(block.text)}`;
    if (block.kind === "paragraph") return words(block.words);
    const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
    const rows = block.rows.map((cells) => row(cells.map((cell) => words([cell]))));
    return [row(block.head), row(block.head.map(() => "---")), ...rows].join("\n");
  });
  const notes = places.all.map(([at, n]) => `[^${n}]: run.json ${markdownText(at)}`);
  return `${[...body, notes.join("\n")].filter((part) => part !== "").join("\n\n")}\n`;
}

/** As text for a word processor: a paragraph a line, table cells with tabs between, places in brackets. */
export function toPlainText(blocks: readonly Block[]): string {
  const places = new Places();
  const words = (parts: Words): string =>
    parts
      .map((part) =>
        typeof part === "string"
          ? oneLine(part)
          : `${oneLine(part.value)} [${places.numberOf(part)}]`,
      )
      .join("");
  const body = blocks.map((block) => {
    if (block.kind === "heading") return oneLine(block.text);
    if (block.kind === "paragraph") return words(block.words);
    const rows = block.rows.map((cells) => cells.map((cell) => words([cell])).join("\t"));
    return [block.head.join("\t"), ...rows].join("\n");
  });
  const notes = places.all.map(([at, n]) => `[${n}] run.json ${oneLine(at)}`);
  return `${[...body, notes.join("\n")].filter((part) => part !== "").join("\n\n")}\n`;
}

/** As a page of its own: each value says its place when pointed at, and in the markup. */
export function toHtml(blocks: readonly Block[], title: string): string {
  const words = (parts: Words): string =>
    parts
      .map((part) => {
        if (typeof part === "string") return escapeHtml(part);
        const at = escapeHtml(`run.json ${part.at}`);
        return `<span class="value" title="${at}" data-source="${at}">${escapeHtml(part.value)}</span>`;
      })
      .join("");
  const body = blocks.map((block) => {
    if (block.kind === "heading")
      return `<h${block.level}>${escapeHtml(block.text)}</h${block.level}>`;
    if (block.kind === "paragraph") return `<p>${words(block.words)}</p>`;
    const head = block.head.map((cell) => `<th>${escapeHtml(cell)}</th>`).join("");
    const rows = block.rows.map(
      (cells) => `<tr>${cells.map((cell) => `<td>${words([cell])}</td>`).join("")}</tr>`,
    );
    return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
  });
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${style}</style></head><body>\n${body.join("\n")}\n</body></html>\n`;
}

const style =
  ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;overflow-wrap:break-word}table{border-collapse:collapse;width:100%;display:block;overflow-x:auto}td,th{border:1px solid #8888;padding:.2rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th,td:first-child,td:nth-child(2):not(:last-child){overflow-wrap:break-word;max-width:16rem}.value{border-bottom:1px dotted}";

/** Text that Markdown takes for nothing else: of names, too, which are anybody's. */
function markdownText(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|#&~$]/g, "\\$&");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
