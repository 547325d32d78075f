import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import type { Element, Nodes } from "hast";
import { fromHtml } from "hast-util-from-html";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MarkdownRenderer } from "../../cli/page/markdown.ts";
import { cleanHtml } from "../../cli/page/clean-html.ts";
import { contentPolicy } from "../../cli/page/content-policy.ts";
import { renderOutput } from "../../cli/page/output.ts";
import { Rdm } from "../../src/index.ts";
import { plotRdmMovie, viewStatMap, viewSurfaceMap } from "../../src/plot/index.ts";
import { cortexViewerScript } from "../../src/plot/surface-map/viewer-script.ts";
import { pageScripts } from "../../src/plot/page-scripts.ts";
import { rdmViewerScript } from "../../src/plot/rdm-viewer/viewer-script.ts";
import { viewerScript } from "../../src/plot/stat-map/viewer-script.ts";
import { toMimeBundle } from "../../src/core/display.ts";
import { Table } from "../../src/table/index.ts";

/** What a browser would run or load of this HTML. */
function dangersIn(html: string): string[] {
  const found: string[] = [];
  const visit = (node: Nodes): void => {
    if (node.type !== "root" && node.type !== "element") return;
    if (node.type === "element") found.push(...dangersOf(node));
    node.children.forEach(visit);
  };
  visit(fromHtml(html, { fragment: true }));
  return found;
}

const FORBIDDEN =
  /^(iframe|object|embed|form|link|meta|base|foreignobject|animate|set|template|noscript|math|button)$/i;

