import { describe, expect, test } from "vitest";
import { plotModelComparison, type ModelComparison } from "../../src/plot/index.ts";
import { placePairs } from "../../src/plot/model-comparison/comparison-layout.ts";
import { Rdm } from "../../src/rdm/index.ts";
import { evalBootstrap, evalFixed } from "../../src/rsa/index.ts";
import { layoutFaults, noise, textsOf, withoutDeflate } from "./fixtures.ts";

const comparison: ModelComparison = {
  models: [
    { name: "V1", scores: [0.02, 0.04, 0.01], pZero: 0.2, pCeiling: 0.001 },
    { name: "animacy", scores: [0.31, 0.42, 0.38], pZero: 0.004, pCeiling: 0.6 },
    { name: "behaviour", mean: -0.05, error: 0.02 },
  ],
  noiseCeiling: { lower: 0.35, upper: 0.6 },
  pairs: [
    { a: "V1", b: "animacy", pValue: 0.01 },
    { a: "V1", b: "behaviour", pValue: 0.4 },
  ],
  method: "t tests, FDR-corrected",
};

/** Subjects who all see a little of the first model. */
function subjects(n: number): { models: Rdm[]; data: Rdm[] } {
  const next = noise(3);
  const items = Array.from({ length: 8 }, (_, i) => `i${i}`);
  const vector = () => Array.from({ length: 28 }, next);
  const models = ["strong", "weak", "none"].map((name) => new Rdm(vector(), { items, name }));
  const data = Array.from({ length: n }, () => {
    const own = vector();
    const condensed = own.map(
      (v, k) => v + 0.8 * models[0].condensed[k] + 0.2 * models[1].condensed[k],
    );
    return new Rdm(condensed, { items });
  });
  return { models, data };
}

