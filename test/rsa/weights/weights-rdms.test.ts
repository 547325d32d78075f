import { describe, expect, test } from "vitest";
import { Rdm } from "../../../src/rdm/index.ts";
import { fitWeighted, noiseCeiling, rsa, weightsRdms } from "../../../src/rsa/index.ts";
import { nonNegativeWeights } from "../../../src/rsa/weights/non-negative-weights.ts";
import {
  largestDifference,
  numbersOf,
  readReference,
  type ReferenceArray,
} from "../../reference/read-reference.ts";

interface Case {
  readonly name: string;
  readonly input: {
    readonly data: ReferenceArray;
    readonly models: ReferenceArray;
    readonly icpt?: boolean;
    readonly ridge?: number;
    readonly foldOfItem: ReferenceArray;
    readonly method: "corr" | "cosine" | "spearman";
    readonly gram: ReferenceArray;
    readonly b: ReferenceArray;
  };
  readonly expected: Readonly<Record<string, ReferenceArray>>;
}

const { cases } = readReference<{ cases: readonly Case[] }>("./questions/weights.json");
const quiet = { onProgress: false } as const;
const find = (name: string): Case => cases.filter((one) => one.name === name)[0];

/** The last axis as vectors. */
function rowsOf(array: ReferenceArray): Float64Array[] {
  const width = array.shape[array.shape.length - 1];
  const all = numbersOf(array);
  return Array.from({ length: all.length / width }, (_, at) =>
    all.slice(at * width, (at + 1) * width),
  );
}

function foldsOf(array: ReferenceArray): number[][] {
  const folds: number[][] = [];
  numbersOf(array).forEach((fold, item) => (folds[fold] ??= []).push(item));
  return folds;
}

describe("fitted weights are those of scipy's nnls", () => {
  const plain = cases.filter(({ name }) => name.startsWith("non-negative weights"));
  test.each(plain)("$name", async ({ input, expected }) => {
    const how = { intercept: input.icpt ?? false, ridgeWeight: input.ridge ?? 0, ...quiet };
    const found = await weightsRdms(rowsOf(input.data), rowsOf(input.models), how);
    expect(largestDifference(found.of("fitted").scores, numbersOf(expected.weights))).toBeLessThan(
      1e-9,
    );
    if (expected.unconstrained === undefined) return;
    const free = await weightsRdms(rowsOf(input.data), rowsOf(input.models), {
      ...how,
      nonNegative: false,
    });
    expect(
      largestDifference(free.of("fitted").scores, numbersOf(expected.unconstrained)),
    ).toBeLessThan(1e-9);
  });

  test("from products of models alone", () => {
    const { input, expected } = find("Gram form");
    const [gram, b] = [numbersOf(input.gram), numbersOf(input.b)];
    const windows = expected.weights.shape[0];
    for (let w = 0; w < windows; w++) {
      const products = Float64Array.from({ length: 3 }, (_, m) => b[m * windows + w]);
      const wanted = numbersOf(expected.weights).slice(w * 3, w * 3 + 3);
      expect(largestDifference(nonNegativeWeights(gram, products), wanted)).toBeLessThan(1e-9);
    }
  });
});

