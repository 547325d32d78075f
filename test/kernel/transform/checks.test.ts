import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { parseJavaScript } from "../../../kernel/platform/page/compile.ts";
import { mark } from "../../../kernel/transform/marks.ts";
import { emptyScope } from "../../../kernel/transform/notebook-scope.ts";
import { scriptOf } from "../../../kernel/transform/script.ts";

/** The cell with its checks, each written as `✓`. */
function woven(source: string): string {
  const { program } = parseJavaScript(source, "module");
  const { code } = scriptOf(program, source, emptyScope, { weavesChecks: true });
  return code
    .replaceAll(` if (--__kc${mark}[0] < 0) __kt${mark}();`, "✓")
    .replaceAll(`--__kc${mark}[0] < 0 && __kt${mark}(), `, "✓");
}

const count = (text: string): number => text.split("✓").length - 1;

test.each([
  ["while (true) {}", 1],
  ["do x(); while (true)", 1],
  ["for (const a of b) c(a);", 1],
  ["for (const a in b) c(a);", 1],
  ["for (let i = 0; i < 3; i++) {}", 1],
  ["function f() {}", 1],
  ["const f = function () {};", 1],
  ["const f = () => { g(); };", 1],
  ["const f = (a) => a + 1;", 1],
  ["class A { m() {} get x() { return 1; } }", 2],
  ["1 + 1", 0],
])("%s asks %i times", (source, expected) => {
  expect(count(woven(source))).toBe(expected);
});

/** How often the loop asks as often as it goes round, and how often once in a thousand rounds. */
function inner(loop: string): { each: number; thousand: number } {
  const code = woven(`let n = 5; let s = 0; for (let k = 0; k < n; k++) { g(k); ${loop} }`);
  return { each: count(code) - 1, thousand: code.split("& 1023").length - 1 };
}

test.each([
  "for (let i = 0; i < n; i++) s += Math.sqrt(i);",
  "for (let i = 0, m = n; i < m; ++i) { s += i; }",
  "for (let i = 500; i > 0; i -= 2) { s += i; }",
  "for (let i = n - 1; i >= 0; i--) a[i] = s;",
  "for (let i = k; i < n; i += 1) s += i;",
  "for (let i = k + 1; i < n; i++) a[i]++;",
])("a counted loop below another that only computes asks once in a thousand rounds: %s", (loop) => {
  expect(inner(loop)).toEqual({ each: 0, thousand: 1 });
});

test.each([
  "for (let i = 0; i < n; i++) s += f(i);",
  "for (let i = 0; i < n; i++) i--;",
  "for (let i = 0; i < n; i++) i = 0;",
  "for (let i = 0; i < n; i++) [i] = [0];",
  "for (let i = 0; i < n; i++) { while (s) s--; }",
  "for (let i = 0; i !== n; i++) s += i;",
  "for (let i = 0; ; i++) s += i;",
  "for (let i = 0; i < n; i += n) s += i;",
  "for (let i = 0; i < n; i += 0.1) s += i;",
  "for (let i = 0; i < n; i += 1000) s += i;",
  "for (let i = 0; i < n; i++) new Thing();",
  "for (let i = 0; i < n; i++) await s;",
])("%s asks at each round", (loop) => {
  expect(inner(loop).each).toBeGreaterThan(0);
});

test.each([
  "for (let i = 0n; i < n; i++) s += i;",
  "for (let i = n; i > 0; i--) s += i;",
  "for (i = 0; i < n; i++) s += i;",
  "for (var i = 0; i < n; i++) s += i;",
  "for (let i = 0; i < n; i++) { let i = s; s += i; }",
  "for (let i = 0; i < n; i++) { const [i] = s; }",
  "for (let i = 0; i < n; i++) { for (const i of s) s = i; }",
  "for (let i = 0; i < n; i++) { class i {} }",
])("%s is not counted by its own counter", (loop) => {
  expect(inner(loop).thousand).toBe(0);
});

/** Runs a cell's code with what it counts and asks; the result of each ask ends it. */
function asksOf(source: string): number {
  const { program } = parseJavaScript(source, "module");
  const { code } = scriptOf(program, source, emptyScope, { weavesChecks: true });
  let asked = 0;
  const counter = new Int32Array([2000]);
  const ask = (): void => {
    counter[0] = 2000;
    asked += 1;
  };
  runInNewContext(code, { [`__kc${mark}`]: counter, [`__kt${mark}`]: ask });
  return asked;
}

test.each([
  ["for (let i = 0; i < 1e6; i++) continue;", 19],
  ["for (let i = 1e6; i > 0; i -= 3) continue;", 19],
  ["for (let i = -7; i < 1e6; i += 512) continue;", 19],
])("a long loop in a function is asked in it: %s", (loop, least) => {
  expect(asksOf(`(() => { ${loop} })();`)).toBeGreaterThanOrEqual(least);
});

test("the comparator of a sort is asked while its loop goes on", () => {
  const sort =
    "[3, 2, 1].sort((a, b) => { for (let i = 0; i < 1e6; i++) { if (i % 7 === a) continue; } return a - b; });";
  expect(asksOf(sort)).toBeGreaterThan(30);
});

test("without an order nothing is woven", () => {
  const source = "while (true) {}";
  const { program } = parseJavaScript(source, "module");
  expect(scriptOf(program, source, emptyScope).code).not.toContain("__kc");
});
