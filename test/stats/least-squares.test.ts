import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import { leastSquares, random } from "../../src/stats/index.ts";
import { singularValues } from "../../src/linalg/singular-values.ts";

const columnsOf = (seed: number, n: number, k: number): Float64Array[] => {
  const { normal } = random(seed);
  return Array.from({ length: k }, () => Float64Array.from({ length: n }, normal));
};
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0);
const fitted = (columns: readonly ArrayLike<number>[], weights: Float64Array): number[] =>
  Array.from(columns[0], (_, i) => columns.reduce((sum, c, j) => sum + c[i] * weights[j], 0));

describe("leastSquares", () => {
  test("finds the coefficients that made the data", () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 6 }), (seed, k) => {
        const columns = columnsOf(seed, 12, k);
        const true_ = Float64Array.from({ length: k }, (_, j) => j - 1.5);
        const found = leastSquares(columns, fitted(columns, true_));
        found.forEach((c, j) => expect(c).toBeCloseTo(true_[j], 8));
      }),
    );
  });

  test("leaves a residual that is orthogonal to every column", () => {
    const columns = columnsOf(3, 30, 4);
    const [y] = columnsOf(9, 30, 1);
    const fit = fitted(columns, leastSquares(columns, y));
    for (const column of columns)
      expect(
        dot(
          column,
          y.map((v, i) => v - fit[i]),
        ),
      ).toBeCloseTo(0, 12);
  });

  test("collinear columns share: the shortest solution", () => {
    const [c] = columnsOf(5, 20, 1);
    const double = c.map((v) => 2 * v);
    const found = leastSquares(
      [c, double],
      c.map((v) => 5 * v),
    );
    expect(found[0]).toBeCloseTo(1, 12);
    expect(found[1]).toBeCloseTo(2, 12);
    const [none, two] = leastSquares(
      [
        [0, 0],
        [1, 2],
      ],
      [2, 4],
    );
    expect(none).toBe(0);
    expect(two).toBeCloseTo(2, 12);
  });

  test("NaN gives NaN, other lengths are refused", () => {
    expect([...leastSquares([[1, NaN]], [1, 2])]).toEqual([NaN]);
    expect(() => leastSquares([[1, 2, 3]], [1, 2])).toThrow(/2 values in column 0/);
  });
});

test("singular values rebuild the matrix, also where columns differ in size by 10¹²", () => {
  const columns = columnsOf(2, 15, 3);
  columns[1] = columns[1].map((v) => v * 1e-12);
  const { scaled, values, v } = singularValues(columns);
  columns.forEach((column, i) => {
    const size = Math.sqrt(dot(column, column));
    column.forEach((value, row) => {
      const rebuilt = scaled.reduce((sum, u, j) => sum + u[row] * v[i][j], 0);
      expect(Math.abs(rebuilt - value) / size).toBeLessThan(1e-3);
    });
  });
  expect(Math.min(...values)).toBeLessThan(1e-10);
  expect(dot(scaled[0], scaled[2]) / (values[0] * values[2])).toBeCloseTo(0, 12);
});
