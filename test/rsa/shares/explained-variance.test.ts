import { expect, test } from "vitest";
import { unit } from "../../../src/rsa/compare/products.ts";
import { varianceInflation } from "../../../src/rsa/shares/explained-variance.ts";
import { random } from "../../../src/stats/index.ts";

const rng = random(5);
const noise = (n: number) => Float64Array.from({ length: n }, () => rng.normal());

test("inflation of a sum of others is beyond all bounds, never negative, however sums are rounded", () => {
  let beyond = 0;
  for (let k = 0; k < 300; k++) {
    const [a, b] = [noise(28), noise(28)];
    const sum = a.map((value, at) => value + (k + 1) * b[at]);
    const inflations = varianceInflation([a, b, sum].map(unit));
    for (const inflation of inflations) expect(inflation).toBeGreaterThan(1e9);
    beyond += inflations.filter((inflation) => inflation === Infinity).length;
  }
  // Rounding took R² to 1 or above it, where 1/(1 − R²) would be negative.
  expect(beyond).toBeGreaterThan(100);
});

test("inflation of unlike models is what R² of the others says; alone a model has none", () => {
  const x = Float64Array.of(1, -1, 1, -1);
  const y = Float64Array.of(1, 1, -1, -1);
  const mixed = x.map((value, at) => 3 * value + y[at]);
  expect(varianceInflation([unit(x)])).toEqual([1]);
  const [ofX, ofMixed] = varianceInflation([x, mixed].map(unit));
  expect(ofX).toBeCloseTo(10, 9); // r² = 9/10
  expect(ofMixed).toBeCloseTo(10, 9);
});
