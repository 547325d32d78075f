import { expect, test } from "vitest";
import { testRealm } from "../support/realm.ts";

const refused = /Assignment to constant variable\./;

test.each([
  "const a = 1; a = 2",
  "const a = 1; a += 1",
  "const a = 1; a++",
  "const a = 1; [a] = [2]",
  "const a = 1; ({ a } = { a: 2 })",
  "const a = 1; ({ b: a = 3 } = {})",
  "const a = 1; for (a of [2]);",
  "const a = 1; for (let i = 0; i < 2; i++) a = i",
  "const a = 1; const set = () => { a = 2 }; set()",
  "const { a } = { a: 1 }; a = 2",
  "export const a = 1; a = 2",
  "const a = null; a ??= 2",
])("nothing is assigned to a constant: %s", async (cell) => {
  const realm = testRealm();
  await expect(realm.run(cell)).rejects.toThrow(refused);
  expect(await realm.run("a === 1 || a === null")).toEqual([true]);
});

test("nor by a later cell, until one declares the name anew", async () => {
  const realm = testRealm();
  await realm.run("const a = 1; const set = (v: number) => { a = v }");
  await expect(realm.run("a = 2")).rejects.toThrow(refused);
  await expect(realm.run("set(3)")).rejects.toThrow(refused);
  expect(await realm.run("a")).toEqual([1]);
  expect(await realm.run("let a = 4; a = 5; set(6); a")).toEqual([6]);
  expect(await realm.run("const a = 7; a")).toEqual([7]);
  expect(await realm.run("var a = 8; a = 9; a")).toEqual([9]);
});

test.each([
  ["const a = 1; { let a = 2; a = 3 } a", 1],
  ["const a = 1; const f = (a: number) => (a = 4); f(2) + a", 5],
  ["const o = { n: 1 }; o.n = 2; o.n", 2],
  ["const a = 1; a ||= 2; a", 1],
  ["let t = 0; for (const k of [1, 2]) t += k; t", 3],
  ["class K {} K = null as any; K === null", true],
  ["function f() { return 1 } f = (() => 2) as any; f()", 2],
])("what is no constant of the cell may be assigned to: %s", async (cell, value) => {
  expect(await testRealm().run(cell)).toEqual([value]);
});

test.each(["x = 1; let x = 2", "x += 1; let x = 2", "[x] = [1]; let x"])(
  "nothing is assigned to a name before its declaration: %s",
  async (cell) => {
    await expect(testRealm().run(cell)).rejects.toThrow("Cannot access 'x' before initialization");
  },
);
