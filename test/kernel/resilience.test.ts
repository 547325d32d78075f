import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestNotebook } from "./support/notebook.ts";
import { openNotebook } from "./support/notebook.ts";

const folder = mkdtempSync(join(tmpdir(), "resilience-"));
let notebook: TestNotebook;
beforeAll(async () => (notebook = await openNotebook(folder)));
afterAll(async () => {
  await notebook.close();
  rmSync(folder, { recursive: true, force: true });
});

const value = (code: string): Promise<unknown> => notebook.value(code);
const error = (code: string): Promise<string> => notebook.error(code);

describe("a name whose cell failed before it had a value", () => {
  test.each([
    ["const data = JSON.parse('{')", "data", "data"],
    ["const [head, ...rest] = null as any", "rest", "rest"],
    ["class Late extends (null as any).x {}", "new Late()", "Late"],
    ["import { nothing } from './nowhere.ts'", "nothing + 1", "nothing"],
    ["let total = missing; let other = 1", "for (let i = 0; i < 2; i++) total += other", "total"],
    ["let other2 = null.x", "let sum2 = 0; for (let i = 0; i < 2; i++) sum2 += other2", "other2"],
    ["let count1 = null.x", "count1 += 1", "count1"],
    ["let count2 = null.x", "count2++", "count2"],
    ["let count3 = null.x", "for (let i = 0; i < 2; i++) count3 += i", "count3"],
    ["using r1 = { [Symbol.dispose]() {} }; const v1 = (null as any).x; const w1 = 1", "w1", "w1"],
    ["using r2 = { [Symbol.dispose]() {} }; const v2 = (null as any).x", "[v2]", "v2"],
  ])("is not undefined: %s", async (failing, reading, name) => {
    await error(failing);
    expect(await error(reading)).toContain(
      `${name} has no value: the cell that declares it ended, or still waits, before it had one`,
    );
  });

  test("has it once a cell declares it anew or assigns to it, also for earlier functions", async () => {
    await error("function area() { return size * 2 } const bad = null.x; const size = 3");
    expect(await error("size")).toContain("size has no value");
    expect(await value("typeof size")).toBe("'undefined'");
    expect(await value("const size = 4; area()")).toBe("8");
    await error("let count = null.x");
    expect(await value("count = 5; count")).toBe("5");
    expect(await value("count")).toBe("5");
  });

  test.each([
    ["const hit = [1].find((n) => n > 5); null!.x", "[hit]", "[ undefined ]"],
    ["const { p, q } = { p: 1 } as any; throw new Error('x')", "q ?? 'default'", "'default'"],
    ["let best = JSON.parse('{')", "best = undefined; 1", "1"],
    ["let model: { end(): void } | undefined; 1", "model?.end(); let model = { end() {} }; 2", "2"],
    ["let bb: number | undefined; 1", "let bb = bb ?? 0; bb", "0"],
  ])("undefined is a value, given: %s", async (first, second, shown) => {
    await notebook.value(first).catch(() => undefined);
    expect(await value(second)).toBe(shown);
  });

  test.each([
    ["const f1 = () => [g1]; const g1 = null!.x", "f1()", "g1"],
    ["function f2() { return g2 } null!.x; const g2 = 1", "f2()", "g2"],
    ["class F3 { m() { return { g3 } } } let g3 = null!.x", "new F3().m()", "g3"],
    ["const f4 = () => g4 + 1; null!.x; class g4 {}", "f4()", "g4"],
    ["const f5 = (a = g5) => a; const { g5 } = null!", "f5()", "g5"],
    ["const f6 = () => g6?.x; const g6 = null!.x", "f6()", "g6"],
    ["const f7 = () => `${g7}`; const g7 = null!.x", "f7()", "g7"],
    ["const f8 = () => { g8 += 1 }; let g8 = null!.x", "f8()", "g8"],
    ["const f9 = () => g9++; null!.x; let g9 = 0", "f9()", "g9"],
    ["const f10 = () => { g10 += 1 }; null!.x; const g10 = 0", "f10()", "g10"],
    ["function f11() { return g11 } import { g11 } from './nowhere.ts'", "f11()", "g11"],
    ["const f12 = () => eval('g12'); const u12 = () => g12; null!.x; let g12 = 1", "f12()", "g12"],
    [
      "const f13 = () => { for (let i = 0; i < 2; i++) if (g13) return 1 }; null!.x; let g13 = 1",
      "f13()",
      "g13",
    ],
    ["const f14 = () => (g14 === undefined ? 1 : 2); null!.x; let g14 = 1", "f14()", "g14"],
    ["const f15 = () => { g15 ??= 1; return g15 }; null!.x; let g15", "f15()", "g15"],
  ])("is told by functions of the same cell: %s", async (failing, reading, name) => {
    await error(failing);
    expect(await error(reading)).toContain(`${name} has no value`);
  });

  test("is told by functions of cells that ran before, and by those called before the declaration", async () => {
    await value("const soon = () => notYet; let kept0 = 0; const add = () => (kept0 += notYet); 1");
    expect(await error("soon()")).toContain("notYet is not defined");
    await error("null!.x; let notYet = 5");
    expect(await error("soon()")).toContain("notYet has no value");
    expect(await error("add()")).toContain("notYet has no value");
    expect(await value("[kept0, typeof notYet]")).toBe("[ 0, 'undefined' ]");
    expect(
      await error(
        "const early1 = callEarly(); const late1 = 2; function callEarly() { return late1 }",
      ),
    ).toContain("late1 has no value");
    expect(await value("let notYet = 6; [soon(), add()]")).toBe("[ 6, 6 ]");
  });

  test.each([
    ["const f = () => u; const u = undefined; 1", "[f()]", "[ undefined ]"],
    ["const h = () => u2; const u2 = [1].find((n) => n > 1); h()", "[h()]", "[ undefined ]"],
    ["const f3 = () => typeof u3; null!.x; const u3 = 1", "f3()", "'undefined'"],
    ["const f4b = () => u4; const u4 = 4; null!.x", "f4b()", "4"],
    ["let u5: number | undefined; const f5b = () => u5; null!.x", "[f5b()]", "[ undefined ]"],
    ["const f6b = () => u6; null!.x; let u6 = 1", "u6 = 7; f6b()", "7"],
    ["const f7b = () => u7; null!.x; let u7 = 1", "var u7; [f7b()]", "[ undefined ]"],
    ["const f8b = () => u8; null!.x; let u8 = 1", "function u8() {}; typeof f8b()", "'function'"],
    ["const f9b = () => (u9 = 3); null!.x; let u9 = 1", "f9b() + u9", "6"],
    [
      "const f10b = () => u10; null!.x; const u10 = 1",
      "const { u10, w10 = u10 } = { u10: 2 }; f10b() + w10",
      "4",
    ],
    [
      "const { a11, b11 = () => a11, ...c11 } = { a11: 1, d: 2 }; const g11b = () => [b11(), c11]; 1",
      "g11b()",
      "[ 1, { d: 2 } ]",
    ],
    [
      "class A12 { static one = new A12(); other() { return [A12.one instanceof A12, B12.name === 'B12'] } } class B12 extends A12 {} 1",
      "new B12().other()",
      "[ true, true ]",
    ],
  ])("functions of a cell read what it gave: %s", async (first, second, shown) => {
    await notebook.value(first).catch(() => undefined);
    expect(await value(second)).toBe(shown);
  });

  test.each([
    ["w1", "null!.x; const w1 = 1"],
    ["w2", "1"],
  ])("has none yet where a later cell only could give it one: %s", async (name, first) => {
    // Bound without a value before, or not there at all.
    await notebook.value(first).catch(() => undefined);
    await error(`const read_${name} = () => ${name}; null!.x; let ${name} = 1`);
    await value(`const set_${name} = () => { ${name} = 2 }; 1`);
    expect(await value(`typeof ${name}`)).toBe("'undefined'");
    expect(await error(`read_${name}()`)).toContain(`${name} has no value`);
    expect(await value(`set_${name}(); read_${name}()`)).toBe("2");
  });

  test("lists and keeps no name without a value, and forgets it", async () => {
    await error("const reader = () => gone1; null!.x; const gone1 = 1");
    await value("%who\n1");
    expect(await value("%reset\ntypeof gone1")).toBe("'undefined'");
    expect(await value("const gone1 = 2; const reader2 = () => gone1; reader2()")).toBe("2");
  });

  test("is told within functions too, and once more where the cell runs again", async () => {
    await error("const table = JSON.parse('{')");
    expect(await error("[1, 2].map((v) => v * table)")).toContain("table has no value");
    await value("const rows = () => table; 1");
    expect(await error("rows()")).toContain("table has no value");
    expect(await value("const table = undefined; [rows()]")).toBe("[ undefined ]");
    await error("lateName; let lateName");
    expect(await error("lateName; let lateName")).toContain("before initialization");
  });

  test("%reset forgets what was, not what its own cell declares", async () => {
    await value("const before = 1; before");
    expect(
      await value("%reset\nconst y = 5; class Y { z = y } function fy() { return y }; y"),
    ).toBe("5");
    expect(await value("[y, new Y().z, fy()]")).toBe("[ 5, 5, 5 ]");
    expect(await error("before")).toContain("before is not defined");
  });

  test("is undefined where that is its value", async () => {
    expect(await value("const none = undefined; let unset; 1")).toBe("1");
    expect(await value("[none, unset]")).toBe("[ undefined, undefined ]");
    await error("let later; null.x");
    expect(await value("[later]")).toBe("[ undefined ]");
  });
});

