import { expect, test } from "vitest";
import { asTable, computeRdm, Table, toDataFrame } from "../../src/index.ts";

const table = new Table({
  name: ["Hund", "Katze", "Maus"],
  length: [80, 45, 8],
  weight: [30, null, 0.02],
  isPet: ["true", "true", "false"],
});

test("columns of numbers are rows × columns, a missing value is NaN", () => {
  const { data, shape } = table.matrix(["weight", "length"]);
  expect(shape).toEqual([3, 2]);
  expect([...data]).toEqual([30, 80, NaN, 45, 0.02, 8]);
  expect(table.select(["length"]).matrix()).toEqual({
    data: Float64Array.of(80, 45, 8),
    shape: [3, 1],
  });
  expect(new Table({}).matrix().shape).toEqual([0, 0]);
});

test("text and columns that are not there are refused by name", () => {
  expect(() => table.matrix()).toThrow('column "name", row 0');
  expect(() => table.matrix(["lenght"])).toThrow('"length"');
  expect(() => table.matrix("length" as never)).toThrow("names");
});

test("a table in place of features says how its columns are chosen", async () => {
  expect(() => computeRdm(table as never)).toThrow('table.matrix(["length", "weight"])');
  const frame = await toDataFrame(new Table({ length: [80, 45] }));
  expect(() => computeRdm(frame as never)).toThrow("asTable(frame).matrix");
  expect(computeRdm(asTable(frame).matrix(), { metric: "euclidean" }).condensed[0]).toBe(35);
});
