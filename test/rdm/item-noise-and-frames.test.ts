import { describe, expect, test } from "vitest";
import {
  computeRdm,
  frameActivations,
  framePatterns,
  itemNoise,
  Rdm,
  rdmFromMeasurements,
} from "../../src/rdm/index.ts";
import { largestDifference, matrixOf, numbersOf } from "../reference/read-reference.ts";
import { casesOf } from "./toolbox-rest.ts";

describe("itemNoise, as sigmak_from_measurements", () => {
  const [{ input, expected }] = casesOf("sigma_k");
  const [nRuns, nItems, nChannels] = input.patterns.shape;
  const rows = { data: numbersOf(input.patterns), shape: [nRuns * nItems, nChannels] };
  const labels = Array.from({ length: nRuns * nItems }, (_, row) => `i${row % nItems}`);
  const runs = labels.map((_, row) => Math.floor(row / nItems));

  test("plain and whitened", () => {
    const plain = itemNoise(rows, { labels, runs });
    expect(largestDifference(plain.data, numbersOf(expected.plain))).toBeLessThan(1e-12);
    expect([plain.shape, plain.items]).toEqual([
      [4, 4],
      ["i0", "i1", "i2", "i3"],
    ]);
    const precision = matrixOf(input.precision);
    const whitened = itemNoise(rows, { labels, runs, precision });
    expect(largestDifference(whitened.data, numbersOf(expected.whitened))).toBeLessThan(1e-9);
  });

  test("the order of rows says nothing", () => {
    const order = labels.map((_, row) => row).reverse();
    const turned = {
      data: Float64Array.from(
        order.flatMap((row) => [...rows.data.subarray(row * nChannels, (row + 1) * nChannels)]),
      ),
      shape: rows.shape,
    };
    const found = itemNoise(turned, {
      labels: order.map((row) => labels[row]),
      runs: order.map((row) => runs[row]),
    });
    expect(largestDifference(found.data, numbersOf(expected.plain))).toBeLessThan(1e-12);
  });

  test("a pair of one run only is refused by name, not infinite", () => {
    const some = [[1], [2], [3], [4], [5]];
    const of = { labels: ["a", "b", "a", "b", "a"], runs: [1, 1, 2, 3, 3] };
    expect(itemNoise(some, of).data.every(Number.isFinite)).toBe(true);
    expect(() => itemNoise(some, { ...of, runs: [1, 1, 2, 3, 4] })).toThrow("a and b");
    expect(() => itemNoise([[1], [2]], { labels: ["a", "b"], runs: [1, 1] })).toThrow(
      "fewer than two runs",
    );
    expect(() => itemNoise(some, { ...of, runs: [1, 1, 1, 2, 2] })).toThrow("a twice in one run");
    expect(() => itemNoise([[NaN], [2], [3], [4], [5]], of)).toThrow("not finite");
    expect(() => itemNoise(some, { ...of, precision: [[-1]] })).toThrow("not positive definite");
    expect(() => itemNoise(some, { labels: of.labels } as never)).toThrow("runs");
  });
});

describe("framed RSA", () => {
  const [{ input, expected }] = casesOf("framed RSA");
  const patterns = matrixOf(input.patterns);
  const scale = input.scale as never as number;

  test("patterns of any number are framed", () => {
    const [n, p] = [500, 400];
    const many = { data: new Float64Array(n * p).map((_, k) => k % 7), shape: [n, p] };
    const { rows, level } = framePatterns(many);
    expect(rows.shape).toEqual([n + 2, p]);
    expect(rows.data.subarray(0, n * p)).toEqual(many.data);
    expect([rows.data[n * p], rows.data[(n + 2) * p - 1]]).toEqual([0, level]);
  });

  test("level, RDM and activations are those of the formula", () => {
    const { rows, labels, level } = framePatterns(patterns, { scale });
    expect(level).toBeCloseTo(expected.c as never, 12);
    const rdm = computeRdm(rows, { metric: "sqeuclidean", items: labels });
    const perChannel = rdm.condensed.map((d) => d / 9);
    expect(largestDifference(perChannel, numbersOf(expected.rdm))).toBeLessThan(1e-12);
    const means = frameActivations(new Rdm(perChannel, { items: labels }), level);
    const found = Float64Array.from(means.values());
    expect(largestDifference(found, numbersOf(expected.meanActivation))).toBeLessThan(1e-9);
    expect([...means.keys()]).toEqual(labels.slice(0, 6));
  });

  test("it stands in every run, so that crossnobis knows it", () => {
    const items = ["a", "b", "a", "b"];
    const rows = [
      [1, 3, 2],
      [0, 1, 5],
      [1, 3, 2],
      [0, 1, 5],
    ];
    const framed = framePatterns(rows, { labels: items, runs: ["x", "x", "y", "y"] });
    expect(framed.runs).toEqual(["x", "x", "y", "y", "x", "x", "y", "y"]);
    const rdm = rdmFromMeasurements(framed.rows, {
      ...{ labels: framed.labels, runs: framed.runs, method: "crossnobis" },
    });
    expect(frameActivations(rdm, framed.level).get("a")).toBeCloseTo(2, 12);
  });

  test("edges are refused", () => {
    expect(() => framePatterns([[0, 0]])).toThrow("length 0");
    expect(() => framePatterns([[1, NaN]])).toThrow("NaN");
    expect(() => framePatterns([[1, 2]], { labels: ["frame: nothing"] })).toThrow("otherwise");
    expect(() => framePatterns([[1, 2]], { labels: ["a", "b"] })).toThrow("1 labels");
    expect(() => framePatterns([[1, 2]], { scale: 0 })).toThrow("above 0");
    expect(() => frameActivations(new Rdm([1], { items: ["a", "b"] }), 1)).toThrow("frame");
    expect(() => frameActivations(new Rdm([1], { items: ["a", "b"] }), 0)).toThrow("level");
  });
});
