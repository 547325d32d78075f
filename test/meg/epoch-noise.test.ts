import { describe, expect, test } from "vitest";
import { epochsFromArray } from "../../src/meg/epochs-from-array.ts";
import { rdmEpochs } from "../../src/meg/rdm-epochs.ts";
import { rsaEpochs } from "../../src/meg/rsa-epochs.ts";
import { rdmFromMeasurements } from "../../src/rdm/patterns/rdm-from-measurements.ts";
import { Rdm } from "../../src/rdm/rdm.ts";
import type { CovarianceMethod } from "../../src/stats/covariance/index.ts";
import { random } from "../../src/stats/random.ts";
import {
  largestDifference,
  matrixOf,
  numbersOf,
  type ReferenceArray,
} from "../reference/read-reference.ts";
import { readCases } from "../reference/glm/read.ts";

interface WindowCase {
  readonly name: string;
  readonly kind: string;
  readonly covariance: CovarianceMethod;
  readonly noiseFrom: "all" | "window";
  readonly window: readonly [number, number];
  readonly epochs: ReferenceArray;
  readonly items: readonly string[];
  readonly runs: readonly number[];
  readonly expected: { readonly items: string[]; readonly condensed: ReferenceArray };
}

describe("crossnobis of a window of sensors", () => {
  test.each(readCases<WindowCase>("noise-crossnobis").filter(({ kind }) => kind === "window"))(
    "$name",
    async ({ epochs, window, items, runs, covariance, noiseFrom, expected }) => {
      const data = epochsFromArray(matrixOf(epochs), { sfreqHz: 100 });
      const [from, to] = window;
      const rdm = await rdmEpochs(data, {
        labels: items,
        folds: runs,
        metric: "crossnobis",
        noise: { from: noiseFrom, method: covariance },
        tminS: data.times[from],
        tmaxS: data.times[to],
      }).first();
      expect(rdm.items).toEqual(expected.items);
      expect(largestDifference(rdm.condensed, numbersOf(expected.condensed))).toBeLessThan(1e-9);
    },
  );
});

const items = ["a", "b", "c"];
const labels = Array.from({ length: 24 }, (_, at) => items[at % 3]);
const folds = Array.from({ length: 24 }, (_, at) => `run ${Math.floor(at / 12)}`);

/** Normal noise of 4 sensors that share some of it. */
function made(seed: number, nSamples = 6) {
  const draw = random(seed);
  const data = Float64Array.from({ length: 24 * 4 * nSamples }, () => draw.normal());
  for (let at = 0; at < data.length; at += 4 * nSamples)
    for (let t = 0; t < nSamples; t++) data[at + nSamples + t] += 0.7 * data[at + t];
  return epochsFromArray({ data, shape: [24, 4, nSamples] }, { sfreqHz: 100, tminS: -0.03 });
}

test("windows that slide have the noise of their own samples", async () => {
  const epochs = made(1);
  const options = { labels, folds, metric: "crossnobis", noise: "window" } as const;
  const all = await rdmEpochs(epochs, { ...options, temporalRadiusS: 0.01 }).toArray();
  expect(all.length).toBe(4);
  const alone = await rdmEpochs(epochs, { ...options, tminS: -0.02, tmaxS: 0.01 }).first();
  expect(largestDifference(all[1].condensed, alone.condensed)).toBeLessThan(1e-12);
});

test("a covariance for each fold is that of residuals of its own", async () => {
  const epochs = made(2, 1);
  const rdm = await rdmEpochs(epochs, {
    labels,
    folds,
    metric: "crossnobis",
    noise: { perRun: true },
  }).first();
  const rows = await epochs
    .read()
    .then(({ data }) => Array.from({ length: 24 }, (_, e) => data.slice(4 * e, 4 * e + 4)));
  const mean = (e: number, c: number): number => {
    const same = rows.filter(
      (_, other) => folds[other] === folds[e] && labels[other] === labels[e],
    );
    return same.reduce((sum, row) => sum + row[c], 0) / same.length;
  };
  const left = rows.map((row, e) => row.map((value, c) => value - mean(e, c)));
  const residuals = [left.slice(0, 12), left.slice(12)];
  const noise = { residuals, dof: [9, 9], perRun: true };
  const same = rdmFromMeasurements(rows, { labels, runs: folds, method: "crossnobis", noise });
  expect(largestDifference(rdm.condensed, same.condensed)).toBeLessThan(1e-10);
});

test("without effects crossnobis of epochs is 0 on average", async () => {
  const found: number[] = [];
  for (let seed = 100; seed < 160; seed++) {
    const options = { labels, folds, metric: "crossnobis", noise: "baseline" } as const;
    found.push(...(await rdmEpochs(made(seed), { ...options, tminS: 0 }).first()).condensed);
  }
  const mean = found.reduce((sum, d) => sum + d / found.length, 0);
  const sd = Math.sqrt(found.reduce((sum, d) => sum + d * d, 0) / found.length);
  expect(Math.abs(mean)).toBeLessThan((3 * sd) / Math.sqrt(60));
});

test("scores are those of the RDMs, over sensors too", async () => {
  const epochs = made(3);
  const model = new Rdm([1, 2, 3], { items, name: "m" });
  const options = {
    labels,
    folds,
    metric: "crossnobis",
    noise: "all",
    temporalRadiusS: 0.01,
  } as const;
  const scores = await rsaEpochs(epochs, model, {
    ...options,
    rsaMetric: "corr",
    onProgress: false,
  });
  const rdms = await rdmEpochs(epochs, options).toArray();
  expect(rdms.map(({ condensed }) => condensed.every(Number.isFinite))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(scores.times.length).toBe(4);
});

test("folds by a column, and an item that a fold lacks", async () => {
  const epochs = made(4);
  const lacking = labels.map((label, at) =>
    at === 2 || at === 5 || at === 8 || at === 11 ? "a" : label,
  );
  const rdm = await rdmEpochs(epochs, {
    labels: lacking,
    folds,
    metric: "crossnobis",
    noise: "all",
  }).first();
  expect([rdm.between("a", "c"), Number.isFinite(rdm.between("a", "b"))]).toEqual([NaN, true]);
});

test.each([
  ["another metric", { metric: "correlation" }, /crossnobis/],
  ["one fold", { folds: labels.map(() => 1) }, /at least two/],
  ["folds of another number", { folds: [1, 2] }, /24 folds.*2/],
  ["a number of folds beside them", { nFolds: 2 }, /pass one of the two/],
  ["a word that is not known", { noise: "basline" }, /baseline/],
  ["epochs that are all different", { labels: labels.map((_, at) => String(at)) }, /two epochs/],
])("refused: %s", async (_, more, words) => {
  const options = {
    labels,
    folds,
    metric: "crossnobis",
    noise: "all",
    ...(more as object),
  } as const;
  const run = async () => rdmEpochs(made(5), options).first();
  await expect(run()).rejects.toThrow(words);
});
