import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { posix } from "node:path";
import { MarkdownRenderer } from "../cli/page/markdown.ts";
import { escapeHtml } from "../src/core/text.ts";
import { linkTerms, termsOf } from "./glossary.ts";
import { linkFaults } from "./links.ts";
import { renderSitePage, siteStyle } from "./page.ts";
import type { Export } from "./read-exports.ts";
import { readExports } from "./read-exports.ts";
import type { Users } from "./reference-page.ts";
import { placesOf, renderTopic } from "./reference-page.ts";
import type { SearchEntry } from "./search-script.ts";
import { searchScript } from "./search-script.ts";
import { readTopics, topicFaults } from "./topics.ts";

/** A page of Markdown under docs/, by its path there. */
interface Source {
  readonly path: string;
  readonly title: string;
  readonly markdown: string;
}

/**
 * Builds the documentation as files that work under any path and by double click: reference, how-to pages, glossary and
 * the other pages of docs/. Throws when an export is in no topic or a link leads nowhere.
 */
export function buildSite(root: string, out: string, version: string): Map<string, string> {
  const files = sitePages(root, version);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  }
  return files;
}

/** The files of the site, by path. */
export function sitePages(
  root: string,
  version: string,
  exports: readonly Export[] = readExports(root),
): Map<string, string> {
  const topics = readTopics(join(root, "docs/reference"), exports);
  refuse(topicFaults(topics, exports));
  const sources = readSources(join(root, "docs"));
  const files = new Map<string, string>();
  const entries: SearchEntry[] = [];
  addReference(files, entries, exports, topics, sources);
  addPages(files, entries, sources);
  files.set("index.html", indexPage(sources, topics, version));
  files.set("site.css", siteStyle);
  files.set("search.js", searchScript());
  files.set("search-index.js", `window.tsrsaIndex = ${JSON.stringify(entries)};\n`);
  refuse(linkFaults(files));
  return files;
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new Error(`the documentation has faults:\n${faults.join("\n")}`);
}

