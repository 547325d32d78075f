import { random } from "../../../src/stats/index.ts";
import { describe, expect, test } from "vitest";
import {
  classifierRdm,
  computeRdmCv,
  ldtRdm,
  type ClassifierRdmOptions,
} from "../../../src/rdm/index.ts";
import { cholesky } from "../../../src/linalg/cholesky.ts";
import { autoCovariance } from "../../../src/rdm/classifiers/lda.ts";
import { pseudoTrials } from "../../../src/rdm/classifiers/pseudo-trials.ts";
import {
  largestDifference,
  matrixOf,
  numbersOf,
  readReference,
  type ReferenceArray,
} from "../../reference/read-reference.ts";

interface Case {
  readonly name: string;
  readonly input: Readonly<Record<"X" | "item" | "chunk" | "precision" | "halfA", ReferenceArray>>;
  readonly expected: Readonly<Record<string, ReferenceArray>>;
}
const { cases } = readReference<{ cases: readonly Case[] }>("./questions/classifiers.json");
const find = (start: string): Case => cases.filter(({ name }) => name.startsWith(start))[0];
const quiet = { onProgress: false } as const;
const labelled = ({ X, item, chunk }: Case["input"]) => ({
  trials: matrixOf(X),
  how: { labels: Array.from(numbersOf(item)), folds: Array.from(numbersOf(chunk)), ...quiet },
});

type How = Partial<ClassifierRdmOptions>;
const named: [name: string, options: How, tolerance: number][] = [
  ["lda, CoSMo, regularisation 0.01", {}, 1e-9],
  ["lda, CoSMo, regularisation 0.5", { regularisation: 0.5 }, 1e-9],
  [
    "lda, scikit-learn lsqr, shrinkage 0.1",
    { classifier: "lda-lsqr", shrinkage: 0.1, priors: "counts" },
    1e-9,
  ],
  ["lda, scikit-learn lsqr, shrinkage auto", { classifier: "lda-lsqr", priors: "counts" }, 1e-9],
  ["lda, scikit-learn svd", { classifier: "lda-svd", priors: "counts" }, 1e-9],
  ["svm", { classifier: "svm" }, 1e-4],
  ["pseudo-trials", { pseudoTrials: 3 }, 1e-9],
];

describe("classifiers agree with CoSMoMVPA's formula and scikit-learn", () => {
  test.each(named)("%s", async (name, options, tolerance) => {
    const { input, expected } = find(name);
    const { trials, how } = labelled(input);
    const accuracy = await classifierRdm(trials, { ...how, ...options });
    expect(largestDifference(accuracy.condensed, numbersOf(expected.accuracy))).toBeLessThan(1e-9);
    const decision = await classifierRdm(trials, { ...how, ...options, measure: "decision" });
    const wanted = expected.decision ?? expected.decisionTolerance1e4;
    expect(largestDifference(decision.condensed, numbersOf(wanted))).toBeLessThan(tolerance);
  });

  test("unbalanced repeats: by counts as scikit-learn, by equal priors chance stays at 0.5", async () => {
    const { input, expected } = find("unbalanced");
    const { trials, how } = labelled(input);
    const options = { ...how, classifier: "lda-lsqr", shrinkage: 0.1, balanced: false } as const;
    for (const [priors, end] of [
      ["counts", ""],
      ["equal", "EqualPriors"],
    ] as const) {
      const accuracy = await classifierRdm(trials, { ...options, priors });
      expect(
        largestDifference(accuracy.condensed, numbersOf(expected[`accuracy${end}`])),
      ).toBeLessThan(1e-9);
      const decision = await classifierRdm(trials, { ...options, priors, measure: "decision" });
      expect(
        largestDifference(decision.condensed, numbersOf(expected[`decision${end}`])),
      ).toBeLessThan(1e-9);
    }
  });

  test("the shrunk covariance of a pair", () => {
    const { input, expected } = find("scikit-learn 'auto'");
    const { data, shape } = matrixOf(input.X);
    const item = numbersOf(input.item);
    const names = [...new Set(item)].sort((a, b) => a - b);
    const rows = names.map((name) => Array.from(item.keys()).filter((row) => item[row] === name));
    const classes = { data, nFeatures: shape[1], first: rows[0], second: rows[1] };
    const [a, b] = rows.map((own) => autoCovariance(classes, own));
    const [p, q] = rows.map((own) => own.length / item.length);
    expect(
      largestDifference(
        a.map((v, at) => p * v + q * b[at]),
        numbersOf(expected.covariance),
      ),
    ).toBeLessThan(1e-10);
  });

  test("pseudo-trials never cross a fold or an item", () => {
    const { input, expected } = find("pseudo-trials");
    const { data, shape } = matrixOf(input.X);
    const fold = Int32Array.from(numbersOf(input.chunk));
    const item = Int32Array.from(numbersOf(input.item));
    const found = pseudoTrials({ data, nFeatures: shape[1], item, fold, nFolds: 4 }, 5, 3, 0);
    expect(largestDifference(found.data, numbersOf(expected.pseudoTrials))).toBeLessThan(1e-12);
    const two = pseudoTrials({ data, nFeatures: shape[1], item, fold, nFolds: 4 }, 5, 2, 0);
    expect(two.item).toHaveLength(20);
  });
});

