import { describe, expect, test } from "vitest";
import { InvalidArgument, UnknownOption } from "../../src/core/index.ts";
import { random } from "../../src/core/random.ts";
import {
  pairDataset,
  pairModelBytes,
  predictPairs,
  readPairModel,
  trainPairModel,
} from "../../src/pairs/index.ts";
import { standardizeColumns } from "../../src/pairs/index.ts";
import { Rdm } from "../../src/rdm/index.ts";

const stream = random(4);
const n = 24;
const width = 3;
const features = Array.from({ length: n }, () =>
  Array.from({ length: width }, () => stream.normal()),
);
/** What a linear model of (a, b) can say exactly: something for a, something for b. */
const linear = new Rdm(
  Float64Array.from(
    features.flatMap((a, i) => features.slice(i + 1).map((b) => 5 + a[0] - 2 * a[1] + 3 * b[2])),
  ),
);
const silent = { onProgress: false } as const;

describe("linear support vector regression of pairs", () => {
  test("finds a linear rule, also for images it has not seen", async () => {
    const dataset = pairDataset(linear, features, { seed: 2 });
    const exact = { model: "svr", cost: 100, epsilon: 0.001, rounds: 5000, ...silent } as const;
    const { r2, spearman } = await trainPairModel(dataset, exact);
    expect(r2).toBeGreaterThan(0.999);
    expect(spearman).toBeGreaterThan(0.999);
  });

  test("no other weights cost less: the minimum of ½ |w|² + C Σ max(0, |error| − ε)", async () => {
    const noisy = new Rdm(linear.condensed.map((value) => value + stream.normal()));
    const dataset = pairDataset(noisy, features, { split: "images", seed: 1 });
    const settings = { cost: 0.05, epsilon: 0.2 };
    const { folds } = await trainPairModel(dataset, {
      ...{ model: "svr", rounds: 5000, ...settings },
      ...silent,
    });
    const { weights, target, mean, scale } = folds[0].model.arrays;
    const { train } = dataset.folds[0];
    const x = (image: number) =>
      features[image].map((value, c) => (value - mean.data[c]) / scale.data[c]);
    const costOf = (w: ArrayLike<number>) => {
      let cost = 0;
      for (let c = 0; c < w.length; c++) cost += w[c] ** 2 / 2;
      train.i.forEach((i, p) => {
        const row = [...x(i), ...x(train.j[p]), 1];
        const found = row.reduce((sum, value, c) => sum + value * w[c], 0);
        const goal = (train.target[p] - target.data[0]) / target.data[1];
        cost += settings.cost * Math.max(0, Math.abs(found - goal) - settings.epsilon);
      });
      return cost;
    };
    const best = costOf(weights.data);
    for (let trial = 0; trial < 300; trial++) {
      const size = 10 ** -(1 + (trial % 4));
      const other = weights.data.map((value) => value + size * stream.normal());
      expect(costOf(other)).toBeGreaterThan(best - 1e-4);
    }
  });

  test("is saved and read, and predicts the same", async () => {
    const dataset = pairDataset(linear, features, { seed: 2 });
    const { folds } = await trainPairModel(dataset, { model: "svr", ...silent });
    const again = await readPairModel(await pairModelBytes(folds[0].model));
    const pairs = { i: [0, 5], j: [7, 2] };
    expect(predictPairs(again, features, pairs)).toEqual(
      predictPairs(folds[0].model, features, pairs),
    );
  });

  test.each([{ cost: 0 }, { cost: NaN }, { epsilon: -1 }, { rounds: 0 }])(
    "refuses %j",
    async (wrong) => {
      const dataset = pairDataset(linear, features);
      await expect(trainPairModel(dataset, { model: "svr", ...wrong, ...silent })).rejects.toThrow(
        InvalidArgument,
      );
    },
  );

  test("refuses the options of other models", async () => {
    const dataset = pairDataset(linear, features);
    const wrong = { model: "svr", alpha: 3 } as unknown as { model: "svr" };
    await expect(trainPairModel(dataset, { ...wrong, ...silent })).rejects.toThrow(UnknownOption);
  });
});

test("features that say nothing give the middle of the targets", async () => {
  const flat = standardizeColumns(features.map(() => [1, 1]));
  const { folds } = await trainPairModel(pairDataset(linear, flat), { model: "svr", ...silent });
  expect(new Set(folds[0].predicted).size).toBe(1);
});
