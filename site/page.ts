import { pageStyle } from "../cli/page/style.ts";
import { escapeHtml } from "../src/core/text.ts";

/** The style of the site, one file for all pages. */
export const siteStyle = `${pageStyle}
main { max-width: 58rem; }
.top { font-family: system-ui, sans-serif; font-size: 0.9rem; border-bottom: 1px solid var(--line); }
.top div { max-width: 58rem; margin: 0 auto; padding: 0.6rem 1.5rem; display: flex; flex-wrap: wrap; gap: 0.4rem 1.2rem; align-items: center; }
.top input { flex: 1 1 12rem; min-width: 0; font: inherit; color: inherit; background: var(--code); border: 1px solid var(--quiet); border-radius: 4px; padding: 0.3rem 0.6rem; }
#found { max-width: 58rem; margin: 0 auto; padding: 0 1.5rem; font-family: system-ui, sans-serif; font-size: 0.92rem; }
#found ol { list-style: none; margin: 0; padding: 0.5rem 0; }
#found small { color: var(--quiet); }
.export { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: 0.25rem; }
.export h3 { overflow-wrap: anywhere; }
.export h3 code { background: none; padding: 0; font-size: 1.05em; }
.export small, .from, .used { color: var(--quiet); font-size: 0.85rem; font-family: system-ui, sans-serif; font-weight: normal; }
.anchor { text-decoration: none; color: var(--quiet); }
.export pre { padding: 0.6rem 0.8rem; background: var(--code); border-radius: 4px; margin: 0.5rem 0 0.9rem; }
.members { overflow-x: auto; margin: 0 0 1rem; }
.members table { font-size: 0.88rem; min-width: 34rem; }
.members th, .members td { text-align: left; vertical-align: top; padding: 0.3rem 0.6rem 0.3rem 0; }
.members td code { overflow-wrap: anywhere; background: none; padding: 0; }
.members th code { white-space: nowrap; overflow-wrap: normal; background: none; padding: 0; }
.origin { color: var(--quiet); }
.params dt { float: left; clear: left; margin-right: 0.6rem; }
.params dd { margin: 0 0 0.3rem 1.2rem; overflow: hidden; }
table { overflow-wrap: anywhere; }
@media print { .top, #found { display: none; } }
`;

export interface SitePage {
  readonly title: string;
  /** HTML of the page. */
  readonly body: string;
  /** From the page to the first folder of the site: "" or "../". */
  readonly up: string;
}

const policy =
  "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' data: file:";

/** A page of the site, complete. All addresses in it are relative. */
export function renderSitePage({ title, body, up }: SitePage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · tsrsa</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${up}site.css">
<script src="${up}search-index.js" defer></script>
<script src="${up}search.js" defer></script>
</head>
<body data-up="${up}">
<header class="top"><div><a href="${up}index.html">tsrsa</a>
<a href="${up}reference/index.html">Reference</a> <a href="${up}how-to/index.html">How to</a>
<a href="${up}glossary.html">Glossary</a> <a href="${up}cheat-sheet.html">Cheat sheet</a>
<input id="search" type="search" placeholder="Search" aria-label="Search the documentation" autocomplete="off"></div></header>
<div id="found" role="status"></div>
<main>
${body}
</main>
</body>
</html>
`;
}
