import { expect, test } from "vitest";
import { largestOf } from "../../src/core/extremes.ts";
import { bestAlpha } from "../../src/encoding/best-alphas.ts";
import type { EvalResultParts } from "../../src/rsa/eval/eval-parts.ts";
import { percentileInterval } from "../../src/rsa/tests/bootstrap-tests.ts";

/** More values than a call may have arguments. */
const many = Float64Array.from({ length: 200_000 }, (_, at) => Math.sin(at));

test("the largest of many values, of none and of NaN", () => {
  expect(largestOf(many)).toBeGreaterThan(0.99999);
  expect(largestOf([])).toBe(-Infinity);
  expect(largestOf([1, NaN, 2])).toBeNaN();
});

test("many penalties", () => {
  expect(bestAlpha([...many.map(() => NaN)], [...many.keys()])).toBe(199_999);
});

test("the interval of many bootstrap samples", () => {
  const scores = { data: many, shape: [many.length, 1, 1] };
  const parts = { kind: "bootstrap", models: ["m"], samples: { scores } };
  const { lower, upper } = percentileInterval(parts as unknown as EvalResultParts, 0.95);
  expect([lower[0] < -0.99, upper[0] > 0.99]).toEqual([true, true]);
});
