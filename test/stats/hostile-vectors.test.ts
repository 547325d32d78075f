import { expect, test } from "vitest";
import { InvalidArgument } from "../../src/core/errors.ts";
import { mean, pearson, rank, spearman } from "../../src/index.ts";

const wrong = (value: unknown): never => value as never;

test.each<[string, unknown]>([
  ["text", "1234"],
  ["texts of digits", ["1", "2", "3", "4"]],
  ["null", null],
  ["a hole", [1, undefined, 3, 4]],
  ["a set", new Set([1, 2, 3, 4])],
  ["an object", {}],
])("%s is no list of numbers, and no digit of it is taken for one", (_, value) => {
  for (const call of [mean, rank]) expect(() => call(wrong(value))).toThrow(InvalidArgument);
  for (const call of [pearson, spearman])
    expect(() => call(wrong(value), [1, 2, 3, 5])).toThrow(/invalid (x|y|values)/);
});

test("a missing value is NaN, never 0", () => {
  expect(mean(wrong([1, null, 3]))).toBeNaN();
  expect(pearson(wrong([1, null, 3]), [1, 2, 3])).toBeNaN();
});
