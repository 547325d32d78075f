import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { checkTypes } from "../../cli/run/check-types.ts";
import { collapseProgress } from "../../cli/page/progress-lines.ts";
import { parsePercent } from "../../kernel/notebook/percent.ts";
import type { RunRecord } from "../../cli/run/record.ts";
import { root, tsrsa } from "./tsrsa.ts";

const folder = mkdtempSync(join(tmpdir(), "check-types-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const place = { folder, path: "x.ts", packagesFrom: join(root, "cli/main.ts") };
const check = (text: string) => checkTypes(parsePercent(text), place);

describe("types of a notebook are checked before it runs", () => {
  test("a misspelt option is found at its line, with the line and a caret", () => {
    const text = [
      '// %%\nimport { computeRdm } from "tsrsa";\n',
      '// %%\ncomputeRdm([[1, 2], [2, 1]], { labels: ["a", "b"] });\n',
    ].join("\n");
    const [fault, ...others] = check(text);
    expect(others).toEqual([]);
    expect(fault.place).toBe("x.ts:5:32");
    expect(fault.message).toContain("'labels' does not exist in type 'ComputeRdmOptions'");
    expect(fault.excerpt[1].indexOf("^")).toBe(fault.excerpt[0].indexOf("labels"));
  });

  test("names of earlier cells are known, await at the top is no fault, nor are types not written", () => {
    expect(
      check(
        "// %%\nconst n = await Promise.resolve(2);\n\n// %%\nfunction twice(x) { return 2 * x; }\ntwice(n);\n",
      ),
    ).toEqual([]);
  });

  test("a cell that is to fail may do so by its types", () => {
    expect(check('// %% tags=["raises-exception"]\nconst n: number = "text";\n')).toEqual([]);
    expect(check('// %%\nconst n: number = "text";\n')).toHaveLength(1);
  });
});

test("tsrsa run runs nothing while types do not fit, and all the same with --no-check", async () => {
  const path = join(folder, "wrong.ts");
  writeFileSync(path, '// %%\nconst n: number = "text";\nn\n');
  const args = ["run", path, "--out", join(folder, "out")];
  const refused = await tsrsa(args, { cwd: folder });
  expect(refused.code).toBe(1);
  expect(refused.stdout).toBe("");
  expect(refused.stderr.split("\n").slice(0, 3)).toEqual([
    "wrong.ts:2:7 Type 'string' is not assignable to type 'number'. (TS2322)",
    '    const n: number = "text";',
    "          ^",
  ]);
  expect(refused.stderr).toContain("1 type error; nothing was run: mend it, or add --no-check");
  expect(await tsrsa([...args, "--no-check"], { cwd: folder })).toMatchObject({ code: 0 });
}, 120_000);

test("claims are counted, a false one fails the run and is in its record, what was read and drawn too", async () => {
  const path = join(folder, "claims.ts");
  writeFileSync(join(folder, "x.csv"), "a\n1\n");
  const cells = [
    'import { claim, random, readCsv } from "tsrsa";\nawait readCsv("x.csv");\nrandom(5).next();',
    'claim("one is less than two", 1 < 2);',
    'claim("two is less than one", 2 < 1);',
  ];
  writeFileSync(path, cells.map((cell) => `// %%\n${cell}\n`).join("\n"));
  const { code, stderr } = await tsrsa(
    ["run", path, "--no-check", "--out", join(folder, "claims")],
    {
      cwd: folder,
    },
  );
  expect(code).toBe(1);
  expect(stderr).toContain("the numbers above do not show it: two is less than one");
  const record = JSON.parse(readFileSync(join(folder, "claims/run.json"), "utf8")) as RunRecord;
  expect(record.claims).toEqual({ checked: 2, failed: ["two is less than one"] });
  expect(record.seeds).toEqual({ random: 5 });
  expect(record.draws).toEqual([{ call: "random", options: { seed: 5 }, times: 1 }]);
  expect(record.data).toMatchObject([{ path: join(folder, "x.csv"), bytes: 4 }]);
  expect(record.data[0].sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(record.memoryMb).toBeGreaterThan(20);
  const page = readFileSync(join(folder, "claims/claims.html"), "utf8");
  expect(page).toContain("2 sentences checked against the numbers, 1 of them false");
  expect(page).toContain('<p class="claim">✓ one is less than two</p>');
}, 120_000);

describe("finished progress lines of a page", () => {
  const line = (done: number, total: number, text: string) => ({
    output_type: "display_data" as const,
    metadata: {},
    data: {
      "text/html": `<progress value="${done}" max="${total}"></progress> ${text}`,
      "text/plain": text,
    },
  });

  test("collapse into one that opens, others stay where they are", () => {
    const text = { output_type: "stream" as const, name: "stdout" as const, text: "hello" };
    const { others, html } = collapseProgress([
      line(3, 3, "a < b: 3/3"),
      text,
      line(1, 3, "half way"),
      line(2, 2, "two: 2/2"),
    ]);
    expect(others).toEqual([text, line(1, 3, "half way")]);
    expect(html).toContain("<summary>2 jobs done</summary>");
    expect(html).toContain("<li>a &lt; b: 3/3</li><li>two: 2/2</li>");
  });

  test("one alone is a small line, none is nothing", () => {
    expect(collapseProgress([line(2, 2, "two")]).html).toBe('<p class="done">two</p>');
    expect(collapseProgress([]).html).toBe("");
  });
});
