import { describe, expect, test } from "vitest";
import {
  evalCrossval,
  evalOutOfBag,
  fitModel,
  modelFamily,
  randomFolds,
  weightedModel,
} from "../../src/rsa/index.ts";
import { CrossvalSamples } from "../../src/rsa/eval/crossval-samples.ts";
import { defaultCounts } from "../../src/rsa/eval/k-folds.ts";
import { Rdm, renamed } from "../../src/rdm/index.ts";
import { casesOf, rdmsOf, rowsOf, type RestCase } from "../rdm/toolbox-rest.ts";
import { largestDifference, numbersOf, type ReferenceArray } from "../reference/read-reference.ts";

const quiet = { onProgress: false } as const;

/** The models of the cases: two fixed ones, and one that weighs all three. */
function modelsOf({ input }: RestCase) {
  const [a, b, c] = rdmsOf(input.basis);
  const all = weightedModel([a, b, c], { name: "all" });
  return [renamed(a, "first"), renamed(c, "third"), all];
}

describe("evalOutOfBag, as bootstrap_testset of rsatoolbox, each model its own score", () => {
  const resampled = { both: "both", pattern: "items", rdm: "rdms" } as const;
  const all = casesOf("out-of-bag");
  test("there are cases", () => expect(all).toHaveLength(6));

  test.each(all)("$name", async (of) => {
    const { input, expected } = of;
    const kind = /bootstrap, (\w+), (\w+)/.exec(of.name) ?? [];
    const resample = resampled[kind[1] as keyof typeof resampled];
    const rdms = rowsOf(input.rdms);
    const draws = rowsOf(input.items).map((items, at) => ({
      ...(resample === "rdms" ? {} : { items }),
      ...(resample === "items" ? {} : { rdms: rdms[at] }),
    }));
    const found = await evalOutOfBag(modelsOf(of), rdmsOf(input.data), {
      ...{ method: kind[2] as "corr", resample, draws, by: "regress", ...quiet },
    });
    expect(found.scores.shape).toEqual([8, 3, 1]);
    expect(largestDifference(found.scores.data, numbersOf(expected.scores))).toBeLessThan(1e-9);
    expect([...(found.left?.items ?? [])]).toEqual([...numbersOf(expected.nItemsLeft)]);
    expect([...(found.left?.rdms ?? [])]).toEqual([...numbersOf(expected.nRdmsLeft)]);
    expect([found.sem, found.tests, found.kind]).toEqual([
      undefined,
      undefined,
      "out-of-bag bootstrap",
    ]);
    expect(found.parameters?.[2]).toHaveLength(8);
  });

  test("a sample that leaves too little has no score, and it is said", async () => {
    const data = [1, 2].map(
      (k) => new Rdm(Float64Array.from({ length: 10 }, (_, at) => (at * k) % 7)),
    );
    const draws = [
      { items: [0, 1, 2, 2, 2], rdms: [0, 0] },
      { items: [0, 1, 0, 1, 1], rdms: [0, 1] },
      { items: [0, 1, 1, 0, 0], rdms: [0, 0] },
    ];
    const found = await evalOutOfBag(data[0], data, { draws, ...quiet });
    expect(found.scores.data.every(Number.isNaN)).toBe(true);
    expect(found.notes.join(" ")).toContain(
      "2 of 3 samples left fewer than 3 items, or no data RDM",
    );
    expect(found.means[0]).toBeNaN();
  });

  test("the same seed draws the same; a group is drawn whole", async () => {
    const [{ input }] = casesOf("out-of-bag");
    const data = rdmsOf(input.data).map(
      (rdm, at) => new Rdm(rdm.condensed, { meta: { subject: at % 3 } }),
    );
    const model = rdmsOf(input.basis)[0];
    const options = {
      samples: 20,
      seed: 5,
      groupBy: "subject",
      resample: "rdms",
      ...quiet,
    } as const;
    const [a, b] = [
      await evalOutOfBag(model, data, options),
      await evalOutOfBag(model, data, options),
    ];
    expect(a.scores.data).toEqual(b.scores.data);
    expect([...(a.left?.rdms ?? [])].every((n) => n % 2 === 0)).toBe(true);
    const stopped = AbortSignal.abort();
    await expect(evalOutOfBag(model, data, { ...options, signal: stopped })).rejects.toMatchObject({
      code: "CANCELLED",
    });
  });
});

