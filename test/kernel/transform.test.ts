import { describe, expect, test } from "vitest";
import { CellSyntaxError } from "../../kernel/transform/syntax-error.ts";
import { kernelName, mark } from "../../kernel/transform/marks.ts";
import { transformCell } from "../../kernel/transform/transform.ts";
import { testRealm } from "./support/realm.ts";

/** A notebook without a process: cells run one after another in one context. */
function notebook(modules: Record<string, Record<string, unknown>> = {}) {
  const members = async (name: string, keys: string[]) => ({
    namespace: modules[name],
    members: Object.fromEntries(keys.map((key) => [key, modules[name][key]])),
  });
  const realm = testRealm({ m: members, meta: { url: "file:///nb" } });
  return async (source: string): Promise<unknown> => (await realm.run(source))?.[0];
}

describe("the value of a cell", () => {
  test.each([
    ["1 + 1", 2],
    ["1 + 1;", 2],
    ['"hello"', "hello"],
    ["const a = 1", undefined],
    ["if (true) { 3 }", undefined],
    ["let z = 2; z *= 3", 6],
    ["(1, 2)", 2],
    ["await Promise.resolve(4)", 4],
    ["5 as number satisfies number", 5],
    ["export default 6", undefined],
    ["", undefined],
    ["// only a comment", undefined],
  ])("%s → %s", async (source, value) => {
    expect(await notebook()(source)).toBe(value);
  });

  test("a cell that is an object literal is that object, and a block is a block", async () => {
    const run = notebook();
    expect(await run("{ a: 1, b: [2] }")).toEqual({ a: 1, b: [2] });
    expect(await run("{ const c = 3; globalThis.d = c; }")).toBeUndefined();
    expect(await run("globalThis.d")).toBe(3);
  });
});

describe("names live on in later cells", () => {
  test.each([
    ["const a = 1", "a", 1],
    ["let a: number = 1, b = 2", "a + b", 3],
    [
      "const { a, b: [c, ...d], ...e } = { a: 1, b: [2, 3, 4], f: 5 }",
      "[a, c, d, e.f]",
      [1, 2, [3, 4], 5],
    ],
    ["const [p = 9, { q } = { q: 8 }] = []", "[p, q]", [9, 8]],
    ["function f(x: number): number { return x + 1 }", "f(1)", 2],
    ["async function g() { return 7 }", "await g()", 7],
    ["class K { constructor(readonly z: number) {} }", "new K(3).z", 3],
    ["enum Side { Left, Right = 5 }", "[Side.Left, Side[5]]", [0, "Right"]],
    ["namespace N { export const q = 1 }", "N.q", 1],
    ["if (true) { var v = 3 }", "v", 3],
    ["for (var i = 0, j = 2; i < 3; i++) {}", "i + j", 5],
    ["for (var [k] of [[4]]) {}", "k", 4],
    ["for (let m = 0; m < 3; m++) {}", "typeof m", "undefined"],
    ["export const x = 2", "x", 2],
    ["const late = early(); function early() { return 1 }", "late", 1],
    ["function h() { var inner = 1; return inner }", "typeof inner", "undefined"],
    ["type T = { a: 1 }; interface I {} declare const nothing: T", "typeof nothing", "undefined"],
    ["const arrow = () => 1", "arrow.name", "arrow"],
  ])("%s; %s", async (first, second, value) => {
    const run = notebook();
    await run(first);
    expect(await run(second)).toEqual(value);
  });

  test("any name can be declared again, as anything", async () => {
    const run = notebook();
    for (const source of [
      "const a = 1",
      "let a = 2",
      "class a {}",
      "function a() {}",
      "const a = 3",
    ])
      await run(source);
    expect(await run("a")).toBe(3);
  });

  test("a let without a value starts anew", async () => {
    const run = notebook();
    await run("let a = 1");
    await run("let a: number");
    expect(await run("a")).toBeUndefined();
  });

  test("a function calls the newest version of another", async () => {
    const run = notebook();
    await run("function inner() { return 1 } function outer() { return inner() }");
    await run("function inner() { return 2 }");
    expect(await run("outer()")).toBe(2);
  });

  test("assigning to an undeclared name is an error, as in a module", async () => {
    await expect(notebook()("typo = 1")).rejects.toThrow(/typo is not defined/);
  });
});

describe("imports", () => {
  const run = notebook({ m: { default: 1, a: 2, "b-c": 3 } });
  test.each([
    ['import d from "m"; d', 1],
    ['import * as ns from "m"; ns.a', 2],
    ['import { a as other, "b-c" as bc } from "m"; [other, bc]', [2, 3]],
    ['import d2, * as all from "m"; [d2, all.a]', [1, 2]],
    ['import "m"; 4', 4],
    ['import type { T } from "nowhere"; 5', 5],
    ['import { type T, a as used } from "m"; used', 2],
    ['hoisted; import { a as hoisted } from "m"', undefined],
    ['import data from "m" with { type: "json" }; data', 1],
  ])("%s", async (source, value) => {
    expect(await run(source)).toEqual(value);
  });

  test("an import not used in its own cell stays for the next", async () => {
    const next = notebook({ m: { a: 2 } });
    await next('import { a } from "m"');
    expect(await next("a")).toBe(2);
  });
});

describe("awaits", () => {
  test("only those of the cell itself can be interrupted", () => {
    const { code } = transformCell(
      "await a; const f = async () => await b; async function g() { await c }\nfor await (const x of y) await x",
    );
    expect(code).toContain(`await ${kernelName}.w(a${mark}, `);
    expect(code).toContain(`await b${mark}`);
    expect(code).toContain(`await c${mark}`);
    expect(code).toContain(`of ${kernelName}.each(y${mark}, `);
    expect(code).toContain(`await ${kernelName}.w(x, `);
  });

  test("nested awaits close in order", async () => {
    expect(await notebook()("await (await Promise.resolve(async () => 3))()")).toBe(3);
    expect(await notebook()("const { a } = await { a: await 2 }; a")).toBe(2);
  });

  test("import.meta works in a cell", async () => {
    expect(await notebook()("import.meta.url")).toBe("file:///nb");
  });
});

describe("positions", () => {
  test.each([
    ["const a = 1;\nconst é = 3;\nconst = 4;", 3, 7],
    ["f(", 1, 3],
    ["const x = 1;\nconst x = 2;", 1, 7],
  ])("a syntax error names its line: %s", (source, line, column) => {
    let thrown: unknown;
    try {
      transformCell(source);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(CellSyntaxError);
    expect(thrown).toMatchObject({ line, column });
  });

  test.each([
    ['interface A {\n  b: 1;\n}\n\nconst a: A = { b: 1 };\nboom("é");', 'boom("é")', 6, 1],
    [
      'import { a } from "m";\nfunction f() {\n  return 1;\n}\n\nif (a) {\n  boom();\n}',
      "boom()",
      7,
      3,
    ],
    ["function f(x: number) {\n  // why\n  return boom(x);\n}\nf(1);", "boom(x)", 3, 10],
    ["const { a, b } = await boom(), c = 1;", "boom()", 1, 24],
  ])("a place in the script is traced to the cell: %s", (source, needle, line, column) => {
    const { code, trace } = transformCell(source);
    const marked = needle.replace(/[a-z]+/, `$&${mark}`);
    const before = code.slice(0, code.indexOf(marked)).split("\n");
    expect(trace(before.length, (before.at(-1) ?? "").length + 1)).toEqual({ line, column });
  });
});
