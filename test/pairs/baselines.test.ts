import { describe, expect, test } from "vitest";
import {
  extremePairs,
  pairDataset,
  pairModelBytes,
  pairPermutationTest,
  predictPairs,
  readPairModel,
  trainPairModel,
  type PairModel,
  type PairModelOptions,
} from "../../src/pairs/index.ts";
import { npzBytes } from "../../src/io/index.ts";
import { Rdm } from "../../src/rdm/index.ts";
import { expected, furthest, items, rdm, testImages } from "./expected.ts";

const dataset = pairDataset(rdm, expected.features, { items, testImages });
const silent = { onProgress: false } as const;
const train = (options: PairModelOptions) => trainPairModel(dataset, { ...options, ...silent });

const ridge = { model: "ridge", alpha: 3 } as const;
const kernel = { model: "kernel-ridge", alpha: 0.5, gamma: 0.07 } as const;
const cases: [string, PairModelOptions][] = [
  ["ridge concatenate", ridge],
  ["ridge symmetric", { ...ridge, combination: "symmetric" }],
  ["ridge both-orders", { ...ridge, combination: "both-orders" }],
  ["kernel-ridge", kernel],
  ["kernel-ridge symmetric", { ...kernel, symmetric: true }],
  ["distance euclidean", { model: "distance", metric: "euclidean" }],
  ["distance correlation", { model: "distance" }],
];

describe("predictions of pairs of unseen images are those of scikit-learn", () => {
  test.each(cases)("%s", async (name, options) => {
    const result = await train(options);
    const tolerance = options.model === "kernel-ridge" ? 1e-7 : 1e-10;
    expect(furthest(result.folds[0].predicted, expected.predictions[name])).toBeLessThan(tolerance);
    expect(Math.abs(result.r2 - expected.scores[name].r2)).toBeLessThan(tolerance);
  });

  test("a perceptron with scikit-learn's weights", () => {
    const { weights, bias } = expected.mlp;
    const row = (data: number[]) => ({ data: Float64Array.from(data), shape: [data.length] });
    const arrays = Object.fromEntries([
      ...weights.map((w, at) => [
        `weights${at}`,
        { data: Float64Array.from(w.flat()), shape: [w.length, w[0].length] },
      ]),
      ...bias.map((b, at) => [`bias${at}`, row(b)]),
      ["mean", row(expected.scaler.mean)],
      ["scale", row(expected.scaler.scale)],
      ["target", row([0, 1])],
    ]) as PairModel["arrays"];
    const model: PairModel = {
      kind: "mlp",
      settings: { hiddenLayers: 2, combination: "concatenate" },
      arrays,
    };
    const i = expected.test_pairs.map(([a]) => a);
    const j = expected.test_pairs.map(([, b]) => b);
    expect(
      furthest(predictPairs(model, expected.features, { i, j }), expected.predictions.mlp),
    ).toBeLessThan(1e-10);
  });
});

describe("symmetric models", () => {
  test.each([cases[1], cases[2], cases[4], cases[5]])(
    "%s: (a, b) and (b, a) are the same",
    async (_, options) => {
      const [{ model }] = (await train(options)).folds;
      const there = predictPairs(model, expected.features, { i: [0, 3], j: [7, 9] });
      const back = predictPairs(model, expected.features, { i: [7, 9], j: [0, 3] });
      expect(furthest(there, back)).toBeLessThan(1e-12);
    },
  );

  test("concatenation is not", async () => {
    const [{ model }] = (await train(ridge)).folds;
    const there = predictPairs(model, expected.features, { i: [0], j: [7] });
    expect(there).not.toEqual(predictPairs(model, expected.features, { i: [7], j: [0] }));
  });
});

test("features that repeat each other have one solution all the same", async () => {
  const twice = expected.features.map((row) => [...row, ...row, 4]);
  const result = await trainPairModel(pairDataset(rdm, twice, { items, testImages }), {
    ...ridge,
    ...silent,
  });
  expect(result.folds[0].predicted.every(Number.isFinite)).toBe(true);
});

test("whole images are rows of pixels to models that know no height and width", async () => {
  const data = Float64Array.from(expected.features.flatMap((row) => [...row, 0]));
  const images = pairDataset(rdm, { data, shape: [22, 2, 3] }, { items, testImages });
  const flat = pairDataset(rdm, { data, shape: [22, 6] }, { items, testImages });
  for (const [, options] of cases) {
    const a = await trainPairModel(images, { ...options, ...silent });
    const b = await trainPairModel(flat, { ...options, ...silent });
    expect(a.folds[0].predicted).toEqual(b.folds[0].predicted);
  }
});

