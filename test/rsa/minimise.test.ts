import { expect, test } from "vitest";
import { atOnce } from "../../src/core/work.ts";
import { bfgs } from "../../src/rsa/minimise/bfgs.ts";
import { nelderMead } from "../../src/rsa/minimise/nelder-mead.ts";

/** Curved like a hill beyond 1, where the slope falls as the search goes down. */
const well = ([x]: Float64Array): number => -Math.exp((-x * x) / 2);

test("BFGS begins anew where a step found negative curvature, and reaches the bottom", () => {
  const { at, value } = atOnce(bfgs(well, Float64Array.of(2)));
  expect(at[0]).toBeCloseTo(0, 6);
  expect(value).toBeCloseTo(-1, 12);
});

test.each([
  ["BFGS", bfgs],
  ["Nelder and Mead's simplex", nelderMead],
] as const)("%s finds the bottom of Rosenbrock's valley", (_, minimise) => {
  const valley = ([x, y]: Float64Array): number => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
  const { at } = atOnce(minimise(valley, Float64Array.of(-1.2, 1)));
  expect(at[0]).toBeCloseTo(1, 4);
  expect(at[1]).toBeCloseTo(1, 4);
});