describe("what libraries do to the process", () => {
  test("a Promise of their own, or none of the realm's objects, stops no later cell", async () => {
    await value(
      "const P = Promise; class Own { constructor(f) { f((v) => (this.v = v)) } then(f) { f(this.v) } static resolve(v) { return new Own((r) => r(v)) } }; globalThis.Promise = Own; 1",
    );
    expect(await value("Promise.resolve(4)")).toMatch(/^Own/);
    expect(await value("await Promise.resolve(4)")).toBe("4");
    expect(await value("globalThis.Promise = undefined; 5")).toBe("5");
    expect(await value("await (async () => 6)()")).toBe("6");
    expect(await value("globalThis.Promise = P; 7")).toBe("7");
    expect(
      await value("const M = globalThis.Map; globalThis.Map = globalThis.Array = undefined; 8"),
    ).toBe("8");
    expect(await value("[1, { a: 2 }]")).toBe("[ 1, { a: 2 } ]");
  });

  test("no removal of listeners leaves the kernel deaf, or lets an error end it", async () => {
    expect(await value("let kept = 1; process.removeAllListeners() === process")).toBe("true");
    expect(await value("kept")).toBe("1");
    await value(
      "for (const f of process.listeners('uncaughtException')) process.off('uncaughtException', f); 1",
    );
    expect(
      await error(
        "setTimeout(() => { throw new Error('late') }, 1); await new Promise((r) => setTimeout(r, 200))",
      ),
    ).toContain("late");
    expect(await value("kept")).toBe("1");
    expect(
      await value(
        "let heard = 0; process.on('x', () => heard++); process.emit('x'); process.removeAllListeners('x'); process.emit('x'); heard",
      ),
    ).toBe("1");
  });
});

test("a typed array shows its zeros with their sign", async () => {
  expect(await value("Float64Array.from([-0, 0])")).toBe("Float64Array(2) [-0, 0]");
});

test("a cell that goes deeper than the stack is refused by its name, one with a long row of terms runs", async () => {
  expect(await error(`${"(() => ".repeat(900)}1${")".repeat(900)}`)).toMatch(
    /SyntaxError: the code goes deeper than can be compiled[^]*cell \d+/i,
  );
  expect(await value(`1${"+1".repeat(3000)}`)).toBe("3001");
});
