import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fc } from "../../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import { multidimensionalScaling, random } from "../../../src/stats/index.ts";

interface Case {
  readonly name: string;
  readonly condensed: number[];
  readonly classicalDistances: number[];
  readonly classicalStress: number;
  readonly smacofDistances: number[];
  readonly smacofStress: number;
}

const path = join(import.meta.dirname, "../../reference/stats/scaling.json");
const { cases } = JSON.parse(readFileSync(path, "utf8")) as { cases: Case[] };

function distances({ data, shape: [n, p] }: { data: Float64Array; shape: readonly number[] }) {
  const found: number[] = [];
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      let sum = 0;
      for (let d = 0; d < p; d++) sum += (data[i * p + d] - data[j * p + d]) ** 2;
      found.push(Math.sqrt(sum));
    }
  return found;
}

function expectNear(found: readonly number[], expected: readonly number[], tolerance: number) {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, k) => expect(Math.abs(value - expected[k])).toBeLessThan(tolerance));
}

describe.each(cases)("$name", (one) => {
  test("classical scaling is numpy's leading eigenvectors", () => {
    const { coordinates, stress } = multidimensionalScaling(one.condensed, { method: "classical" });
    expectNear(distances(coordinates), one.classicalDistances, 2e-5);
    expect(stress).toBeCloseTo(one.classicalStress, 5);
  });

  test("SMACOF ends where scikit-learn's does from the same start", () => {
    const { coordinates, stress } = multidimensionalScaling(one.condensed, {
      maxIterations: 20_000,
    });
    expect(stress).toBeCloseTo(one.smacofStress, 6);
    expectNear(distances(coordinates), one.smacofDistances, 2e-3);
    expect(stress).toBeLessThanOrEqual(one.classicalStress);
  });
});

describe("laws", () => {
  test("points of a plane come back, whatever their order and scale", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 3, max: 12 }), (seed, n) => {
        const { normal } = random(seed);
        const points = { data: Float64Array.from({ length: 2 * n }, normal), shape: [n, 2] };
        const condensed = distances(points);
        const { coordinates, stress } = multidimensionalScaling(condensed);
        expect(stress).toBeLessThan(1e-3);
        const scaled = multidimensionalScaling(condensed.map((d) => 10 * d));
        expect(scaled.stress).toBeCloseTo(stress, 3);
        const length = (axis: number) =>
          coordinates.data.reduce((sum, v, k) => sum + (k % 2 === axis ? v * v : 0), 0);
        expect(length(0)).toBeGreaterThanOrEqual(length(1) - 1e-6);
      }),
      { numRuns: 25 },
    );
  });

  test("the same dissimilarities give the same picture", () => {
    const [{ condensed }] = cases;
    expect(multidimensionalScaling(condensed)).toEqual(multidimensionalScaling(condensed));
  });
});

test("what cannot be placed is refused, what is all the same is placed", () => {
  expect(() => multidimensionalScaling([1, 2])).toThrow(/n \(n − 1\) \/ 2/);
  expect(() => multidimensionalScaling([])).toThrow(/two items or more/);
  expect(() => multidimensionalScaling([1, NaN, 2])).toThrow(/leave items with missing pairs out/);
  expect(() => multidimensionalScaling([1, -0.1, 2])).toThrow(/invalid dissimilarity: -0.1/);
  expect(() => multidimensionalScaling([1], { dimensions: 0 })).toThrow(/invalid dimensions/);
  expect(() => multidimensionalScaling([1], { method: "tsne" as never })).toThrow(/unknown method/);
  expect(multidimensionalScaling([0, 0, 0]).stress).toBe(0);
  expect(multidimensionalScaling([1, 1, 1]).stress).toBeLessThan(1e-4);
});
