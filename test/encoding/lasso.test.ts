import { describe, expect, test } from "vitest";
import { lassoTargets } from "../../src/compute/lasso-targets.ts";
import { larsPath } from "../../src/compute/twin/lars-path.ts";
import { twinEngine } from "../../src/compute/compute-engine.ts";
import { lassoLars, lassoLarsCv } from "../../src/encoding/lasso-lars.ts";
import { predictResponses } from "../../src/encoding/linear-model.ts";
import { receptiveField } from "../../src/encoding/receptive-field.ts";
import { bytesOf, farthest, readFloats, readPacked } from "../reference/encoding/read.ts";

const quiet = { onProgress: false } as const;

interface CvCase {
  tag: string;
  X: number[][];
  y: number[];
  max_iter: number;
  normalize: boolean;
  alpha: number;
  coef: number[];
  intercept: number;
  n_iter: number;
  cv_alphas: number[];
  mse_path_mean: number[];
  fragile?: string;
  error?: string;
}
interface PathCase {
  X: number[][];
  y: number[];
  max_iter: number;
  method: string;
  positive: boolean;
  alphas: number[];
  active: number[];
  coefs: number[][];
}
interface Reference {
  cv: CvCase[];
  path: PathCase[];
  lassolars: {
    X: number[][];
    y: number[];
    alpha: number;
    coef: number[];
    intercept: number;
    n_iter: number;
  }[];
}
const reference = readPacked<Reference>("lars.json");

describe("LassoLarsCV", () => {
  const sound = reference.cv.filter(
    ({ fragile, error }) => fragile === undefined && error === undefined,
  );
  test.each(sound.map((one) => [one.tag, one.normalize, one] as const))(
    "%s, normalize %s",
    async (_tag, normalize, one) => {
      const era = normalize ? "seed" : "none";
      const model = await lassoLarsCv(one.X, one.y, { era, maxIterations: one.max_iter, ...quiet });
      expect(farthest(model.coef.data, one.coef)).toBeLessThan(1e-9);
      expect(model.alpha[0]).toBeCloseTo(one.alpha, 10);
      expect(model.intercept[0]).toBeCloseTo(one.intercept, 9);
      expect(model.nIterations[0]).toBe(one.n_iter);
      const best = one.mse_path_mean[one.cv_alphas.indexOf(one.alpha)];
      expect(Math.abs(model.cvError[0] / best - 1)).toBeLessThan(1e-9);
    },
  );

  test("2,860 rows and 100 pixels", async () => {
    interface Big {
      max_iter: number;
      fits: { normalize: boolean; alpha: number; coef: number[]; intercept: number }[];
    }
    const { fits, max_iter } = readPacked<Big>("lars_big.json");
    const stimuli = { data: Uint8Array.from(bytesOf("lars_big_X.u8")), shape: [2860, 100] };
    const y = readFloats("lars_big_y.f64");
    for (const { normalize, alpha, coef, intercept } of fits) {
      const model = await lassoLarsCv(stimuli, y, {
        era: normalize ? "seed" : "none",
        maxIterations: max_iter,
        ...quiet,
      });
      expect(farthest(model.coef.data, coef)).toBeLessThan(1e-9);
      expect(
        [model.alpha[0] - alpha, model.intercept[0] - intercept].every((d) => Math.abs(d) < 1e-9),
      ).toBe(true);
      expect(Array.from(model.coef.data, Boolean)).toEqual(coef.map(Boolean));
    }
  });

  test("a constant target, which scikit-learn cannot fit, has no coefficients and is named", async () => {
    const constant = reference.cv.filter(({ error }) => error !== undefined);
    expect(constant).toHaveLength(2);
    for (const { X, y } of constant) {
      const model = await lassoLarsCv(X, y, { maxIterations: 10, ...quiet });
      expect(Array.from(model.flat)).toEqual([0]);
      expect(model.coef.data.every((w) => w === 0)).toBe(true);
      expect(model.intercept[0]).toBe(y[0]);
    }
  });

  test("fragile cases are at least finite and predict as well", async () => {
    const fragile = reference.cv.filter((one) => one.fragile !== undefined);
    expect(fragile.length).toBeGreaterThan(0);
    for (const one of fragile) {
      const model = await lassoLarsCv(one.X, one.y, {
        era: one.normalize ? "seed" : "none",
        maxIterations: one.max_iter,
        ...quiet,
      });
      const best = Math.min(...one.mse_path_mean);
      expect(Math.abs(model.cvError[0] / best - 1)).toBeLessThan(1e-3);
    }
  });
});

