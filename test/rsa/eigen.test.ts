import fc from "fast-check";
import { expect, test } from "vitest";
import { symmetricEigen } from "../../src/rsa/compare/symmetric-eigen.ts";
import { symmetricEigenvalues } from "../../src/rsa/compare/symmetric-eigenvalues.ts";

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
