import { expect, test } from "vitest";
import { vectorProducts, vectorSquare } from "../../src/compute/vector-products.ts";
import { noise } from "./series.ts";

const vectors = (count: number, n: number, seed: number): Float64Array[] =>
  Array.from({ length: count }, (_, v) => noise(n, seed + v));

function plain(a: readonly Float64Array[], b: readonly Float64Array[]): number[] {
  return a.flatMap((x) => b.map((y) => x.reduce((sum, value, k) => sum + value * y[k], 0)));
}

function largest(found: Float64Array, expected: readonly number[]): number {
  expect(found.length).toBe(expected.length);
  return found.reduce((most, value, k) => Math.max(most, Math.abs(value - expected[k])), 0);
}

test.each([
  [1, 1, 1],
  [3, 5, 7],
  [4, 128, 33],
  [5, 130, 2047],
  [33, 129, 2049],
  [2, 3, 5000],
])("%i × %i vectors of %i values", async (nA, nB, n) => {
  const [a, b] = [vectors(nA, n, 1), vectors(nB, n, 1000)];
  expect(largest(await vectorProducts(a, b, {}), plain(a, b))).toBeLessThan(1e-14 * n);
});

test("more vectors than are held at once, with others and with themselves", async () => {
  const [a, b] = [vectors(1027, 9, 1), vectors(6, 9, 5000)];
  expect(largest(await vectorProducts(a, b, {}), plain(a, b))).toBeLessThan(1e-13);
  const self = await vectorProducts(a, a, {});
  const other = await vectorProducts(a, [...a], {});
  expect(self.findIndex((value, k) => value !== other[k])).toBe(-1);
});

test("a list with itself is symmetric, and its diagonal the squares to the last bit", async () => {
  const a = vectors(131, 2500, 3);
  const products = await vectorProducts(a, a, {});
  expect(largest(products, plain(a, a))).toBeLessThan(1e-11);
  for (let i = 0; i < a.length; i++) {
    expect(products[i * a.length + i]).toBe(vectorSquare(a[i]));
    for (let j = 0; j < i; j++) expect(products[i * a.length + j]).toBe(products[j * a.length + i]);
  }
});

test("any number of threads gives the same bits", async () => {
  const [a, b] = [vectors(150, 6000, 1), vectors(140, 6000, 900)];
  const expected = await vectorProducts(a, b, { jobs: 1 });
  expect(await vectorProducts(a, b, { jobs: 2 })).toEqual(expected);
});

test("NaN stays in its products; no vectors and empty ones give nothing and 0", async () => {
  const a = vectors(6, 50, 1);
  a[2][49] = NaN;
  const products = await vectorProducts(a, a, {});
  products.forEach((value, k) => {
    expect(Number.isNaN(value)).toBe(k % 6 === 2 || Math.floor(k / 6) === 2);
  });
  expect(await vectorProducts([], a, {})).toEqual(new Float64Array());
  expect(await vectorProducts(a, [], {})).toEqual(new Float64Array());
  const empty = [new Float64Array()];
  expect(await vectorProducts(empty, empty, {})).toEqual(Float64Array.of(0));
});

test("lengths that differ are refused, and a fired signal stops", async () => {
  await expect(vectorProducts(vectors(2, 5, 1), vectors(2, 6, 1), {})).rejects.toThrow(/5 values/);
  const signal = AbortSignal.abort();
  await expect(vectorProducts(vectors(2, 5, 1), vectors(2, 5, 9), { signal })).rejects.toThrow(
    /cancelled/i,
  );
});
