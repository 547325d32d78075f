import { darkColours, lightColours } from "../page/style.ts";

/**
 * The look of slides, over that of a page. A slide is 16 : 9 and all on it is measured by its width, so that a screen, a
 * beamer and paper show the same; on a phone it is a text to scroll.
 */
export const slidesStyle = `
:root { --share: 1; }
:root[data-notes] { --share: 0.64; }
:root[data-look="light"], :root[data-look="beamer"] { color-scheme: light; ${lightColours} }
:root[data-look="dark"] { color-scheme: dark; ${darkColours} }
:root[data-look="beamer"] { --ink: #000; --quiet: #333; --code: #fff; --line: #888; --large: 1.15; }
html { scroll-snap-type: y mandatory; }
main { max-width: none; padding: 0; }
.slide {
  --w: min(100vw * var(--share), 100vh * 16 / 9);
  min-height: 100vh; scroll-snap-align: start; scroll-snap-stop: always;
  display: flex; align-items: center; justify-content: center; overflow: hidden;
}
.stage {
  width: var(--w); height: calc(var(--w) * 9 / 16); flex: none; position: relative; overflow: hidden;
  font: calc(var(--w) * 0.0225 * var(--fit, 1) * var(--large, 1)) / 1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
  padding: calc(var(--w) * 0.035) calc(var(--w) * 0.05) calc(var(--w) * 0.045);
  display: grid; gap: calc(var(--w) * 0.012) calc(var(--w) * 0.025);
}
.plain .stage { grid-template: auto minmax(0, 1fr) / minmax(0, 1fr); }
.title .stage { grid-template: auto auto / minmax(0, 1fr); align-content: center; }
.below .stage { grid-template: auto auto minmax(0, 1fr) / minmax(0, 1fr); }
.below .stage > .figures { grid-row: 3; }
.beside .stage { grid-template: auto minmax(0, 1fr) / minmax(0, 5fr) minmax(0, 6fr); }
.beside .stage > :is(h1, h2, h3) { grid-column: 1 / -1; }
.beside .stage > .body:first-child { grid-row: 1 / -1; }
.beside .stage > .body:first-child + .figures { grid-row: 1 / -1; }
.stage > :is(h1, h2, h3) { margin: 0 !important; }
.stage > .body:empty { display: none; }
.stage h1 { font-size: 2em; margin: 0 0 0.5em; }
.stage h2, .stage h3 { font-size: 1.5em; margin: 0 0 0.6em; padding: 0; line-height: 1.2; }
.title .stage h1 { font-size: 2.4em; }
.stage h4 { font-size: 1.1em; margin: 0.6em 0 0.3em; }
.stage p, .stage ul, .stage ol, .stage blockquote { margin: 0 0 0.6em; }
.stage ul, .stage ol { padding-left: 1.3em; }
.stage li { margin: 0 0 0.4em; }
.stage pre { font-size: 0.72em; line-height: 1.5; margin: 0 0 0.8em; }
.stage pre.code { padding: 0.7em 0.9em; }
.stage table { font-size: 0.75em; }
.stage .outputs { margin: 0; gap: 0.3em; }
.stage .html, .stage pre.text { padding: 0; max-height: none; overflow: hidden; }
.stage .html > p { font-size: 0.75em; }
.stage .figures { display: flex; gap: 2%; min-height: 0; min-width: 0; }
.stage figure { flex: 1 1 0; min-width: 0; margin: 0; position: relative; overflow: hidden; }
.stage figure.wide::before { content: none; }
.stage figure img {
  position: absolute; inset: 0; width: 100%; height: 100%; min-width: 0; max-width: none; max-height: none; object-fit: contain; padding: 0;
}
:root[data-look="dark"] .stage figure img { padding: 0.5em; }
.foot {
  position: absolute; left: 5%; right: 5%; bottom: calc(var(--w) * 0.012); margin: 0 !important; display: flex; justify-content: space-between;
  color: var(--quiet); font-size: calc(var(--w) * 0.0115); line-height: 1.4;
}
.foot span:last-child { white-space: nowrap; }
.foot b { color: var(--warn); }
.notes { display: none; }
:root[data-notes] .notes {
  display: block; flex: 1 1 0; min-width: 0; max-height: 100vh; overflow-y: auto; padding: 1.5rem; font-size: 1rem; line-height: 1.5;
  border-left: 1px solid var(--line);
}
.notes h1, .notes h2, .notes h3 { font-size: 1.1rem; margin: 0 0 0.5rem; padding: 0; }
:root[data-notes] .slide { justify-content: flex-start; }
.keys {
  position: fixed; left: 50%; bottom: 1rem; transform: translateX(-50%); z-index: 40; background: var(--ink); color: var(--paper); border-radius: 6px;
  padding: 0.4rem 0.9rem; font: 0.85rem/1.5 system-ui, sans-serif; margin: 0; max-width: 94vw;
}
@media (prefers-color-scheme: dark) { :root:not([data-look="light"], [data-look="beamer"]) .stage figure img { padding: 0.5em; } }
@media screen and (max-width: 40rem) {
  html { scroll-snap-type: y proximity; }
  .slide, :root[data-notes] .slide { display: block; min-height: 100vh; scroll-snap-stop: normal; border-bottom: 1px solid var(--line); }
  .slide .stage { --w: 100vw; width: auto; height: auto; min-height: 100vh; display: flex; flex-direction: column; font-size: 1.05rem; padding: 1.5rem 1.2rem 2.5rem; }
  .title .stage { justify-content: center; }
  .stage h1, .title .stage h1 { font-size: 1.8em; }
  .stage .figures { flex-direction: column; gap: 1rem; }
  .stage figure { flex: none; overflow-x: auto; }
  .stage figure img { position: static; width: auto; height: auto; max-width: 100%; }
  .foot { font-size: 0.75rem; bottom: 0.6rem; gap: 1rem; }
  :root[data-notes] .notes { border: 0; border-top: 1px solid var(--line); max-height: none; }
}
@page { size: 1280px 720px; margin: 0; }
@media print {
  :root { ${lightColours} }
  html { scroll-snap-type: none; }
  body { font-size: 16px; }
  .keys { display: none; }
  .slide { --w: calc(1280px * var(--share)); min-height: 0; height: 720px; break-after: page; break-inside: avoid; }
  .slide:last-child { break-after: auto; }
  .stage figure img { max-height: none; }
  :root[data-notes] .notes { max-height: 720px; overflow: hidden; font-size: 13px; }
  .stage table { font-size: 0.75em; }
}
`.trim();