function readSources(docs: string): Source[] {
  return readdirSync(docs, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".md") && !path.startsWith("reference/"))
    .sort()
    .map((path) => {
      const markdown = readFileSync(join(docs, path), "utf8");
      return { path, markdown, title: plain(/^# (.+)$/m.exec(markdown)?.[1] ?? path) };
    });
}

function plain(markdown: string): string {
  return markdown.replace(/[`*]/g, "");
}

function addReference(
  files: Map<string, string>,
  entries: SearchEntry[],
  exports: readonly Export[],
  topics: ReturnType<typeof readTopics>,
  sources: readonly Source[],
): void {
  const byName = new Map(exports.map((one) => [one.name, one]));
  const places = placesOf(topics);
  const users = usersOf(exports, sources);
  for (const topic of topics) {
    const body = renderTopic(topic, byName, places, users);
    const path = `reference/${topic.id}.html`;
    files.set(path, renderSitePage({ title: topic.title, body, up: "../" }));
    const also = /\*Also called: (.+?)\.?\*/.exec(topic.markdown)?.[1] ?? "";
    entries.push({ title: topic.title, words: also, href: path, kind: "reference" });
    for (const name of [...topic.named, ...topic.types]) {
      const { text = "", kind = "" } = byName.get(name) ?? {};
      const [first] = text.split(/(?<=\.)\s/);
      entries.push({ title: name, words: first, href: `${path}#${name}`, kind });
    }
  }
  const list = topics.map(
    ({ id, title, named }) =>
      `<h2><a href="${id}.html">${escapeHtml(title)}</a></h2><p>${named
        .map((name) => `<a href="${id}.html#${name}"><code>${name}</code></a>`)
        .join(", ")}</p>`,
  );
  const body = `<h1>Reference</h1><p>${exports.length} names, by topic.</p>${list.join("\n")}`;
  files.set("reference/index.html", renderSitePage({ title: "Reference", body, up: "../" }));
}

/** Which how-to pages import which name. */
function usersOf(exports: readonly Export[], sources: readonly Source[]): Users {
  const guides = sources.filter(({ path }) => path.startsWith("how-to/"));
  const importsOf = guides.map(({ markdown }) => {
    const names = [...markdown.matchAll(/^import \{([^}]*)\} from "tsrsa/gm)].flatMap(([, list]) =>
      list.split(",").map((name) => name.trim().replace(/^type /, "")),
    );
    return new Set(names);
  });
  return new Map(
    exports.map(({ name }) => [
      name,
      guides.flatMap(({ path, title }, at) =>
        importsOf[at].has(name) ? [{ title, href: `../${htmlPath(path)}` }] : [],
      ),
    ]),
  );
}

function htmlPath(path: string): string {
  return path.replace(/\.md$/, ".html");
}

function addPages(
  files: Map<string, string>,
  entries: SearchEntry[],
  sources: readonly Source[],
): void {
  const terms = termsOf(sources.find(({ path }) => path === "glossary.md")?.markdown ?? "");
  const known = new Set(sources.map(({ path }) => path));
  for (const { path, title, markdown } of sources) {
    const up = "../".repeat(path.split("/").length - 1);
    const rendered = new MarkdownRenderer(join("docs", dirname(path))).render(markdown);
    const html = siteLinks(rendered, path, known);
    const isGlossary = path === "glossary.md";
    const body = isGlossary ? html : linkTerms(html, terms, `${up}glossary.html`);
    files.set(htmlPath(path), renderSitePage({ title, body, up }));
    const words = [...markdown.matchAll(/^#{2,3} (.+)$|\*Also called: (.+?)\.?\*/gm)];
    entries.push({
      title,
      words: words.map(([, heading, also]) => plain(heading ?? also)).join(" "),
      href: htmlPath(path),
      kind: path.startsWith("how-to/") ? "how to" : "page",
    });
  }
  for (const { id, words } of terms)
    entries.push({
      title: words[0],
      words: words.slice(1).join(" "),
      href: `glossary.html#${id}`,
      kind: "glossary",
    });
  const guides = sources.filter(({ path }) => path.startsWith("how-to/"));
  const list = guides.map(
    ({ path, title }) => `<li><a href="${htmlPath(path).slice(7)}">${escapeHtml(title)}</a></li>`,
  );
  const body = `<h1>How to</h1><ul>${list.join("")}</ul>`;
  files.set("how-to/index.html", renderSitePage({ title: "How to", body, up: "../" }));
}

/** Addresses of other pages of docs/ lead to their HTML; those of files that are not in the site become words. */
function siteLinks(html: string, path: string, known: ReadonlySet<string>): string {
  return html.replace(/<a href="([^"]*)">([\s\S]*?)<\/a>/g, (whole, href: string, text: string) => {
    if (/^(https?:|#|mailto:)/.test(href)) return whole;
    const [file, id] = href.split("#");
    const target = posix.normalize(posix.join(posix.dirname(path), file));
    const isReference = /^reference\/[\w-]*\.html$/.test(target);
    if (isReference || /^(how-to|reference)\/index\.html$/.test(target)) return whole;
    if (!known.has(target)) return text;
    return `<a href="${htmlPath(file)}${id === undefined ? "" : `#${id}`}">${text}</a>`;
  });
}

function indexPage(
  sources: readonly Source[],
  topics: ReturnType<typeof readTopics>,
  version: string,
): string {
  const link = (path: string, title: string): string =>
    `<li><a href="${htmlPath(path)}">${escapeHtml(title)}</a></li>`;
  const of = (wanted: (path: string) => boolean): string =>
    sources
      .filter(({ path }) => wanted(path))
      .map(({ path, title }) => link(path, title))
      .join("");
  const body = [
    "<h1>tsrsa</h1>",
    `<p>Representational similarity analysis in TypeScript: documentation of version ${escapeHtml(version)}.</p>`,
    `<h2>How to</h2><ul>${of((path) => path.startsWith("how-to/"))}</ul>`,
    `<h2>Reference</h2><ul>${topics.map(({ id, title }) => link(`reference/${id}.html`, title)).join("")}</ul>`,
    `<h2>More</h2><ul>${of((path) => !path.includes("/"))}</ul>`,
    `<h2>Decisions</h2><ul>${of((path) => path.startsWith("decisions/"))}</ul>`,
  ].join("\n");
  return renderSitePage({ title: "Documentation", body, up: "" });
}
