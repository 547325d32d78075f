import { describe, expect, test } from "vitest";
import { twinEngine } from "../../src/compute/compute-engine.ts";
import { solvePositive } from "../../src/compute/solve-positive.ts";
import { random } from "../../src/core/random.ts";
import {
  cholesky,
  factorize,
  inverseOf,
  solveCholesky,
  whitenBoth,
} from "../../src/linalg/cholesky.ts";

/** B Bᵀ + 1 of a random B. */
function positive(n: number, seed: number): Float64Array {
  const { normal } = random(seed);
  const b = Float64Array.from({ length: n * n }, normal);
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = i === j ? 1 : 0;
    for (let k = 0; k < n; k++) sum += b[i * n + k] * b[j * n + k];
    return sum;
  });
}

function times(a: Float64Array, x: Float64Array): Float64Array {
  return x.map((_, i) => x.reduce((sum, value, k) => sum + a[i * x.length + k] * value, 0));
}

const far = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k])), 0);

describe.each([1, 2, 3, 7, 64, 65, 131])("a positive definite matrix of %i", (n) => {
  const a = positive(n, n);
  const x = Float64Array.from({ length: n }, (_, k) => Math.sin(k));
  const lower = cholesky(a, n) ?? new Float64Array(0);

  test("is its factor squared, which solves it, in plain code and in kernels", async () => {
    expect(far(solveCholesky(lower, times(a, x)), x)).toBeLessThan(1e-9);
    const found = await solvePositive(a, times(a, x));
    expect(far(found ?? new Float64Array(n), x)).toBeLessThan(1e-9);
    expect(await solvePositive(a, times(a, x), {}, twinEngine())).toEqual(found);
  });

  test("whitens itself, and has an inverse", () => {
    const unit = Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
    expect(far(whitenBoth(lower, a, n), unit)).toBeLessThan(1e-9);
    expect(far(times(a, times(inverseOf(lower, n), x)), x)).toBeLessThan(1e-9);
  });
});

test("a matrix that is none says at which row", async () => {
  const repeated = Float64Array.of(4, 2, 2, 2, 1, 1, 2, 1, 3);
  expect(factorize(repeated, 3).failedAt).toBe(1);
  expect(cholesky(repeated, 3)).toBeUndefined();
  expect(await solvePositive(repeated, Float64Array.of(1, 1, 1))).toBeUndefined();
  expect(factorize(Float64Array.of(NaN), 1).failedAt).toBe(0);
});
