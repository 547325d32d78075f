import { expect, test } from "vitest";
import { InvalidArgument, TsrsaError } from "../../src/core/errors.ts";
import { describeValue } from "../../src/core/gate/describe.ts";
import { toRows, type MatrixLike } from "../../src/core/matrix.ts";
import {
  clean,
  computeRdm,
  computeRdmCv,
  createFolds,
  epochsFromArray,
  lassoLarsCv,
  noiseCovariance,
  pca,
  permutationTTest,
  permutationClusterTest,
  r2Score,
  rdmFromMeasurements,
  rdmFromUnbalanced,
  ridge,
  ridgeCv,
  standardScale,
} from "../../src/index.ts";

const hostile = (value: unknown): MatrixLike => value as MatrixLike;
const lie = { data: Float64Array.of(1, 2, 4, 2, 1, 3, 5, 3, 1, 0, 2, 2), shape: [3, 5] };
const y = [1, 2, 4];

test.each<[string, () => unknown]>([
  ["toRows", () => toRows(lie)],
  ["computeRdm", () => computeRdm(lie)],
  ["computeRdmCv", () => computeRdmCv({ data: lie.data, shape: [2, 3, 4] })],
  ["createFolds", () => createFolds(lie, { labels: ["a", "b", "a"] })],
  ["rdmFromMeasurements", () => rdmFromMeasurements(lie)],
  ["rdmFromUnbalanced", () => rdmFromUnbalanced(lie, { labels: ["a", "b", "c"] })],
  ["ridge", () => ridge(lie, y)],
  ["ridge, responses", () => ridge([[1], [2], [4]], lie)],
  ["ridgeCv", () => ridgeCv(lie, y)],
  ["lassoLarsCv", () => lassoLarsCv(lie, y)],
  ["r2Score", () => r2Score(lie, lie)],
  ["clean", () => clean(lie)],
  ["pca", () => pca(lie)],
  ["standardScale", () => standardScale(lie)],
  ["noiseCovariance", () => noiseCovariance(lie)],
  ["permutationTTest", () => permutationTTest(lie)],
  ["permutationClusterTest", () => permutationClusterTest(lie)],
  ["epochsFromArray", () => epochsFromArray({ data: lie.data, shape: [3, 2, 5] }, { sfreqHz: 10 })],
])("a matrix whose shape does not fit its data is refused by %s", async (_, call) => {
  await expect((async () => call())()).rejects.toThrow(TsrsaError);
});

test("a missing value is NaN, never 0", () => {
  expect([...toRows(hostile([[1, null]])).data]).toEqual([1, NaN]);
  const rdm = computeRdm(
    hostile([
      [null, 1],
      [2, 3],
      [4, 6],
    ]),
    { metric: "euclidean" },
  );
  expect([...rdm.condensed]).toEqual([NaN, NaN, Math.sqrt(13)]);
});

test("true and false are 1 and 0, and BigInt is exact", () => {
  expect([...toRows(hostile([[true, false, 7n]])).data]).toEqual([1, 0, 7]);
  expect([...toRows(hostile({ data: BigInt64Array.of(1n, -2n), shape: [1, 2] })).data]).toEqual([
    1, -2,
  ]);
});

test.each<[string, unknown, RegExp]>([
  [
    "text in a cell",
    [
      [1, 2],
      [3, "4"],
    ],
    /row 1, column 1: "4"/,
  ],
  ["an empty text", [["", 2]], /row 0, column 0: ""/],
  ["text for a row", ["123", "456"], /row 0: "123"/],
  ["text for all", "123", /features: "123"/],
  [
    "undefined",
    [
      [1, 2],
      [3, undefined],
    ],
    /row 1, column 1: undefined/,
  ],
  ["a hole", [[1, 2], [3, , 5].slice(0, 2)], /row 1, column 1/],
  ["a missing row", [[1, 2], null], /row 1: null/],
  ["a plain vector", [1, 2, 3], /row 0: 1/],
  ["a typed vector", Float64Array.of(1, 2), /a Float64Array of 2/],
  ["lists in cells", [[[1], [2]]], /row 0, column 0: a list of 1/],
  ["a date", [[new Date(0)]], /a Date/],
  ["a Set", new Set([[1, 2]]), /a Set/],
  ["a Map", new Map(), /a Map/],
  ["null", null, /null/],
  ["undefined", undefined, /undefined/],
  ["a number", 3, /3/],
  ["an object", { alpha: 1 }, /an object with alpha/],
  ["too large an integer", [[2n ** 60n]], /float64 cannot hold/],
  ["text as data", { data: "12", shape: [1, 2] }, /data of features: "12"/],
  ["no shape", { data: Float64Array.of(1), shape: [] }, /shape of features/],
  [
    "half a row",
    { data: Float64Array.of(1, 2, 3), shape: [1.5, 2] },
    /shape of features: "\(1.5, 2\)"/,
  ],
  ["less than nothing", { data: Float64Array.of(1, 2), shape: [-1, -2] }, /shape of features/],
])("%s is refused, by place", (_, value, message) => {
  expect(() => toRows(hostile(value))).toThrow(TsrsaError);
  expect(() => toRows(hostile(value))).toThrow(message);
});

test("objects are described by their keys", () => {
  expect(describeValue({ alpha: 1, nFolds: 2 })).toBe("an object with alpha, nFolds");
  expect(describeValue({})).toBe("an object without keys");
  expect(describeValue(Object.create(null))).toBe("an object without keys");
});

test("a message tells an object by its keys", () => {
  expect(new InvalidArgument("alpha", { alpha: 1 }, "give a number").message).toBe(
    "invalid alpha: an object with alpha; give a number",
  );
});
