import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { asMatrix, readNpz } from "../../../src/io/index.ts";
import { computeRdm } from "../../../src/rdm/index.ts";
import { pearson, random } from "../../../src/stats/index.ts";
import type { NetworkLayer } from "../../../src/networks/index.ts";
import { projectionSize } from "../../../src/networks/index.ts";
import { pcaScores } from "../../../src/networks/reduce/pca-scores.ts";
import { poolOf, type PoolName } from "../../../src/networks/reduce/pool.ts";
import { fullProjection, reductionOf } from "../../../src/networks/reduction.ts";
import {
  project,
  sparseProjection,
  type SparseProjection,
} from "../../../src/networks/reduce/sparse-projection.ts";

const folder = join(import.meta.dirname, "../../reference/networks");
const facts = JSON.parse(readFileSync(join(folder, "reduction.json"), "utf8")) as {
  johnson_lindenstrauss_min_dim: { n_samples: number; eps: number; n_components: number }[];
  default_density: { n_features: number; density: number }[];
  sparse: {
    key: string;
    n_features: number;
    n_components: number;
    density: number;
    value: number;
  }[];
  rdm_after_projection: { n_components: number; correlation_of_1_minus_r: [number, number] }[];
};
const arrays = await readNpz(join(folder, "reduction.npz"));
const of = (key: string) => {
  const array = arrays.get(key);
  if (array === undefined) throw new Error(key);
  return asMatrix(array);
};

const layer = (layout: NetworkLayer["layout"]): NetworkLayer => ({
  ...{ name: "l", tensor: "l", op: "Conv", node: "", inputs: [], type: "float32" },
  ...{ shape: undefined, layout, depth: 1, index: 0, imageAxis: 0 },
});

const far = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, at) => Math.abs(value - b[at])));

const rowsBy = (key: string, layout: NetworkLayer["layout"], pool: PoolName) => {
  const { data, shape } = of(key);
  const [n, ...each] = shape;
  const reduction = reductionOf(layer(layout), each, pool, undefined);
  const size = data.length / n;
  return Array.from({ length: n }, (_, i) =>
    reduction.row(Float32Array.from(data.subarray(i * size, (i + 1) * size))),
  );
};

describe("pooling", () => {
  test("over places of maps: mean and maximum, channels first", () => {
    expect(
      far(
        rowsBy("pool.x", "channels-first", "mean").flatMap((r) => [...r]),
        of("pool.mean").data,
      ),
    ).toBeLessThan(1e-7);
    expect(rowsBy("pool.x", "channels-first", "max").flatMap((r) => [...r])).toEqual([
      ...of("pool.max").data,
    ]);
    const rdm = computeRdm(rowsBy("pool.x", "channels-first", "maps"));
    expect(far(rdm.condensed, of("pool.mean_correlation").data)).toBeLessThan(1e-6);
  });

  test("all values: the RDMs of scipy", () => {
    const rows = rowsBy("pool.x", "channels-first", "none");
    expect(far(computeRdm(rows).condensed, of("pool.flat_correlation").data)).toBeLessThan(1e-12);
    const euclidean = computeRdm(rows, { metric: "euclidean" });
    expect(far(euclidean.condensed, of("pool.flat_euclidean").data)).toBeLessThan(1e-12);
  });

  test("channels last are pooled over the same places", () => {
    const last = poolOf(layer("channels-last"), [2, 1, 3], "mean");
    const to = new Float32Array(3);
    last.apply(Float32Array.of(1, 2, 3, 3, 4, 5), to);
    expect([...to]).toEqual([2, 3, 4]);
  });

  test("tokens: the first, the mean of all, the mean of the others", () => {
    const flat = (pool: PoolName) => rowsBy("token.x", "tokens", pool).flatMap((r) => [...r]);
    expect(far(flat("token"), of("token.class").data)).toBe(0);
    expect(far(flat("mean"), of("token.mean_all").data)).toBeLessThan(1e-7);
    expect(far(flat("patches"), of("token.mean_patches").data)).toBeLessThan(1e-7);
    expect(flat("maps").length).toBe(6 * 70);
  });

  test("where nobody knows what the axes are, nothing is pooled without a word", () => {
    expect(poolOf(layer(undefined), [2, 10, 10], "maps").words).toBe("all values");
    expect(() => poolOf(layer(undefined), [2, 10, 10], "mean")).toThrow('take pool: "none"');
    expect(() => poolOf(layer("channels-first"), [2, 10, 10], "token")).toThrow("no tokens");
    expect(poolOf(layer(undefined), [12], "mean").nFeatures).toBe(12);
  });

  test("NaN is not lost in a maximum", () => {
    const to = new Float32Array(1);
    poolOf(layer("channels-first"), [1, 3], "max").apply(Float32Array.of(1, NaN, 0), to);
    expect(to[0]).toBeNaN();
  });
});

