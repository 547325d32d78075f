import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { introOf, renderIndex } from "../../cli/site/index-page.ts";
import { tsrsa } from "./tsrsa.ts";

const first = `// %% [markdown]
// # First & last
//
// What it is *about*.

// %% tags=["parameters"]
let scale = 1;

// %% [markdown] tags=["exercise:x"]
// ### Exercise

// %% tags=["setup:x"]
import { check } from "tsrsa/course";

// %% tags=["exercise:x"]
const answer = 41 + 1; // blank: the answer
console.log("answer", answer, scale);

// %% [markdown] tags=["instructor:x"]
// For the teacher.
`;

test("a site has a page for each notebook, a first page, the notebooks to download, and links that work below any path", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tsrsa-site-"));
  writeFileSync(join(folder, "a b.ts"), first);
  writeFileSync(join(folder, "plain.ts"), '// %%\nconsole.log("no title");\n');
  const made = await tsrsa(
    ["site", "a b", "plain", "--out", "out", "--zip", "-p", "scale=3", "--title", "My <course>"],
    { cwd: folder },
  );
  expect([made.code, made.stderr]).toEqual([0, ""]);
  const read = (name: string): string => readFileSync(join(folder, "out", name), "utf8");
  expect(read("a b.html")).toContain("answer 42 3");
  expect(read("a b.html")).not.toContain("For the teacher");
  expect(read("a b.html")).toContain('href="a%20b.ipynb" download');
  expect(read("a b.ts")).toContain("const answer = 41 + 1;\n");
  expect(read("a b.ts")).not.toContain("scale = 3");
  const index = read("index.html");
  expect(index).toContain('<a href="a%20b.html">First &amp; last</a>');
  expect(index).toContain("What it is <em>about</em>.");
  expect(index).toContain("<title>My &lt;course&gt;</title>");
  for (const name of ["index.html", "a b.html", "plain.html"]) {
    expect(read(name)).toContain("Content-Security-Policy");
    expect(
      read(name)
        .match(/(?:href|src)="(?!#|data:)[^"]*"/g)
        ?.filter((link) => /"(\/|\w+:)/.test(link)) ?? [],
    ).toEqual([]);
  }
  const zip = unzipSync(readFileSync(join(folder, "out.zip")));
  const pages = Object.keys(zip).filter((name) =>
    /^out\/(a b|plain|index)\.(html|ipynb|ts)$/.test(name),
  );
  expect(pages.length).toBe(7);
  for (const name of ["live.html", "site.json", "sw.js", "lab/kernel.js", "lab/lib/tsrsa.js"])
    expect(Object.keys(zip)).toContain(`out/${name}`);
  // What makes it live knows the notebooks, and shows them as they were run.
  expect(read("a b.html")).toContain('href="live.html?path=a%20b.ipynb"');
  const { notebooks } = JSON.parse(read("site.json")) as { notebooks: { name: string }[] };
  expect(notebooks.map(({ name }) => name)).toEqual(["a b", "plain"]);
  expect(read("plain.executed.ipynb")).toContain("no title");
  expect(read("sw.js")).toMatch(/tsrsa-[0-9a-f]{16}/);
});

test("the students' site runs with its blanks, which are no failures", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tsrsa-site-"));
  writeFileSync(join(folder, "a.ts"), first);
  const made = await tsrsa(["site", "a", "--out", "out", "--student"], { cwd: folder });
  expect([made.code, made.stderr]).toEqual([0, ""]);
  const page = readFileSync(join(folder, "out/a.html"), "utf8");
  expect(page).toContain('<p class="not-done">not done yet: the answer</p>');
  expect(page).not.toContain("41 + 1");
});

test("a cell that fails fails the command; its page and the others are there", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tsrsa-site-"));
  writeFileSync(join(folder, "bad.ts"), '// %%\nthrow new RangeError("on purpose");\n');
  writeFileSync(join(folder, "good.ts"), "// %%\n1 + 1;\n");
  const made = await tsrsa(["site", "bad", "good", "--out", "out"], { cwd: folder });
  expect([made.code, made.stderr.trim()]).toEqual([1, "a cell failed in bad"]);
  expect(readFileSync(join(folder, "out/bad.html"), "utf8")).toContain("on purpose");
  expect(existsSync(join(folder, "out/good.html"))).toBe(true);
  expect(readFileSync(join(folder, "out/index.html"), "utf8")).toContain("a cell of it failed");
});

test("what would write over something, or be two pages of one name, is refused", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tsrsa-site-"));
  writeFileSync(join(folder, "a.ts"), "// %%\n1;\n");
  writeFileSync(join(folder, "index.ts"), "// %%\n1;\n");
  const refused = async (...args: string[]) =>
    (await tsrsa(["site", ...args], { cwd: folder })).code;
  expect(await refused("a", "--out", ".")).toBe(2);
  mkdirSync(join(folder, "b"));
  writeFileSync(join(folder, "b/a.ts"), "// %%\n2;\n");
  expect(await refused("a", "b/a", "--out", "out")).toBe(2);
  // A pattern names both files of a notebook, which is one.
  writeFileSync(
    join(folder, "a.ipynb"),
    '{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}',
  );
  expect(await refused("a.ipynb", "a.ts", "a", "--out", "out")).toBe(0);
  expect(await refused("index", "--out", "out")).toBe(2);
  expect(await refused("a", "--out", "out", "--student", "--instructor")).toBe(2);
  expect(await refused("none", "--out", "out")).toBe(2);
});

test("the first page reads title and first paragraph, whatever the notebook begins with", () => {
  const text = (source: string) => ({ kind: "markdown" as const, source, tags: [] });
  expect(introOf([])).toEqual({ title: undefined, intro: "" });
  expect(introOf([text("# A\n\n- list\n\nWords.")])).toEqual({ title: "A", intro: "Words." });
  expect(introOf([text("Before.\n\n# A\n\nAfter.")])).toEqual({ title: "A", intro: "After." });
  expect(renderIndex("None", [])).toContain("<h1>None</h1>");
});
