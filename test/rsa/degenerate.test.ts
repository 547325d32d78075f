import { describe, expect, test } from "vitest";
import { isTsrsaError } from "../../src/core/index.ts";
import { Rdm, withMeta } from "../../src/rdm/index.ts";
import {
  compareMethodNames,
  compareRdms,
  evalBootstrap,
  evalBootstrapCrossval,
  evalCrossval,
  evalFixed,
  fitModel,
  fitWeighted,
  interpolatedModel,
  mantelTest,
  noiseCeiling,
  rsa,
  selectModel,
  weightFitters,
  type CompareMethod,
} from "../../src/rsa/index.ts";
import { random } from "../../src/stats/index.ts";
import { quiet } from "./toolbox.ts";

const nItems = 6;
const nPairs = (nItems * (nItems - 1)) / 2;
const draw = random(5);
/** Distances that a Euclidean space has. */
const rdm = (name: string, nPairsOf = nPairs): Rdm =>
  new Rdm(
    Float64Array.from({ length: nPairsOf }, () => 1 + draw.next()),
    { name },
  );
const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => rdm(name));
const model = rdm("model");
const constant = (value: number): Rdm =>
  new Rdm(new Float64Array(nPairs).fill(value), { name: `all ${value}` });

/** Values of constants that say nothing by a method: a correlation knows none, an angle not that of zeros. */
const muteValues: Record<CompareMethod, readonly number[]> = {
  corr: [0, 0.1, 1.81, 1],
  pearson: [0, 0.1, 1.81, 1],
  spearman: [0, 0.1, 1.81, 1],
  "rho-a": [0, 0.1, 1.81, 1],
  "tau-a": [0, 0.1, 1.81, 1],
  "kendall-tau-a": [0, 0.1, 1.81, 1],
  "tau-b": [0, 0.1, 1.81, 1],
  kendall: [0, 0.1, 1.81, 1],
  corr_cov: [0, 0.1, 1.81, 1],
  neg_riem_dist: [0, 0.1, 1.81, 1],
  cosine: [0],
  cosine_cov: [0],
  bures: [0],
  bures_metric: [],
};
const rows = compareMethodNames.flatMap((method) =>
  muteValues[method].map((value) => [method, value] as const),
);

