import { expect, test } from "vitest";
import { isComplete } from "../../../kernel/server/is-complete.ts";
import { nestingOf, withinStack } from "../../../kernel/transform/nesting.ts";
import { transformCell } from "../../../kernel/transform/transform.ts";
import { testRealm } from "../support/realm.ts";

test("code nested deeper than parsers bear is refused, and ends no process", () => {
  const deep = "[".repeat(20_000);
  expect(isComplete(deep)).toEqual({ status: "invalid" });
  expect(() => transformCell(deep + "]".repeat(20_000))).toThrow(/nested more than/);
  expect(() => transformCell("(".repeat(100_000))).toThrow(/nested more than/);
});

test("brackets in texts and comments, and many that close again, count for nothing", () => {
  const sad = ":( ".repeat(5000);
  expect(nestingOf(`"${sad}"; \`${sad}\`; // ${sad}`)).toBe(0);
  expect(nestingOf("[()],".repeat(5000))).toBe(2);
  expect(transformCell(`const a = [${"[1],".repeat(3000)}]`).names).toEqual(["a"]);
});

test("brackets alone, and operators in a row alone, are refused each by its own limit", () => {
  const brackets = `${"[".repeat(2000)}${"]".repeat(2000)}`;
  expect(() => transformCell(brackets)).toThrow(/brackets are nested more than 1000 deep/);
  expect(isComplete(brackets)).toEqual({ status: "invalid" });
  const operators = `1${"+1".repeat(9000)}`;
  expect(() => transformCell(operators)).toThrow(/operators in a row/);
  expect(isComplete(operators)).toEqual({ status: "invalid" });
});

test.each([
  ["terms", "1+".repeat(7000) + "1", [7001]],
  ["fractions", "0.5+".repeat(5000) + "0.5", [2500.5]],
  ["comparisons", "one===2||".repeat(3500) + "7", [7]],
  ["methods", "[1]" + ".map((v) => v + one)".repeat(1200), [[1201]]],
  ["conditions", "one === 0 ? 1 : ".repeat(1500) + "2", [2]],
  ["elements", "list" + "[0]".repeat(1500) + "?.x", [undefined]],
  ["else after else", "if (one === 5) one = 1; else ".repeat(1200) + "one = 3", undefined],
])("a long row of %s is as deep as no pass may call itself", async (_, source, shown) => {
  const realm = testRealm();
  await realm.run("let one = 1; const list = []; list[0] = list");
  expect(await realm.run(source)).toEqual(shown);
  expect(transformCell(source).unknown.length).toBeLessThan(3);
});

test("the order of what a row speaks of stays that of the text", () => {
  const { reads, unknown } = transformCell("a(b)[c].d(e) + f * (g ? h : i ? j : k) || l`${m}`");
  expect(unknown).toEqual([..."abcefghijklm"]);
  expect(reads).toEqual([..."abcefghijklm"]);
});

test("code that the stack is not enough for is told so, and other errors stay what they are", () => {
  const deepen = (n: number): number => 1 + deepen(n + 1);
  expect(() => withinStack(() => deepen(0))).toThrow(/goes deeper than can be compiled/);
  expect(() => withinStack(() => new Float64Array(-1))).toThrow("Invalid typed array length");
  expect(withinStack(() => 4)).toBe(4);
});
