/** Colours by day. */
export const lightColours = `
  --ink: #1d2129; --quiet: #667085; --paper: #ffffff; --code: #f6f7f9; --line: #e3e6eb;
  --accent: #1f5fbf; --bad: #b42318; --bad-paper: #fef3f2; --warn: #93600a; --warn-paper: #fffaeb; --good: #18794e;
  --comment: #5d6776; --string: #2a7146; --number: #9a4a0b; --keyword: #8b2fa0; --type: #1d5f8a;
  --call: #2b4fa3;
`.trim();

/** Colours at night. */
export const darkColours = `
  --ink: #e4e7ec; --quiet: #98a2b3; --paper: #14171c; --code: #1c2027; --line: #2d333d;
  --accent: #82b1ff; --bad: #ff9c91; --bad-paper: #2b1816; --warn: #f0c36a; --warn-paper: #282114; --good: #7fd3a5;
  --comment: #8b95a5; --string: #8fcf9f; --number: #f0a771; --keyword: #d79be8; --type: #84c3ea;
  --call: #9fb9ff;
`.trim();

/** The look of the page: readable by day, at night and on paper, with no file but itself. */
export const pageStyle = `
:root {
  color-scheme: light dark;
${lightColours}
}
@media (prefers-color-scheme: dark) {
  :root {
${darkColours}
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 1.0625rem/1.65 Charter, "Bitstream Charter", "Source Serif 4", Cambria, Georgia, serif;
}
main { max-width: 50rem; margin: 0 auto; padding: 3.5rem 1.5rem 5rem; }
h1, h2, h3, h4, .about, .results, nav, table, figcaption, .banner {
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
}
h1 { font-size: 2.1rem; line-height: 1.2; letter-spacing: -0.015em; margin: 0 0 0.75rem; }
h2 { font-size: 1.4rem; line-height: 1.3; margin: 3rem 0 0.75rem; padding-top: 0.5rem; letter-spacing: -0.01em; }
h3 { font-size: 1.12rem; margin: 2rem 0 0.5rem; }
h4 { font-size: 1rem; margin: 1.5rem 0 0.5rem; }
p, ul, ol, blockquote { margin: 0 0 1rem; }
a { color: var(--accent); text-decoration-thickness: 0.06em; text-underline-offset: 0.15em; }
blockquote { border-left: 3px solid var(--line); padding-left: 1rem; color: var(--quiet); }
hr { border: 0; border-top: 1px solid var(--line); margin: 2.5rem 0; }
img { max-width: 100%; height: auto; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code { font-size: 0.86em; background: var(--code); padding: 0.1em 0.3em; border-radius: 3px; }
pre { font-size: 0.8rem; line-height: 1.55; margin: 0; overflow-x: auto; tab-size: 2; }
pre code { font-size: inherit; background: none; padding: 0; }
pre.code {
  background: var(--code); border: 1px solid var(--line); border-radius: 6px; padding: 0.8rem 1rem;
  white-space: pre-wrap; overflow-wrap: anywhere;
}
.prose pre.code { margin: 0 0 1rem; }
.cell { margin: 1.4rem 0; position: relative; }
.cell .count {
  position: absolute; right: 100%; margin-right: 0.75rem; top: 0.95rem; color: var(--quiet);
  font: 0.7rem/1 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
.outputs { margin-top: 0.7rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.7rem; }
.outputs pre.text { padding: 0 1rem; max-height: 32rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.outputs pre.stderr {
  background: var(--warn-paper); color: var(--warn); border-left: 3px solid var(--warn);
  padding: 0.6rem 1rem; border-radius: 0 6px 6px 0;
}
.outputs pre.error {
  background: var(--bad-paper); color: var(--bad); border-left: 3px solid var(--bad);
  padding: 0.8rem 1rem; border-radius: 0 6px 6px 0;
}
.outputs p.not-done { border: 1px dashed var(--quiet); border-radius: 6px; padding: 0.5rem 1rem; color: var(--quiet); }
.site { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; font: 0.85rem/1.5 system-ui, sans-serif; color: var(--quiet); }
details { margin: 0 0 1rem; }
summary { cursor: pointer; font-weight: 600; }
.not-run { opacity: 0.5; }
.not-run .count { opacity: 1; }
figure { margin: 0.5rem 0; text-align: center; }
figure img { background: #fff; border-radius: 6px; }
@media (prefers-color-scheme: dark) { figure img { padding: 0.75rem; } }
.html, .outputs > .prose { overflow-x: auto; padding: 0 1rem; }
.prose table, .html > table { max-width: 100%; }
.prose > table { display: block; overflow-x: auto; }
/* A shadow at the edge behind which there is more, which goes when there is none. */
.html, .prose > table {
  background:
    linear-gradient(90deg, var(--paper) 30%, transparent) left / 2.5rem 100%,
    linear-gradient(270deg, var(--paper) 30%, transparent) right / 2.5rem 100%,
    linear-gradient(90deg, color-mix(in srgb, var(--ink) 28%, transparent), transparent) left / 0.8rem 100%,
    linear-gradient(270deg, color-mix(in srgb, var(--ink) 28%, transparent), transparent) right / 0.8rem 100%;
  background-attachment: local, local, scroll, scroll; background-repeat: no-repeat;
}
.html > p { color: var(--quiet); font: 0.8rem/1.4 system-ui, sans-serif; margin: 0.4rem 0 0; }
table { border-collapse: collapse; font-size: 0.84rem; line-height: 1.4; font-variant-numeric: tabular-nums; margin: 0 0 1rem; }
.html > table { margin-bottom: 0.5rem; }
th, td { padding: 0.32rem 0.85rem 0.32rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th:not([align]), td:not([align]) { text-align: left; }
thead th { border-bottom: 1.5px solid var(--ink); font-weight: 600; }
tbody th { font-weight: 500; color: var(--quiet); }
.about { color: var(--quiet); font-size: 0.82rem; margin: 0 0 1.5rem; display: flex; flex-wrap: wrap; gap: 0.2rem 1.25rem; }
.about b { font-weight: 600; color: var(--ink); }
.banner {
  background: var(--bad-paper); color: var(--bad); border: 1px solid currentColor; border-radius: 6px;
  padding: 0.7rem 1rem; margin: 0 0 2rem; font-size: 0.9rem;
}
.banner a { color: inherit; }
.demo, .data-note.demo {
  background: var(--warn-paper) !important; color: var(--warn) !important;
  border-left: 4px solid var(--warn) !important; border-radius: 0 6px 6px 0;
  padding: 0.6rem 1rem !important; margin: 0 0 1.5rem; font: 0.9rem/1.5 system-ui, "DejaVu Sans", sans-serif;
}
.done { color: var(--quiet); font: 0.75rem/1.5 system-ui, "DejaVu Sans", sans-serif; margin: 0; padding: 0 1rem; }
.html > .data-note, .html > .claim { font: 0.85rem/1.5 system-ui, "DejaVu Sans", sans-serif; margin: 0; }
.html > .claim { color: var(--good); }
nav { border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); margin: 0 0 2rem; padding: 0.8rem 0; font-size: 0.88rem; }
nav ol { list-style: none; margin: 0; padding: 0; columns: 2; column-gap: 2rem; }
nav li { padding: 0.15rem 0; break-inside: avoid; }
nav a { color: inherit; text-decoration: none; }
nav a:hover { color: var(--accent); text-decoration: underline; }
.results { margin-top: 3.5rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 0.88rem; }
.results td { overflow-wrap: anywhere; }
.results td:first-child { overflow-wrap: break-word; max-width: 24rem; }
.results h2 { margin: 0 0 0.75rem; padding: 0; font-size: 1.1rem; }
.t-comment { color: var(--comment); font-style: italic; } .t-string { color: var(--string); }
.t-number, .t-constant { color: var(--number); } .t-keyword { color: var(--keyword); }
.t-type { color: var(--type); } .t-call { color: var(--call); }
.names { font: 0.88rem/1.6 system-ui, "DejaVu Sans", sans-serif; margin: 0 0 1.5rem; }
.tip {
  white-space: pre-line; position: fixed; z-index: 50; pointer-events: none; background: var(--ink); color: var(--paper);
  border-radius: 4px; padding: 0.15rem 0.5rem; font: 0.82rem/1.4 system-ui, "DejaVu Sans", sans-serif; text-align: left;
}
@media (max-width: 60rem) { .cell .count { display: none; } }
/* Letters of a figure stay readable on a phone: it is moved sideways instead of shrunk. */
@media (max-width: 40rem) {
  figure { overflow-x: auto; }
  figure.wide::before {
    content: "\\2194  move sideways to see all"; display: block; position: sticky; left: 0; text-align: left;
    font: 0.75rem/1.6 system-ui, "DejaVu Sans", sans-serif; color: var(--quiet);
  }
  figure img { max-width: none; width: auto; min-width: min(100%, 34rem); max-height: none; }
}
@media (max-width: 40rem) { main { padding-top: 2rem; } nav ol { columns: 1; } h1 { font-size: 1.7rem; } }
@media print {
  .tip { display: none; }
  figure.wide::before { content: none; }
  :root { color-scheme: light; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  .outputs pre.text { max-height: none; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  .html, .outputs > .prose, .prose > table { overflow: visible; background: none; }
  table { font-size: 7.5pt; }
  th, td { padding-right: 0.4rem; }
  figure img { max-height: 23cm; width: auto; }
  figure, tr, pre.error { break-inside: avoid; }
  h1, h2, h3, h4 { break-after: avoid; }
}
`.trim();
