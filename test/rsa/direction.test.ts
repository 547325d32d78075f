import { describe, expect, test } from "vitest";
import { computeRdm, type Rdm } from "../../src/rdm/index.ts";
import {
  compareMethodNames,
  compareRdms,
  evalBootstrap,
  evalCrossval,
  evalFixed,
  fitModel,
  fitWeighted,
  interpolatedModel,
  noiseCeiling,
  selectModel,
  type CompareMethod,
} from "../../src/rsa/index.ts";
import { pairComparisonOf } from "../../src/rsa/comparisons/resolve.ts";
import { random } from "../../src/stats/index.ts";
import { renamed } from "../../src/rdm/index.ts";
import { quiet } from "./toolbox.ts";

const nItems = 8;
const { normal } = random(4);
const rows = (of: (i: number, k: number) => number): number[][] =>
  Array.from({ length: nItems }, (_, i) => Array.from({ length: 9 }, (_v, k) => of(i, k)));
const rdmOf = (patterns: number[][], name: string): Rdm =>
  renamed(computeRdm(patterns, { metric: "sqeuclidean" }), name);
const truth = rows(() => normal());
const good = rdmOf(truth, "good");
const bad = rdmOf(
  rows(() => normal()),
  "unrelated",
);
const data = Array.from({ length: 6 }, (_, s) =>
  rdmOf(
    truth.map((row) => row.map((value) => value + 0.4 * normal())),
    `s${s}`,
  ),
);

/** Larger is better. */
const worth = (method: CompareMethod, score: number): number =>
  pairComparisonOf(method).direction === "distance" ? -score : score;

describe.each(compareMethodNames.map((name) => [name]))("%s", (method) => {
  test("the direction is that of the scores", async () => {
    const [same, other] = (await compareRdms([good], [good, bad], { method, ...quiet })).scores;
    expect(worth(method, same)).toBeGreaterThan(worth(method, other));
  });

  test("the model equal to the data is selected, wherever it stands", () => {
    expect([...fitModel(selectModel([good, bad]), [good], { method }).theta]).toEqual([0]);
    expect([...fitModel(selectModel([bad, good]), [good], { method }).theta]).toEqual([1]);
    const { theta } = fitModel(interpolatedModel([bad, good]), [good], { method });
    expect(theta[1]).toBeGreaterThan(0.95);
  });

  test("weights move toward the data, and score better than either part", () => {
    const { theta, score } = fitWeighted([bad, good], [good], { method });
    expect(theta[1]).toBeGreaterThan(10 * Math.abs(theta[0]));
    const alone = [bad, good].map((part) => fitModel(selectModel([part]), [good], { method }));
    for (const one of alone)
      expect(worth(method, score)).toBeGreaterThanOrEqual(worth(method, one.score) - 1e-9);
    const positive = fitWeighted([bad, good], [good], { method, by: "optimize-positive" }).theta;
    expect(positive[1]).toBeGreaterThan(10 * positive[0]);
  });

  test("evaluations call the better model better, and the ceiling is in order", async () => {
    const { lower, upper } = await noiseCeiling(data, { method, ...quiet });
    expect(lower).toBeLessThanOrEqual(upper);
    const fixed = await evalFixed([good, bad], data, { method, ...quiet });
    expect(fixed.direction).toBe(pairComparisonOf(method).direction);
    expect(worth(method, fixed.means[0])).toBeGreaterThan(worth(method, fixed.means[1]));
    expect(fixed.noiseCeiling).toEqual({ lower, upper });
    const p = fixed.tests?.zero.p ?? new Float64Array();
    if (pairComparisonOf(method).zero === "equals") {
      expect([...p]).toEqual([NaN, NaN]);
      expect([...fixed.test({ type: "ranksum" }).zero.p]).toEqual([NaN, NaN]);
      expect(fixed.notes.join()).toContain("no model is tested against it");
    } else expect(p[0]).toBeLessThanOrEqual(p[1]);
    const resample = "rdms";
    const drawn = await evalBootstrap([good, bad], data, {
      method,
      resample,
      samples: 30,
      ...quiet,
    });
    expect(worth(method, drawn.means[0])).toBeGreaterThan(worth(method, drawn.means[1]));
    const { lower: low = NaN, upper: high = NaN } = drawn.noiseCeiling ?? {};
    expect(low).toBeLessThanOrEqual(high);
    // The unrelated model lies below the ceiling for sure; counted on the right side of a distance.
    const ceiling = drawn.test({ type: "bootstrap", correction: "none" }).ceiling?.p;
    expect(ceiling?.[1]).toBeCloseTo(1 / 31, 12);
    const flexible = selectModel([bad, good], { name: "both" });
    const crossed = await evalCrossval([flexible, bad], data, {
      method,
      kItems: 1,
      kRdms: 3,
      ...quiet,
    });
    expect(worth(method, crossed.means[0])).toBeGreaterThan(worth(method, crossed.means[1]));
  });
});