function dangersOf({ tagName, properties, children }: Element): string[] {
  const found = FORBIDDEN.test(tagName) ? [tagName] : [];
  const json = properties["type"] === "application/json";
  if (tagName === "script" && (!json || properties["src"] !== undefined)) found.push(tagName);
  if (tagName === "style" && /url|@import/.test(JSON.stringify(children))) found.push(tagName);
  for (const [name, value] of Object.entries(properties)) {
    const text = String(value);
    if (/^on|^src(set|doc)$|action/i.test(name)) found.push(`${tagName} ${name}`);
    if (/href|^src$/i.test(name) && !/^(https?:|mailto:|#|data:image\/)/.test(text))
      found.push(text);
    if (/^https?:/.test(text) && tagName !== "a") found.push(`${tagName} ${text}`);
    if (name === "style" && /url|fixed/.test(text)) found.push(text);
  }
  return found;
}

let folder = "";
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "page-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a picture named 100%.png, and a folder named as a picture, are no faults", () => {
  writeFileSync(join(folder, "100%.png"), "dot");
  mkdirSync(join(folder, "folder.png"));
  const markdown = new MarkdownRenderer(folder);
  expect(markdown.render("![x](100%.png)")).toContain("data:image/png;base64,ZG90");
  expect(markdown.render("![x](folder.png)")).toContain("picture not shown: x folder.png");
});

test("an image that is no base64 cannot leave its attribute", () => {
  const data = { "image/png": 'x"/onerror="alert(8)' };
  const output = { output_type: "display_data", data, metadata: {} } as const;
  expect(renderOutput(output, new MarkdownRenderer(folder))).not.toContain("<img");
});

test.each([
  ["HTML", "a <img src=x onerror=alert(1)> <script>alert(2)</script>"],
  ["a link that runs", "[x](javascript:alert(1)) [y](JaVaScRiPt:alert(1)) [z](vbscript:x)"],
  ["a link of data", "[x](data:text/html;base64,PHNjcmlwdD4=)"],
  ["a picture from the network", "![x](https://example.com/track.png) ![y](//example.com/t.png)"],
  ["a picture of a file elsewhere", "![x](file:///etc/passwd.png) ![y](../secret.png)"],
  ["a title", '![x](gone.png "\" onerror=\"alert(1)")'],
  ["a heading", "## </h2><script>alert(1)</script>"],
  ["a language", '```ts" onload="x\n</code><script>alert(1)</script>\n```'],
])("Markdown with %s runs and loads nothing", (_, text) => {
  const html = new MarkdownRenderer(folder).render(text);
  expect(dangersIn(html)).toEqual([]);
  expect(html).not.toContain("<img");
});

test("a picture outside of the notebook's folder does not go into the page, not by a link either", () => {
  const outside = mkdtempSync(join(tmpdir(), "page-outside-"));
  writeFileSync(join(outside, "private.png"), "secret");
  symlinkSync(join(outside, "private.png"), join(folder, "link.png"));
  const markdown = new MarkdownRenderer(folder);
  expect(markdown.render("![x](link.png)")).toContain("picture not shown");
  expect(markdown.render(`![x](${join(outside, "private.png")})`)).toContain("picture not shown");
  rmSync(outside, { recursive: true });
});

test("Markdown keeps what it says: tables, code, links, headings with ids of their own", () => {
  const markdown = new MarkdownRenderer(folder);
  const html = markdown.render(
    "# A *title* & more\n\n## part\n\n## part\n\n|a|b|\n|-|-|\n|1|2|\n\n`x < y` [site](https://example.com) ~~no~~\n\n```ts\nconst a = 1;\n```",
  );
  expect(markdown.headings).toEqual([
    { level: 1, id: "a-title-more", html: "A <em>title</em> &amp; more" },
    { level: 2, id: "part", html: "part" },
    { level: 2, id: "part-2", html: "part" },
  ]);
  for (const part of ["<td>1</td>", "<code>x &lt; y</code>", 'href="https://example.com"', "<s>no"])
    expect(html).toContain(part);
  expect(html).toMatch(/<pre class="code"><code>.*const/);
});

test.each([
  "<script>alert(1)</script>",
  "<script type=module>alert(1)</script>",
  '<script type="application/json" src=x></script><script src="https://example.com/x.js"></script>',
  "<img src=x onerror=alert(1)>",
  '<img src="https://example.com/track.png"><img srcset="https://example.com/a.png 1x">',
  '<a href="javascript:alert(1)">x</a><a href=" java\nscript:alert(1)">y</a>',
  "<iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x></object><embed src=x>",
  "<form action=https://example.com><input name=a><button formaction=x>go</button></form>",
  "<svg onload=alert(1)><script>alert(1)</script><a xlink:href='javascript:alert(1)'>x</a></svg>",
  "<svg><use href='https://example.com/x.svg#a'/><image href='https://example.com/t.png'/></svg>",
  "<svg><animate attributeName=href values='javascript:alert(1)'/><set attributeName=onload to=x /></svg>",
  "<svg><foreignObject><iframe src=x></iframe></foreignObject></svg>",
  "<svg><style>@import 'https://example.com/x.css'; a{background:url(https://example.com)}</style></svg>",
  "<style>body{display:none}</style><link rel=stylesheet href=https://example.com/x.css>",
  "<div style='background:url(https://example.com/t.png)'>a</div><meta http-equiv=refresh content='0;url=x'>",
  "<div style='position:fixed;inset:0'>cover</div><base href=https://example.com>",
  "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
  "<template><img src=x onerror=alert(1)></template><details open ontoggle=alert(1)>a</details>",
])("an output of HTML cannot run or load: %s", (html) => {
  const clean = cleanHtml(html);
  expect(dangersIn(clean)).toEqual([]);
});

test("an output of HTML keeps what it shows: tables, drawings, own viewers of maps", async () => {
  const table = new Table({ "a<b": [1, 2], word: ["x", "y&z"] });
  const html = String((await toMimeBundle(table))["text/html"]);
  expect(cleanHtml(html)).toContain('<td style="text-align:right">1</td>');
  const drawing =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><defs><clipPath id="c"><rect width="4" height="4"></rect></clipPath></defs><g clip-path="url(#c)" stroke-width="2"><path d="M0,0L4,4" stroke="red"></path></g></svg>';
  expect(cleanHtml(drawing)).toBe(drawing);
  expect(cleanHtml("<progress value=3 max=4></progress> 3 of 4")).toContain('value="3" max="4"');
});

test("the page says what it may load: nothing, and which scripts it may run: our viewers", () => {
  expect(contentPolicy()).toMatch(/^default-src 'none'; img-src data:;/);
  const hashes = pageScripts.map((one) => createHash("sha256").update(one).digest("base64"));
  const allowed = hashes.map((hash) => `'sha256-${hash}'`).join(" ");
  expect(contentPolicy()).toContain(`; script-src ${allowed}; `);
});

test("our own viewer of RDMs stays as it is, and nothing that differs from it", async () => {
  const rdms = [0, 1].map((timeS) => new Rdm([1, 2, 3 + timeS], { meta: { timeS } }));
  const html = String((await toMimeBundle(plotRdmMovie(rdms)))["text/html"]);
  const script = `<script type="module">${rdmViewerScript}</script>`;
  expect(cleanHtml(html)).toContain(script);
  expect(cleanHtml(html)).toContain('<script type="application/json">');
  expect(cleanHtml(html.replace("Play", "Pay"))).not.toContain("module");
});

test("our own viewer of maps stays as it is, script included", async () => {
  const shape = [4, 4, 4] as const;
  const affine = [
    [2, 0, 0, -4],
    [0, 2, 0, -4],
    [0, 0, 2, -4],
    [0, 0, 0, 1],
  ];
  const map = { data: Float32Array.from({ length: 64 }, (_, k) => k), shape, affine };
  const html = String((await toMimeBundle(viewStatMap(map)))["text/html"]);
  const clean = cleanHtml(html);
  expect(clean).toContain(`<script type="module">${viewerScript}</script>`);
  expect(clean).toContain('<script type="application/json">');
});

test("our own viewer of the cortex stays as it is, and nothing that differs from it", async () => {
  const points = { data: Float64Array.of(0, 30, 0, 0, -30, 0, 0, 0, 30, -20, 0, 5), shape: [4, 3] };
  const triangles = { data: Int32Array.of(0, 2, 3, 1, 3, 2, 0, 3, 1, 0, 1, 2), shape: [4, 3] };
  const map = { left: [0.1, 0.5, NaN, 0.2] };
  const figure = viewSurfaceMap(map, { surfaces: { left: { points, triangles } }, widthPx: 200 });
  const html = String((await toMimeBundle(figure))["text/html"]);
  const script = `<script type="module">${cortexViewerScript}</script>`;
  expect(cleanHtml(html).includes(script)).toBe(true);
  expect(cleanHtml(html).includes('<script type="application/json">')).toBe(true);
  expect(cleanHtml(html.replace("Show the peak", "Show a peak")).includes("module")).toBe(false);
});

test("a figure that is wider than a phone says that it can be moved sideways", () => {
  const svg = (width: number) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="10"></svg>`;
  const html = (width: number) =>
    renderOutput(
      { output_type: "display_data", data: { "image/svg+xml": svg(width) }, metadata: {} },
      new MarkdownRenderer(folder),
    );
  expect(html(760)).toContain('<figure class="wide">');
  expect(html(300)).toContain("<figure><img");
});