describe.each(rows)("by %s a constant of %d", (method, value) => {
  const x = constant(value);
  const how = { method, ...quiet };

  test("has no score, on either side", async () => {
    expect([...(await compareRdms([a, x], [x, b], how)).scores].map(Number.isNaN)).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect([...rsa([a, x], [x, b], { metric: method }).scores].map(Number.isNaN)).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  test("as data moves no mean, error, ceiling or p, and is named", async () => {
    const found = await evalFixed(model, [a, x, b, c], how);
    const without = await evalFixed(model, [a, b, c], how);
    expect(found.means[0]).toBeCloseTo(without.means[0], 12);
    expect(found.sem?.[0]).toBeCloseTo(without.sem?.[0] ?? NaN, 12);
    expect(found.noiseCeiling?.lower).toBeCloseTo(without.noiseCeiling?.lower ?? NaN, 9);
    expect(found.noiseCeiling?.upper).toBeCloseTo(without.noiseCeiling?.upper ?? NaN, 9);
    expect(found.tests?.zero.p[0]).toEqual(without.tests?.zero.p[0]);
    expect(found.notes.join()).toContain(`all ${value}`);
  });

  test("as a model has no mean and no p, and is named", async () => {
    const found = await evalFixed([model, x], [a, b, c], how);
    expect([found.means[1], found.tests?.zero.p[1], found.tests?.pairwise.p[1]]).toEqual([
      NaN,
      NaN,
      NaN,
    ]);
    expect(found.tests?.ceiling?.p[1] ?? NaN).toBeNaN();
    expect(found.notes.join()).toContain(`all ${value} has no score with any data RDM`);
    const drawn = await evalBootstrap([model, x], [a, b, c], {
      ...how,
      resample: "rdms",
      samples: 9,
    });
    expect([drawn.means[1], drawn.tests?.zero.p[1]]).toEqual([NaN, NaN]);
    expect(drawn.notes.join()).toMatch(/scores of samples are undefined/);
  });

  test("in a bootstrap of RDMs counts in no sample, and alone gives none", async () => {
    const draws = [{ rdms: [0, 1, 2] }, { rdms: [1, 1, 1] }, { rdms: [0, 0, 2] }];
    const found = await evalBootstrap(model, [a, x, b], { ...how, resample: "rdms", draws });
    const of = async (data: readonly Rdm[]) => (await evalFixed(model, data, how)).means[0];
    expect(found.scores.data[0]).toBeCloseTo(await of([a, b]), 12);
    expect(found.scores.data[1]).toBeNaN();
    expect(found.scores.data[2]).toBeCloseTo(await of([a, a, b]), 12);
    expect(found.notes.join()).toContain("1 of 3 scores of samples are undefined");
  });

  test("in a fold by itself gives no score", async () => {
    const split = { ...how, kItems: 1, kRdms: 4, shuffle: false };
    const found = await evalCrossval(model, [a, x, b, c], split);
    expect([...found.scores.data].map(Number.isNaN)).toEqual([false, true, false, false]);
    expect(found.means[0]).toBeCloseTo((await evalFixed(model, [a, b, c], how)).means[0], 12);
    expect(found.notes.join()).toContain("1 of 4 scores of folds are undefined");
    const boot = await evalBootstrapCrossval([model, x], [a, b, c, d], {
      ...how,
      resample: "rdms",
      kItems: 1,
      kRdms: 2,
      samples: 6,
    });
    expect([boot.means[1], boot.tests?.zero.p[1]]).toEqual([NaN, NaN]);
    expect(boot.means[0]).not.toBeNaN();
  });

  test("is not chosen, weighs nothing, and is said", () => {
    const chosen = fitModel(selectModel([x, a]), [b, c], { method });
    expect([...chosen.theta]).toEqual([1]);
    expect(chosen.notes.join()).toMatch(/1 of 2 RDMs of the model are constant.*cannot be chosen/);
    for (const by of weightFitters) {
      const isAngle = ["cosine", "corr", "pearson", "cosine_cov", "corr_cov"].includes(method);
      if (by.startsWith("regress") && !isAngle) continue;
      const fit = fitWeighted([x, a], [b, c], { method, by });
      expect(fit.theta[0]).toBe(0);
      // A part that is unlike the data has no positive weight.
      if (!by.endsWith("nonnegative")) expect(Math.abs(fit.theta[1])).toBeGreaterThan(0);
      expect(fit.notes.join()).toMatch(/are constant.*weigh 0/);
    }
    const none = fitModel(interpolatedModel([x, x]), [b, c], { method });
    expect([none.score, ...none.theta]).toEqual([NaN, NaN, NaN]);
    expect(fitModel(selectModel([x]), [b, c], { method }).theta[0]).toBeNaN();
    expect(fitWeighted([x, x], [b, c], { method }).theta.every(Number.isNaN)).toBe(true);
    expect(fitModel(selectModel([a, d]), [x], { method }).theta[0]).toBeNaN();
  });

  test("has no noise ceiling", async () => {
    await expect(noiseCeiling([a, x, b], how)).rejects.toThrow(/a constant.*leave it out/);
  });
});

describe.each(compareMethodNames.map((method) => [method]))("by %s", (method) => {
  const how = { method, ...quiet };

  test("a constant that has a score is in the mean and not said to be left out", async () => {
    for (const value of [0, 0.1, 1.81].filter((one) => !muteValues[method].includes(one))) {
      const found = await evalFixed(model, [a, b, constant(value)], how);
      expect([...found.scores.data].some(Number.isNaN)).toBe(false);
      expect(found.notes.join()).not.toContain("left out");
      await expect(noiseCeiling([a, b, constant(value)], how)).resolves.toBeDefined();
    }
  });

  test("RDMs of NaN are refused, or left out where that is asked, with no number", async () => {
    const unknown = new Rdm(new Float64Array(nPairs).fill(NaN), { name: "unknown" });
    const holed = new Rdm(a.condensed.with(2, NaN), { name: "holed" });
    expect(rsa(unknown, a, { metric: method }).single()).toBeNaN();
    expect(rsa(a, holed, { metric: method }).single()).toBeNaN();
    expect(rsa(unknown, a, { metric: method, ignoreNan: true }).single()).toBeNaN();
    for (const bad of [unknown, holed]) {
      await refused(compareRdms(a, bad, how));
      await refused(evalFixed(model, [a, b, bad], how));
      await refused(evalFixed([bad], [a, b], how));
      await refused(evalBootstrap(model, [a, b, bad], how));
      await refused(evalCrossval(model, [a, b, bad], how));
      await refused(evalBootstrapCrossval(model, [a, b, bad], how));
      await refused(noiseCeiling([a, b, bad], how));
      await refused(async () => fitModel(selectModel([bad, a]), [b], { method }));
      await refused(async () => fitWeighted([a, d], [b, bad], { method }));
    }
    await refused(evalFixed(model, [a, b, unknown], { ...how, ignoreNan: true }));
    // Unknown everywhere alike: there is nothing to compare.
    await refused(compareRdms(unknown, unknown, how));
    await refused(evalFixed(unknown, [unknown, unknown], how));
  });

  test("one item gives no score, no parameters, no test", async () => {
    const [one, two, three] = ["one", "two", "three"].map((name) => rdm(name, 0));
    expect((await compareRdms(one, two, how)).single()).toBeNaN();
    expect(rsa(one, two, { metric: method }).single()).toBeNaN();
    const fixed = await evalFixed(one, [two, three], how);
    expect([fixed.means[0], fixed.noiseCeiling, fixed.tests]).toEqual([NaN, undefined, undefined]);
    expect(fixed.notes.length).toBeGreaterThan(0);
    await refused(noiseCeiling([one, two], how));
    await refused(evalBootstrap(one, [two, three], { ...how, resample: "items" }));
    expect(fitModel(selectModel([one, two]), [three], { method }).score).toBeNaN();
    expect(fitWeighted([one, two], [three], { method }).theta.every(Number.isNaN)).toBe(true);
  });

  test("two items give no correlation, and nothing that is significant", async () => {
    const two = ["one", "two", "three", "four"].map((name) => rdm(name, 1));
    const score = (await compareRdms(two[0], two[1], how)).single();
    // The angle of two numbers is 0 whatever they are.
    if (["cosine", "cosine_cov", "bures"].includes(method)) expect(score).toBeCloseTo(1, 12);
    else if (method !== "bures_metric") expect(score).toBeNaN();
    const fixed = await evalFixed(two[3], two.slice(0, 3), how);
    expect(fixed.tests?.zero.p[0] ?? NaN).toBeNaN();
    await refused(evalBootstrap(two[3], two.slice(0, 3), { ...how, resample: "items" }));
    const crossval = await evalCrossval(two[3], two.slice(0, 3), how);
    expect(crossval.means[0]).toBeNaN();
    expect(crossval.notes.join()).toMatch(/scores of folds are undefined/);
  });

  test("groups of unequal size count once, wherever RDMs are averaged", async () => {
    const of = (one: Rdm, subject: string) => withMeta(one, { subject });
    const data = [of(a, "1"), of(a, "1"), of(a, "1"), of(b, "2"), of(c, "3")];
    const once = [a, b, c];
    const grouped = { ...how, groupBy: "subject" };
    const fixed = await evalFixed(model, data, grouped);
    const expected = await evalFixed(model, once, how);
    expect(fixed.means[0]).toBeCloseTo(expected.means[0], 10);
    expect(fixed.sem?.[0]).toBeCloseTo(expected.sem?.[0] ?? NaN, 10);
    const draws = [{ items: [0, 1, 2, 3, 4, 5] }, { items: [5, 4, 3, 2, 1, 0] }];
    if (!["bures", "bures_metric", "neg_riem_dist"].includes(method)) {
      const byItems = { resample: "items", draws } as const;
      const drawn = await evalBootstrap(model, data, { ...grouped, ...byItems });
      expect(drawn.means[0]).toBeCloseTo(expected.means[0], 10);
    }
    const split = { kItems: 1, kRdms: 3, shuffle: false } as const;
    const folds = await evalCrossval(model, data, { ...grouped, ...split });
    const foldsOnce = await evalCrossval(model, once, { ...how, ...split });
    expect(folds.means[0]).toBeCloseTo(foldsOnce.means[0], 10);
  });
});

test("angles of RDMs without a value below 0 are above 0: a test against 0 is said to show little", async () => {
  for (const method of compareMethodNames) {
    const isAngle = ["cosine", "cosine_cov", "bures"].includes(method);
    const found = await evalFixed(model, [a, b, c], { method, ...quiet });
    expect(found.notes.join().includes("a test against 0 shows little")).toBe(
      isAngle && method !== "bures",
    );
    expect(found.notes.join().includes("a test against 0 shows nothing")).toBe(method === "bures");
    // Even a constant is "above 0".
    if (isAngle)
      expect(
        (await evalFixed(constant(0.1), [a, b, c], { method, ...quiet })).tests?.zero.p[0],
      ).toBeLessThan(0.01);
  }
  const signed = [a, b, c].map((one) => new Rdm(one.condensed.map((value) => value - 1.5)));
  const { notes } = await evalFixed(model, signed, { method: "cosine", ...quiet });
  expect(notes.join()).not.toContain("shows little");
});

test("a Mantel test of a constant has no score and no p; of NaN there is none", async () => {
  for (const method of ["spearman", "pearson", "rho-a", "corr"] as const)
    for (const value of [0, 0.1, 1.81]) {
      const { score, pValue } = await mantelTest(a, constant(value), { method, ...quiet });
      expect([score, pValue]).toEqual([NaN, NaN]);
    }
  const angle = await mantelTest(a, constant(0), { method: "cosine", ...quiet });
  expect([angle.score, angle.pValue]).toEqual([NaN, NaN]);
  await refused(mantelTest(a, new Rdm(a.condensed.with(0, NaN)), quiet));
  for (const few of [0, 1]) await refused(mantelTest(rdm("x", few), rdm("y", few), quiet));
});

/** Refused by an error of ours. */
async function refused(work: Promise<unknown> | (() => Promise<unknown>)): Promise<void> {
  const error: unknown = await (typeof work === "function" ? work() : work).then(
    () => "no error",
    (thrown: unknown) => thrown,
  );
  expect(isTsrsaError(error) ? "refused" : error).toBe("refused");
}

test("bures is above chance for signed RDMs without anything, too, and it is said", async () => {
  const lot = random(4);
  const noise = Array.from(
    { length: 12 },
    () => new Rdm(Float64Array.from({ length: 15 }, () => lot.normal())),
  );
  const model = new Rdm(Float64Array.from({ length: 15 }, () => lot.next()));
  const { means, notes } = await evalFixed(model, noise, { method: "bures", onProgress: false });
  expect(means[0]).toBeGreaterThan(0.3);
  expect(notes.join()).toContain("bures is never below 0");
});
