import { describe, expect, test } from "vitest";
import {
  computeRdm,
  DuplicateItem,
  multidimensionalScaling,
  noiseCovariance,
  pairDataset,
  pairPermutationTest,
  random,
  Rdm,
  scorePairs,
  trainPairModel,
} from "tsrsa";

const quiet = { onProgress: false } as const;
const rdm = new Rdm(Float64Array.from({ length: 190 }, (_, at) => (at * 7919) % 101));

describe("a constant prediction", () => {
  const collapsed = pairDataset(rdm, Array<number[]>(20).fill([7, 7]));
  test.each(["ridge", "distance", "kernel-ridge"] as const)(
    "of %s has no p value",
    async (model) => {
      const result = await trainPairModel(collapsed, { model, ...quiet });
      const { spearman, pValue } = await pairPermutationTest(result, {
        nPermutations: 19,
        ...quiet,
      });
      expect([spearman, pValue]).toEqual([NaN, NaN]);
    },
  );

  test("in one fold of several has none either", async () => {
    const features = Array.from({ length: 20 }, (_, at) => [Math.sin(at), Math.cos(2 * at)]);
    const result = await trainPairModel(pairDataset(rdm, features, { nFolds: 4 }), {
      model: "ridge",
      ...quiet,
    });
    const [first, ...rest] = result.folds;
    const folds = [{ ...first, predicted: first.predicted.map(() => 0.1) }, ...rest];
    const one = { folds, dataset: result.dataset } as unknown as typeof result;
    const { pValue } = await pairPermutationTest(one, { nPermutations: 19, ...quiet });
    expect(pValue).toBeNaN();
  });
});

test.each([0, 1, 0.1, 1.81])("a constant truth of %d has no score", (value) => {
  const truth = Array<number>(7).fill(value);
  const predicted = [1, 2, 3, 1, 2, 3, 4];
  expect(Object.values(scorePairs(truth, predicted))).toEqual([NaN, NaN, NaN]);
  expect(scorePairs(predicted, truth).spearman).toBeNaN();
});

test("a label twice in items is refused", () => {
  const items = ["a", "b", "c", "d", "e", "f"];
  const small = new Rdm(
    Float64Array.from({ length: 15 }, (_, at) => at),
    { items },
  );
  const rows = [...items, "a"];
  const call = () => pairDataset(small, rows.map((_, at) => [at]), { items: rows }); // prettier-ignore
  expect(call).toThrow(DuplicateItem);
});

test.each([1, 2, 3])(
  "contrastive groups of %d learn nothing and are refused",
  async (groupSize) => {
    const features = Array.from({ length: 20 }, (_, at) => [Math.sin(at), at]);
    const options = { model: "contrastive", groupSize, ...quiet } as const;
    await expect(trainPairModel(pairDataset(rdm, features), options)).rejects.toThrow(
      /groupSize.*from 4 to 4096/,
    );
  },
);

describe("a flat channel", () => {
  const rows = [[1, 2], [2, 3.1], [3, 3.9], [4, 5], [5, 6.2]]; // prettier-ignore
  const alone = noiseCovariance(rows).data;

  test.each([0, 0.1, 1.81])("of %d leaves the covariance of the others as it is", (value) => {
    const { data } = noiseCovariance(rows.map((row) => [...row, value]));
    expect([data[0], data[1], data[4]]).toEqual([alone[0], alone[1], alone[3]]);
    expect([data[2], data[5], data[8]]).toEqual([0, 0, 0]);
  });

  test("is one that is constant but for rounding", () => {
    const nearly = [0.3, 0.1 + 0.2, 0.3, 0.3, 0.1 + 0.2];
    const { data } = noiseCovariance(rows.map((row, at) => [...row, nearly[at]]));
    expect([data[1], data[8]]).toEqual([alone[1], 0]);
  });
});

describe("scaling of distances that rounding made negative", () => {
  test("patterns that differ by scale and offset lie in one place", () => {
    const { next } = random(7);
    for (let k = 0; k < 50; k++) {
      const a = Array.from({ length: 60 }, next);
      const others = [0, 1].map(() => Array.from({ length: 60 }, next));
      const { condensed } = computeRdm([a, a.map((x) => 2 * x + 1), ...others]);
      expect(() => multidimensionalScaling(condensed)).not.toThrow();
    }
    const { coordinates } = multidimensionalScaling([-2e-16, 1, 1]);
    expect(coordinates.data[0]).toBeCloseTo(coordinates.data[2], 6);
  });

  test("a distance that is truly negative is refused", () => {
    expect(() => multidimensionalScaling([-1e-6, 1, 1])).toThrow(/-0.000001/);
  });
});