test.each(cases.filter(({ name }) => name.startsWith("LDC")))(
  "$name is crossnobis, whitened by its precision",
  ({ input, expected }) => {
    const { trials, how } = labelled(input);
    const precision = input.precision === null ? undefined : numbersOf(input.precision);
    const lower = precision === undefined ? undefined : cholesky(precision, 8);
    const white = Float64Array.from({ length: 480 }, (_, at) => {
      const [row, f] = [Math.floor(at / 8), at % 8];
      if (lower === undefined) return trials.data[at];
      return Array.from(
        { length: 8 },
        (_, k) => trials.data[row * 8 + k] * lower[k * 8 + f],
      ).reduce((a, b) => a + b);
    });
    const means = Float64Array.from({ length: 4 * 5 * 8 }, (_, at) => {
      const [fold, item, f] = [Math.floor(at / 40), Math.floor(at / 8) % 5, at % 8];
      const rows = Array.from({ length: 60 }, (_, row) => row).filter(
        (row) => how.labels[row] === item && how.folds[row] === fold,
      );
      return rows.reduce((sum, row) => sum + white[row * 8 + f] / rows.length, 0);
    });
    const rdm = computeRdmCv({ data: means, shape: [4, 5, 8] }, { metric: "sqeuclidean" });
    expect(
      largestDifference(
        rdm.condensed.map((d) => d / 8),
        numbersOf(expected.ldc),
      ),
    ).toBeLessThan(1e-9);
  },
);

test("LD-t is the mean of both directions", () => {
  const { input, expected } = find("LD-t");
  const { trials, how } = labelled(input);
  const halves = input.halfA.data.map((inA) => (Number(inA) === 1 || inA === true ? "A" : "B"));
  const rdm = ldtRdm(trials, { labels: how.labels, halves });
  expect(largestDifference(rdm.condensed, numbersOf(expected.ldt))).toBeLessThan(1e-8);
});

test("labels give the items, whatever the order of the trials", async () => {
  const { input } = find("lda, CoSMo, regularisation 0.01");
  const { trials, how } = labelled(input);
  const order = Array.from({ length: 60 }, (_, at) => (at * 7) % 60);
  const data = Float64Array.from(
    order.flatMap((row) => Array.from(trials.data.slice(row * 8, row * 8 + 8))),
  );
  const turned = {
    labels: order.map((row) => how.labels[row]),
    folds: order.map((row) => how.folds[row]),
    ...quiet,
  };
  const [a, b] = [
    await classifierRdm(trials, how),
    await classifierRdm({ data, shape: [60, 8] }, turned),
  ];
  expect(largestDifference(b.condensed, a.condensed)).toBeLessThan(1e-12);
  const some = await classifierRdm(trials, { ...how, items: ["3", "1"] });
  expect(some.between("3", "1")).toBeCloseTo(a.between("1", "3"), 12);
});

test("repeats of pseudo-trials are drawn anew, by seed", async () => {
  const { input } = find("lda, CoSMo, regularisation 0.01");
  const { trials, how } = labelled(input);
  const run = (repeats: number, seed: number) =>
    classifierRdm(trials, { ...how, measure: "decision", pseudoTrials: 2, repeats, seed });
  expect((await run(1, 0)).condensed).toEqual((await run(1, 0)).condensed);
  const both = (await run(2, 0)).condensed;
  const [first, second] = [(await run(1, 0)).condensed, (await run(1, 1)).condensed];
  expect(
    largestDifference(
      both,
      first.map((v, at) => (v + second[at]) / 2),
    ),
  ).toBeLessThan(1e-12);
});

test("without draws repeats change nothing, to the last bit", async () => {
  const { input } = find("lda, CoSMo, regularisation 0.01");
  const { trials, how } = labelled(input);
  const once = await classifierRdm(trials, how);
  const often = await classifierRdm(trials, { ...how, repeats: 49 });
  expect(often.condensed).toEqual(once.condensed);
});

