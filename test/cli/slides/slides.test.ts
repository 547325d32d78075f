import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pageScript } from "../../../cli/page/page-script.ts";
import { renderPage } from "../../../cli/page/page.ts";
import { readNotebook } from "../../../cli/run/find-notebook.ts";
import { versionOf } from "../../../cli/run/cut.ts";
import type { RunRecord } from "../../../cli/run/record.ts";
import type { NotebookRun } from "../../../cli/run/run-notebook.ts";
import { deckOf } from "../../../cli/slides/deck.ts";
import { pieces } from "../../../cli/slides/pieces.ts";
import { hasSlides, renderSlides } from "../../../cli/slides/render-slides.ts";
import { slidesCommand } from "../../../cli/slides/slides-command.ts";
import { withoutSlides } from "../../../cli/slides/without-slides.ts";
import { parsePercent } from "../../../kernel/notebook/percent.ts";
import { stepOf } from "../../../web/slides/steps.ts";
import { root } from "../tsrsa.ts";

const script = `// %% [markdown]
// # Title of the *notebook*

// %% [markdown] tags=["slide","slide-only"]
// # Lecture

// %%
import { check } from "tsrsa/course";

// %% [markdown] tags=["slide","slide-only"]
// ## Code and picture

// %% tags=["slide"]
import { plotRdms } from "tsrsa";

plotRdms(one);

// %% [markdown]
// What to say.

// %% [markdown] tags=["slide-only"]
// More on it.

// %% tags=["slide"]
two();

// %% tags=["exercise:pairs"]
three(); // blank: three
check("00/pairs", 3, {});

// %% tags=["explanation:pairs"]
four();

// %% tags=["hide-cell"]
five();

// %% [markdown] tags=["slide"]
// ## To take away
// Little.
//
// ## To discuss
// Much.
`;