describe("random sets", () => {
  const all = casesOf("random sets");
  test("there are cases", () => expect(all).toHaveLength(3));

  test.each(all)("$name", async (of) => {
    const { input, expected } = of;
    const lists = (name: string): number[][] =>
      (input[name] as unknown as (ReferenceArray | number[])[]).map((one) =>
        Array.isArray(one) ? one : [...numbersOf(one)],
      );
    const [testItems, trainItems] = [lists("testItems"), lists("trainItems")];
    const [testRdms, trainRdms] = [lists("testRdms"), lists("trainRdms")];
    const folds = testItems.map((items, at) => ({
      test: { items, rdms: testRdms[at] },
      train: { items: trainItems[at], rdms: trainRdms[at] },
    }));
    const found = await evalCrossval(modelsOf(of), rdmsOf(input.data), {
      ...{ method: "corr", folds, by: "regress", ...quiet },
    });
    expect(largestDifference(found.scores.data, numbersOf(expected.scores))).toBeLessThan(1e-9);
    expect(found.parameters?.[2]).toHaveLength(4);
    expect(found.parameters?.[2][0]).toHaveLength(3);
    expect(found.parameters?.[0][0]).toHaveLength(0);
  });

  test("drawn: what is tested is not trained with, and all are of the seed", () => {
    const options = { nRdms: 5, nItems: 12, testRdms: 2, testItems: 4, sets: 50, seed: 3 };
    const sets = randomFolds(options);
    expect(sets).toEqual(randomFolds(options));
    expect(sets).not.toEqual(randomFolds({ ...options, seed: 4 }));
    for (const { train, test: tested } of sets) {
      const items = [...Array.from(train.items), ...Array.from(tested.items)];
      expect(items.sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i));
      expect([train.rdms.length, tested.rdms.length]).toEqual([3, 2]);
    }
    const [whole] = randomFolds({ nRdms: 2, nItems: 4 });
    expect(whole.train).toEqual(whole.test);
  });

  test("too little to leave out is refused", () => {
    const of = { nRdms: 2, nItems: 7 };
    expect(() => randomFolds({ ...of, testItems: 2 })).toThrow("3 to 4");
    expect(() => randomFolds({ ...of, testItems: 5 })).toThrow("testItems");
    expect(() => randomFolds({ ...of, testRdms: 2 })).toThrow("1 to 1");
    expect(() => randomFolds({ nRdms: 1, nItems: 7, testRdms: 1 })).toThrow("none can be left out");
    expect(() => randomFolds({ nItems: 7 } as never)).toThrow("nRdms");
  });
});

test("default numbers of folds are rsatoolbox's", () => {
  const [{ input, expected }] = casesOf("default numbers");
  const lists = [input, expected] as unknown as Record<string, number[]>[];
  lists[0].nItems.forEach((n, at) => {
    // A part of fewer than 3 items tells nothing: rsatoolbox splits them all the same.
    if (n >= 6) expect(defaultCounts(1, n).kItems).toBe(lists[1].kItems[at]);
  });
  lists[0].nRdms.forEach((n, at) => {
    if (n >= 2) expect(defaultCounts(n, 6).kRdms).toBe(lists[1].kRdms[at]);
  });
});

test("the variance of repeated splits is corrected as rsatoolbox's", () => {
  const [{ input, expected }] = casesOf("variance with the correction");
  const [nSamples, nModels, nCv] = input.evaluations.shape;
  const scores = numbersOf(input.evaluations);
  const ceilings = numbersOf(input.ceiling);
  const table = new CrossvalSamples(nModels, nSamples, 1, nCv);
  for (let s = 0; s < nSamples; s++) {
    const row = Array.from({ length: nCv }, (_, k) => [
      ...Array.from({ length: nModels }, (_m, m) => scores[(s * nModels + m) * nCv + k]),
      ceilings[s * nCv + k],
      ceilings[(nSamples + s) * nCv + k],
    ]);
    table.enterRow(s, Float64Array.of(...row.flat(), 0));
  }
  const wanted = numbersOf(expected.variances);
  const { variances } = table.result("both", 8, 20);
  for (let m = 0; m < nModels; m++)
    expect(variances.models[m]).toBeCloseTo((wanted[m * 5] * 8) / 7, 12);
});

describe("modelFamily", () => {
  const [{ input, expected }] = casesOf("family of three");
  const of = expected as unknown as {
    members: number[][];
    names: string[];
    theta: ReferenceArray[];
  };
  const data = rdmsOf(input.data);
  const parts = rdmsOf(input.basis).map((rdm, at) => renamed(rdm, "abc"[at]));
  const family = modelFamily(parts);

  test("members, in rsatoolbox's order, by other names", () => {
    expect(family.subsets).toEqual(of.members);
    expect(family.members.map(({ name }) => name)).toEqual(
      of.names.map((name) => name.slice(1).replaceAll("_", " + ")),
    );
    expect(family.member(["c", "a"]).name).toBe("a + c");
  });

  test("fitted weights and scores are rsatoolbox's", () => {
    const fits = family.members.map((model) => fitModel(model, data, { by: "regress" }));
    fits.forEach(({ theta }, at) =>
      expect(largestDifference(theta, numbersOf(of.theta[at]))).toBeLessThan(1e-8),
    );
    const scores = Float64Array.from(fits, ({ score }) => score);
    const wanted = numbersOf(expected.corr);
    expect(largestDifference(scores, wanted)).toBeLessThan(1e-8);
    // Of a: a + b against b, a + c against c, and all against b + c.
    const gain = (wanted[3] - wanted[1] + wanted[4] - wanted[2] + wanted[6] - wanted[5]) / 3;
    expect(family.gains(scores)[0]).toBeCloseTo(gain, 10);
  });

  test("edges", () => {
    const one = modelFamily(new Rdm([1, 2, 3]), { name: "V1" });
    expect(one.members.map(({ name }) => name)).toEqual(["V1: part 1"]);
    expect([...one.gains([0.5])]).toEqual([NaN]);
    expect(() => family.gains([1, 2])).toThrow("7 scores");
    expect(() => family.member(["x"])).toThrow("a, b, c");
    expect(() => family.member([])).toThrow("a, b, c");
    expect(() => modelFamily(Array.from({ length: 13 }, () => parts[0]))).toThrow("8191");
    expect(() => modelFamily([parts[0], parts[0]])).toThrow("two called a");
  });
});