test("what cannot be told apart is NaN or refused, never 0", async () => {
  const { input } = find("lda, CoSMo, regularisation 0.01");
  const { trials, how } = labelled(input);
  const gap = { ...trials, data: trials.data.map((v, at) => (at === 0 ? NaN : v)) };
  const rdm = await classifierRdm(gap, how);
  expect(rdm.between("0", "1")).toBeNaN();
  expect(rdm.between("2", "1")).not.toBeNaN();
  const flat = await classifierRdm({ data: new Float64Array(480), shape: [60, 8] }, how);
  expect(flat.condensed.every(Number.isNaN)).toBe(true);
  for (const classifier of ["lda-lsqr", "svm"] as const)
    expect((await classifierRdm(gap, { ...how, classifier })).between("0", "1")).toBeNaN();
  await expect(classifierRdm(trials, { ...how, folds: how.folds.map(() => 1) })).rejects.toThrow(
    "1 fold",
  );
  await expect(classifierRdm(trials, { ...how, labels: how.labels.slice(1) })).rejects.toThrow(
    "60 labels",
  );
  const lacking = how.labels.map((label, row) =>
    label === 4 && how.folds[row] === how.folds[0] ? 3 : label,
  );
  await expect(classifierRdm(trials, { ...how, labels: lacking })).rejects.toThrow("no trial of 4");
  await expect(classifierRdm(trials, { ...how, signal: AbortSignal.abort() })).rejects.toThrow(
    /cancel/i,
  );
  expect(() => ldtRdm(trials, { labels: how.labels, halves: how.folds })).toThrow("4 different");
});

test("a machine that does not converge says nothing, and scaled features mend it", async () => {
  const rng = random(3);
  const [labels, folds] = [
    Array.from({ length: 40 }, (_, at) => "ab"[at % 2]),
    Array.from({ length: 40 }, (_, at) => Math.floor(at / 10)),
  ];
  const trials = labels.map(() => Array.from({ length: 3 }, () => 1000 * rng.normal()));
  const how = { labels, folds, classifier: "svm", ...quiet } as const;
  expect((await classifierRdm(trials, how)).condensed[0]).toBeNaN();
  const scaled = trials.map((row) => row.map((value) => value / 1000));
  expect((await classifierRdm(scaled, how)).condensed[0]).not.toBeNaN();
});

test("a trial on the border counts half", async () => {
  const trials = [[0], [0], [-2], [2], [-1], [1]];
  const labels = ["a", "b", "a", "b", "a", "b"];
  const rdm = await classifierRdm(trials, { labels, folds: [1, 1, 2, 2, 3, 3], ...quiet });
  expect(rdm.between("a", "b")).toBeCloseTo(2.5 / 3, 12);
});

test("labels, folds and halves are as many as trials, neither fewer nor more", async () => {
  const trials = [[0], [1], [2], [3]];
  const [labels, folds] = [
    ["a", "b", "a", "b"],
    [1, 1, 2, 2],
  ];
  for (const wrong of [folds.slice(1), [...folds, 2]]) {
    await expect(classifierRdm(trials, { labels, folds: wrong, ...quiet })).rejects.toThrow(
      /4 folds, one for each trial/,
    );
    expect(() => ldtRdm(trials, { labels, halves: wrong })).toThrow(/4 halves, one for each trial/);
  }
  await expect(
    classifierRdm(trials, { labels: [...labels, "a"], folds, ...quiet }),
  ).rejects.toThrow(/4 labels/);
});

describe("scikit-learn's svd discriminant where features are many, constant or the same", () => {
  interface SvdCase {
    readonly name: string;
    readonly X: readonly (readonly number[])[];
    readonly labels: readonly string[];
    readonly folds: readonly number[];
    readonly accuracy: readonly number[];
    readonly decision: readonly number[];
  }
  const svdCases = readReference<readonly SvdCase[]>("./questions/lda-svd.json");
  const run = ({ X, labels, folds }: SvdCase, measure: "accuracy" | "decision") =>
    classifierRdm(X, { labels, folds, measure, classifier: "lda-svd", ...quiet });

  test.each(svdCases.map((one) => [one.name, one] as const))("%s", async (_, one) => {
    expect(Array.from((await run(one, "accuracy")).condensed)).toEqual(one.accuracy);
    const { condensed } = await run(one, "decision");
    one.decision.forEach((wanted, pair) =>
      expect(Math.abs(condensed[pair] / wanted - 1)).toBeLessThan(1e-7),
    );
  });

  test("a feature constant within items counts for nothing, where rounding makes scikit-learn's 1e31", async () => {
    const [one] = svdCases.filter(({ name }) => name === "a feature constant within items");
    const without = { ...one, X: one.X.map((row) => row.filter((_, f) => f !== 1)) };
    const tenths = {
      ...one,
      X: one.X.map((row, at) =>
        row.map((x, f) => (f === 1 ? (one.labels[at] === "a" ? 0.1 : 0.7) : x)),
      ),
    };
    const wanted = (await run(without, "decision")).condensed;
    const found = (await run(tenths, "decision")).condensed;
    expect(largestDifference(found, wanted)).toBeLessThan(1e-9);
  });

  test("nothing that varies, or NaN, is no classifier", async () => {
    const [one] = svdCases;
    const still = { ...one, X: one.X.map(() => [1, 2]) };
    const lacking = { ...one, X: one.X.map((row, at) => [at === 0 ? NaN : row[0], row[1]]) };
    expect(Array.from((await run(still, "accuracy")).condensed)).toEqual([NaN, NaN, NaN]);
    expect((await run(lacking, "accuracy")).between("a", "b")).toBeNaN();
    expect((await run(lacking, "accuracy")).between("b", "c")).not.toBeNaN();
  });
});
