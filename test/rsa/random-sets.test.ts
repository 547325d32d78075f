import { expect, test } from "vitest";
import { evalBootstrapCrossval, weightedModel } from "../../src/rsa/index.ts";
import { EvalResult } from "../../src/rsa/eval-result.ts";
import { CrossvalSamples } from "../../src/rsa/eval/crossval-samples.ts";
import { foldScores } from "../../src/rsa/eval/fold.ts";
import { drawnFolds } from "../../src/rsa/eval/k-folds.ts";
import { evalProblem } from "../../src/rsa/eval/problem.ts";
import { oneRandomFold } from "../../src/rsa/eval/random-folds.ts";
import { random } from "../../src/core/random.ts";
import { renamed } from "../../src/rdm/index.ts";
import { rdmsOf } from "../rdm/toolbox-rest.ts";
import {
  largestDifference,
  numbersOf,
  readReference,
  type ReferenceArray,
} from "../reference/read-reference.ts";

interface Part {
  readonly rdms: number[];
  readonly items: number[];
}
const reference = readReference<
  { samples: (Part & { sets: { train: Part; test: Part }[] })[]; dof: number } & Record<
    "base" | "data" | "evaluations" | "modelVar" | "diffVar" | "means" | "sem",
    ReferenceArray
  >
>("questions/random-sets.json");

const base = rdmsOf(reference.base);
const data = rdmsOf(reference.data);
const models = [renamed(base[0], "one"), weightedModel(base, { name: "both" })];
const quiet = { onProgress: false } as const;

test("scores and variances of random sets in bootstrap samples are rsatoolbox's, on its draws", async () => {
  const problem = evalProblem(models, data, { method: "corr", ...quiet });
  const { samples } = reference;
  const table = new CrossvalSamples(2, samples.length, 1, 2);
  for (const [s, { items, sets }] of samples.entries()) {
    const row: number[] = [];
    for (const { train, test: tested } of sets) {
      // There a set names each item once, and the sample its copies.
      const copies = ({ rdms, items: own }: Part) => ({
        rdms,
        items: items.filter((item) => own.includes(item)),
      });
      const fold = { train: copies(train), test: copies(tested) };
      const { scores } = await foldScores(problem, fold, { by: "regress" });
      row.push(...scores, NaN, NaN);
    }
    table.enterRow(s, Float64Array.of(...row, 0));
  }
  const found = table.result("both", 7, 14);
  expect(
    largestDifference(found.samples.scores.data, numbersOf(reference.evaluations)),
  ).toBeLessThan(1e-9);
  expect(largestDifference(found.samples.means, numbersOf(reference.means))).toBeLessThan(1e-9);
  expect(largestDifference(found.variances.models, numbersOf(reference.modelVar))).toBeLessThan(
    1e-9,
  );
  expect(found.variances.differences[1]).toBeCloseTo(numbersOf(reference.diffVar)[0], 9);
  expect(found.variances.dof).toBe(reference.dof);
});

test("a sample's random set tests so many different ones, copies together, and trains with the others", () => {
  const problem = evalProblem(models, data, { method: "corr", ...quiet });
  const lot = random(3);
  const split = oneRandomFold(lot, { testItems: 4, testRdms: 2 });
  for (const { items, rdms } of reference.samples) {
    const made = drawnFolds({ items, rdms }, problem.groups, 14, split);
    const [{ train, test: tested }] = made?.folds ?? [];
    const [trained, held] = [train, tested].map((part) => new Set(Array.from(part.items)));
    expect(held.size).toBe(4);
    expect(new Set(Array.from(tested.rdms)).size).toBe(2);
    expect([...held].some((item) => trained.has(item))).toBe(false);
    expect(train.items.length + tested.items.length).toBe(14);
    expect(train.rdms.length + tested.rdms.length).toBe(7);
  }
  const few = { items: [0, 1, 2, 3, 4, 5], rdms: [0, 1, 2] };
  expect(drawnFolds(few, problem.groups, 14, split)).toBeUndefined();
  expect(
    drawnFolds({ ...few, items: [0, 1, 2, 3, 4, 5, 6] }, problem.groups, 14, split),
  ).toBeDefined();
  expect(
    drawnFolds({ items: [0, 1, 2, 3, 4, 5, 6], rdms: [1, 2, 2] }, problem.groups, 14, split),
  ).toBeUndefined();
});

test("evalBootstrapCrossval draws them: by the seed, with one value for each split", async () => {
  const options = { method: "corr", samples: 12, seed: 4, by: "regress", ...quiet } as const;
  const run = (more: object) => evalBootstrapCrossval(models, data, { ...options, ...more });
  const found = await run({ testItems: 4, testRdms: 2, repeats: 3 });
  expect(found.scores.shape).toEqual([12, 2, 3]);
  expect(found.kind).toBe("bootstrapped cross-validation");
  expect(found.sem?.every((error) => error > 0)).toBe(true);
  const same = await run({ testItems: 4, testRdms: 2, repeats: 3 });
  expect(same.scores.data).toEqual(found.scores.data);
  const whole = await run({ testItems: 0 });
  expect(whole.scores.shape).toEqual([12, 2, 2]);
  // Nothing is split: both repeats are the same fit.
  const { data: scores } = whole.scores;
  expect(
    Array.from({ length: 24 }, (_, at) => scores[2 * at] === scores[2 * at + 1]),
  ).not.toContain(false);
});

test("what cannot be split so is refused", async () => {
  const run = (more: object) =>
    evalBootstrapCrossval(models, data, { samples: 2, ...quiet, ...more });
  await expect(run({ testItems: 4, kItems: 2 })).rejects.toThrow("one or the other");
  await expect(run({ testRdms: 1, kRdms: 2 })).rejects.toThrow("one or the other");
  await expect(run({ testItems: 2 })).rejects.toThrow("3 to 11");
  await expect(run({ testItems: 12 })).rejects.toThrow("3 to 11");
  await expect(run({ testRdms: 7 })).rejects.toThrow("1 to 6");
  // Allowed of all, but no sample has as many different ones.
  await expect(run({ testItems: 11 })).rejects.toThrow("14 different items in a sample");
  await expect(run({ testItems: 11 })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  await expect(run({ testRdms: 6 })).rejects.toThrow(/testRdms.*7 different data RDMs/);
});

test("a variance that the correction makes negative gives no standard error and no test, and is said", () => {
  const table = new CrossvalSamples(2, 40, 1, 2);
  for (let sample = 0; sample < 40; sample++) {
    const row = [0, 1].flatMap((repeat) => {
      // What is gained in one split of a sample is lost in the other: only splits differ, not samples.
      const split = (sample + repeat) % 2 === 0 ? 0.2 : -0.2;
      return [0.3 + split, 0.3 + 0.1 * Math.sin(sample), 0.5, 0.6];
    });
    table.enterRow(sample, Float64Array.of(...row, 0));
  }
  const result = new EvalResult({
    ...{ kind: "bootstrapped cross-validation", resampled: "both", method: "corr" },
    ...{ models: ["torn", "steady"], nRdms: 8, nItems: 12, notes: [] },
    ...table.result("both", 8, 12),
  });
  expect(result.sem?.[0]).toBeNaN();
  expect(result.sem?.[1]).toBeGreaterThan(0.01);
  expect(result.ci?.lower[0]).toBeNaN();
  expect(result.tests?.zero.p[0]).toBeNaN();
  expect(result.notes).toHaveLength(1);
  expect(result.notes[0]).toContain("The variance of torn is below 0 after the correction");
  expect(result.summary()).toContain("torn: 0.300 ± undefined, no p against 0");
});
