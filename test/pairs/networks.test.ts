import { beforeAll, describe, expect, test } from "vitest";
import { MissingPackage } from "../../src/core/errors.ts";
import { random } from "../../src/core/random.ts";
import {
  constantProduct,
  convolution,
  correlation,
  meanPool,
  product,
  takeRows,
} from "../../src/pairs/network/operations.ts";
import { mixedLoss } from "../../src/pairs/network/siamese.ts";
import { loadTfjs, type Tensor, type Tfjs } from "../../src/pairs/network/tfjs.ts";
import {
  canTrainNetworks,
  pairDataset,
  pairModelBytes,
  predictPairs,
  readPairModel,
  trainPairModel,
  type PairModelOptions,
} from "../../src/pairs/index.ts";
import { holdOut } from "../../src/pairs/network/hold-out.ts";
import { Rdm } from "../../src/rdm/index.ts";
import { pearson } from "../../src/stats/index.ts";

const available = await canTrainNetworks();
if (!available) console.log("networks: TensorFlow.js is not installed; only its absence is tested");

const silent = { onProgress: false } as const;
const n = 30;
const side = 44;
const stream = random(1);
const features = Array.from({ length: n }, () => Array.from({ length: 6 }, () => stream.normal()));
const images = {
  data: Uint8Array.from({ length: n * side * side }, () => stream.integer(256)),
  shape: [n, side, side],
};
const rdm = new Rdm(
  Float64Array.from({ length: (n * (n - 1)) / 2 }, (_, k) => {
    const [a, b] = placeOf(k);
    return Math.abs(features[a][0] - features[b][0]) + 0.2 * stream.normal();
  }),
);

function placeOf(k: number): [number, number] {
  let a = 0;
  for (let left = k; ; a++) {
    if (left < n - 1 - a) return [a, a + 1 + left];
    left -= n - 1 - a;
  }
}

const byFeatures = pairDataset(rdm, features);
const byImages = pairDataset(rdm, images);
const networks: [string, PairModelOptions][] = [
  ["linear perceptron", { model: "mlp", hiddenLayers: 0, epochs: 4 }],
  [
    "perceptron of 3 hidden layers",
    { model: "mlp", hiddenLayers: 3, hiddenUnits: 12, epochs: 4, combination: "symmetric" },
  ],
  [
    "perceptron of both orders",
    { model: "mlp", hiddenUnits: 9, epochs: 3, combination: "both-orders" },
  ],
  ["contrastive head", { model: "contrastive", dimensions: 3, epochs: 5 }],
  ["siamese CNN", { model: "siamese-cnn", epochs: 3, codeUnits: 6 }],
  ["siamese CNN with sigmoid", { model: "siamese-cnn", epochs: 3, output: "sigmoid", alpha: 1 }],
];
const datasetOf = (options: PairModelOptions) =>
  options.model === "siamese-cnn" ? byImages : byFeatures;
const train = (options: PairModelOptions) =>
  trainPairModel(datasetOf(options), { ...options, ...silent });

