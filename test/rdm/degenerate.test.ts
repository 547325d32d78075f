import { describe, expect, test } from "vitest";
import { computeRdm, computeRdmCv, random, rdmFromUnbalanced, type MatrixLike } from "tsrsa";

const noisy = (nItems: number, nFeatures: number, seed: number) => {
  const { normal } = random(seed);
  return Array.from({ length: nItems }, () => Array.from({ length: nFeatures }, normal));
};

describe("cross-validated angles without regularisation", () => {
  const folds = (...rows: number[][][]) => ({
    data: Float64Array.from(rows.flat(2)),
    shape: [rows.length, rows[0].length, rows[0][0].length],
  });
  const none = { regVar: 0, regDenom: 0 };
  const varying = [
    [2, 3, 5],
    [1, 5, 2],
    [3, 2, 1],
  ];

  test.each([true, false])("an item constant in one fold has none (bounded: %s)", (bounded) => {
    for (const value of [4, 0.1, 1.81]) {
      const first = [[1, 2, 3], Array<number>(3).fill(value), [3, 1, 2]];
      for (const of of [folds(first, varying), folds(varying, first)]) {
        const { condensed } = computeRdmCv(of, { metric: "correlation", ...none, bounded });
        expect([condensed[0], condensed[2]]).toEqual([NaN, NaN]);
        expect(condensed[1]).toBeCloseTo(1.866, 3);
      }
    }
  });

  test("nor where the mean of the other folds is constant", () => {
    const back = varying.map((row) => row.map((value) => 6 - value));
    const of = folds(varying, back, noisy(3, 3, 1));
    const { condensed } = computeRdmCv(of, { metric: "correlation", ...none, bounded: false });
    expect(Array.from(condensed)).toEqual([NaN, NaN, NaN]);
  });

  test("an item of zeros in one fold has no cosine", () => {
    const of = folds([[1, 2], [0, 0], [2, 1]], [[1, 1], [3, 1], [2, 2]]); // prettier-ignore
    const { condensed } = computeRdmCv(of, { metric: "cosine", ...none });
    expect([condensed[0], condensed[2]]).toEqual([NaN, NaN]);
    expect(condensed[1]).not.toBeNaN();
  });
});

describe("unbalanced correlation", () => {
  const of = (rows: MatrixLike, n: number) =>
    rdmFromUnbalanced(rows, {
      labels: ["a", "b", "c", "d", "e"].slice(0, n),
      method: "correlation",
    }).condensed;

  test.each([0, 1e3, 1e6, 1e8])("is as exact as computeRdm at an offset of %d", (offset) => {
    const rows = noisy(5, 7, 3).map((row) => row.map((value) => value + offset));
    const expected = computeRdm(rows).condensed;
    of(rows, 5).forEach((d, at) => expect(d).toBeCloseTo(expected[at], 12));
  });

  test.each([0, 0.1, 1.81, 1e6])("a row of %d has none", (value) => {
    const [first, second] = noisy(2, 7, 4);
    const found = of([Array<number>(7).fill(value), first, second], 3);
    expect([found[0], found[1]]).toEqual([NaN, NaN]);
    expect(found[2]).toBeCloseTo(computeRdm([first, second]).condensed[0], 12);
  });

  test("rows with missing channels weigh by the channels both have", () => {
    const a = [1, 2, 4, 3];
    const b = [[2, 1, 3, 5], [4, NaN, 1, 2], [1, 5, 2, 2]]; // prettier-ignore
    const rows = [a, ...b];
    const shared = (x: number[], y: number[]) => {
      const at = [0, 1, 2, 3].filter((c) => !Number.isNaN(x[c] + y[c]));
      const pick = (row: number[]) => at.map((c) => row[c]);
      return { n: at.length, r: 1 - computeRdm([pick(x), pick(y)]).condensed[0] };
    };
    // Half the correlation a channel; each row with itself counts half.
    const mean = (pairs: (readonly [number[], number[], number])[]) => {
      const parts = pairs.map(([x, y, share]) => ({ ...shared(x, y), share }));
      const weight = parts.reduce((sum, { n, share }) => sum + n * share, 0);
      return parts.reduce((sum, { n, r, share }) => sum + (n * share * r) / 2, 0) / weight;
    };
    const own = mean([
      ...b.map((row) => [row, row, 0.5] as const),
      [b[0], b[1], 1],
      [b[0], b[2], 1],
      [b[1], b[2], 1],
    ]);
    const expected = 0.5 + own - 2 * mean(b.map((row) => [a, row, 1] as const));
    const { condensed } = rdmFromUnbalanced(rows, {
      labels: ["a", "b", "b", "b"],
      method: "correlation",
    });
    expect(condensed[0]).toBeCloseTo(expected, 12);
  });

  test("one precision a run is refused by name", () => {
    const one = [[1, 0], [0, 1]]; // prettier-ignore
    const call = () =>
      rdmFromUnbalanced([[0, 0], [3, 4], [0, 0], [3, 4]], {
        labels: ["a", "b", "a", "b"],
        runs: [1, 1, 2, 2],
        method: "sqmahalanobis",
        precision: [one, one] as unknown as MatrixLike,
      }); // prettier-ignore
    expect(call).toThrow(/2 matrices.*one precision for all runs is taken/);
  });
});

describe("distances equal in exact arithmetic", () => {
  test.each(["correlation", "cosine"] as const)("%s of one line: exactly 0 or 2", (metric) => {
    for (let seed = 0; seed < 50; seed++) {
      const rows = noisy(12, 2, seed);
      // Multiples of one row, of either sign.
      const ends = metric === "correlation" ? rows : rows.map(([x]) => [x, 0.3 * x]);
      const found = new Set(computeRdm(ends, { metric }).condensed);
      expect([...found].filter((d) => d !== 0 && d !== 2)).toEqual([]);
    }
  });

  test.each([0, 1, 0.1, 1.81])("seuclidean with a feature of %d is NaN", (value) => {
    const rows = noisy(6, 2, 1).map((row) => [...row, value]);
    expect(computeRdm(rows, { metric: "seuclidean" }).condensed.every(Number.isNaN)).toBe(true);
  });
});
