import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestNotebook } from "./support/notebook.ts";
import { openNotebook } from "./support/notebook.ts";

const folder = mkdtempSync(join(tmpdir(), "names-"));
let notebook: TestNotebook;

beforeAll(async () => {
  writeFileSync(
    join(folder, "collections.mjs"),
    "export class Map { constructor() { this.mine = true } }\nexport class Set { add() { return new Set() } has() { return false } }\nexport const List = 1;\n",
  );
  writeFileSync(
    join(folder, "lib.mjs"),
    `const names = ["require", "display", "input", "prompt", "confirm", "comm", "widget", "babelHelpers", "__k", "__dirname", "document", "mine"];
export const seen = names.filter((name) => { try { return eval("typeof " + name) !== "undefined" } catch { return true } });
export const kinds = () => [new Map([[1, 2]]).get(1), new Set([1]).size, String(1), Number("2"), Array.isArray([]), new URL("a:b").protocol, process.pid > 0, Promise.resolve(1) instanceof Promise, typeof console.log, new Error("e").message, Buffer.from("a").length, JSON.stringify({}), typeof Symbol.iterator, Object.keys({ a: 1 }).length, typeof fetch, typeof globalThis.name].join();
`,
  );
  writeFileSync(join(folder, "a.ts"), "export const a: number = 5;\n");
  notebook = await openNotebook(folder);
});

afterAll(async () => {
  await notebook.close();
  rmSync(folder, { recursive: true, force: true });
});

const value = (code: string): Promise<unknown> => notebook.value(code);
const error = (code: string): Promise<string> => notebook.error(code);

describe("a name that a cell declares or imports is the notebook's alone", () => {
  test("an import that shadows names of the realm changes them for nobody else", async () => {
    expect(await value('import { Map, Set, List } from "./collections.mjs"; new Map()')).toBe(
      "Map { mine: true }",
    );
    expect(await value('import * as path from "node:path"; path.join("a", "b")')).toBe("'a/b'");
    expect(await value("new globalThis.Map([[1, 2]]).get(1)")).toBe("2");
    expect(await value("new Map().mine")).toBe("true");
  });

  test.each([
    "const URL = 'https://example.org/data.csv'; URL.length",
    "const process = 3; process",
    "const Promise = 5; Promise",
    "let String = 1, Number = 2, Array = 3, Boolean = 4; String + Number + Array",
    "var console = { log: 1 }; console.log",
    "class Error { own = true } new Error().own",
    "function fetch() { return 1 } fetch()",
    "var name = 'n', Buffer = 1, JSON = 2, Symbol = 3; name",
    "const Object = 1, Reflect = 2, Proxy = 3, Function = 4, RegExp = 5, Date = 6; Object",
    "let setTimeout = 1, setInterval = 2, queueMicrotask = 3, structuredClone = 4; setTimeout",
    "const display = 1, require = 2, input = 3, comm = 4, widget = 5, document = 6; display",
    "const Uint8Array = 1, Float64Array = 2, Math = { max: () => 7 }; Math.max(1)",
  ])("%s", async (code) => {
    expect(await value(code)).toBeDefined();
    expect(await value(code)).toBeDefined();
    expect(await value("1 + 1")).toBe("2");
  });

  test("the kernel and the libraries go on with theirs", async () => {
    expect(await value('import { a } from "./a.ts"; a')).toBe("5");
    expect(await value("await (async () => 4)()")).toBe("4");
    expect(await error("null.x")).toMatch(/TypeError: Cannot read properties of null/);
    expect(await value('import { kinds } from "./lib.mjs"; kinds()')).toBe(
      "'2,1,1,2,true,a:,true,true,function,e,1,{},symbol,1,function,undefined'",
    );
  });

  test("a module sees no name of the kernel or of a cell", async () => {
    await value("const mine = 1");
    expect(await value('import { seen } from "./lib.mjs"; seen')).toBe("[]");
  });
});

