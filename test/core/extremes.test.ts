import { expect, test } from "vitest";
import { largestOf, smallestOf } from "../../src/core/extremes.ts";
import { bestAlpha } from "../../src/encoding/best-alphas.ts";
import type { EvalResultParts } from "../../src/rsa/eval/eval-parts.ts";
import { percentileInterval } from "../../src/rsa/tests/bootstrap-tests.ts";

/** More values than a call may have arguments. */
const many = Float64Array.from({ length: 200_000 }, (_, at) => Math.sin(at));

test("the extremes of many values, of none and of NaN", () => {
  const ends = [largestOf(many), smallestOf(many)];
  expect(ends.map((end) => Math.abs(end) > 0.99999)).toEqual([true, true]);
  expect([largestOf([]), smallestOf([])]).toEqual([-Infinity, Infinity]);
  expect([largestOf([1, NaN, 2]), smallestOf([1, NaN, 2])]).toEqual([NaN, NaN]);
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