test.skipIf(available)(
  "without the packages it is said what to install, and all else works",
  async () => {
    const error: unknown = await train({ model: "mlp" }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(MissingPackage);
    expect(String(error)).toMatch(
      /run: npm install --no-save --ignore-scripts @tensorflow\/tfjs-core@\d+\.\d+\.\d+ @tensorflow/,
    );
    expect((await train({ model: "ridge" })).folds).toHaveLength(1);
  },
);

test("options are checked before anything is loaded", async () => {
  await expect(train({ model: "mlp", hiddenLayers: 4 })).rejects.toThrow("0, 1, 2 or 3");
  await expect(train({ model: "mlp", epochs: 0 })).rejects.toThrow("epochs");
  await expect(train({ model: "mlp", learningRate: -1 })).rejects.toThrow("learningRate");
  await expect(train({ model: "contrastive", margin: 0 })).rejects.toThrow("margin");
  await expect(train({ model: "siamese-cnn", alpha: 2 })).rejects.toThrow("alpha");
  await expect(train({ model: "siamese-cnn", output: "tanh" as never })).rejects.toThrow("output");
  await expect(trainPairModel(byFeatures, { model: "siamese-cnn", ...silent })).rejects.toThrow(
    "grey images",
  );
});

describe.skipIf(!available)("gradients are those of small steps", () => {
  let tf: Tfjs;
  beforeAll(async () => {
    tf = await loadTfjs();
  });

  /** Loss and its gradient along random directions, by backward pass and by central differences. */
  function check(
    f: (...inputs: Tensor[]) => Tensor,
    shapes: number[][],
    step: number,
    tolerance: number,
  ): void {
    const draw = random(5);
    const numbers = shapes.map((shape) =>
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => draw.normal()),
    );
    const tensors = (values: Float32Array[]) =>
      values.map((value, at) => tf.tensor(value, shapes[at]));
    const value = (values: Float32Array[]) => tf.tidy(() => f(...tensors(values)).dataSync()[0]);
    const gradients = tf.tidy(() =>
      tf
        .grads(f)(tensors(numbers))
        .map((g) => g.dataSync().slice()),
    );
    for (let trial = 0; trial < 12; trial++) {
      const which = trial % shapes.length;
      const direction = numbers[which].map(() => draw.normal());
      const moved = (by: number) =>
        numbers.map((all, at) => (at === which ? all.map((x, k) => x + by * direction[k]) : all));
      const slope = (value(moved(step)) - value(moved(-step))) / (2 * step);
      const expected = direction.reduce((sum, d, k) => sum + d * gradients[which][k], 0);
      expect(Math.abs(slope - expected)).toBeLessThan(tolerance * Math.max(1, Math.abs(expected)));
    }
  }
  const weighed = (t: Tensor) => {
    const size = t.shape.reduce((a, b) => a * b, 1);
    const w = tf.tensor(
      Float32Array.from({ length: size }, (_, k) => Math.sin(k)),
      [...t.shape],
    );
    return tf.sum(tf.mul(w, t));
  };

  test("of a product", () => {
    check(
      (a, b) => weighed(product(tf, a, b)),
      [
        [4, 5],
        [5, 3],
      ],
      0.5,
      1e-4,
    );
    const left = tf.tensor(Float32Array.of(1, -2, 3, 4), [2, 2]);
    check((b) => weighed(constantProduct(tf, left, b)), [[2, 3]], 0.5, 1e-4);
    left.dispose();
  });

  test("of a convolution, also with strides and an odd rest", () => {
    check(
      (x, k) => weighed(convolution(tf, x, k, 1)),
      [
        [2, 7, 6, 3],
        [3, 3, 3, 4],
      ],
      0.5,
      1e-3,
    );
    check(
      (x, k) => weighed(convolution(tf, x, k, 2)),
      [
        [2, 9, 8, 2],
        [3, 3, 2, 3],
      ],
      0.5,
      1e-3,
    );
  });

  test("of means of neighbours", () => {
    check((x) => weighed(meanPool(tf, x)), [[2, 7, 6, 3]], 0.5, 1e-4);
  });

  test("of the correlation and of the mixed loss", () => {
    check((x, y) => correlation(tf, x, y), [[9], [9]], 0.02, 5e-3);
    check((x, y) => mixedLoss(tf, x, y, 0.3), [[9], [9]], 0.02, 5e-3);
  });
});

