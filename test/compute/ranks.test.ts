import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import { averageRanks, denseRanks } from "../../src/compute/average-ranks.ts";
import { inversions } from "../../src/compute/inversions.ts";
import { sortOrder } from "../../src/compute/sort-order.ts";
import { random } from "../../src/stats/index.ts";

/** Any number but NaN, with ties, clumps, infinities and both zeros. */
const number = fc.oneof(
  fc.double({ noNaN: true }),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0, -0, Infinity, -Infinity, Number.MIN_VALUE, Number.MAX_VALUE, 1e300, 1e-300),
);
/** Both sides of the length where the method changes. */
const numbers = fc.oneof(
  fc.float64Array({ noNaN: true, maxLength: 70 }),
  fc.array(number, { minLength: 60, maxLength: 300 }).map((list) => Float64Array.from(list)),
);

describe("sortOrder", () => {
  test("is the stable order of the values", () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const expected = [...values.keys()].sort((a, b) => {
          if (values[a] === values[b]) return a - b;
          return values[a] < values[b] ? -1 : 1;
        });
        expect([...sortOrder(values)]).toEqual(expected);
      }),
    );
  });
});

describe("averageRanks", () => {
  test("a rank is one more than the values below, and half the others that are equal", () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const { ranks, tieSum } = averageRanks(values);
        let ties = 0;
        values.forEach((value, i) => {
          const below = values.filter((other) => other < value).length;
          const equal = values.filter((other) => other === value).length;
          expect(ranks[i]).toBe(below + (equal + 1) / 2);
          ties += equal * equal - 1;
        });
        expect(tieSum).toBe(ties);
      }),
    );
  });

  test("the squared centred ranks sum to (n³ − n − tieSum) / 12", () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const { ranks, tieSum } = averageRanks(values);
        const n = ranks.length;
        const squares = ranks.reduce((sum, r) => sum + (r - (n + 1) / 2) ** 2, 0);
        expect(squares).toBe((n ** 3 - n - tieSum) / 12);
      }),
    );
  });

  test("450 items have 101,025 pairs, and those are ranked without a quadratic step", () => {
    const { normal } = random(1);
    const clumped = Float64Array.from({ length: 101025 }, (_, i) =>
      i % 7 === 0 ? normal() : 1 + 1e-12 * normal(),
    );
    const started = performance.now();
    const { ranks } = averageRanks(clumped);
    expect(performance.now() - started).toBeLessThan(2000);
    const order = sortOrder(ranks);
    expect(order.every((at, i) => i === 0 || clumped[order[i - 1]] <= clumped[at])).toBe(true);
  });
});

test("denseRanks leave no gaps", () => {
  const values = Float64Array.of(30, 10, 10, 20);
  expect([...denseRanks(values, sortOrder(values))]).toEqual([2, 0, 0, 1]);
});

test("inversions are the pairs out of order", () => {
  fc.assert(
    fc.property(fc.uint32Array({ maxLength: 100, max: 50 }), (values) => {
      let count = 0;
      for (let i = 0; i < values.length; i++) {
        for (let j = i + 1; j < values.length; j++) if (values[i] > values[j]) count++;
      }
      const copy = values.slice();
      expect(inversions(values)).toBe(count);
      expect(values).toEqual(copy);
    }),
  );
});