describe("sparse random projection", () => {
  test("as many components as scikit-learn takes", () => {
    for (const { n_samples, eps, n_components } of facts.johnson_lindenstrauss_min_dim)
      expect([n_samples, eps, projectionSize(n_samples, eps)]).toEqual([
        n_samples,
        eps,
        n_components,
      ]);
    expect(() => projectionSize(10, 1)).toThrow("below 1");
    expect(() => projectionSize(0.5)).toThrow("items from 1");
  });

  test.each(facts.sparse)("a matrix of scikit-learn, applied: $key", (given) => {
    const [x, indptr, indices, sign, y] = ["x", "indptr", "indices", "sign", "y"].map((part) =>
      of(`${given.key}.${part}`),
    );
    const columns: number[][] = Array.from({ length: given.n_features }, () => []);
    for (let k = 0; k < given.n_components; k++)
      for (let at = indptr.data[k]; at < indptr.data[k + 1]; at++)
        columns[indices.data[at]].push(sign.data[at] > 0 ? k : -1 - k);
    const starts = new Uint32Array(given.n_features + 1);
    columns.forEach((column, f) => (starts[f + 1] = starts[f] + column.length));
    const matrix: SparseProjection = {
      nFeatures: given.n_features,
      nComponents: given.n_components,
      density: given.density,
      value: given.value,
      starts,
      entries: Int32Array.from(columns.flat()),
    };
    const rows = Array.from({ length: 12 }, (_, i) =>
      project(
        Float32Array.from(x.data.subarray(i * given.n_features, (i + 1) * given.n_features)),
        matrix,
      ),
    );
    expect(
      far(
        rows.flatMap((row) => [...row]),
        y.data,
      ),
    ).toBeLessThan(1e-5);
  });

  test.each(facts.default_density)(
    "density 1 / √$n_features and values of scikit-learn",
    ({ n_features, density }) => {
      const matrix = sparseProjection(n_features, 20, 1);
      expect(matrix.density).toBeCloseTo(density, 15);
      expect(matrix.value).toBeCloseTo(Math.sqrt(1 / (density * 20)), 12);
      // Within five standard deviations: as many entries, as many of them positive.
      const all = n_features * 20;
      const count = matrix.entries.length;
      expect(Math.abs(count - all * density)).toBeLessThanOrEqual(
        5 * Math.sqrt(all * density * (1 - density)),
      );
      const positive = matrix.entries.filter((entry) => entry >= 0).length;
      expect(Math.abs(positive - count / 2)).toBeLessThan(5 * Math.sqrt(count / 4) + 1e-9);
      expect(matrix.entries.every((entry) => (entry >= 0 ? entry < 20 : -1 - entry < 20))).toBe(
        true,
      );
    },
  );

  test("squared lengths are kept on average, and RDMs as well as scikit-learn's", () => {
    const { next, normal } = random(5);
    const data = Float32Array.from({ length: 40 * 5000 }, () => normal() + (next() < 0.02 ? 3 : 0));
    const rows = Array.from({ length: 40 }, (_, i) => data.subarray(i * 5000, (i + 1) * 5000));
    for (let i = 0; i < 40; i++)
      for (let f = 0; f < 5000; f++)
        rows[i][f] += 2 * Math.sin((f * ((i % 5) + 1)) / 40) + Math.cos((f * (i + 1)) / 300);
    const exact = computeRdm(rows, { metric: "euclidean" });
    const matrix = sparseProjection(5000, 1000, 3);
    const small = computeRdm(
      rows.map((row) => project(row, matrix)),
      { metric: "euclidean" },
    );
    const ratios = small.condensed.map((d, at) => d ** 2 / exact.condensed[at] ** 2);
    expect(ratios.reduce((sum, r) => sum + r, 0) / ratios.length).toBeCloseTo(1, 1);
    expect(pearson(small.condensed, exact.condensed)).toBeGreaterThan(0.95);
  });

  test("words tell a density that is not the default", () => {
    const wordsOf = (density?: number) =>
      reductionOf(layer(undefined), [100], "none", fullProjection({ components: 5, density }, 9))
        .words;
    expect(wordsOf()).toBe("all values; sparse random projection of 100 to 5 (seed 0)");
    expect(wordsOf(0.5)).toContain("(seed 0, density 0.5)");
  });

  test("a seed is a matrix", () => {
    const [a, b, c] = [1, 1, 2].map((seed) => sparseProjection(300, 20, seed).entries.join());
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });

  test("a NaN makes all components NaN, as of a full matrix; too large a matrix is refused", () => {
    const matrix = sparseProjection(4, 3, 0);
    expect(project(Float32Array.of(1, NaN, 0, 0), matrix).every(Number.isNaN)).toBe(true);
    expect(() => sparseProjection(4e8, 20_000, 0)).toThrow("pool first");
  });
});

