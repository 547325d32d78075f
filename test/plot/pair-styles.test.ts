import { describe, expect, test } from "vitest";
import { plotModelComparison } from "../../src/plot/index.ts";
import { placePairs, pairStyles } from "../../src/plot/model-comparison/pair-marks.ts";
import { checkComparison } from "../../src/plot/model-comparison/comparison.ts";
import { layoutFaults } from "./fixtures.ts";

const models = ["a", "b", "c", "d"].map((name, k) => ({ name, mean: [0.3, 0.1, 0.28, 0.05][k] }));
const pairs = [
  { a: "a", b: "b", pValue: 0.01 },
  { a: "c", b: "a", pValue: 0.6 },
  { a: "a", b: "d", pValue: 0.001 },
  { a: "b", b: "c", pValue: 0.02 },
  { a: "b", b: "d", pValue: 0.3 },
  { a: "c", b: "d", pValue: 0.03 },
];
const checked = checkComparison({ models, pairs }, { test: {}, errorBars: "none" });
const marksOf = (style: (typeof pairStyles)[number]) =>
  placePairs([checked], 0.05, style)
    .map(({ members, head }) => `${members.join("")}${head === undefined ? "" : ` ${head}`}`)
    .sort();

describe("pairs of models", () => {
  test("as bars and arrows: every pair that differs, the head at the lower", () => {
    expect(marksOf("bars")).toEqual(["01", "03", "12", "23"]);
    expect(marksOf("arrows")).toEqual(["01 1", "03 3", "12 1", "23 3"]);
  });

  test("as wings: each model with all that it is above", () =>
    expect(marksOf("wings")).toEqual(["013 0", "123 2"]));

  test("as cliques: the largest sets of which no two differ", () =>
    expect(marksOf("cliques")).toEqual(["02", "13"]));

  test("a pair that was not tested is no clique", () => {
    const some = checkComparison(
      { models, pairs: pairs.slice(0, 1) },
      { test: {}, errorBars: "none" },
    );
    expect(placePairs([some], 0.05, "cliques")).toEqual([]);
  });

  test.each(pairStyles)(
    "%s: no mark lies over another, and the caption says what they are",
    (pairStyle) => {
      const figure = plotModelComparison({ models, pairs }, { pairStyle, errorBars: "none" });
      const words = {
        bars: "Lines above: models that differ",
        arrows: "Arrows above point",
        wings: "Wings above",
        cliques: "Lines above join models of which no two differ (p > 0.05)",
      };
      expect(figure.caption).toContain(words[pairStyle]);
      expect(layoutFaults(figure)).toMatchObject({ crossed: [], outside: [] });
      const placed = placePairs([checked], 0.05, pairStyle);
      for (const [k, one] of placed.entries())
        for (const other of placed.slice(k + 1))
          if (one.row === other.row)
            expect(
              (one.members.at(-1) ?? 0) < other.members[0] ||
                (other.members.at(-1) ?? 0) < one.members[0],
            ).toBe(true);
    },
  );

  test("another style is refused", () =>
    expect(() => plotModelComparison({ models, pairs }, { pairStyle: "lines" as never })).toThrow(
      /pairStyle/,
    ));
});
