import { describe, expect, test } from "vitest";
import { kFold } from "../../src/stats/folds.ts";
import { kendallTauA } from "../../src/stats/kendall-tau-a.ts";
import { pca } from "../../src/stats/pca.ts";
import { pearson } from "../../src/stats/pearson.ts";
import { rank } from "../../src/stats/rank.ts";
import { spearman } from "../../src/stats/spearman.ts";
import { standardScale } from "../../src/stats/standard-scale.ts";
import { farthest, readPacked } from "../reference/encoding/read.ts";

test("columns are standardised as by scikit-learn's StandardScaler", () => {
  const { X, mean, scale, Z } = readPacked<
    Record<"X" | "Z", number[][]> & Record<"mean" | "scale", number[]>
  >("scaler.json");
  const scaled = standardScale(X);
  expect(farthest(scaled.mean, mean)).toBeLessThan(1e-12);
  expect(farthest(scaled.scale, scale)).toBeLessThan(1e-12);
  expect(farthest(scaled.data, Z.flat())).toBeLessThan(1e-12);
  expect(() => standardScale([[NaN]])).toThrow(/not finite/);
});

describe("principal components are those of scikit-learn's PCA", () => {
  interface Case {
    X: number[][];
    n_components: number | null;
    explained_variance: number[];
    ratio: number[];
    components: number[][];
    scores: number[][];
    singular: number[];
    mean: number[];
    noise_variance: number;
  }
  const { cases } = readPacked<{ cases: Case[] }>("pca.json");
  test.each(cases.map((one) => [one.n_components, one] as const))("%s components", (n, one) => {
    const found = pca(one.X, n ?? undefined);
    expect(farthest(found.components.data, one.components.flat())).toBeLessThan(1e-9);
    expect(farthest(found.scores.data, one.scores.flat())).toBeLessThan(1e-9);
    expect(farthest(found.explainedVariance, one.explained_variance)).toBeLessThan(1e-9);
    expect(farthest(found.explainedVarianceRatio, one.ratio)).toBeLessThan(1e-9);
    expect(farthest(found.singularValues, one.singular)).toBeLessThan(1e-9);
    expect(farthest(found.mean, one.mean)).toBeLessThan(1e-12);
    expect(found.noiseVariance).toBeCloseTo(one.noise_variance, 9);
  });
  test("more components than there are", () => {
    expect(() => pca([[1, 2], [3, 4]], 3)).toThrow(/give 1 to 2/); // prettier-ignore
  });
});

test("consecutive folds are scikit-learn's", () => {
  const { cases } = readPacked<{
    cases: { n: number; k: number; shuffle: boolean; folds: number[][] }[];
  }>("kfold.json");
  for (const { n, k, folds } of cases.filter(({ shuffle }) => !shuffle))
    expect(kFold(n, k).map(({ test: rows }) => [rows[0], rows[rows.length - 1] + 1])).toEqual(
      folds,
    );
});

test("correlations and ranks are scipy's", () => {
  interface Case {
    a: number[];
    b: number[];
    spearman: number | null;
    kendall_tau_a: number;
    pearson: number | null;
    rank_a: number[];
  }
  const { cases } = readPacked<{ cases: Case[] }>("correlation.json");
  const same = (found: number, expected: number | null) =>
    expected === null ? Number.isNaN(found) : Math.abs(found - expected) < 1e-12;
  for (const { a, b, ...expected } of cases) {
    expect(same(pearson(a, b), expected.pearson)).toBe(true);
    expect(same(spearman(a, b), expected.spearman)).toBe(true);
    // Of a constant the formula's 0 is no measurement: MNE-RSA and we say NaN.
    const tau = expected.pearson === null ? null : expected.kendall_tau_a;
    expect(same(kendallTauA(a, b), tau)).toBe(true);
    expect(Array.from(rank(a))).toEqual(expected.rank_a);
  }
});
