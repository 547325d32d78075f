import { describe, expect, test } from "vitest";
import { Rdm } from "../../src/rdm/index.ts";
import {
  evalFixed,
  fitModel,
  fitWeighted,
  fixedModel,
  interpolatedModel,
  selectModel,
  weightedModel,
  type CompareMethod,
  type WeightFitter,
} from "../../src/rsa/index.ts";
import { largestDifference, numbersOf, type ReferenceArray } from "../reference/read-reference.ts";
import { casesOf, interp, M, quiet, V } from "./toolbox.ts";

const fitters: Record<string, WeightFitter> = {
  fit_regress: "regress",
  fit_regress_nn: "regress-nonnegative",
  fit_optimize: "optimize",
};

describe("rsatoolbox' fitters", () => {
  const weighted = Object.keys(fitters).flatMap((func) =>
    casesOf(func).map((c) => [`${func} ${c.method} ${c.ridge ?? 0}`, c] as const),
  );
  test.each(weighted)("%s", (_, { func, method, ridge, output }) => {
    const { theta } = fitWeighted(M, V, {
      method: method as CompareMethod,
      by: fitters[func],
      ridgeWeight: Number(ridge ?? 0),
    });
    const tolerance = func === "fit_optimize" ? 1e-4 : 1e-12;
    expect(largestDifference(theta, numbersOf(output as ReferenceArray))).toBeLessThan(tolerance);
  });

  test.each(casesOf("fit_select").map((c) => [c.method, c] as const))("select %s", (_, c) => {
    expect([...fitModel(selectModel(M), V, { method: c.method as CompareMethod }).theta]).toEqual([
      c.output,
    ]);
  });

  test.each(casesOf("fit_interpolate").map((c) => [c.method, c] as const))(
    "interpolate %s",
    (_, c) => {
      const { theta } = fitModel(interpolatedModel(interp), V, {
        method: c.method as CompareMethod,
      });
      // Its search stops 6e-6 before the end of the way, which is the best place.
      expect(largestDifference(theta, numbersOf(c.output as ReferenceArray))).toBeLessThan(1e-5);
    },
  );

  test("predictions", () => {
    const cases = [...casesOf("ModelWeighted.predict"), ...casesOf("ModelInterpolate.predict")];
    const made = [weightedModel(M), interpolatedModel(interp)];
    cases.forEach(({ theta, output }, k) => {
      const predicted = made[k].predict(theta).condensed;
      expect(largestDifference(predicted, numbersOf(output as ReferenceArray))).toBeLessThan(1e-12);
    });
  });
});

describe("fits", () => {
  test.each(["spearman", "tau-a", "rho-a", "corr", "cosine_cov", "bures"] as const)(
    "%s: no single RDM is better than the weights found, nor weights near them",
    (method) => {
      const fit = fitWeighted(interp, V, { method });
      for (const part of interp) {
        expect(fit.score).toBeGreaterThanOrEqual(
          fitModel(fixedModel(part), V, { method }).score - 1e-12,
        );
      }
      const near = fit.theta.map((weight, k) => weight + (k === 0 ? 0.3 : -0.2));
      const moved = weightedModel(interp).predict(near);
      expect(fit.score).toBeGreaterThan(fitModel(fixedModel(moved), V, { method }).score - 1e-12);
    },
  );

  test("positive weights are positive, and their best is not better than that of any", () => {
    for (const by of ["optimize-positive", "regress-nonnegative"] as const) {
      const fit = fitWeighted(interp, V, { method: "corr", by });
      expect(Math.min(...fit.theta)).toBeGreaterThanOrEqual(0);
      expect(fit.score).toBeLessThanOrEqual(
        fitWeighted(interp, V, { method: "corr" }).score + 1e-12,
      );
      // On this data two weights want to be negative: all is on the third.
      expect(largestDifference(fit.theta, [0, 0, 1])).toBeLessThan(1e-6);
    }
  });

  test("the fit says what the data say of its prediction", async () => {
    const { rdm, score } = fitWeighted(weightedModel(M, { name: "parts" }), V, { method: "corr" });
    const result = await evalFixed(rdm, V, { method: "corr", ...quiet });
    expect(result.means[0]).toBeCloseTo(score, 12);
    expect(result.models).toEqual(["parts"]);
  });

  test("items are matched by label", () => {
    const labels = ["a", "b", "c", "d", "e", "f"];
    const named = (rdm: Rdm) => new Rdm(rdm.condensed, { items: labels });
    const reversed = (rdm: Rdm) => {
      const items = [...labels].reverse();
      const pairs = items.flatMap((a, i) =>
        items.slice(i + 1).map((b) => named(rdm).between(a, b)),
      );
      return new Rdm(pairs, { items });
    };
    const straight = fitWeighted(M.map(named), V.map(named), { by: "regress" }).theta;
    expect(
      largestDifference(
        fitWeighted(M.map(named), V.map(reversed), { by: "regress" }).theta,
        straight,
      ),
    ).toBeLessThan(1e-12);
  });

  test("what cannot be fitted is refused", () => {
    expect(() => fitWeighted([M[0], M[0]], V, { by: "regress" })).toThrow(/leave one out/);
    expect(fitWeighted([M[0], M[0]], V, { by: "regress", ridgeWeight: 1 }).theta[0]).toBeCloseTo(
      Math.SQRT1_2,
      12,
    );
    expect(() => fitWeighted(M, V, { by: "regress", method: "spearman" })).toThrow(/optimize/);
    expect(() => fitWeighted(M, V, { by: "guess" as WeightFitter })).toThrow(/unknown fitter/);
    expect(() => fitWeighted(M, V, { ridgeWeight: -1 })).toThrow(/ridgeWeight/);
    expect(() => fitWeighted([], V)).toThrow(/no RDM/);
    expect(() => interpolatedModel([M[0]])).toThrow(/at least two/);
    expect(() => selectModel(M).predict([2])).toThrow(/position from 0 to 1/);
    expect(() => weightedModel(M).predict([1])).toThrow(/2 parameters/);
    expect(() => weightedModel(M).predict()).toThrow(/evalCrossval/);
  });
});
