import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import { dualFit, dualScores, type DualFit } from "../../src/compute/dual-ridge.ts";
import { twinEngine } from "../../src/compute/compute-engine.ts";
import { matrixProduct, matrixProductSync } from "../../src/compute/matrix-product.ts";
import { ridgeUnits } from "../../src/compute/ridge-units.ts";
import { noise } from "./series.ts";

const twin = twinEngine();

function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, k) => {
    if (Number.isNaN(value) && Number.isNaN(b[k])) return most;
    return Math.max(most, Math.abs(value - b[k]) / Math.max(1, Math.abs(b[k])));
  }, 0);
}

/** Few rows, more features than those or fewer (the dual form is right for both), some targets constant. */
const problems = fc
  .record({
    rowsOf: fc.array(fc.integer({ min: 2, max: 9 }), { minLength: 3, maxLength: 5 }),
    nFeatures: fc.integer({ min: 3, max: 90 }),
    nTargets: fc.integer({ min: 1, max: 70 }),
    seed: fc.integer({ min: 1, max: 1000 }),
    intercept: fc.boolean(),
    shuffled: fc.boolean(),
  })
  .map(({ rowsOf, nFeatures: p, nTargets, seed, intercept, shuffled }): DualFit & { segmentOf: number[]; nSegments: number } => {
    const segmentOf = rowsOf.flatMap((count, s) => new Array<number>(count).fill(s));
    if (shuffled) segmentOf.sort((a, b) => ((a * 7 + 3) % 5) - ((b * 7 + 3) % 5));
    const nRows = segmentOf.length;
    const features = noise(nRows * p, seed);
    const targets = noise(nRows * nTargets, seed + 1);
    for (let row = 0; row < nRows; row++) {
      features[row * p + 1] = 0.1;
      targets[row * nTargets] = 12.3;
    }
    const featureMeans = Float64Array.from({ length: p }, (_, j) => {
      let sum = 0;
      for (let row = 0; row < nRows; row++) sum += features[row * p + j] - features[j];
      return intercept ? features[j] + sum / nRows : 0;
    });
    const products = new Float64Array(nRows * nRows);
    for (let a = 0; a < nRows; a++)
      for (let b = 0; b < nRows; b++)
        for (let j = 0; j < p; j++)
          products[a * nRows + b] += (features[a * p + j] - featureMeans[j]) * (features[b * p + j] - featureMeans[j]);
    const rows = { nRows, nTargets, targets, intercept, segmentOf, nSegments: rowsOf.length };
    return { ...rows, features, nFeatures: p, featureMeans, products };
  }); // prettier-ignore

// Predictions that a large penalty makes all but constant have a correlation of few digits.
const alphas = fc.double({ min: 1e-2, max: 10, noNaN: true });
const unitsOf = (alpha: number) =>
  [
    { without: [0, -1], tested: 0, alpha },
    { without: [2, 1], tested: 1, alpha: 3 * alpha },
    { without: [-1, 2], tested: 2, alpha },
  ] as const;

