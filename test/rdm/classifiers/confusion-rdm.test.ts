import { expect, test } from "vitest";
import { classifierRdm, confusionRdm } from "../../../src/rdm/index.ts";
import { random } from "../../../src/stats/index.ts";
import { largestDifference } from "../../reference/read-reference.ts";

const rng = random(17);
const quiet = { onProgress: false } as const;
const [nItems, nFolds, nTrials] = [4, 3, 5];
const names = ["a", "b", "c", "d"];
const labels: string[] = [];
const folds: number[] = [];
const trials: number[][] = [];
const centres = names.map(() => Array.from({ length: 3 }, () => rng.normal()));
for (let fold = 0; fold < nFolds; fold++)
  for (let item = 0; item < nItems; item++)
    for (let k = 0; k < nTrials + ((item + fold) % 2); k++) {
      labels.push(names[item]);
      folds.push(fold);
      trials.push(centres[item].map((value) => value + rng.normal()));
    }

/** Shares by the definition: distance to each mean in the inverse of the ridged pooled covariance, 3 × 3 by cofactors. */
function byDefinition(ridge: number): number[][] {
  const shares = names.map(() => names.map(() => 0));
  for (let test = 0; test < nFolds; test++) {
    const rows = names.map((name) =>
      trials.filter((_, at) => labels[at] === name && folds[at] !== test),
    );
    const means = rows.map((own) =>
      [0, 1, 2].map((f) => own.reduce((sum, row) => sum + row[f], 0) / own.length),
    );
    const n = rows.flat().length;
    const s = [0, 1, 2].map((i) =>
      [0, 1, 2].map((j) => {
        const of = (k: number) => (sum: number, row: number[]) =>
          sum + ((row[i] - means[k][i]) * (row[j] - means[k][j])) / n;
        return rows.reduce((sum, own, k) => own.reduce(of(k), sum), 0);
      }),
    );
    const more = (ridge * (s[0][0] + s[1][1] + s[2][2])) / 3;
    for (let i = 0; i < 3; i++) s[i][i] += more;
    const minor = (i: number, j: number) => {
      const [a, b] = [0, 1, 2].filter((k) => k !== i);
      const [c, d] = [0, 1, 2].filter((k) => k !== j);
      return ((i + j) % 2 === 0 ? 1 : -1) * (s[a][c] * s[b][d] - s[a][d] * s[b][c]);
    };
    const det = [0, 1, 2].reduce((sum, j) => sum + s[0][j] * minor(0, j), 0);
    const far = (x: number[], m: number[]) => {
      const d = x.map((value, f) => value - m[f]);
      return d.reduce(
        (sum, v, i) => sum + d.reduce((t, w, j) => t + (v * minor(i, j) * w) / det, 0),
        0,
      );
    };
    names.forEach((name, k) => {
      const own = trials.filter((_, at) => labels[at] === name && folds[at] === test);
      for (const row of own) {
        const distances = means.map((m) => far(row, m));
        shares[k][distances.indexOf(Math.min(...distances))] += 1 / own.length / nFolds;
      }
    });
  }
  return shares;
}

test.each([0.01, 0.5])(
  "shares are those of the nearest mean, with a ridge of %s",
  async (regularisation) => {
    const found = await confusionRdm(trials, { labels, folds, regularisation, ...quiet });
    const expected = byDefinition(regularisation);
    expect(largestDifference(found.shares.data, Float64Array.from(expected.flat()))).toBeLessThan(
      1e-12,
    );
    expect(found.rdm.between("b", "d")).toBeCloseTo(1 - (expected[1][3] + expected[3][1]) / 2, 12);
    expect(found.accuracy).toBeCloseTo(expected.reduce((sum, row, k) => sum + row[k], 0) / 4, 12);
    expect([found.items, found.shares.shape, found.rdm.metric]).toEqual([
      names,
      [4, 4],
      "1 − confusions of lda",
    ]);
  },
);

test("of two items it is the classifier of the pair", async () => {
  const items = ["b", "d"];
  const found = await confusionRdm(trials, { labels, folds, items, ...quiet });
  const pair = await classifierRdm(trials, { labels, folds, items, ...quiet });
  expect(found.accuracy).toBeCloseTo(pair.between("b", "d"), 12);
  const how = { labels, folds, items, pseudoTrials: 2, repeats: 3, seed: 4, ...quiet };
  const drawn = await confusionRdm(trials, how);
  expect(drawn.accuracy).toBeCloseTo((await classifierRdm(trials, how)).between("b", "d"), 12);
  expect(drawn.rdm.metric).toContain("means of 2 trials");
});

test("what cannot be trained is NaN, what is equally near counts for each", async () => {
  const two = { labels: ["a", "b", "a", "b"], folds: [1, 1, 2, 2], ...quiet };
  const few = await confusionRdm(
    [
      [1, 0],
      [0, 1],
      [1, 1],
      [0, 0],
    ],
    two,
  );
  expect([few.accuracy, few.rdm.between("a", "b")]).toEqual([NaN, NaN]);
  const flat = {
    labels: [...two.labels, ...two.labels],
    folds: [1, 1, 1, 1, 2, 2, 2, 2],
    ...quiet,
  };
  const values = [1, 1, 3, 3, 1, 1, 3, 3].map((value) => [value]);
  const same = await confusionRdm(values, flat);
  expect(Array.from(same.shares.data)).toEqual([0.5, 0.5, 0.5, 0.5]);
  const constant = await confusionRdm(
    values.map(() => [2]),
    flat,
  );
  expect(constant.accuracy).toBeNaN();
  const gap = await confusionRdm(
    values.map(([v], at) => [at === 7 ? NaN : v]),
    flat,
  );
  expect(gap.accuracy).toBeNaN();
});

test("a fold without an item, a single fold, a hidden option and a signal", async () => {
  const odd = { labels: ["a", "b", "a"], folds: [1, 1, 2], ...quiet };
  await expect(confusionRdm([[1], [2], [3]], odd)).rejects.toThrow("no trial of b");
  const one = { labels: ["a", "b"], folds: [1, 1], ...quiet };
  await expect(confusionRdm([[1], [2]], one)).rejects.toThrow("give two or more");
  const hidden: object = { labels, folds, classifier: "svm" };
  await expect(confusionRdm(trials, hidden as typeof one)).rejects.toThrow("classifier");
  const stopped = { labels, folds, ...quiet, signal: AbortSignal.abort() };
  await expect(confusionRdm(trials, stopped)).rejects.toMatchObject({ code: "CANCELLED" });
});
