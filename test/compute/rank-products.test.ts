import { expect, test } from "vitest";
import { averageRanks } from "../../src/compute/average-ranks.ts";
import { canRankTogether, rankProducts } from "../../src/compute/rank-products.ts";
import { noise } from "./series.ts";

const vectors = (count: number, n: number, seed: number): Float64Array[] =>
  Array.from({ length: count }, (_, v) =>
    // Every third has ties.
    noise(n, seed + v).map((value) => (v % 3 === 0 ? Math.round(4 * value) : value)),
  );

function plain(a: readonly Float64Array[], b: readonly Float64Array[]) {
  const centred = (vector: Float64Array) => {
    const { ranks } = averageRanks(vector);
    return ranks.map((rank) => rank - (vector.length + 1) / 2);
  };
  const [left, right] = [a.map(centred), b.map(centred)];
  const product = (x: Float64Array, y: Float64Array) =>
    x.reduce((sum, value, k) => sum + value * y[k], 0);
  return {
    products: Float64Array.from(left.flatMap((x) => right.map((y) => product(x, y)))),
    squaresA: Float64Array.from(left, (x) => product(x, x)),
    squaresB: Float64Array.from(right, (x) => product(x, x)),
  };
}

test.each([
  [1, 1, 1],
  [3, 5, 7],
  [4, 35, 33],
  [33, 9, 1537],
  [70, 31, 120],
])("%i × %i vectors of %i values, exactly", async (nA, nB, n) => {
  const [a, b] = [vectors(nA, n, 1), vectors(nB, n, 1000)];
  const expected = plain(a, b);
  for (const jobs of [1, 2]) expect(await rankProducts(a, b, { jobs })).toEqual(expected);
});

test.each([1, 4, 33, 70])("%i vectors with themselves, each two once, exactly", async (count) => {
  const a = vectors(count, 45, 3);
  const expected = plain(a, a);
  for (const jobs of [1, 2]) expect(await rankProducts(a, a, { jobs })).toEqual(expected);
});

test("vectors that are ranked in several lots, and one that says nothing", async () => {
  const a = vectors(10, 150_000, 1);
  a[9].fill(3);
  const done: number[] = [];
  const b = a.slice(0, 3);
  const { products, squaresA } = await rankProducts(a, b, { jobs: 2 }, (count) => done.push(count));
  expect(products[3]).toBe(products[1]);
  expect([...products.subarray(27), squaresA[9]]).toEqual([0, 0, 0, 0]);
  expect(squaresA[1]).toBe((150_000 ** 3 - 150_000) / 12);
  expect(done).toEqual([3, 13]);
});

test("a vector with NaN has NaN for its square and for every product, and no other has", async () => {
  const [a, b] = [vectors(5, 40, 1), vectors(4, 40, 9)];
  [a[1][7], b[3][0]] = [NaN, NaN];
  const { products, squaresA, squaresB } = await rankProducts(a, b, { jobs: 1 });
  const nanAt = (numbers: Float64Array) =>
    [...numbers.keys()].filter((k) => Number.isNaN(numbers[k]));
  expect(nanAt(products)).toEqual([3, 4, 5, 6, 7, 11, 15, 19]);
  expect([nanAt(squaresA), nanAt(squaresB)]).toEqual([[1], [3]]);
  const itself = await rankProducts(a, a, { jobs: 1 });
  expect(nanAt(itself.products)).toEqual([1, 5, 6, 7, 8, 9, 11, 16, 21]);
});

test.each([131_071, 200_000])("ranks of %i values are packed without loss", async (n) => {
  const a = Array.from({ length: 4 }, (_, v) => noise(n, v));
  expect(await rankProducts(a, a, { jobs: 2 })).toEqual(plain(a, a));
});

test("what is longer than products are exact for, or fills the memory, is not ranked together", () => {
  expect(canRankTogether(8, 200_000)).toBe(true);
  expect(canRankTogether(8, 200_001)).toBe(false);
  expect(canRankTogether(1060, 101_025)).toBe(true);
  expect(canRankTogether(1061, 101_025)).toBe(false);
});
