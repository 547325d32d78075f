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

const inner = (loop: string): number =>
  count(woven(`let n = 5; let s = 0; for (let k = 0; k < n; k++) { g(k); ${loop} }`)) - 1;

test("a counted loop below another that only computes is left as fast as it is", () => {
  expect(inner("for (let i = 0; i < n; i++) s += Math.sqrt(i);")).toBe(0);
  expect(inner("for (let i = n; i > 0; i -= 2) { s += i; }")).toBe(0);
});

test.each([
  "for (let i = 0; i < n; i++) s += f(i);",
  "for (let i = 0; i < n; i++) i--;",
  "for (let i = 0; i < n; i++) i = 0;",
  "for (let i = 0; i < n; i++) { while (s) s--; }",
  "for (let i = 0; i !== n; i++) s += i;",
  "for (let i = 0; ; i++) s += i;",
  "for (let i = 0; i < n; i += n) s += i;",
  "for (let i = 0; i < n; i++) new Thing();",
  "for (let i = 0; i < n; i++) await s;",
])("%s may never end, and asks", (loop) => {
  expect(inner(loop)).toBeGreaterThan(0);
});

test("without an order nothing is woven", () => {
  const source = "while (true) {}";
  const { program } = parseJavaScript(source, "module");
  expect(scriptOf(program, source, emptyScope).code).not.toContain("__kc");
});
