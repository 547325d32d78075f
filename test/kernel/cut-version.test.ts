import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Version } from "../../kernel/notebook/cut-version.ts";
import { cutVersion } from "../../kernel/notebook/cut-version.ts";
import { parsePercent } from "../../kernel/notebook/percent.ts";
import { transformCell } from "../../kernel/transform/transform.ts";
import { tsrsa } from "../cli/tsrsa.ts";

const script = `// %%
import { check } from "tsrsa/course";

// %% [markdown] tags=["exercise:sum"]
// ### Exercise 1

// %% tags=["setup:sum"]
const given = [1, 2, 3];

// %% [markdown] tags=["hint:sum"]
// First.

// %% [markdown] tags=["hint:sum"]
// Second.

// %% tags=["exercise:sum"]
const one: number = given[0] + 1; // blank: one more
// blank begin: total, the sum of given
let total = 0;
const unused = 1;
for (const x of given) total += x;
// blank end
given.sort(); // blank: sort them
check("00/pairs", total, { rdm: one });

// %% tags=["explanation:sum"]
total;

// %% [markdown] tags=["explanation:sum"]
// They add up.

// %% [markdown] tags=["instructor:sum"]
// For the teacher.
`;

const declaredNames = (code: string) => transformCell(code).names;
const cut = (version: Version, text = script, withSolutions = false) =>
  cutVersion(parsePercent(text), version, { withSolutions, declaredNames });

test("the student's version has blanks, folded hints, and neither solution nor words for the teacher", () => {
  const cells = cut("student");
  expect(cells.map(({ source }) => source)).toEqual([
    'import { check, todo } from "tsrsa/course";',
    "### Exercise 1",
    "const given = [1, 2, 3];",
    "<details><summary>Hint 1 of 2</summary>\n\nFirst.\n\n</details>",
    "<details><summary>Hint 2 of 2</summary>\n\nSecond.\n\n</details>",
    [
      'const one: number = todo("one more");',
      'const total = todo("total, the sum of given");',
      'todo("sort them");',
      'check("00/pairs", total, { rdm: one });',
    ].join("\n"),
  ]);
  expect(cells[5]).toMatchObject({
    tags: ["exercise:sum", "raises-exception"],
    start: cells[5].source,
  });
});

test("the solutions are the source without marks; the instructor's has the words for the teacher too", () => {
  const sources = cut("solutions").map(({ source }) => source);
  expect(sources[5]).toBe(
    "const one: number = given[0] + 1;\nlet total = 0;\nconst unused = 1;\nfor (const x of given) total += x;\n" +
      'given.sort();\ncheck("00/pairs", total, { rdm: one });',
  );
  expect(sources.join()).not.toContain("blank");
  expect(sources).not.toContain("For the teacher.");
  expect(cut("instructor").map(({ source }) => source)).toEqual([...sources, "For the teacher."]);
});

test("with solutions each exercise is followed by one folded cell", () => {
  const cells = cut("student", script, true);
  expect(cells.at(-1)).toMatchObject({ kind: "markdown", tags: ["explanation:sum"] });
  expect(cells.at(-1)?.source).toMatch(
    /^<details><summary>Solution<\/summary>[\s\S]*total \+= x;[\s\S]*They add up\.\n\n<\/details>$/,
  );
});

test("half a mark, a blank without words or outside an exercise, an exercise without blank are refused", () => {
  const exercise = (body: string) => `// %% tags=["exercise:x"]\n${body}\n`;
  expect(() => cut("student", exercise("// blank begin: a\nlet a = 1;"))).toThrow(
    "cell 1 begins a blank and does not end it",
  );
  expect(() => cut("student", exercise("let a = 1;\n// blank end"))).toThrow(
    "ends a blank that was not begun",
  );
  expect(() => cut("student", exercise("// blank begin: a\n// blank begin: b"))).toThrow(
    "in a blank",
  );
  expect(() => cut("student", exercise("let a = 1; // blank"))).toThrow(
    "says not what belongs there",
  );
  expect(() => cut("solutions", exercise("let a = 1;"))).toThrow("is an exercise without a blank");
  expect(() => cut("student", "// %%\nlet a = 1; // blank: a\n")).toThrow(
    "has a blank, but no tag",
  );
  expect(() => cut("student", exercise("let a = 1; // blank: a"))).toThrow("import { check }");
});

test("a notebook without exercises is the same in every version", () => {
  const text = '// %% [markdown]\n// # Title\n\n// %% tags=["parameters"]\nlet n = 1;\n';
  for (const version of ["student", "solutions", "instructor"] as const)
    expect(cut(version, text)).toEqual(parsePercent(text));
});

test("a word in a text is no use of a name: it gets no blank", () => {
  const text = `// %%
import { check } from "tsrsa/course";

// %% tags=["exercise:faces-only"]
// blank begin: rho, among faces
const faces = 1;
const rho = faces + 1;
// blank end
check("01/faces-only", rho, {});
`;
  const [, { source }] = cut("student", text);
  expect(source).toBe(`const rho = todo("rho, among faces");\ncheck("01/faces-only", rho, {});`);
});

test("tsrsa nb student writes both files and never over the source", async () => {
  const out = mkdtempSync(join(tmpdir(), "tsrsa-nb-"));
  const made = await tsrsa(["nb", "student", "notebooks/00-first-rsa", "--out", out]);
  expect([made.code, made.stderr]).toEqual([0, ""]);
  const script = readFileSync(join(out, "00-first-rsa.ts"), "utf8");
  expect(script).toContain('const nPairs = todo("the number of pairs, from related.nItems");');
  expect(script).toContain('import { check, todo } from "tsrsa/course";');
  expect(script).not.toMatch(/19,900\.|neighbours/);
  const ipynb = JSON.parse(readFileSync(join(out, "00-first-rsa.ipynb"), "utf8")) as {
    cells: { metadata: { tsrsa?: { start: string } } }[];
  };
  expect(ipynb.cells.filter(({ metadata }) => metadata.tsrsa !== undefined)).toHaveLength(5);
  const over = await tsrsa(["nb", "solutions", "notebooks/00-first-rsa", "--out", "notebooks"]);
  expect([over.code, over.stderr]).toEqual([
    2,
    expect.stringContaining("would write over the source"),
  ]);
});
