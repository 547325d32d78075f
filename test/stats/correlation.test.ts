import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import {
  kendallTauA,
  mean,
  pearson,
  rank,
  roundHalfEven,
  spearman,
} from "../../src/stats/index.ts";

const value = fc.integer({ min: -50, max: 50 });
const sides = fc
  .array(fc.tuple(value, value), { minLength: 2, maxLength: 60 })
  .map((pairs) => [pairs.map(([x]) => x), pairs.map(([, y]) => y)] as const);

function spread(values: readonly number[]): boolean {
  return new Set(values).size > 1;
}

describe("pearson", () => {
  test("is what scipy prints", () => {
    const [x, y] = [
      [2, 1, 4, 3, 5, 2.5, 2.5],
      [1, 3, 2, 5, 4, 0.5, 9],
    ];
    expect(pearson(x, y)).toBeCloseTo(0.07651954453917927, 15);
    expect(spearman(x, y)).toBeCloseTo(0.2522624895547565, 15);
  });

  test("is symmetric, within [−1, 1], and follows the sign of a linear change", () => {
    fc.assert(
      fc.property(sides, fc.integer({ min: 1, max: 9 }), value, ([x, y], scale, shift) => {
        fc.pre(spread(x) && spread(y));
        const r = pearson(x, y);
        expect(pearson(y, x)).toBe(r);
        expect(Math.abs(r)).toBeLessThanOrEqual(1);
        expect(
          pearson(
            x.map((v) => scale * v + shift),
            y,
          ),
        ).toBeCloseTo(r, 12);
        expect(
          pearson(
            x.map((v) => -scale * v + shift),
            y,
          ),
        ).toBeCloseTo(-r, 12);
      }),
    );
  });

  test.each([
    ["a constant", [0.1, 0.1, 0.1], [1, 2, 3]],
    ["a NaN", [1, NaN, 3], [1, 2, 3]],
    ["one value", [1], [1]],
    ["nothing", [], []],
  ])("%s has none", (_, x, y) => {
    expect([pearson(x, y), pearson(y, x), spearman(x, y)]).toEqual([NaN, NaN, NaN]);
  });

  test("unequal lengths are refused", () => {
    for (const correlation of [pearson, spearman, kendallTauA])
      expect(() => correlation([1, 2], [1])).toThrow(/expected .*2.*found 1; pair/);
  });
});

test("spearman does not change when the values are stretched and their order stays", () => {
  fc.assert(
    fc.property(sides, ([x, y]) => {
      expect(
        spearman(
          x.map((v) => Math.exp(v / 10)),
          y,
        ),
      ).toBe(spearman(x, y));
    }),
  );
});

describe("kendallTauA", () => {
  test("is concordant minus discordant over all pairs, ties or not", () => {
    fc.assert(
      fc.property(sides, ([x, y]) => {
        let balance = 0;
        for (let i = 0; i < x.length; i++) {
          for (let j = 0; j < i; j++) balance += Math.sign((x[i] - x[j]) * (y[i] - y[j]));
        }
        const expected = spread(x) && spread(y) ? balance / ((x.length * (x.length - 1)) / 2) : NaN;
        expect(kendallTauA(x, y)).toBe(expected === 0 ? 0 : expected);
      }),
    );
  });

  test("a NaN gives NaN", () => {
    expect(kendallTauA([1, NaN, 3], [1, 2, 3])).toBeNaN();
    expect(kendallTauA([NaN, NaN], [NaN, NaN])).toBeNaN();
  });
});

test("one NaN makes all ranks NaN", () => {
  expect([...rank([2, NaN, 1])]).toEqual([NaN, NaN, NaN]);
});

test("the mean of nothing is NaN", () => expect(mean([])).toBeNaN());

test("halves go to the even integer, as in Python", () => {
  const halves = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5];
  expect(halves.map((half) => roundHalfEven(half) + 0)).toEqual([-2, -2, 0, 0, 2, 2, 4]);
  expect([250 * 0.01, 0.49999999999999994, -0.6, 2.51].map(roundHalfEven)).toEqual([2, 0, -1, 3]);
});
