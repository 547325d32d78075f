import { expect, test } from "vitest";
import { gram } from "../../src/compute/gram.ts";
import { random } from "../../src/stats/index.ts";

test.each([
  [1, 1],
  [2, 5],
  [3, 511],
  [4, 512],
  [5, 513],
  [7, 1100],
])("%d rows of %d features against the definition", (n, k) => {
  const { normal } = random(n);
  const rows = Float64Array.from({ length: n * k }, normal);
  const products = gram(rows, n, k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let f = 0; f < k; f++) sum += rows[i * k + f] * rows[j * k + f];
      expect(products[i * n + j]).toBeCloseTo(sum, 10);
      expect(products[i * n + j]).toBe(products[j * n + i]);
    }
  }
});

test("a NaN stays with its own row", () => {
  const products = gram(Float64Array.of(1, 2, NaN, 4, 5, 6), 3, 2);
  expect([...products].map(Number.isNaN)).toEqual([
    false,
    true,
    false,
    true,
    true,
    true,
    false,
    true,
    false,
  ]);
});

test("no features, no products", () => {
  expect(gram(new Float64Array(0), 2, 0)).toEqual(new Float64Array(4));
});
