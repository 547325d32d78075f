import { expect, test } from "vitest";
import { jupyterDisplay } from "../../src/core/display.ts";
import { plotDistribution } from "../../src/plot/index.ts";
import { layoutFaults, noise, textsOf, withoutDeflate } from "./fixtures.ts";

const next = noise(3);
const values = Float64Array.from({ length: 500 }, () => next() + next() - 0.8);

test("one histogram a name over the same bins, lines named, zero marked", async () => {
  const figure = plotDistribution(
    { first: values, second: values.map((value) => value / 2) },
    { label: "score", title: "Scores", lines: { here: 2 }, nBins: 20 },
  );
  await expect(await withoutDeflate(figure.svg)).toMatchFileSnapshot(
    "__snapshots__/distribution.svg",
  );
  expect(textsOf(figure.svg)).toEqual(
    expect.arrayContaining(["first", "second", "here", "score", "share (%)", "Scores"]),
  );
  expect(layoutFaults(figure)).toMatchObject({ outside: [], crossed: [] });
});

test("every value is in one bin, the ends included", () => {
  const figure = plotDistribution([0, 0.5, 1, 1, NaN], { nBins: 2, label: "t" });
  expect(figure.toCsv()).toBe(
    "name,from,to,count,share\nvalues,0,0.5,1,0.25\nvalues,0.5,1,3,0.75\n",
  );
  expect(figure.caption).toBe(
    "Distribution of t (4 values, 2 bins). 1 undefined values are left out.",
  );
  const total = plotDistribution(values, { nBins: 7 }).data.column("count");
  expect(total.map(Number).reduce((sum, count) => sum + count, 0)).toBe(500);
});

test("one value only is drawn too", () => {
  const figure = plotDistribution([2, 2, 2]);
  expect(figure.svg).not.toMatch(/NaN|undefined/);
  expect(figure.altText).toBe("Distribution of value. values: median 2, from 2 to 2.");
});

test("a name with a break leaves the words of the picture one line: its legend stands behind it", async () => {
  const figure = plotDistribution({ "V1\n\n# not a legend": [1, 2, 3] });
  const bundle = await figure[jupyterDisplay]();
  expect(String(bundle["text/plain"]).split("\n")).toEqual([figure.altText, figure.caption]);
  expect(figure.altText).toContain("V1 # not a legend");
});

test("refuses what cannot be counted", () => {
  expect(() => plotDistribution({})).toThrow(/1 to 6/);
  expect(() => plotDistribution({ a: [NaN] })).toThrow(/values of a/);
  expect(() => plotDistribution([1], { nBins: 0 })).toThrow(/nBins/);
  expect(() => plotDistribution([1], { lines: { far: Infinity } })).toThrow(/lines\.far/);
});
