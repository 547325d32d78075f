import { expect, test } from "vitest";
import { differences, resultsOf } from "../../cli/site/check/compare.ts";

const notebook = (...outputs: object[]): string => JSON.stringify({ cells: [{ outputs }, {}] });
const result = (name: string, value: unknown): object => ({
  data: { "application/vnd.tsrsa.result+json": { name, value } },
});

test("results are read by name, and a blank that is not done is no failure", () => {
  const found = resultsOf(
    notebook(
      result("rho", 0.25),
      { output_type: "error", evalue: "not done yet: rho" },
      { output_type: "error", evalue: "x is not defined\nmore" },
      { output_type: "stream" },
    ),
  );
  expect(found).toEqual({ results: { rho: 0.25 }, failures: ["x is not defined"] });
});

test("numbers are the same to the last digit, or within the tolerance of one thread", () => {
  const next = 0.1 + Number.EPSILON / 16;
  expect(differences({ a: 0.1 }, { a: 0.1 }, 0)).toEqual([]);
  expect(differences({ a: 0.1 }, { a: next }, 0)).toEqual([`a: 0.1 in Node, ${next} in the page`]);
  expect(differences({ a: 0.1 }, { a: next }, 1e-14)).toEqual([]);
  expect(differences({ a: 0.1 }, { a: 0.1 + 1e-12 }, 1e-14)).toHaveLength(1);
  expect(differences({ a: { p: [1, 2] } }, { a: { p: [1, 3] } }, 0)).toHaveLength(1);
  expect(differences({ a: { p: [1, 2] } }, { a: { p: [1, 2] } }, 0)).toEqual([]);
  expect(differences({ a: [1] }, { a: [1, 2] }, 0)).toHaveLength(1);
  expect(differences({ a: NaN }, { a: NaN }, 0)).toEqual([]);
  expect(differences({ a: null }, { a: 0 }, 0)).toHaveLength(1);
});

test("what one side alone has is told", () => {
  expect(differences({ a: 1 }, { b: 1 }, 0)).toEqual([
    "a is missing in the page",
    "b is there in the page alone",
  ]);
});
