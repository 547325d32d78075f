import { expect, test } from "vitest";
import { InvalidArgument, takeColumns } from "../../src/core/index.ts";

const rows = [
  [1, 2, 3],
  [4, 5, NaN],
];

test("columns in the order given, also twice, or none", () => {
  expect(takeColumns(rows, [2, 0])).toEqual({ data: Float64Array.of(3, 1, NaN, 4), shape: [2, 2] });
  expect(takeColumns(rows, [1, 1]).data).toEqual(Float64Array.of(2, 2, 5, 5));
  expect(takeColumns(rows, []).shape).toEqual([2, 0]);
});

test.each([[[3]], [[-1]], [[0.5]], [["0"]], ["01"]])("columns %j are refused", (columns) => {
  expect(() => takeColumns(rows, columns as unknown as number[])).toThrow(InvalidArgument);
});
