import { fc } from "../support/fast-check.ts";
import { describe, expect, test, vi } from "vitest";
import { pairDataset, scorePairs, standardizeColumns } from "../../src/pairs/index.ts";
import { Rdm, subset } from "../../src/rdm/index.ts";
import { expected, furthest, items, rdm, testImages } from "./expected.ts";

const pairsOf = ({ i, j }: { i: Int32Array; j: Int32Array }) =>
  Array.from(i, (a, at) => [a, j[at]]);

function numbered(n: number): { rdm: Rdm; features: number[][] } {
  const condensed = Float64Array.from({ length: (n * (n - 1)) / 2 }, (_, at) => at);
  return { rdm: new Rdm(condensed), features: Array.from({ length: n }, (_, at) => [at, -at]) };
}

describe("splits", () => {
  test("by image: training and test pairs are those scikit-learn's masks give", () => {
    const dataset = pairDataset(rdm, expected.features, { items, testImages });
    const [fold] = dataset.folds;
    expect(pairsOf(fold.train)).toEqual(expected.train_pairs);
    expect(pairsOf(fold.test)).toEqual(expected.test_pairs);
    expect(fold.nUnused).toBe(231 - expected.train_pairs.length - expected.test_pairs.length);
  });

  test("as many are tested as by train_test_split and KFold", () => {
    for (const { n, share, test } of expected.sizes.filter(({ test }) => test >= 3)) {
      const [fold] = pairDataset(...(Object.values(numbered(n)) as [Rdm, number[][]]), {
        testShare: share,
      }).folds;
      expect([n, share, fold.testImages.length]).toEqual([n, share, test]);
    }
    for (const { n, k, test } of expected.folds) {
      const { rdm, features } = numbered(n);
      const { folds } = pairDataset(rdm, features, { nFolds: k });
      expect(folds.map(({ testImages }) => testImages.length)).toEqual(test);
    }
  });

  test("by image: no image is on both sides, and every image is tested once over the folds", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 9, max: 40 }),
        fc.integer({ min: 2, max: 3 }),
        fc.nat(1000),
        (n, nFolds, seed) => {
          const { rdm, features } = numbered(n);
          const { folds } = pairDataset(rdm, features, { nFolds, seed });
          const tested = folds.flatMap(({ testImages }) => [...testImages]);
          expect(tested.sort((a, b) => a - b)).toEqual(features.map((_, at) => at));
          for (const { train, test, trainImages, testImages } of folds) {
            const seen = new Set([...train.i, ...train.j]);
            expect([...test.i, ...test.j].some((image) => seen.has(image))).toBe(false);
            expect([...seen].every((image) => trainImages.includes(image))).toBe(true);
            expect(new Set([...test.i, ...test.j]).size).toBe(testImages.length);
          }
        },
      ),
      { numRuns: 60, seed: 3 },
    );
  });

  test("by pair: every pair is used, images are on both sides, and it says so", () => {
    const said = vi.spyOn(console, "log").mockImplementation(() => {});
    const dataset = pairDataset(rdm, expected.features, { items, split: "pairs-leaky" });
    const [{ train, test, nUnused }] = dataset.folds;
    expect(train.target.length + test.target.length).toBe(231);
    expect(test.target.length).toBe(Math.ceil(0.35 * 231));
    expect(nUnused).toBe(0);
    expect(said.mock.calls.join()).toContain(
      "22 of the 22 images in test pairs are in training pairs too",
    );
    said.mockRestore();
  });

  test("targets and features are matched by label, whatever their order", () => {
    const order = [...items.keys()].reverse();
    const turned = pairDataset(
      rdm,
      order.map((at) => expected.features[at]),
      {
        items: order.map((at) => items[at]),
        testImages,
      },
    );
    const plain = pairDataset(rdm, expected.features, { items, testImages });
    expect(turned.features.data).toEqual(plain.features.data);
    const few = pairDataset(subset(rdm, items.slice(3)), expected.features, { items });
    expect(Array.from(few.features.data.slice(0, 5))).toEqual(expected.features[3]);
  });

  test("the same seed gives the same split, another one another", () => {
    const of = (seed: number) =>
      pairDataset(rdm, expected.features, { items, seed }).folds[0].testImages;
    expect(of(4)).toEqual(of(4));
    expect(of(4)).not.toEqual(of(5));
  });
});