describe("what a user may ask for", () => {
  test("components by number, by distances, none where there are fewer features", () => {
    expect(fullProjection(50, 10)).toMatchObject({ components: 50, seed: 0 });
    expect(fullProjection({}, 92)).toMatchObject({ components: 3875 });
    expect(fullProjection({ eps: 0.5, seed: 4 }, 200)).toMatchObject({ components: 254, seed: 4 });
    const kept = reductionOf(layer(undefined), [30], "none", fullProjection(30, 10));
    expect(kept).toMatchObject({ nFeatures: 30, words: "all values" });
    const fewer = reductionOf(layer(undefined), [31], "none", fullProjection(30, 10));
    expect(fewer.words).toBe("all values; sparse random projection of 31 to 30 (seed 0)");
  });

  test("slips are refused", () => {
    expect(() => fullProjection(0, 10)).toThrow("at least 1");
    expect(() => fullProjection({ seeds: 1 } as never, 10)).toThrow('did you mean "seed"');
    expect(() => fullProjection({ method: "pca", components: 10 }, 10)).toThrow("at most 9");
    expect(() => fullProjection("pca" as never, 10)).toThrow("components");
    expect(() => fullProjection({ density: 2 }, 10)).toThrow("at most 1");
    expect(() => fullProjection({}, 1)).toThrow("a single image");
  });
});

test("principal components are scikit-learn's, signs too", async () => {
  const { data, shape } = of("pca.x");
  const scores = await pcaScores(Float32Array.from(data), shape[0], shape[1], 10);
  expect(far(scores, of("pca.scores").data)).toBeLessThan(2e-5);
});

test("principal components of rows that are all equal are 0; of a NaN there are none, and which image it is is told", async () => {
  expect([...(await pcaScores(new Float32Array(6).fill(2), 3, 2, 1))]).toEqual([0, 0, 0]);
  for (const value of [NaN, Infinity])
    await expect(pcaScores(Float32Array.of(1, 2, value, 4, 5, 7), 3, 2, 1)).rejects.toThrow(
      `image 2 has values that are ${value}`,
    );
});