describe("ridge regression by products of rows", () => {
  test("has the scores of ridge regression by products of features", async () => {
    await fc.assert(
      fc.asyncProperty(problems, alphas, async (problem, alpha) => {
        const found = await dualScores(problem, unitsOf(alpha));
        const other = await ridgeUnits(problem, unitsOf(alpha));
        expect(found.solvable).toEqual([true, true, true]);
        expect(farthest(found.r2, other.r2)).toBeLessThan(1e-9);
        expect(farthest(found.correlation, other.correlation)).toBeLessThan(1e-7);
      }),
      { numRuns: 60 },
    );
  });

  test("has its coefficients", async () => {
    await fc.assert(
      fc.asyncProperty(problems, alphas, async (problem, alpha) => {
        const found = await dualFit(problem, alpha);
        const unit = { without: [-1, -1], tested: -1, alpha } as const;
        const other = await ridgeUnits(problem, [unit], { weights: true });
        expect(farthest(found?.coef ?? [], other.coef)).toBeLessThan(1e-10);
        expect(farthest(found?.intercept ?? [], other.intercept)).toBeLessThan(1e-10);
      }),
      { numRuns: 60 },
    );
  });

  test("in wasm and in plain code, on one thread and on three: the same numbers", async () => {
    await fc.assert(
      fc.asyncProperty(problems, alphas, async (problem, alpha) => {
        const units = unitsOf(alpha);
        const found = await dualScores(problem, units, { jobs: 3 });
        expect(found).toEqual(await dualScores(problem, units, { jobs: 1 }));
        expect(found).toEqual(await dualScores(problem, units, {}, twin));
        const fitted = await dualFit(problem, alpha);
        expect(fitted).toEqual(await dualFit(problem, alpha, {}, twin));
      }),
      { numRuns: 40 },
    );
  });

  test("of many rows: several stretches of columns, batches of targets and of units", async () => {
    const [nRows, p, nTargets] = [150, 3, 2000];
    const features = noise(nRows * p, 5);
    const targets = noise(nRows * nTargets, 6);
    const products = Float64Array.from({ length: nRows * nRows }, (_, at) => {
      const [a, b] = [Math.floor(at / nRows) * p, (at % nRows) * p];
      return [0, 1, 2].reduce((sum, j) => sum + features[a + j] * features[b + j], 0);
    });
    const segmentOf = Array.from({ length: nRows }, (_, row) => row % 5);
    const rows = { nRows, nTargets, targets, products, intercept: false, segmentOf, nSegments: 5 };
    const units = [0, 1, 2, 3, 4].map((tested) => ({ without: [tested, -1], tested, alpha: 2 }) as const);
    const found = await dualScores(rows, units);
    const other = await ridgeUnits({ ...rows, features, nFeatures: p }, units);
    expect(farthest(found.r2, other.r2)).toBeLessThan(1e-9);
    const featureMeans = new Float64Array(p);
    const fit = { ...rows, features, nFeatures: p, featureMeans };
    const fitted = await dualFit(fit, 2, { jobs: 2 });
    const unit = { without: [-1, -1], tested: -1, alpha: 2 } as const;
    const weights = await ridgeUnits(fit, [unit], { weights: true });
    expect(farthest(fitted?.coef ?? [], weights.coef)).toBeLessThan(1e-9);
    expect(fitted).toEqual(await dualFit(fit, 2, { jobs: 1 }));
  }); // prettier-ignore

  test("without a penalty rows that follow from others have no solution that keeps its digits", async () => {
    const [problem] = fc.sample(problems, { numRuns: 1, seed: 2 });
    const none = { ...problem, intercept: true };
    expect(await dualFit(none, 0)).toBeUndefined();
    const { solvable } = await dualScores(none, [{ without: [0, -1], tested: 0, alpha: 0 }]);
    expect(solvable).toEqual([false]);
  });
});

test("products of matrices are those of plain code, at once and on all threads", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ m: fc.integer({ min: 1, max: 70 }), k: fc.integer({ min: 1, max: 40 }), n: fc.integer({ min: 1, max: 70 }) }),
      fc.boolean(),
      async ({ m, k, n }, turned) => {
        const [left, right] = [noise(m * k, 1), noise(k * n, 2)];
        const entry = (x: number, j: number): number => (turned ? right[j * k + x] : right[x * n + j]);
        const plain = Float64Array.from({ length: m * n }, (_, at) => {
          let sum = 0;
          for (let x = 0; x < k; x++) sum += left[Math.floor(at / n) * k + x] * entry(x, at % n);
          return sum;
        });
        const factors = { left, nRows: m, k, right, nColumns: n, turned };
        expect(await matrixProduct(factors)).toEqual(plain);
        expect(await matrixProduct(factors, {}, twin)).toEqual(plain);
        expect(matrixProductSync(factors)).toEqual(plain);
      },
    ),
  );
  const factors = { left: noise(900 * 700, 1), nRows: 900, k: 700, right: noise(700 * 500, 2), nColumns: 500 };
  expect(await matrixProduct(factors, { jobs: 2 })).toEqual(matrixProductSync(factors));
}); // prettier-ignore