describe("weights fitted on other items and people", () => {
  test.each(["pearson", "spearman"] as const)("%s", async (scoreBy) => {
    const { input, expected } = find(
      `weights fitted on other items and other subjects, ${scoreBy}`,
    );
    const [nWindows, nPeople, nFolds] = expected.weights.shape;
    const all = rowsOf(input.data);
    const how = {
      itemFolds: foldsOf(input.foldOfItem),
      scoreBy,
      intercept: false,
      leaveOut: "items-and-people",
      ...quiet,
    } as const;
    const wanted = numbersOf(expected.scores);
    for (let w = 0; w < nWindows; w++) {
      const people = all.slice(w * nPeople, (w + 1) * nPeople);
      const found = await weightsRdms(people, rowsOf(input.models), how);
      const table = found.foldTable();
      const size = nPeople * nFolds;
      const weights = ["model 1", "model 2", "model 3"].map((name) =>
        table.column(`weight of ${name}`),
      );
      const scores = ["weighted models", "model 1", "mean of the others"].map((name) =>
        table.column(name),
      );
      const stacked = (columns: typeof scores) =>
        Array.from({ length: size * 3 }, (_, at) => Number(columns[at % 3][Math.floor(at / 3)]));
      expect(
        largestDifference(
          stacked(weights),
          numbersOf(expected.weights).slice(w * size * 3, (w + 1) * size * 3),
        ),
      ).toBeLessThan(1e-9);
      expect(
        largestDifference(stacked(scores), wanted.slice(w * size * 3, (w + 1) * size * 3)),
      ).toBeLessThan(1e-9);
    }
  });

  test("test pairs with one item in the fold", async () => {
    const { input, expected } = find("test pairs = any item in the fold");
    const [nFolds, nWindows] = expected.pearson.shape;
    const how = {
      itemFolds: foldsOf(input.foldOfItem),
      testPairs: "any",
      intercept: false,
      ...quiet,
    } as const;
    const table = (await weightsRdms(rowsOf(input.data), rowsOf(input.models), how)).foldTable();
    const scores = table.column("weighted models");
    const wanted = numbersOf(expected.pearson);
    for (let w = 0; w < nWindows; w++)
      for (let f = 0; f < nFolds; f++)
        expect(scores[w * nFolds + f]).toBeCloseTo(wanted[f * nWindows + w], 9);
  });
});

describe("scores and ceilings in every window", () => {
  test.each(cases.filter(({ name }) => name.startsWith("ceiling")))(
    "$name",
    async ({ input, expected }) => {
      const [nWindows, nPeople] = input.data.shape;
      const { method } = input;
      const all = rowsOf(input.data);
      const models = rowsOf(input.models);
      for (let w = 0; w < nWindows; w++) {
        const people = all.slice(w * nPeople, (w + 1) * nPeople);
        const ceiling = await noiseCeiling(people, { method, ...quiet });
        expect(ceiling.lower).toBeCloseTo(numbersOf(expected.lower)[w], 9);
        expect(ceiling.upper).toBeCloseTo(numbersOf(expected.upper)[w], 9);
        const { scores } = rsa(people, models, { metric: method });
        const wanted = numbersOf(expected.scores).slice(w * 3 * nPeople, (w + 1) * 3 * nPeople);
        expect(
          largestDifference(
            scores.map((_, at) => scores[(at % nPeople) * 3 + Math.floor(at / nPeople)]),
            wanted,
          ),
        ).toBeLessThan(1e-9);
      }
    },
  );

  test.each(cases.filter(({ name }) => name.startsWith("rsatoolbox")))(
    "$name",
    ({ input, expected }) => {
      const [nWindows, nPeople] = input.data.shape;
      const all = rowsOf(input.data);
      const theta = numbersOf(expected.theta);
      for (let w = 0; w < nWindows; w++) {
        const people = all.slice(w * nPeople, (w + 1) * nPeople);
        const found = fitWeighted(rowsOf(input.models), people, {
          method: input.method,
          by: "regress-nonnegative",
        });
        expect(largestDifference(found.theta, theta.slice(w * 3, w * 3 + 3))).toBeLessThan(1e-8);
      }
    },
  );
});

const items = Array.from({ length: 12 }, (_, at) => `i${at}`);
const pairs = (f: (pair: number) => number) =>
  Float64Array.from({ length: 66 }, (_, pair) => f(pair));
const x = new Rdm(
  pairs((p) => Math.sin(p * p) + 2),
  { items, name: "x" },
);
const y = new Rdm(
  pairs((p) => Math.cos(3 * p * p) + 2),
  { items, name: "y" },
);
const both = new Rdm(
  pairs((p) => x.condensed[p] + 3 * y.condensed[p]),
  { items },
);

test("items of data, models and folds are matched by label", async () => {
  const { reorder } = await import("../../../src/rdm/index.ts");
  const folds = [items.slice(0, 4), items.slice(4, 8), items.slice(8)];
  const turned = [...items].reverse();
  const found = await weightsRdms(both, [x, y], { itemFolds: folds, ...quiet });
  const same = await weightsRdms(reorder(both, turned), [x, reorder(y, turned)], {
    itemFolds: folds.map((f) => [...f].reverse()),
    ...quiet,
  });
  expect(largestDifference(same.of("weight").scores, found.of("weight").scores)).toBeLessThan(
    1e-12,
  );
  expect(largestDifference(found.of("weight").scores, [1, 3])).toBeLessThan(1e-12);
  expect(found.of("score").score(0, "weighted models")).toBeCloseTo(1, 12);
});

