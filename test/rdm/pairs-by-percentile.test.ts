import { describe, expect, test } from "vitest";
import { pairsByPercentile, Rdm } from "../../src/rdm/index.ts";
import { numbersOf } from "../reference/read-reference.ts";
import { casesOf } from "./toolbox-rest.ts";

describe("pairsByPercentile, as rsatoolbox's pairs_by_percentile", () => {
  const all = [...casesOf("pairs with"), ...casesOf("percentile pairs")];
  test("there are cases", () => expect(all).toHaveLength(5));

  test.each(all)("$name", ({ input, expected }) => {
    const rdm = new Rdm(numbersOf(input.rdm), { items: input.items as never });
    const { item, min, max } = input as never as { item: string; min: number; max: number };
    const found = pairsByPercentile(rdm, item, { min, max });
    expect(found.column("item")).toEqual(expected.items);
    expect(found.column("dissimilarity")).toEqual([...numbersOf(expected.dissimilarities)]);
  });
});

test("bounds count, a row may be a number, a gap has no rank", () => {
  const rdm = new Rdm([1, NaN, 3, 4, 5, 6], { items: ["a", "b", "c", "d"] });
  expect(pairsByPercentile(rdm, 0).column("percentile")).toEqual([50, 100]);
  expect(pairsByPercentile(rdm, "a", { min: 100 }).column("item")).toEqual(["d"]);
  expect(pairsByPercentile(rdm, "a", { max: 0 }).length).toBe(0);
  expect(pairsByPercentile(new Rdm([2, 1, 3]), 0, { max: 50 }).column("item")).toEqual([2]);
  expect(pairsByPercentile(new Rdm([], { items: ["a"] }), "a").length).toBe(0);
});

test("slips are refused", () => {
  const rdm = new Rdm([1, 2, 3], { items: ["a", "b", "c"] });
  expect(() => pairsByPercentile(rdm, "x")).toThrow("x");
  expect(() => pairsByPercentile(rdm, 3)).toThrow("rows from 0 to 2");
  expect(() => pairsByPercentile(rdm, "a", { min: 60, max: 40 })).toThrow("at most max");
  expect(() => pairsByPercentile(rdm, "a", { min: -1 })).toThrow("percentile");
  expect(() => pairsByPercentile(rdm, "a", { mim: 1 } as never)).toThrow('did you mean "min"');
});
