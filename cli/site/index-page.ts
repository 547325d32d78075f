import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { escapeHtml } from "../../src/core/text.ts";
import { contentPolicy } from "../page/content-policy.ts";
import { MarkdownRenderer } from "../page/markdown.ts";
import { pageStyle } from "../page/style.ts";

/** What the first page says of a notebook. */
export interface SitePage {
  readonly name: string;
  readonly status: "ok" | "error";
  readonly seconds: number;
  readonly memoryMb: number;
  /** The first heading; the name where there is none. */
  readonly title: string | undefined;
  /** The first paragraph, as Markdown. */
  readonly intro: string;
}

/** The first heading and the first paragraph of a notebook. */
export function introOf(cells: readonly NotebookCell[]): Pick<SitePage, "title" | "intro"> {
  const text = cells
    .filter(({ kind }) => kind === "markdown")
    .map(({ source }) => source)
    .join("\n\n");
  const title = /^# (.+)$/m.exec(text)?.[1];
  const after = title === undefined ? text : text.slice(text.indexOf(`# ${title}`));
  const intro = after
    .split(/\n{2,}/)
    .find((part) => part.trim() !== "" && !/^\s*([#>|*-]|<|\d\.)/.test(part));
  return { title, intro: intro?.trim() ?? "" };
}

/** The first page of a site. Its links are relative, so that it works below any path and by a double click. */
export function renderIndex(title: string, pages: readonly SitePage[], hasDocs = false): string {
  const markdown = new MarkdownRenderer(".");
  const items = pages.map((page) => {
    const { name, status, seconds, memoryMb } = page;
    const words = [
      `${seconds < 60 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`} to run`,
      ...(memoryMb > 0 ? [`${memoryMb} MB`] : []),
      ...(status === "ok" ? [] : ["<b>a cell of it failed</b>"]),
    ];
    return (
      `<section class="prose"><h2><a href="${encodeURIComponent(name)}.html">${escapeHtml(page.title ?? name)}</a></h2>` +
      `${markdown.render(page.intro)}<p class="about"><span>${escapeHtml(name)}</span>` +
      `${words.map((each) => `<span>${each}</span>`).join("")}</p></section>`
    );
  });
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${contentPolicy()}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>\n${pageStyle}\n</style>`,
    "</head>",
    "<body>",
    "<main>",
    `<h1>${escapeHtml(title)}</h1>`,
    "<p>These pages show the notebooks as they were run. <b>▶ Run and change it here</b> at the top of a page makes it live: " +
      "the code then runs in your browser, with nothing installed, and offline after the first visit. What you change stays " +
      "in this browser; download it to keep it.</p>",
    ...(hasDocs
      ? [
          '<p class="site"><a href="docs/index.html">Reference, how-to pages and glossary, with a search</a></p>',
        ]
      : []),
    ...items,
    "</main>",
    "</body>",
    "</html>",
    "",
  ].join("\n");
}
