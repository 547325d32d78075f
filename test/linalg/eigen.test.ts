import { fc } from "../support/fast-check.ts";
import { expect, test } from "vitest";
import { symmetricEigen, symmetricEigenvalues } from "../../src/linalg/symmetric-eigen.ts";

const entries = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 49, maxLength: 49 });

/** A symmetric 7 × 7 matrix. */
const symmetric = entries.map((values) =>
  Float64Array.from(values, (_, k) => values[k] + values[(k % 7) * 7 + Math.floor(k / 7)]),
);

test("vectors times values are the matrix", () => {
  fc.assert(
    fc.property(symmetric, (matrix) => {
      const { values, vectors } = symmetricEigen(matrix, 7);
      matrix.forEach((entry, k) => {
        const [i, j] = [Math.floor(k / 7), k % 7];
        const sum = values.reduce((s, v, e) => s + v * vectors[e * 7 + i] * vectors[e * 7 + j], 0);
        expect(sum).toBeCloseTo(entry, 10);
      });
    }),
  );
});

test("values alone are the same", () => {
  fc.assert(
    fc.property(symmetric, (matrix) => {
      const both = [symmetricEigen(matrix, 7).values, symmetricEigenvalues(matrix, 7)];
      const [jacobi, ql] = both.map((values) => [...values].sort((a, b) => a - b));
      jacobi.forEach((value, k) => expect(ql[k]).toBeCloseTo(value, 10));
    }),
  );
});

test("values and vectors of larger matrices, with repeated, zero and tiny values", () => {
  for (const n of [2, 30, 120]) {
    const wanted = Float64Array.from({ length: n }, (_, k) => (k % 5 === 0 ? 0 : 10 ** (-k / 9)));
    const axis = Float64Array.from({ length: n }, (_, k) => Math.sin(3 * k + 1));
    const squares = axis.reduce((sum, x) => sum + x * x, 0);
    // A reflection of a diagonal matrix.
    const h = (i: number, j: number) => (i === j ? 1 : 0) - (2 * axis[i] * axis[j]) / squares;
    const matrix = Float64Array.from({ length: n * n }, (_, at) =>
      wanted.reduce((sum, value, k) => sum + value * h(Math.floor(at / n), k) * h(at % n, k), 0),
    );
    const { values, vectors } = symmetricEigen(matrix, n);
    const sorted = [...wanted].sort((a, b) => a - b);
    [values, symmetricEigenvalues(matrix, n)].forEach((found) =>
      [...found].sort((a, b) => a - b).forEach((value, k) => expect(Math.abs(value - sorted[k])).toBeLessThan(1e-13)),
    );
    for (let a = 0; a < n; a += 3)
      for (let b = 0; b < n; b += 7) {
        const product = values.reduce((sum, _v, k) => sum + vectors[a * n + k] * vectors[b * n + k], 0);
        expect(Math.abs(product - (a === b ? 1 : 0))).toBeLessThan(1e-12);
      }
  }
}); // prettier-ignore
