import { describe, expect, test } from "vitest";
import {
  noiseCovariance,
  precisionMatrix,
  random,
  type CovarianceMethod,
} from "../../../src/index.ts";
import {
  largestDifference,
  matrixOf,
  numbersOf,
  readReference,
  type ReferenceArray,
} from "../../reference/read-reference.ts";

interface File {
  readonly meta: {
    readonly X: ReferenceArray;
    readonly cond: readonly string[];
    readonly noise: Readonly<Record<string, ReferenceArray>>;
  };
}

const { meta } = readReference<File>("rsa/toolbox_calc.json");
const residuals = matrixOf(meta.noise.residuals);
const expected = (name: string) => numbersOf(meta.noise[name]);
const methods: readonly (readonly [CovarianceMethod, string])[] = [
  ["diagonal", "diag"],
  ["full", "full"],
  ["shrunk-to-identity", "shrinkage_eye"],
  ["shrunk-to-diagonal", "shrinkage_diag"],
];

describe.each(methods)("%s, as rsatoolbox's %s", (method, theirs) => {
  test("from residuals", () => {
    const found = noiseCovariance(residuals, { method });
    expect(found.shape).toEqual([7, 7]);
    expect(largestDifference(found.data, expected(`cov_${theirs}`))).toBeLessThan(1e-12);
  });

  test("its inverse", () => {
    const found = precisionMatrix(noiseCovariance(residuals, { method }));
    // The full covariance of so few rows is nearly singular: its condition number costs digits.
    const tolerance = method === "full" ? 1e-8 : 1e-11;
    expect(largestDifference(found.data, expected(`prec_${theirs}`))).toBeLessThan(tolerance);
  });

  test("from repeated measurements, all items alike; rsatoolbox counts 15 degrees of freedom where there are 12", () => {
    const X = matrixOf(meta.X);
    const wrong = noiseCovariance(X, { method, labels: meta.cond, dof: 15 });
    expect(largestDifference(wrong.data, expected(`meas_${theirs}`))).toBeLessThan(1e-12);
    const right = noiseCovariance(X, { method, labels: meta.cond });
    if (method === "full")
      expect(right.data[0]).toBeCloseTo((expected(`meas_${theirs}`)[0] * 15) / 12, 12);
    expect(right.data[0]).toBeGreaterThan(wrong.data[0]);
  });

  test("from unbalanced measurements", () => {
    const n = 16;
    const rows = { data: numbersOf(meta.X).slice(0, n * 7), shape: [n, 7] };
    const found = noiseCovariance(rows, { method, labels: meta.cond.slice(0, n) });
    expect(largestDifference(found.data, expected(`unbal_${theirs}`))).toBeLessThan(1e-12);
  });
});

test("degrees of freedom can be given", () => {
  const { data } = noiseCovariance(residuals, { dof: 9 });
  expect(largestDifference(data, expected("cov_dof"))).toBeLessThan(1e-12);
});

test("the true covariance is found from many rows, whatever the method", () => {
  // Two channels that share half of their noise.
  const stream = random(3);
  const rows = Array.from({ length: 4000 }, () => {
    const [a, b, c] = [stream.normal(), stream.normal(), stream.normal()];
    return [a + c, b + c];
  });
  for (const method of ["full", "shrunk-to-identity", "shrunk-to-diagonal"] as const) {
    const [variance, shared] = noiseCovariance(rows, { method }).data;
    expect(variance).toBeGreaterThan(1.85);
    expect(variance).toBeLessThan(2.15);
    expect(Math.abs(shared - 1)).toBeLessThan(0.1);
  }
});

test("a precision times its covariance is the identity", () => {
  const covariance = noiseCovariance(residuals);
  const { data } = precisionMatrix(covariance);
  for (let i = 0; i < 7; i++) {
    for (let j = 0; j < 7; j++) {
      let sum = 0;
      for (let k = 0; k < 7; k++) sum += data[i * 7 + k] * covariance.data[k * 7 + j];
      expect(sum).toBeCloseTo(i === j ? 1 : 0, 10);
    }
  }
});

describe("bad input", () => {
  test("nothing to estimate from", () => {
    expect(() => noiseCovariance([])).toThrow(/at least|finite/);
    expect(() => noiseCovariance([[1, 2]])).toThrow(/nothing left/);
    expect(() =>
      noiseCovariance(
        [
          [1, 2],
          [3, 4],
        ],
        { labels: ["a", "b"] },
      ),
    ).toThrow(/nothing left/);
    expect(() =>
      noiseCovariance([
        [1, NaN],
        [3, 4],
      ]),
    ).toThrow(/not finite/);
    expect(() =>
      noiseCovariance(
        [
          [1, 2],
          [3, 4],
        ],
        { labels: ["a"] },
      ),
    ).toThrow(/2 labels/);
    expect(() => noiseCovariance([[1], [2]], { method: "ful" as never })).toThrow(/did you mean/);
  });

  test("more channels than rows: singular, and said so; shrinkage helps", () => {
    const rows = [
      [1, 2, 3, 4],
      [2, 1, 5, 3],
      [4, 4, 1, 1],
    ];
    expect(() => precisionMatrix(noiseCovariance(rows, { method: "full" }))).toThrow(/shrinkage/);
    const shrunk = precisionMatrix(noiseCovariance(rows));
    expect(shrunk.data.every(Number.isFinite)).toBe(true);
    expect(() => precisionMatrix([[1, 2, 3]])).toThrow(/square/);
  });
});