describe.skipIf(!available)("networks", () => {
  test.each(networks)(
    "%s: the same seed gives the same curve, and another one another",
    async (_, options) => {
      const [first] = (await train({ ...options, seed: 3 } as PairModelOptions)).folds;
      const [again] = (await train({ ...options, seed: 3 } as PairModelOptions)).folds;
      const [other] = (await train({ ...options, seed: 4 } as PairModelOptions)).folds;
      expect(again.history).toEqual(first.history);
      expect(again.predicted).toEqual(first.predicted);
      expect(other.history).not.toEqual(first.history);
      expect(first.history.length).toBeGreaterThan(0);
      expect(first.predicted.every(Number.isFinite)).toBe(true);
    },
  );

  test.each(networks)("%s: saved and read again it predicts the same", async (_, options) => {
    const [{ model, predicted }] = (await train(options)).folds;
    const again = await readPairModel(await pairModelBytes(model));
    const dataset = datasetOf(options);
    expect(predictPairs(again, dataset.features, dataset.folds[0].test)).toEqual(predicted);
  });

  test("what is trained is what predicts: the loss of the last epoch, in plain code", async () => {
    // The contrastive head is calibrated afterwards, and both orders are averaged: their losses are others.
    const direct = networks.filter(([name]) => !/contrastive|both orders/.test(name));
    for (const [, options] of direct) {
      const all = {
        ...options,
        epochs: 1,
        validationShare: 0.3,
        learningRate: 1e-9,
      } as PairModelOptions;
      const result = await train(all);
      const { model, history } = result.folds[0];
      const { validationLoss } = history[0];
      const dataset = datasetOf(options);
      const loss = plainLoss(dataset, model, all);
      expect(Math.abs(loss - validationLoss)).toBeLessThan(1e-4 * Math.max(1, validationLoss));
    }
  });

  test("an effect that is there is learned, and tells unseen images apart", async () => {
    const result = await train({
      model: "mlp",
      combination: "symmetric",
      hiddenUnits: 32,
      epochs: 60,
      patience: 20,
    });
    expect(result.folds[0].trainScores.r2).toBeGreaterThan(0.7);
    expect(result.spearman).toBeGreaterThan(0.5);
    const [{ history }] = result.folds;
    expect(history[history.length - 1].trainLoss).toBeLessThan(history[0].trainLoss / 2);
  });

  test("training can be cancelled in the middle, and tells how far it is", async () => {
    const stop = new AbortController();
    const told: number[] = [];
    const running = trainPairModel(byFeatures, {
      model: "mlp",
      epochs: 100_000,
      patience: 100_000,
      signal: stop.signal,
      onProgress: ({ done }) => told.push(done),
    });
    setTimeout(() => stop.abort(), 300);
    await expect(running).rejects.toThrow("training mlp was cancelled");
    const slow = await trainPairModel(byFeatures, {
      model: "mlp",
      epochs: 4,
      onProgress: ({ done }) => told.push(done),
    });
    expect(slow.folds[0].history.length).toBe(4);
    expect(told).toContain(50);
    expect(told.at(-1)).toBe(100);
  });
});

function plainLoss(
  dataset: typeof byFeatures,
  model: Parameters<typeof predictPairs>[0],
  options: PairModelOptions,
): number {
  const split = holdOut(dataset.folds[0], "images", 0.3, 0);
  const [middle, spread] = model.arrays.target.data;
  const predicted = predictPairs(model, dataset.features, split.check).map(
    (v) => (v - middle) / spread,
  );
  const truth = split.check.target.map((v) => (v - middle) / spread);
  const error = truth.reduce((sum, v, at) => sum + (v - predicted[at]) ** 2 / truth.length, 0);
  if (options.model !== "siamese-cnn") return error;
  const { alpha = 0.5 } = options;
  return alpha * (1 - pearson(truth, predicted)) + (1 - alpha) * error;
}

describe.skipIf(!available)("rows taken by place", () => {
  test("are those of the matrix, and gradients come back to the rows they are of", async () => {
    const tf = await loadTfjs();
    const matrix = tf.tensor(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2]);
    const places = Int32Array.of(2, 0, 2, 2);
    expect([...takeRows(tf, matrix, places).dataSync()]).toEqual([5, 6, 1, 2, 5, 6, 5, 6]);
    const weights = tf.tensor(Float32Array.of(1, 1, 10, 10, 2, 2, 3, 4), [4, 2]);
    const gradients = tf.grads((from) => tf.sum(tf.mul(weights, takeRows(tf, from, places))));
    expect([...gradients([matrix])[0].dataSync()]).toEqual([10, 10, 0, 0, 6, 7]);
  });

  test("all pairs of 1,500 images need no matrix of pairs × images, which would be 6.7 GB", async () => {
    const tf = await loadTfjs();
    const n = 1500;
    const first = Int32Array.from({ length: (n * (n - 1)) / 2 }, (_, at) => (at * 7) % n);
    const matrix = tf.tensor(
      Float32Array.from({ length: n * 4 }, (_, at) => at),
      [n, 4],
    );
    const taken = takeRows(tf, matrix, first);
    expect([...taken.dataSync().subarray(4, 8)]).toEqual([28, 29, 30, 31]);
    taken.dispose();
  });
});
