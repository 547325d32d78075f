import { expect, test } from "vitest";
import { TsrsaError } from "../../src/core/errors.ts";
import { Rdm, reorder, rsa, sortItems, subset } from "../../src/index.ts";

const rdm = new Rdm([1, 2, 3], { items: ["1", "2", "3"] });

test.each<[string, () => unknown]>([
  ["between", () => rdm.between(1 as never, 2 as never)],
  ["positionOf", () => rdm.positionOf(1 as never)],
  ["subset", () => subset(rdm, [1, 2] as never)],
  ["reorder", () => reorder(rdm, [1, 2, 3] as never)],
  ["sortItems", () => sortItems(rdm, [1, 2, 3] as never)],
  ["Rdm", () => new Rdm([1, 2, 3], { items: [1, 2, 3] as never })],
])("%s says that 1 is a number and labels are text", (_, call) => {
  expect(call).toThrow(TsrsaError);
  expect(call).toThrow(/1 is a number, and labels are text/);
});

test.each([1, 2, 3, 6, 10, 15])("a square matrix of side %i is no condensed vector", (n) => {
  const rows = Array.from({ length: n }, () => Array.from({ length: n }, () => 1));
  expect(() => new Rdm(rows as never)).toThrow(/square/);
  expect(() => new Rdm(rows.map((row) => Float64Array.from(row)) as never)).toThrow(/square/);
  expect(() => new Rdm({ data: new Float64Array(n * n), shape: [n, n] } as never)).toThrow(
    /square/,
  );
});

test.each<[string, unknown]>([
  ["text", "123"],
  ["text in a list", ["1", "b", "3"]],
  ["undefined in a list", [1, undefined, 3]],
  ["nothing", undefined],
  ["null", null],
  ["a number", 3],
  ["a Set", new Set([1, 2, 3])],
  ["a Map", new Map()],
  ["too large an integer", [1n, 2n ** 70n, 3n]],
])("%s is no dissimilarities", (_, value) => {
  expect(() => new Rdm(value as never)).toThrow(TsrsaError);
});

test("a missing dissimilarity is NaN, an integer is exact", () => {
  expect([...new Rdm([1, null, 3] as never).condensed]).toEqual([1, NaN, 3]);
  expect([...new Rdm(BigInt64Array.of(1n, 2n, 3n) as never).condensed]).toEqual([1, 2, 3]);
});

test.each<[unknown, unknown]>([
  [0, 5],
  [-1, 2],
  [0.5, 1],
  ["a", "b"],
  [NaN, NaN],
  [7, 7],
])("at(%s, %s) is not another pair's value", (i, j) => {
  expect(() => rdm.at(i as number, j as number)).toThrow(TsrsaError);
});

test("sortItems takes a list, subset a Set or a single label", () => {
  const other = new Rdm([1, 2, 3], { items: ["b", "a", "c"] });
  const sorted = sortItems(other, ["a", "b", "c"]);
  expect(sorted.items).toEqual(["a", "b", "c"]);
  expect(sorted.between("b", "c")).toBe(2);
  expect(subset(other, new Set(["c", "a"])).condensed[0]).toBe(3);
  expect(subset(other, "a").items).toEqual(["a"]);
  expect(() => sortItems(other, ["a", "b"])).toThrow(TsrsaError);
});

test("rsa takes plain vectors as mne_rsa.rsa does, and many of them", () => {
  expect(rsa([1, 2, 3], [1, 2, 3]).single()).toBe(1);
  expect(rsa(Float64Array.of(1, 2, 3), [3, 2, 1]).single()).toBe(-1);
  expect([
    ...rsa(
      [1, 2, 3],
      [
        [1, 2, 3],
        [3, 2, 1],
      ],
    ).scores,
  ]).toEqual([1, -1]);
  expect(() => rsa([1, 2], [1, 2])).toThrow(TsrsaError);
  expect(() => rsa("123" as never, [1, 2, 3])).toThrow(TsrsaError);
  expect(() => rsa(null as never, [1, 2, 3])).toThrow(TsrsaError);
  expect(() => rsa(rdm, [1, 2, 3])).toThrow(TsrsaError);
});
