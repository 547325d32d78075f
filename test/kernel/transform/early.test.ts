import { expect, test } from "vitest";
import { testRealm } from "../support/realm.ts";

const refused = /Cannot access '\w+' before initialization/;

test.each([
  "console.log(q); const q = 1",
  "const a = b + 1; let b = 5; a",
  "const { x = y, y = 2 } = {}; x",
  "let n = n + 1",
  "const m = Math; const Math = 5; m",
  "class A extends B {} class B {}",
  "for (let i = 0; i < 1; i++) { total } let total = 0",
  "({ late }); const late = 1",
  "new Late(); class Late {}",
  "export const e = f; export const f = 1",
  "`${text}`; const text = 'a'",
  "f(k); function f(x: number) { return x } const k = 1",
])("a name that has no value before its declaration is not undefined: %s", async (cell) => {
  await expect(testRealm().run(cell)).rejects.toThrow(refused);
});

test.each([
  ["const f = () => g; const g = 3; f()", 3],
  ["const { y = 2, x = y } = {}; x", 2],
  ["function f() { return late } const late = 4; f()", 4],
  ["v; var v = 1; v", 1],
  ["h(); function h() { return 5 } h()", 5],
  ["{ let q = 6; q } const q = 7; q", 7],
  ["class K { static s = 8; m() { return L } } class L {} K.s", 8],
  ["const rec = (n: number): number => (n < 1 ? 9 : rec(n - 1)); rec(3)", 9],
  ["enum E { A = 10 } E.A", 10],
])("what runs after the declaration is as it was: %s", async (cell, value) => {
  expect(await testRealm().run(cell)).toEqual([value]);
});

test("a name of an earlier cell may be read before the cell declares it anew", async () => {
  const realm = testRealm();
  await realm.run("let n = 1; class B { b = 2 }");
  expect(await realm.run("let n = n + 1; n")).toEqual([2]);
  expect(await realm.run("const old = new B(); class B { c = 3 } old.b")).toEqual([2]);
});
