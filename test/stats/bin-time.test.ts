import { describe, expect, test } from "vitest";
import { binTime } from "../../src/stats/index.ts";

const values = { data: Float64Array.of(1, 2, 3, 4, 5, 10, 20, 30, 40, 50), shape: [1, 2, 5] };
const times = [0, 0.1, 0.2, 0.3, 0.4];

describe("binTime", () => {
  test("bins of a width; what is over is left out", () => {
    const found = binTime(values, times, { widthS: 0.2 });
    expect([...found.data]).toEqual([1.5, 3.5, 15, 35]);
    expect(found.shape).toEqual([1, 2, 2]);
    expect([...found.times]).toEqual([0.05, 0.25]);
    expect([...found.counts]).toEqual([2, 2]);
  });

  test("from a start, and given bins, which may overlap", () => {
    expect([...binTime(values, times, { widthS: 0.2, startS: 0.1 }).data]).toEqual([
      2.5, 4.5, 25, 45,
    ]);
    const bins = [[0, 0.3] as const, [0.1, 1] as const];
    expect([...binTime(values, times, { bins }).data]).toEqual([2, 3.5, 20, 35]);
  });

  test("edges are met although times are rounded", () => {
    const n = 1000;
    const data = Float64Array.from({ length: n }, (_, at) => at);
    const at = Float32Array.from({ length: n }, (_, k) => -0.2 + k * 0.001);
    const found = binTime({ data, shape: [n] }, at, { widthS: 0.01 });
    expect([...new Set(found.counts)]).toEqual([10]);
    expect(found.data[99]).toBe(994.5);
  });

  test("a gap costs its own bin; one sample is a bin", () => {
    const gap = { data: Float64Array.of(NaN, 1, 2), shape: [3] };
    const found = binTime(gap, [0, 1, 2], { widthS: 1 });
    expect([...found.data]).toEqual([NaN, 1, 2]);
  });

  test("slips are refused", () => {
    expect(() => binTime(values, times, {})).toThrow("widthS, or bins");
    expect(() => binTime(values, times, { widthS: 0.2, bins: [[0, 1]] })).toThrow(
      "neither or both",
    );
    expect(() => binTime(values, times, { widthS: 9 })).toThrow("not one whole bin");
    expect(() => binTime(values, times, { bins: [[0.91, 0.95]] })).toThrow("no sample");
    expect(() => binTime(values, times, { bins: [[0.2, 0.1]] })).toThrow("earlier first");
    expect(() => binTime(values, times, { bins: [] })).toThrow("at least one");
    expect(() => binTime(values, times, { bins: [[0, 1]], startS: 0 })).toThrow("startS");
    expect(() => binTime(values, [0, 0.1], { widthS: 0.1 })).toThrow("5 times");
    expect(() => binTime(values, [0, 0.1, 0.1, 0.3, 0.4], { widthS: 0.1 })).toThrow("ascend");
    expect(() => binTime(values, times, { widthS: 0 })).toThrow("above 0");
  });
});