const cells = parsePercent(script);
const svg = (width: number, height: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"></svg>`;
const record = {
  ...{ notebook: "a.ts", tsrsa: "1", node: "v1", started: "2020-01-01T00:00", seconds: 1 },
  ...{ memoryMb: 0, results: {}, parameters: {}, data: [], claims: { checked: 0, failed: [] } },
  sources: [{ name: "faces", kind: "demo" }],
} as unknown as RunRecord;

/** A run in which every cell of code shows a picture with a richer form beside it, and says a word. */
function runOf(of: NotebookRun["cells"], picture = svg(640, 360)): NotebookRun {
  const data = { "image/svg+xml": picture, "text/html": "<b>turn me</b>", "text/plain": "figure" };
  const outputs = [
    { output_type: "display_data", data, metadata: {} },
    { output_type: "stream", name: "stdout", text: "said" },
  ];
  const code = of.flatMap(({ kind }, at) => (kind === "code" ? [at] : []));
  const runs = new Map(code.map((at, i) => [at, { outputs, executionCount: i + 1 }]));
  return { cells: of, runs, parameters: {} } as unknown as NotebookRun;
}

test("tags begin slides; figures and words of other cells go on them and into their notes", () => {
  expect(deckOf(cells)).toEqual([
    {
      parts: [
        { kind: "text", text: "# Lecture" },
        { kind: "figures", cell: 2 },
      ],
      notes: ["# Title of the *notebook*"],
    },
    {
      parts: [
        { kind: "text", text: "## Code and picture" },
        { kind: "code", cell: 4 },
        { kind: "text", text: "More on it." },
      ],
      notes: ["What to say."],
    },
    { parts: [{ kind: "code", cell: 7 }], notes: [] },
    { parts: [{ kind: "text", text: "## To take away\nLittle." }], notes: [] },
    { parts: [{ kind: "text", text: "## To discuss\nMuch." }], notes: [] },
  ]);
});

test.each([
  ["no cell", []],
  ["no tag", parsePercent("// %% [markdown]\n// # Title\n\n// %%\n1;\n")],
  ["an empty cell", parsePercent('// %% tags=["slide"]\n')],
  ["a cell for slides alone before any", parsePercent('// %% tags=["slide-only"]\n1;\n')],
])("a notebook of %s has no slides", (_, none) => {
  expect(deckOf(none)).toEqual([]);
});

test("a heading in a fence begins nothing, whatever the fence is", () => {
  expect(pieces("a\n```sh\n# no\n~~~\n```\n# b\n~~~~\n## no\n~~~\n## no\n~~~~\n#### c")).toEqual([
    "a\n```sh\n# no\n~~~\n```",
    "# b\n~~~~\n## no\n~~~\n## no\n~~~~\n#### c",
  ]);
  expect(pieces("\n\n")).toEqual([]);
});

test("the page has a section a slide, pictures in place of what turns, no imports, and its own script by its hash", () => {
  const html = renderSlides(runOf(cells), record, ".");
  expect(html.match(/<section class="slide/g)).toHaveLength(5);
  expect(html.match(/<section class="slide (\w+)"/g)?.join(" ")).toMatch(
    /below.*beside.*beside.*plain.*plain/,
  );
  expect(html.match(/<figure/g)).toHaveLength(3);
  expect(html).not.toContain("turn me");
  expect(html).not.toContain("import {");
  expect(html.match(/said/g)).toHaveLength(2);
  expect(html).toContain("<title>Title of the notebook: slides</title>");
  expect(html.match(/<b>demo data<\/b>/g)).toHaveLength(5);
  expect(html).toContain('aria-label="Slide 5 of 5"');
  const hash = createHash("sha256").update(pageScript("slides")).digest("base64");
  expect(pageScript("slides")).not.toBe("");
  expect(html).toContain(`'sha256-${hash}'`);
  expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  const measured = renderSlides(runOf(cells), { ...record, sources: [] }, ".");
  expect(measured).not.toContain("demo data");
});

test("a square picture stands beside a sentence, a wide one below it, and a title alone is a title", () => {
  const sentence = "Most were shown twice, and the rows are in the order of the experiment.";
  const text = `// %% [markdown] tags=["slide"]\n// # T\n//\n// ## A\n// ${sentence}\n\n// %%\n1;\n`;
  const looks = (picture: string) =>
    [
      ...renderSlides(runOf(parsePercent(text), picture), record, ".").matchAll(/"slide (\w+)"/g),
    ].map(([, look]) => look);
  expect(looks(svg(500, 500))).toEqual(["title", "beside"]);
  expect(looks(svg(900, 500))).toEqual(["title", "below"]);
});

test("text and outputs of a notebook bring no HTML of theirs onto a slide", () => {
  const text = '// %% [markdown] tags=["slide"]\n// ## <img src=x onerror=alert(1)>\n';
  const html = renderSlides(runOf(parsePercent(text)), record, ".");
  expect(html).not.toContain("<img");
  const title = renderSlides(runOf(parsePercent(text.replace("##", "#"))), record, ".");
  expect(title).not.toContain("<img");
});

test("readers of the notebook do not see what is for slides alone, in any version", () => {
  const page = renderPage(runOf(cells), record, ".");
  for (const words of ["Lecture", "Code and picture", "More on it"])
    expect(page).not.toContain(words);
  const file = { path: "/a.ts", folder: "/", name: "a", cells };
  for (const version of ["student", "solutions", "instructor"] as const) {
    const cut = versionOf(file, version, false).flatMap(({ tags }) => tags);
    expect(cut).not.toContain("slide-only");
    expect(versionOf(file, version, false, true).flatMap(({ tags }) => tags)).toContain(
      "slide-only",
    );
  }
});

test("a run without what is for slides alone keeps each cell's outputs, and the place of a failure", () => {
  const failure = { cell: 7, ename: "E", evalue: "", traceback: [] };
  const run = withoutSlides({ ...runOf(cells), failure });
  expect(run.cells).toHaveLength(cells.length - 3);
  const counts = run.cells.map((_, at) => run.runs.get(at)?.executionCount);
  expect(counts).toEqual([undefined, 1, 2, undefined, 3, 4, 5, 6, undefined]);
  expect(run.cells[run.failure?.cell ?? -1].source).toBe("two();");
});

test("a lecture's slides have no answer of an exercise where students get them", () => {
  for (const name of ["00-first-rsa", "01-sensor-level-meg"]) {
    const file = readNotebook(join(root, "notebooks", `${name}.ts`));
    const deck = deckOf(versionOf(file, "student", false, true));
    expect([name, deck.length >= 10 && deck.length <= 20]).toEqual([name, true]);
    const [last] = deck.at(-1)?.parts ?? [];
    expect(last.kind === "text" && last.text).toMatch(/^## To read on/);
    const notes = deck.flatMap((slide) => slide.notes).join("\n");
    expect(notes).not.toMatch(/200 × 199|Let two neighbours/);
  }
});

test("a notebook without slides is told so, and one whose cell fails leaves no file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "slides-"));
  const path = join(folder, "a.ts");
  const out = join(folder, "new", "a.html");
  writeFileSync(path, "// %%\n1;\n");
  await expect(slidesCommand(path, { out, parameters: [] })).rejects.toThrow(
    /no cell of a begins a slide; give one the tag "slide"/,
  );
  writeFileSync(path, '// %% [markdown] tags=["slide"]\n// # A\n\n// %%\nthrow new Error("no");\n');
  await expect(slidesCommand(path, { out, parameters: [] })).rejects.toThrow(
    /no slides were written/,
  );
  expect(() => readFileSync(out)).toThrow();
});

test("keys and presenters' pointers turn slides", () => {
  const step = (key: string, shiftKey = false) => stepOf({ key, shiftKey }, 9);
  expect(["ArrowRight", "PageDown", " ", "Enter"].map((key) => step(key))).toEqual(
    Array(4).fill({ by: 1 }),
  );
  expect(["ArrowLeft", "PageUp", "Backspace"].map((key) => step(key))).toEqual(
    Array(3).fill({ by: -1 }),
  );
  expect([step(" ", true), step("Home"), step("End"), step("x"), step("toString")]).toEqual([
    ...[{ by: -1 }, { to: 0 }, { to: 8 }],
    ...[undefined, undefined],
  ]);
});

test("a deck is known by its tags", () => {
  expect(hasSlides(cells)).toBe(true);
  expect(hasSlides(parsePercent('// %% tags=["slide-only"]\n1;\n'))).toBe(false);
});