test("a constant data RDM has no weights, and none is 0", async () => {
  const found = await weightsRdms(new Float64Array(66).fill(3), [x.condensed, y.condensed], quiet);
  for (const quantity of ["score", "weight", "fitted"] as const)
    expect(found.of(quantity).scores.every(Number.isNaN)).toBe(true);
});

test("a gap makes scores NaN, unless its pair is left out of everybody's", async () => {
  const gap = new Rdm(
    both.condensed.map((v, pair) => (pair === 7 ? NaN : v)),
    { items },
  );
  const plain = await weightsRdms(gap, [x, y], quiet);
  expect(plain.of("score").scores.every(Number.isNaN)).toBe(true);
  const left = await weightsRdms(gap, [x, y], { ignoreNan: true, ...quiet });
  expect(largestDifference(left.of("fitted").scores, [1, 3])).toBeLessThan(1e-12);
  const people = await weightsRdms([gap, both], [x, y], {
    ignoreNan: true,
    leaveOut: "items-and-people",
    ...quiet,
  });
  expect(largestDifference(people.of("weight").scores, [1, 3, 1, 3])).toBeLessThan(1e-12);
});

test("where every weight is 0 the folds have no score, and are counted", async () => {
  const against = new Rdm(
    x.condensed.map((v) => -v),
    { items },
  );
  const found = await weightsRdms(against, x, {
    itemFolds: [items.slice(0, 6), items.slice(6)],
    ...quiet,
  });
  expect(found.of("scoredFolds").single()).toBe(0);
  expect(found.of("score").score(0, "weighted models")).toBeNaN();
  expect(found.of("fitted").single()).toBe(0);
});

test("models said twice share no weight, and the sum is right", async () => {
  const twin = new Rdm(x.condensed, { items, name: "twin" });
  const found = await weightsRdms(both, [x, twin, y], quiet);
  const [a, b, c] = found.of("fitted").scores;
  expect(a + b).toBeCloseTo(1, 10);
  expect(c).toBeCloseTo(3, 10);
});

test("more than six models are solved by the active set, to the same weights", () => {
  const gram = Float64Array.from({ length: 49 }, (_, at) => (at % 8 === 0 ? 2 : 0.5));
  const b = Float64Array.of(1, -1, 2, 0.3, -0.2, 0, 4);
  const found = nonNegativeWeights(gram, b);
  const kept = [0, 1, 2, 3, 4, 6];
  const part = Float64Array.from(
    { length: 36 },
    (_, at) => gram[kept[Math.floor(at / 6)] * 7 + kept[at % 6]],
  );
  const six = nonNegativeWeights(
    part,
    Float64Array.from(kept, (m) => b[m]),
  );
  kept.forEach((m, at) => expect(found[m]).toBeCloseTo(six[at], 12));
});

test("folds that are no lists are refused by name", async () => {
  for (const itemFolds of [[null, items], [undefined, items], ["abc", items], {}, [3]] as never[])
    await expect(weightsRdms(both, [x, y], { itemFolds, ...quiet })).rejects.toThrow("itemFolds");
});

test("what cannot be fitted is refused", async () => {
  const flat = new Rdm(new Float64Array(66).fill(1), { items, name: "flat" });
  await expect(weightsRdms(both, [x, flat], quiet)).rejects.toThrow("flat");
  await expect(weightsRdms(both, [x, y], { itemFolds: 5, ...quiet })).rejects.toThrow("2 to 4");
  await expect(
    weightsRdms(both, [x, y], { itemFolds: [items.slice(0, 4)], ...quiet }),
  ).rejects.toThrow("in no fold");
  await expect(weightsRdms(both, [x, y], { itemFolds: [items, items], ...quiet })).rejects.toThrow(
    "twice",
  );
  await expect(
    weightsRdms(both, [x, y], { itemFolds: [["nobody", "i1", "i2"], items.slice(3)], ...quiet }),
  ).rejects.toThrow("nobody");
  await expect(
    weightsRdms(both, [x, y], { leaveOut: "items-and-people", ...quiet }),
  ).rejects.toThrow("two people");
  await expect(
    weightsRdms(both, [x, new Rdm(y.condensed, { items, name: "weighted models" })], quiet),
  ).rejects.toThrow("rename");
});