describe("plotModelComparison", () => {
  test("a small figure is the stored one", async () => {
    const figure = plotModelComparison(comparison, { title: "Human IT", label: "Pearson’s r" });
    await expect(await withoutDeflate(figure.svg)).toMatchFileSnapshot(
      "__snapshots__/model-comparison.svg",
    );
    expect(figure.svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(figure.caption).toBe(
      "Bars: mean Pearson’s r. Error bars: ± 1 SEM. Circles: single subjects, in the same order in each bar. Grey: noise ceiling, 0.35 to 0.6. " +
        "Lines above: models that differ; * above 0; ▽ differs from the lower noise ceiling (p ≤ 0.05). Tests: t tests, FDR-corrected.",
    );
    expect(textsOf(figure.svg)).toEqual(expect.arrayContaining(["*", "▽", "animacy"]));
    expect(layoutFaults(figure)).toMatchObject({ outside: [], crossed: [] });
    expect(figure.toCsv().split("\n")[2]).toBe(
      "animacy,0.36999999999999994,0.03214550253664318,0.004,0.6,0.35,0.6,V1 p=0.01,0.31,0.42,0.38",
    );
  });

  test("a bar is a mean only where something was averaged", () => {
    const captionOf = (model: object) =>
      plotModelComparison({ models: [{ name: "a", ...model }] }, { label: "ρ" }).caption;
    expect(captionOf({ mean: 0.5 })).toMatch(/^Bars: ρ\./);
    expect(captionOf({ scores: [0.5] })).toMatch(/^Bars: ρ\./);
    expect(captionOf({ scores: [0.4, 0.6] })).toMatch(/^Bars: mean ρ\./);
    expect(captionOf({ mean: 0.5, error: 0.1 })).toMatch(/^Bars: mean ρ\./);
  });

  test("an evaluation brings its means, errors, subjects, ceiling and tests", async () => {
    const { models, data } = subjects(6);
    const result = await evalFixed(models, data, { onProgress: false });
    const figure = plotModelComparison(result, { order: "descending" });
    expect(figure.data.column("mean")).toEqual([...result.means].sort((a, b) => b - a));
    expect(figure.data.column("error")[0]).toBe(result.sem?.[0]);
    expect(figure.data.names.filter((name) => name.startsWith("score_"))).toHaveLength(6);
    expect(figure.caption).toContain(result.tests?.words ?? "no words");
    expect(figure.caption).toContain("6 data RDMs of 8 items");
    const holm = plotModelComparison(result, { test: { correction: "holm" }, errorBars: "ci" });
    expect(holm.caption).toContain("Holm-corrected");
    expect(holm.caption).toContain("95 % confidence interval");
    expect(holm.data.column("error")[1]).toBeCloseTo(
      (result.ci?.upper[1] ?? 0) - result.means[1],
      12,
    );
  });

  test("a bootstrap has no single subjects, and one data RDM no errors: said, not invented", async () => {
    const { models, data } = subjects(4);
    const how = { resample: "items", samples: 30, seed: 1, onProgress: false } as const;
    const figure = plotModelComparison(await evalBootstrap(models, data, how));
    expect(figure.caption).not.toContain("Circles");
    expect(figure.caption).toContain("bootstrap of items");
    const single = plotModelComparison(await evalFixed(models, data[0], { onProgress: false }));
    expect(single.caption).toContain("No error bars: nothing tells the error of a mean.");
    expect(single.caption).not.toMatch(/ceiling|Tests/);
  });

  test("groups have their own ceilings, and colours tell the models", () => {
    const groups = ["early", "high"].map((name) => ({ ...comparison, name }));
    const figure = plotModelComparison(groups);
    expect(textsOf(figure.svg)).toEqual(expect.arrayContaining(["early", "high", "V1"]));
    expect(figure.caption).toContain("noise ceiling of each group");
    expect(figure.data.column("group")).toEqual([
      "early",
      "early",
      "early",
      "high",
      "high",
      "high",
    ]);
    expect(layoutFaults(figure)).toMatchObject({ outside: [], crossed: [] });
  });

  test("lines of pairs in one row never meet, short ones lie below", () => {
    const names = ["a", "b", "c", "d", "e"];
    const models = names.map((name) => ({ name, mean: 1 }));
    const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => ({ a, b, pValue: 0.01 })));
    const checked = { name: "", models: [], pairs: [], noiseCeiling: undefined, method: undefined };
    const placed = placePairs(
      [
        {
          ...checked,
          models: models.map((m) => ({
            ...m,
            error: undefined,
            scores: [],
            pZero: undefined,
            pCeiling: undefined,
          })),
          pairs,
          measure: undefined,
          kind: undefined,
        },
      ],
      0.05,
    );
    expect(placed).toHaveLength(10);
    const span = ({ a, b }: { a: string; b: string }) => [names.indexOf(a), names.indexOf(b)];
    placed.forEach((p, k) => {
      for (const q of placed.slice(0, k)) {
        if (p.row !== q.row) continue;
        const [[i, j], [u, v]] = [span(p), span(q)];
        expect(j < u || v < i).toBe(true);
      }
    });
    expect(placed[0]).toMatchObject({ a: "a", b: "b", row: 0 });
  });

  test("with more pairs than can be told apart, they are counted and not drawn", () => {
    const models = Array.from({ length: 20 }, (_, i) => ({ name: `m${i}`, mean: i }));
    const pairs = models.flatMap((a, i) =>
      models.slice(i + 1).map((b) => ({ a: a.name, b: b.name, pValue: 0 })),
    );
    const figure = plotModelComparison({ models, pairs });
    expect(figure.caption).toContain("190 pairs of models differ; they are in the table");
    expect(figure.height).toBeLessThan(450);
  });

  test("refuses what does not fit, and says what to do", () => {
    expect(() => plotModelComparison([])).toThrow(/at least one/);
    expect(() => plotModelComparison({ models: [] })).toThrow(/at least one/);
    const twice = [
      { name: "a", mean: 1 },
      { name: "a", mean: 2 },
    ];
    expect(() => plotModelComparison({ models: twice })).toThrow(/its own name/);
    expect(() => plotModelComparison({ models: [{ name: "a" }] })).toThrow(
      /its mean or its scores/,
    );
    const stranger = [{ a: "a", b: "z", pValue: 0 }];
    expect(() =>
      plotModelComparison({ models: [{ name: "a", mean: 1 }], pairs: stranger }),
    ).toThrow(/invalid pairs: "z"/);
    expect(() => plotModelComparison(comparison, { errorBars: "sd" as never })).toThrow(
      /errorBars/,
    );
    expect(() => plotModelComparison(comparison, { order: "up" as never })).toThrow(/order/);
    expect(() => plotModelComparison(comparison, { groups: ["a", "b"] })).toThrow(
      /give 1, one each/,
    );
  });
});

test("a long name of a group goes on in a second line, instead of being cut", () => {
  const models = ["a", "b", "c", "d", "e"].map((name) => ({ name, mean: 0.1 }));
  const groups = Array.from({ length: 10 }, (_, i) => ({ name: `LHEarlyVis${i}`, models }));
  const texts = textsOf(plotModelComparison(groups, { errorBars: "none" }).svg);
  expect(texts.join(" ")).not.toContain("…");
  expect(texts.join("")).toContain("LHEarly");
});