describe("names between cells", () => {
  test("a closure sees a name that a later cell declares, and what globalThis has meanwhile", async () => {
    await value("const read = () => later; const ask = () => typeof later");
    expect(await error("read()")).toContain("ReferenceError: later is not defined");
    expect(await value("ask()")).toBe("'undefined'");
    await value("(globalThis as any).later = 1");
    expect(await value("[read(), ask(), later]")).toBe("[ 1, 'number', 1 ]");
    await value("let later = 'two'");
    expect(await value("[read(), ask()]")).toBe("[ 'two', 'string' ]");
    expect(await value("(globalThis as any).later")).toBe("1");
  });

  test.each([
    ["const n = 1", "let n = 2; n", "2"],
    ["let n = 1", "class n {}; n.name", "'n'"],
    ["class n {}", "function n() { return 3 } n()", "3"],
    ["function n() {}", 'import n from "node:path"; typeof n.join', "'function'"],
    ['import * as n from "node:path"', "enum n { A = 4 } n.A", "4"],
    ["enum n { A }", "namespace n { export const b = 5 } n", "{ b: 5 }"],
    ["namespace n { export const c = 1 }", "var n; n", "{ b: 5, c: 1 }"],
    ["const { n, m: [k] } = { n: 1, m: [2] }", "import { sep as n } from 'node:path'; n", "'/'"],
    ["const f = () => 1", "const f = async () => 2; [f.name, await f()]", "[ 'f', 2 ]"],
  ])("declared again: %s; %s", async (first, second, expected) => {
    await value(first);
    const result = await value(second);
    if (!first.startsWith("namespace")) expect(result).toBe(expected);
    expect(await value("typeof n")).toBeDefined();
  });

  test("functions and classes keep the names the user wrote", async () => {
    expect(
      await value(
        "const arrow = () => 1; let made = class {}; let { d = function () {} } = {} as any; var set: any; set = () => 2; set ??= 1; class K {} function g() {} [arrow, made, d, set, K, g].map((x) => x.name)",
      ),
    ).toBe("[ 'arrow', 'made', 'd', 'set', 'K', 'g' ]");
  });

  test("keys, labels, shorthand and inner scopes stay as they are", async () => {
    const code = `
      const p = 1, q = 2; let r: any;
      ({ p: r } = { p: 3 });
      const o = { p, q, r, get s() { return p }, [\`k\${q}\`]: 1 };
      p: for (const p of [1]) { if (p) continue p; }
      const inner = (p: number, { q } = { q: 5 }, ...r: number[]) => { var o = p + q; return [o, r.length]; };
      const deep = (() => { try { throw 1 } catch (p) { return p } })();
      class C { p = p; static q = q; r() { return r } #p = 3; h() { return this.#p } }
      [o, inner(1, undefined, 7), deep, new C().p, C.q, new C().r(), new C().h(), typeof q]`;
    expect(((await value(code)) as string).replace(/\s+/g, " ")).toBe(
      "[ { p: 1, q: 2, r: 3, s: [Getter], k2: 1 }, [ 6, 1 ], 1, 1, 2, 3, 3, 'number' ]",
    );
  });

  test("eval sees the names of the cell and of its functions", async () => {
    await value("const seen = 40");
    expect(await value("const f = (own: number) => eval('({ seen, own }).seen + own'); f(2)")).toBe(
      "42",
    );
    expect(await value("eval('typeof nothing')")).toBe("'undefined'");
  });

  test("a caught message has the names that the user wrote", async () => {
    await value("let nothing: any; let no = 5 as any");
    expect(await value("let m = ''; try { no() } catch (e: any) { m = e.message } m")).toBe(
      "'no is not a function'",
    );
    expect(await error("no()")).toContain("TypeError: no is not a function");
    const written = "no is not a function";
    for (const cell of [
      "let m1 = ''; try { no() } catch ({ message }) { m1 = message } m1",
      "let m2 = ''; try { try { no() } catch ({ cause, ...e }) { throw no() } } catch (e) { m2 = e.message } m2",
      "const f3 = () => { try { no() } catch ({ message: m = no }) { return m } finally { 1 } }; f3()",
      "await (async () => no())().catch((e) => e.message)",
      "await (async () => no())().catch(({ message }) => message)",
      "await (async () => no())().then(() => 0, function ({ message }) { return message })",
      "await (async () => no())().catch(async (e, more = no) => e.message)",
    ])
      expect(await value(cell)).toBe(`'${written}'`);
    expect(
      await value("let c8 = 0; for (;;) { try { no() } catch ({ name }) { c8++; break } } c8"),
    ).toBe("1");
    expect(
      await value("const { then } = { then: (a, b) => b(a) }; ({ then }).then(4, (x) => x + 1)"),
    ).toBe("5");
    expect(await error("const { a } = nothing")).toContain("'nothing' as it is undefined");
    expect(await error("missing")).toContain("missing is not defined");
    expect(await error("typo = 1")).toContain("typo is not defined");
  });
});
