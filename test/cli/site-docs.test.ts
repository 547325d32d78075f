import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BuiltDocs } from "../../cli/site/docs-beside.ts";
import { parsePercent } from "../../kernel/notebook/percent.ts";
import { renderSitePage } from "../../site/page.ts";

let folder = "";
const built = () => join(folder, "built");
const out = () => join(folder, "out");

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tsrsa-docs-"));
  mkdirSync(join(built(), "reference"), { recursive: true });
  mkdirSync(out());
  const entries = [
    { title: "rsa", words: "", href: "reference/02-comparing.html#rsa", kind: "function" },
    { title: "check", words: "", href: "reference/17-course.html#check", kind: "function" },
    { title: "plan", words: "", href: "how-to/plan.html", kind: "how to" },
  ];
  const write = (name: string, text: string) => writeFileSync(join(built(), name), text);
  write("search-index.js", `window.tsrsaIndex = ${JSON.stringify(entries)};\n`);
  write("index.html", renderSitePage({ title: "a", body: "", up: "" }));
  write("reference/02-comparing.html", renderSitePage({ title: "b", body: "", up: "../" }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("documentation that was not built is left out", async () => {
  expect(await BuiltDocs.find(join(folder, "none"))).toBeUndefined();
});

test("a notebook links each name that it imports from the library, once, and no other", async () => {
  const docs = await BuiltDocs.find(built());
  const cells = parsePercent(
    '// %%\nimport { rsa, type Rdm as Other, plan } from "tsrsa";\nimport { rsa as again } from "other";\n\n' +
      '// %%\nimport { check } from "tsrsa/course";\nimport { rsa } from "tsrsa";\n\n// %% [markdown]\n// import { no } from "tsrsa"\n',
  );
  expect(docs?.links(cells)).toBe(
    '<details class="names"><summary>Reference of the 2 names used here</summary><p>' +
      '<a href="docs/reference/17-course.html#check"><code>check</code></a>, ' +
      '<a href="docs/reference/02-comparing.html#rsa"><code>rsa</code></a></p></details>',
  );
  expect(docs?.links([])).toBe("");
});

test("pages of the documentation lead to the notebooks, from every depth, and its search finds them", async () => {
  const docs = await BuiltDocs.find(built());
  await docs?.copyInto(out(), [{ name: "00 a", title: "First", words: "One Two" }]);
  const read = (name: string) => readFileSync(join(out(), "docs", name), "utf8");
  expect(read("index.html")).toContain('<a href="../index.html">Notebooks</a>');
  expect(read("reference/02-comparing.html")).toContain('<a href="../../index.html">Notebooks</a>');
  const index = read("search-index.js");
  expect(index).toContain(
    '{"title":"First","words":"One Two","href":"../00%20a.html","kind":"notebook"}]',
  );
  expect(index.match(/"title"/g)).toHaveLength(4);
});
