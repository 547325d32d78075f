import { expect, test } from "vitest";
import { halfStep, nearestTime, sameTimes } from "../../src/core/times.ts";

test("the nearest time, and the first of two as near", () => {
  expect(nearestTime([0, 1, 2], 1.4)).toBe(1);
  expect(nearestTime([0, 1, 2], 0.5)).toBe(0);
  expect(nearestTime([0, 1, 2], 9)).toBe(2);
  expect(nearestTime([], 1)).toBe(0);
});

test("times are the same up to half a step, that distance included", () => {
  const times = Float64Array.of(0, 1, 2);
  expect(halfStep(times)).toBe(0.5);
  expect(sameTimes(times, Float64Array.of(0.5, 1, 2))).toBe(true);
  expect(sameTimes(times, Float64Array.of(0.5001, 1, 2))).toBe(false);
  expect(sameTimes(times, Float64Array.of(0, 1))).toBe(false);
  expect(sameTimes(times, Float64Array.of(0, NaN, 2))).toBe(false);
});

test("of one time there is no step", () => {
  expect(halfStep([3])).toBe(Infinity);
  expect(halfStep([3], 0.1)).toBe(0.1);
  expect(sameTimes(Float64Array.of(3), Float64Array.of(4))).toBe(true);
});