test.each(reference.path.map((one) => [one.method, one.positive, one] as const))(
  "lars_path, %s, positive %s",
  (method, positive, { X, y, max_iter, alphas, active, coefs }) => {
    const p = X[0].length;
    const product = (i: number, at: (row: number) => number) =>
      X.reduce((sum, row, t) => sum + row[i] * at(t), 0);
    const gram = Float64Array.from({ length: p * p }, (_, at) =>
      product(Math.floor(at / p), (t) => X[t][at % p]),
    );
    const products = Float64Array.from({ length: p }, (_, i) => product(i, (t) => y[t]));
    const options = { alphaMin: 0, maxIterations: max_iter, lasso: method === "lasso", positive };
    const path = larsPath({ gram, products, nRows: X.length }, options);
    expect(path.active).toEqual(active);
    expect(farthest(path.alphas, alphas)).toBeLessThan(1e-9);
    path.coefs.forEach((coef, k) =>
      expect(
        farthest(
          coef,
          coefs.map((row) => row[k]),
        ),
      ).toBeLessThan(1e-9),
    );
  },
);

test.each(reference.lassolars.map((one) => [one.alpha, one] as const))(
  "LassoLars, alpha %d",
  async (alpha, one) => {
    const model = await lassoLars(one.X, one.y, alpha, { era: "none", ...quiet });
    expect(farthest(model.coef.data, one.coef)).toBeLessThan(1e-9);
    expect(model.intercept[0]).toBeCloseTo(one.intercept, 9);
    expect(model.nIterations[0]).toBe(one.n_iter);
  },
);

test("many targets have the numbers of each alone, on any number of threads and in plain code", async () => {
  const { X } = reference.cv[4];
  const [n, p, nTargets] = [X.length, X[0].length, 45];
  const y = Float64Array.from({ length: n * nTargets }, (_, at) => {
    const [row, t] = [Math.floor(at / nTargets), at % nTargets];
    return X[row][t] - 0.5 * X[row][(3 * t) % p] + Math.sin(at * at);
  });
  const responses = { data: y, shape: [n, nTargets] };
  const all = await lassoLarsCv(X, responses, { maxIterations: 10, jobs: 1, ...quiet });
  expect((await lassoLarsCv(X, responses, { maxIterations: 10, jobs: 3, ...quiet })).coef).toEqual(
    all.coef,
  );
  const one = await lassoLarsCv(
    X,
    Array.from({ length: n }, (_, row) => y[row * nTargets + 40]),
    { maxIterations: 10, ...quiet },
  );
  expect(Array.from(one.coef.data)).toEqual(Array.from(all.coef.data.subarray(40 * p, 41 * p)));
  const regression = {
    features: Float64Array.from(X.flat()), targets: y, nRows: n, nFeatures: p, nTargets, nSegments: 5, intercept: true,
    segmentOf: Array.from({ length: n }, (_, row) => Math.floor((row * 5) / n)),
  }; // prettier-ignore
  const options = { normalize: true, maxIterations: 10 };
  expect(await lassoTargets(regression, options, {}, twinEngine())).toEqual(
    await lassoTargets(regression, options),
  );
});

test("standardised features: coefficients in their units, predictions from raw stimuli", async () => {
  const { X, y } = reference.cv[0];
  const model = await lassoLarsCv(X, y, { era: "0.13", maxIterations: 10, ...quiet });
  const raw = await lassoLarsCv(X, y, { era: "none", maxIterations: 10, ...quiet });
  expect(farthest(model.features.scale, raw.features.scale)).toBeGreaterThan(0.1);
  const predicted = predictResponses(model, X).data;
  const error = y.reduce((sum, value, t) => sum + (value - predicted[t]) ** 2, 0) / y.length;
  expect(error).toBeLessThan(1.01);
});

describe("bad input", () => {
  const rows = Array.from({ length: 12 }, (_, t) => [t % 2, t % 3]);
  const y = rows.map(([a, b]) => a - b);
  test("options", async () => {
    await expect(lassoLarsCv(rows, y, { era: "0.12" as never })).rejects.toThrow(/era "0.12"/);
    await expect(lassoLarsCv(rows, y, { maxIterations: 0 })).rejects.toThrow(/maxIterations: 0/);
    await expect(lassoLars(rows, y, -1)).rejects.toThrow(/alpha: -1/);
    await expect(lassoLarsCv(rows, y, { folds: 13 })).rejects.toThrow(/nFolds: 13/);
    await expect(receptiveField(rows, y, { shape: [3, 3] })).rejects.toThrow(/2 pixels/);
  });
  test("more features than rows, and constant and repeated ones, give finite numbers", async () => {
    const wide = Array.from({ length: 10 }, (_, t) =>
      Array.from({ length: 30 }, (_u, j) => (j === 0 ? 0.1 : Math.sin(t * (1 + (j >> 1))))),
    );
    const model = await lassoLarsCv(
      wide,
      wide.map((row) => row[4] + 0.1 * row[9]),
      { ...quiet },
    );
    expect(model.coef.data.every(Number.isFinite)).toBe(true);
    expect(model.coef.data[0]).toBe(0);
  });
});
