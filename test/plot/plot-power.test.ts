import { expect, test } from "vitest";
import { plotPower, PowerResult } from "../../src/index.ts";

const result = new PowerResult({
  plans: [0, 0.5, 1].flatMap((effect) =>
    [6, 8].flatMap((items) =>
      [10, 20].map((people) => ({
        ...{ people, items, runs: 2, effect, undefinedSets: 0 },
        rejected: 5 + effect * people * items * 0.5,
      })),
    ),
  ),
  ...{ sets: 100, alpha: 0.05, seed: 0, test: "a t test", notes: [] },
});

test("curves of all effects, at the most items unless others are wanted", () => {
  const figure = plotPower(result);
  expect(figure.data.column("effect")).toEqual([1, 1, 0.5, 0.5, 0, 0]);
  expect(new Set(figure.data.column("items"))).toEqual(new Set([8]));
  expect(figure.data.column("power")).toEqual([0.45, 0.85, 0.25, 0.45, 0.05, 0.05]);
  expect(figure.altText).toContain("effect of 100 %: 0.8 reached with 20 people");
  expect(figure.altText).toContain("effect of 50 %: 0.45 with 20 people");
  // Just the power wanted is enough.
  expect(plotPower(result, { wanted: 0.45 }).altText).toContain(
    "effect of 50 %: 0.45 reached with 20 people",
  );
  expect(figure.caption).toContain("8 items and 2 runs each");
  expect(figure.svg).toContain("effect 50 %");
  expect(plotPower(result, { nItems: 6 }).data.column("power")[1]).toBe(0.65);
});

test("slips are refused", () => {
  expect(() => plotPower(result, { nItems: 7 })).toThrow("no study");
  expect(() => plotPower({} as never)).toThrow("rsaPower");
  expect(plotPower(result, { showCaption: false, title: "n" }).caption).toBe("");
});

test("names keep the order of effects where curves end together, each with its colour; ticks are people", () => {
  const plans = [0.5, 1].flatMap((effect) =>
    [4, 12].map((people) => ({
      ...{ people, items: 6, runs: 2, effect, rejected: 100, undefinedSets: 0 },
    })),
  );
  const { svg } = plotPower(
    new PowerResult({ plans, sets: 100, alpha: 0.05, seed: 0, test: "a t test", notes: [] }),
  );
  const places = [
    ...svg.matchAll(/<text[^>]*transform="translate\([^,]+,([\d.]+)\)"[^>]*>effect (\d+) %/g),
  ];
  const heights = new Map(places.map(([, y, effect]) => [effect, Number(y)]));
  expect(heights.get("100")).toBeLessThan(heights.get("50") ?? 0);
  const ticks = [...svg.matchAll(/<text[^>]*>(\d+)<\/text>/g)].map(([, tick]) => tick);
  expect(ticks).toEqual(["4", "12"]);
});
