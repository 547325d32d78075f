import { expect, test } from "vitest";
import { computeRdm } from "../../../src/rdm/index.ts";
import { compareFeatures, compareRdms, featureMethods } from "../../../src/rsa/index.ts";
import { random } from "../../../src/stats/index.ts";

const rng = random(8);
const features = (n: number, f: number) =>
  Array.from({ length: n }, () => Array.from({ length: f }, () => rng.normal()));
const [narrow, wide] = [features(9, 4), features(9, 30)];

/** Unbiased HSIC of two kernels, item by item as it is defined (Song et al. 2012). */
function hsic(k: number[][], l: number[][]): number {
  const n = k.length;
  const zero = (m: number[][]) => m.map((row, i) => row.map((v, j) => (i === j ? 0 : v)));
  const [a, b] = [zero(k), zero(l)];
  let [trace, sumA, sumB, cross] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      trace += a[i][j] * b[j][i];
      sumA += a[i][j];
      sumB += b[i][j];
      for (let m = 0; m < n; m++) cross += a[i][j] * b[j][m];
    }
  return (trace + (sumA * sumB) / ((n - 1) * (n - 2)) - (2 * cross) / (n - 2)) / (n * (n - 3));
}
const kernel = (x: number[][]) => {
  const means = x[0].map((_, f) => x.reduce((sum, row) => sum + row[f], 0) / x.length);
  return x.map((a) =>
    x.map((b) => a.reduce((sum, v, f) => sum + (v - means[f]) * (b[f] - means[f]), 0)),
  );
};

test("CKA is the whitened cosine of squared Euclidean RDMs", async () => {
  const rdms = [narrow, wide].map((x) => computeRdm(x, { metric: "sqeuclidean" }));
  const wanted = await compareRdms(rdms[0], rdms[1], { method: "cosine_cov", onProgress: false });
  expect(compareFeatures(narrow, wide)).toBeCloseTo(wanted.single(), 12);
});

test("debiased CKA is what its definition says, and near 0 where plain CKA is high for nothing", () => {
  const [k, l] = [kernel(narrow), kernel(wide)];
  const wanted = hsic(k, l) / Math.sqrt(hsic(k, k) * hsic(l, l));
  expect(compareFeatures(narrow, wide, { method: "cka-debiased" })).toBeCloseTo(wanted, 12);
  const scores = Array.from({ length: 30 }, () => [features(9, 300), features(9, 300)] as const);
  const mean = (method: "cka" | "cka-debiased") =>
    scores.reduce((sum, [a, b]) => sum + compareFeatures(a, b, { method }), 0) / scores.length;
  expect(mean("cka")).toBeGreaterThan(0.9);
  expect(Math.abs(mean("cka-debiased"))).toBeLessThan(0.1);
});

test("the Procrustes distance is the least over rotations, whichever side is wider", () => {
  const method = "procrustes";
  const d = compareFeatures(narrow, wide, { method });
  expect(compareFeatures(wide, narrow, { method })).toBeCloseTo(d, 10);
  // In the plane every rotation and reflection can be tried.
  const [a, b] = [features(6, 2), features(6, 2)];
  const unit = (x: number[][]) => {
    const means = [0, 1].map((f) => x.reduce((sum, row) => sum + row[f], 0) / 6);
    const centred = x.map((row) => row.map((v, f) => v - means[f]));
    const length = Math.hypot(...centred.flat());
    return centred.map((row) => row.map((v) => v / length));
  };
  const [ua, ub] = [unit(a), unit(b)];
  let least = Infinity;
  for (const flip of [1, -1])
    for (let angle = 0; angle < 2 * Math.PI; angle += 1e-4) {
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      let sum = 0;
      for (let i = 0; i < 6; i++) {
        const [x, y] = ub[i];
        sum += (ua[i][0] - (c * x - s * y)) ** 2 + (ua[i][1] - flip * (s * x + c * y)) ** 2;
      }
      least = Math.min(least, Math.sqrt(sum));
    }
  expect(compareFeatures(a, b, { method })).toBeCloseTo(least, 6);
});

test("neither scale, nor place, nor rotation counts", () => {
  const moved = narrow.map(([w, x, y, z]) => [3 * y + 1, -3 * w, 3 * z - 7, 3 * x]);
  expect(compareFeatures(narrow, moved)).toBeCloseTo(1, 12);
  expect(compareFeatures(narrow, moved, { method: "cka-debiased" })).toBeCloseTo(1, 12);
  expect(compareFeatures(narrow, moved, { method: "procrustes" })).toBeLessThan(1e-7);
});

test("rows are matched by label", () => {
  const items = narrow.map((_, at) => `i${at}`);
  const turned = [...wide].reverse();
  const itemsB = [...items].reverse();
  for (const method of featureMethods)
    expect(compareFeatures(narrow, turned, { method, items, itemsB })).toBeCloseTo(
      compareFeatures(narrow, wide, { method }),
      12,
    );
  expect(() => compareFeatures(narrow, wide, { items, itemsB: [...itemsB.slice(1), "x"] })).toThrow(
    /x/,
  );
  expect(() => compareFeatures(narrow, wide, { itemsB })).toThrow("label the rows of the first");
  expect(() => compareFeatures(narrow, wide, { items: ["a"] })).toThrow("9 items");
});

test("constant features, NaN and too few items are undefined or refused, never 0", () => {
  const flat = narrow.map(() => [1, 2]);
  const gap = narrow.map((row, i) => (i === 2 ? [NaN, ...row.slice(1)] : row));
  for (const method of featureMethods) {
    expect(compareFeatures(narrow, flat, { method }), method).toBeNaN();
    expect(compareFeatures(narrow, gap, { method }), method).toBeNaN();
    expect(
      compareFeatures(
        wide,
        wide.map((row, i) => (i === 0 ? row.map(() => NaN) : row)),
        { method },
      ),
    ).toBeNaN();
  }
  expect(() => compareFeatures(narrow, wide.slice(1))).toThrow("9 rows");
  expect(() =>
    compareFeatures(narrow.slice(0, 3), wide.slice(0, 3), { method: "cka-debiased" }),
  ).toThrow("at least 4");
});
