import { describe, expect, test } from "vitest";
import { computeRdm, metricNames, rdmBetween } from "../../src/rdm/index.ts";

const a = [
  [0.1, 0.4, 0.5],
  [0.3, 0.3, 0.4],
];
const b = [
  [0.6, 0.1, 0.3],
  [0.1, 0.4, 0.5],
  [0.2, 0.2, 0.6],
];

describe("rdmBetween", () => {
  test("euclidean and correlation, as cdist", () => {
    // scipy.spatial.distance.cdist(a, b), and with "correlation"
    const euclidean = [
      0.6164414002968977, 0, 0.24494897427831777, 0.37416573867739417, 0.24494897427831783,
      0.24494897427831783,
    ];
    const found = rdmBetween(a, b, { metric: "euclidean" });
    expect(found.shape).toEqual([2, 3]);
    found.data.forEach((d, at) => expect(d).toBeCloseTo(euclidean[at], 12));
    expect(rdmBetween(a, b).data[1]).toBe(0);
    expect(rdmBetween(a, b).metric).toBe("correlation");
  });

  test.each(metricNames)("%s of a set with itself is its RDM", (metric) => {
    const VI = [
      [2, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    const params =
      metric === "mahalanobis" ? { VI } : metric === "seuclidean" ? { V: [1, 2, 3] } : {};
    const { data } = rdmBetween(b, b, { metric, ...params });
    const square = computeRdm(b, { metric, ...params }).toSquare();
    for (const [i, j] of [
      [0, 1],
      [1, 0],
      [0, 2],
      [2, 1],
    ])
      expect(data[i * 3 + j]).toBeCloseTo(square[i * 3 + j], 12);
  });

  test("a function is asked with the first set's pattern first", () => {
    const difference = (x: Float64Array, y: Float64Array): number => x[0] - y[0];
    expect([...rdmBetween([[1], [2]], [[5]], { metric: difference }).data]).toEqual([-4, -3]);
  });

  test("a gap costs its own row or column", () => {
    const found = rdmBetween(
      [
        [NaN, 1],
        [1, 2],
      ],
      [[1, 2]],
      { metric: "euclidean" },
    );
    expect([...found.data]).toEqual([NaN, 0]);
  });

  test("slips are refused", () => {
    expect(() => rdmBetween(a, [[1, 2]])).toThrow("3 features in columns");
    expect(() => rdmBetween([[1]], [[2]])).toThrow("a single feature");
    expect(() => rdmBetween(a, b, { rowItems: ["x"] })).toThrow("2 labels in rowItems");
    expect(() => rdmBetween(a, b, { rowItems: ["x", "x"] })).toThrow("twice");
    expect(() => rdmBetween(a, b, { metric: "crossnobis" as never })).toThrow("metric");
    expect(() => rdmBetween([], b)).toThrow("at least one");
    expect(() => rdmBetween(a, b, { p: 3 })).toThrow("only minkowski");
    expect(rdmBetween(a, b, { columnItems: ["x", "y", "z"] }).columnItems).toHaveLength(3);
  });
});
