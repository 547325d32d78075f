import { expect, test } from "vitest";
import { isComplete } from "../../../kernel/server/is-complete.ts";
import { nestingOf } from "../../../kernel/transform/nesting.ts";
import { transformCell } from "../../../kernel/transform/transform.ts";

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
