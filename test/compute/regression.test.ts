import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import { lassoTargets } from "../../src/compute/lasso-targets.ts";
import type { Regression } from "../../src/compute/regression.ts";
import { ridgeUnits } from "../../src/compute/ridge-units.ts";
import { twinEngine } from "../../src/compute/compute-engine.ts";
import { noise } from "./series.ts";

const twin = twinEngine();

/** Features 0, 1 and in between, some constant or repeated; targets of several sizes, some constant. */
const regressions = fc
  .record({
    rowsOf: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 5 }),
    nFeatures: fc.integer({ min: 1, max: 38 }),
    nTargets: fc.integer({ min: 1, max: 70 }),
    seed: fc.integer({ min: 1, max: 1000 }),
    intercept: fc.boolean(),
    shuffled: fc.boolean(),
  })
  .map(({ rowsOf, nFeatures, nTargets, seed, intercept, shuffled }): Regression => {
    const segmentOf = rowsOf.flatMap((count, s) => new Array<number>(count).fill(s));
    if (shuffled) segmentOf.reverse();
    const nRows = segmentOf.length;
    const features = noise(nRows * nFeatures, seed);
    const targets = noise(nRows * nTargets, seed + 1);
    for (let row = 0; row < nRows; row++) {
      if (nFeatures > 2) features[row * nFeatures + 1] = features[row * nFeatures];
      if (nFeatures > 3) features[row * nFeatures + 2] = 0.1;
      targets[row * nTargets] = 12.3;
      targets[row * nTargets + nTargets - 1] *= 1e6;
    }
    return {
      features,
      targets,
      nRows,
      nFeatures,
      nTargets,
      segmentOf,
      nSegments: rowsOf.length,
      intercept,
    };
  });

describe("wasm has the numbers of the plain code", () => {
  test("ridge", async () => {
    await fc.assert(
      fc.asyncProperty(
        regressions,
        fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
        async (regression, alpha) => {
          const units = [
            { without: [0, -1], tested: 0, alpha },
            { without: [1, 0], tested: 1, alpha: 3 * alpha },
            { without: [-1, -1], tested: -1, alpha },
          ] as const;
          const usable = regression.nSegments > 2 ? units : [units[0], units[2]];
          const found = await ridgeUnits(regression, usable, { weights: true });
          expect(found).toEqual(await ridgeUnits(regression, usable, { weights: true }, {}, twin));
          expect(found.coef.every(Number.isFinite)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("lasso", async () => {
    const steps = fc.integer({ min: 1, max: 60 });
    await fc.assert(
      fc.asyncProperty(
        regressions,
        steps,
        fc.boolean(),
        async (regression, maxIterations, normalize) => {
          const options = { maxIterations, normalize };
          const found = await lassoTargets(regression, options);
          expect(found).toEqual(await lassoTargets(regression, options, {}, twin));
          expect(found.coef.every(Number.isFinite)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });
});

test("batches of targets, threads and units at once do not change a number", async () => {
  const [nRows, nFeatures, nTargets] = [600, 30, 3000];
  const segmentOf = Array.from({ length: nRows }, (_, row) => row % 4);
  const base = {
    features: noise(nRows * nFeatures, 1),
    nRows,
    nFeatures,
    segmentOf,
    nSegments: 4,
    intercept: true,
  };
  const targets = noise(nRows * nTargets, 2);
  const units = [{ without: [2, -1], tested: 2, alpha: 5 }] as const;
  const all = await ridgeUnits(
    { ...base, targets, nTargets },
    units,
    { weights: true },
    { jobs: 3 },
  );
  for (const first of [0, 1777, 2999]) {
    const one = Float64Array.from({ length: nRows }, (_, row) => targets[row * nTargets + first]);
    const alone = await ridgeUnits(
      { ...base, targets: one, nTargets: 1 },
      units,
      { weights: true },
      { jobs: 1 },
    );
    expect([alone.r2[0], alone.correlation[0], alone.intercept[0]]).toEqual([
      all.r2[first],
      all.correlation[first],
      all.intercept[first],
    ]);
    expect(alone.coef).toEqual(all.coef.slice(first * nFeatures, (first + 1) * nFeatures));
  }
});

test("features that are collinear without a penalty are told", async () => {
  const features = Float64Array.of(1, 1, 2, 2, 3, 3, 5, 5);
  const regression = {
    features,
    targets: Float64Array.of(1, 2, 3, 4),
    nRows: 4,
    nFeatures: 2,
    nTargets: 1,
    segmentOf: [0, 0, 0, 0],
    nSegments: 1,
    intercept: true,
  };
  const units = [0, 1].map((alpha) => ({ without: [-1, -1] as const, tested: -1, alpha }));
  expect((await ridgeUnits(regression, units)).solvable).toEqual([false, true]);
});
