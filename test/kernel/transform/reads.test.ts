import { expect, test } from "vitest";
import { emptyScope } from "../../../kernel/transform/notebook-scope.ts";
import { transformCell } from "../../../kernel/transform/transform.ts";

function names(source: string): { reads: readonly string[]; writes: readonly string[] } {
  const known = new Set(["a", "b", "c", "Thing"]);
  const { reads, writes } = transformCell(source, {
    ...emptyScope,
    has: (name) => known.has(name),
  });
  return { reads: [...reads].sort(), writes: [...writes].sort() };
}

test.each([
  ["const x = a + 1", ["a"], ["x"]],
  ["let x = 1; x + b", ["b"], ["x"]],
  ["a = 2", [], ["a"]],
  ["a += 2", ["a"], ["a"]],
  ["a++", ["a"], ["a"]],
  ["a.push(1)", ["a"], []],
  ["a.b = c", ["a", "c"], []],
  ["({ a, b: c } = b)", ["b"], ["a", "c"]],
  ["const { p = a, ...rest } = b", ["a", "b"], ["p", "rest"]],
  ["function f(a: number) { return a + b }", ["b"], ["f"]],
  ["for (const a of b) { c }", ["b", "c"], []],
  ["class K extends Thing { x = a }", ["Thing", "a"], ["K"]],
  ["import { a } from 'm'; a", [], ["a"]],
  ["type T = Thing; let x: Thing", [], ["x"]],
  ["`${a}`; { let a = 1; a }", ["a"], []],
  ["typeof a", ["a"], []],
  ["try { b } catch (a) { a }", ["b"], []],
  ["Math.max(a)", ["a"], []],
])("what a cell reads and writes: %s", (source, reads, writes) => {
  expect(names(source)).toEqual({ reads, writes });
});
