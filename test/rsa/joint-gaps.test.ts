import { expect, test } from "vitest";
import { prepareModels, type JointComparison } from "../../src/rsa/index.ts";
import { noise } from "../compute/series.ts";

const models = [noise(10, 1), noise(10, 2)];

test("models with gaps are made ready once for all data RDMs without gaps of their own", () => {
  let made = 0;
  const counting: JointComparison = {
    name: "counting",
    jointly: (given) => {
      made++;
      return (data) => Float64Array.from(given, (model) => model.length + data.length);
    },
  };
  const gaps = [models[0].with(3, NaN), models[1].with(5, NaN)];
  const prepared = prepareModels(gaps, { metric: counting, ignoreNan: true });
  for (let seed = 0; seed < 5; seed++)
    expect([...prepared.score(noise(10, seed))]).toEqual([16, 16]);
  expect([...prepared.score(noise(10, 7).with(3, NaN))]).toEqual([16, 16]);
  expect(made).toBe(1);
  expect([...prepared.score(noise(10, 7).with(4, NaN))]).toEqual([14, 14]);
  expect(made).toBe(2);
});

test.each(["partial", "partial-spearman", "regression"] as const)(
  "%s with gaps is that of the pairs that all have",
  (metric) => {
    const gaps = [models[0].with(3, NaN), models[1].with(5, NaN)];
    const data = noise(10, 9).with(0, NaN);
    const known = (values: Float64Array) => values.filter((_, pair) => ![0, 3, 5].includes(pair));
    const found = prepareModels(gaps, { metric, ignoreNan: true }).score(data);
    const expected = prepareModels(models.map(known), { metric }).score(known(data));
    expect(found).toEqual(expected);
    expect(prepareModels(gaps, { metric }).score(data).every(Number.isNaN)).toBe(true);
    const nothing = models.map((model) => model.map(() => NaN));
    const none = prepareModels(nothing, { metric, ignoreNan: true }).score(data);
    expect(none.every(Number.isNaN)).toBe(true);
  },
);