describe("what cannot be split or matched is refused", () => {
  const make = (options: object) => () =>
    pairDataset(rdm, expected.features, { items, ...options });

  test("fewer images than folds, too few images, a share that leaves nothing", () => {
    expect(make({ nFolds: 8 })).toThrow("whole number from 2 to 7");
    expect(make({ nFolds: 1 })).toThrow("nFolds");
    expect(make({ testShare: 0.95 })).toThrow("testShare");
    expect(make({ testImages: items.slice(0, 2) })).toThrow("3 images each");
    expect(make({ testImages: ["nobody", ...items.slice(0, 3)] })).toThrow("no item");
    expect(make({ split: "image" })).toThrow('did you mean "images"?');
    const { rdm: small, features } = numbered(5);
    expect(() => pairDataset(small, features)).toThrow("3");
  });

  test("equal targets, NaN, features of other images", () => {
    expect(() => pairDataset(new Rdm(new Float64Array(21).fill(2)), numbered(7).features)).toThrow(
      "nothing to predict",
    );
    const broken = numbered(7).rdm.condensed.slice();
    broken[4] = NaN;
    expect(() => pairDataset(new Rdm(broken), numbered(7).features)).toThrow(
      "pair 4 has no dissimilarity",
    );
    expect(() => pairDataset(numbered(7).rdm, [...numbered(6).features, [NaN, 1]])).toThrow(
      "row 6",
    );
    expect(() => pairDataset(numbered(7).rdm, numbered(6).features)).toThrow(
      "features of 7 images",
    );
    expect(() => pairDataset(rdm, expected.features)).toThrow("say which image each row");
    expect(() => pairDataset(numbered(22).rdm, expected.features, { items })).toThrow(
      "the RDM has no labels",
    );
    const other = items.map((item) => (item === "image3" ? "cat" : item));
    expect(() => pairDataset(rdm, expected.features, { items: other })).toThrow('"image3"');
  });
});

test("columns are standardised as by StandardScaler; a constant column becomes zeros", () => {
  const scaled = standardizeColumns(expected.response);
  expect(furthest(scaled.data, expected.scaled_response.flat())).toBeLessThan(1e-12);
  expect(
    Array.from(
      standardizeColumns([
        [0.1, 2],
        [0.1, 4],
        [0.1, 6],
      ]).data.filter((_, at) => at % 2 === 0),
    ),
  ).toEqual([0, 0, 0]);
});

test("scores are those of scikit-learn and scipy", () => {
  const truth = expected.test_pairs.map(([a, b]) => rdm.at(a, b));
  for (const [name, predicted] of Object.entries(expected.predictions)) {
    const { r2, spearman, pearson } = scorePairs(truth, predicted);
    const wanted = expected.scores[name];
    expect(
      furthest([r2, spearman, pearson], [wanted.r2, wanted.spearman, wanted.pearson]),
    ).toBeLessThan(1e-12);
  }
  expect(scorePairs([1, 1], [1, 2]).r2).toBeNaN();
  expect(() => scorePairs([1], [1, 2])).toThrow("one a pair");
});

test("data sets that leak alike, one after the other, are told of once", () => {
  const said: unknown[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((text) => void said.push(text));
  const { rdm, features } = numbered(17);
  for (const seed of [1, 2, 3]) pairDataset(rdm, features, { split: "pairs-leaky", seed });
  log.mockRestore();
  const leaks = said.filter((text) => String(text).includes("Leaky split"));
  expect(leaks).toHaveLength(new Set(leaks).size);
});