describe("results", () => {
  test("over folds: scores are means, every tested pair has its prediction in the RDM", async () => {
    const folds = pairDataset(rdm, expected.features, { items, nFolds: 3 });
    const result = await trainPairModel(folds, { ...ridge, ...silent });
    expect(result.r2).toBeCloseTo(
      result.folds.reduce((sum, { r2 }) => sum + r2 / 3, 0),
      12,
    );
    const predicted = result.predictedRdm();
    const { test } = folds.folds[1];
    expect(predicted.at(test.i[2], test.j[2])).toBe(result.folds[1].predicted[2]);
    const nTested = folds.folds.reduce((sum, fold) => sum + fold.test.target.length, 0);
    expect(predicted.condensed.filter((value) => !Number.isNaN(value)).length).toBe(nTested);
    expect(result.toPairTable().length).toBe(nTested);
    expect(result.toPairTable().row(0).a).toBe(items[folds.folds[0].test.i[0]]);
  });

  test("saved and read again, a model predicts the same", async () => {
    for (const [, options] of cases) {
      const [{ model, predicted }] = (await train(options)).folds;
      const again = await readPairModel(await pairModelBytes(model));
      expect(again.settings).toEqual(model.settings);
      expect(predictPairs(again, expected.features, dataset.folds[0].test)).toEqual(predicted);
    }
  });

  test("a permutation test: planted structure is found, noise is not", async () => {
    const spread = items.map((_, at) => [at, (at * 7) % 22]);
    const near = new Rdm(
      Float64Array.from({ length: 231 }, (_, k) => {
        const [a, b] = expected.train_pairs[0].length === 2 ? pairAt(k) : [0, 0];
        return Math.hypot(spread[a][0] - spread[b][0], spread[a][1] - spread[b][1]);
      }),
      { items },
    );
    const distance = { model: "distance", metric: "euclidean" } as const;
    const planted = await trainPairModel(pairDataset(near, spread, { items }), {
      ...distance,
      ...silent,
    });
    const found = await pairPermutationTest(planted, { nPermutations: 199, ...silent });
    expect(found.spearman).toBeCloseTo(1, 12);
    expect(found.pValue).toBe(1 / 200);
    expect(found.null.length).toBe(199);
    const again = await pairPermutationTest(planted, { nPermutations: 199, ...silent });
    expect(again.null).toEqual(found.null);
    const noise = new Rdm(
      Float64Array.from({ length: 231 }, (_, k) => (Math.sin(k * k * 12.9898) * 1000) % 1),
      { items },
    );
    const nothing = await trainPairModel(pairDataset(noise, spread, { items }), {
      ...distance,
      ...silent,
    });
    expect(
      (await pairPermutationTest(nothing, { nPermutations: 199, ...silent })).pValue,
    ).toBeGreaterThan(0.05);
  });
});

function pairAt(k: number): [number, number] {
  let a = 0;
  for (let left = k; ; a++) {
    const width = 21 - a;
    if (left < width) return [a, a + 1 + left];
    left -= width;
  }
}

test("extreme pairs are the least, the greatest, and those nearest to 1", () => {
  const found = extremePairs(
    new Rdm([1.2, 0.1, 0.95, 1.9, 0.5, NaN], { items: ["a", "b", "c", "d"] }),
    { count: 2 },
  );
  expect(found.mostSimilar.map(({ a, b }) => a + b)).toEqual(["ac", "bd"]);
  expect(found.mostDissimilar.map(({ dissimilarity }) => dissimilarity)).toEqual([1.9, 1.2]);
  expect(found.nearest).toEqual([
    { a: "a", b: "d", dissimilarity: 0.95 },
    { a: "a", b: "b", dissimilarity: 1.2 },
  ]);
});

describe("what cannot be is refused", () => {
  test("options", async () => {
    await expect(train({ model: "ridge", alpha: 0 })).rejects.toThrow("alpha");
    await expect(train({ model: "ridge", combination: "sum" as never })).rejects.toThrow(
      "combination",
    );
    await expect(train({ model: "kernel-ridge", gamma: -1 })).rejects.toThrow("gamma");
    await expect(train({ model: "rigde" as never })).rejects.toThrow('did you mean "ridge"?');
    await expect(train({ model: "distance", metric: "euclid" as never })).rejects.toThrow("metric");
  });

  test("other features than in training, a place outside", async () => {
    const [{ model }] = (await train(ridge)).folds;
    expect(() => predictPairs(model, [[1], [2]], { i: [0], j: [1] })).toThrow("5 numbers an image");
    expect(() => predictPairs(model, expected.features, { i: [0], j: [22] })).toThrow(
      "counted from 0",
    );
  });

  test("a signal that fired", async () => {
    const signal = AbortSignal.abort();
    await expect(trainPairModel(dataset, { ...ridge, ...silent, signal })).rejects.toThrow(
      "cancelled",
    );
  });

  test("files that are no models", async () => {
    await expect(readPairModel(await npzBytes({ a: [1] }))).rejects.toThrow(
      "not written by savePairModel",
    );
    const file = (text: string) => npzBytes({ "model.json": [text] });
    await expect(readPairModel(await file("{"))).rejects.toThrow("JSON");
    await expect(readPairModel(await file('{"kind":"cat"}'))).rejects.toThrow("kind");
    await expect(readPairModel(await file('{"kind":"ridge","settings":{}}'))).rejects.toThrow(
      "array mean",
    );
  });
});
