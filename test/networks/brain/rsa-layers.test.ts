import { describe, expect, test } from "vitest";
import { bestLayer } from "../../../src/networks/brain/best-layer.ts";
import { rsaLayers } from "../../../src/networks/index.ts";
import { plotHeatmap, plotProfiles } from "../../../src/plot/index.ts";
import { Rdm } from "../../../src/rdm/index.ts";
import { evalFixed } from "../../../src/rsa/index.ts";
import { random } from "../../../src/stats/index.ts";

const quiet = { onProgress: false } as const;
const nPairs = 66;
const items = Array.from({ length: 12 }, (_, i) => `item${i}`);
const { normal } = random(11);
const noise = (): number[] => Array.from({ length: nPairs }, () => normal());
const geometry = [noise(), noise(), noise()];

/** Layers whose numbers in the graph run against their order here. */
const layers = geometry.map(
  (d, at) => new Rdm(d, { items, name: `layer${10 - at}`, meta: { layerIndex: 10 - at } }),
);

const subject = (of: number, roi: string, share = 0.8): Rdm => {
  const own = noise();
  const values = geometry[of].map((d, k) => share * d + own[k]);
  return new Rdm(values, { items, meta: { roi, subject: "s" } });
};
const V1 = Array.from({ length: 8 }, () => subject(0, "V1"));
const IT = Array.from({ length: 8 }, () => subject(2, "IT"));

describe("layers against regions", () => {
  test("in order of depth; means, ceilings and tests are those of evalFixed", async () => {
    const scores = await rsaLayers(layers, { V1, IT }, quiet);
    expect(scores.layers).toEqual(["layer8", "layer9", "layer10"]);
    const single = await evalFixed([layers[2], layers[1], layers[0]], V1, quiet);
    expect([...scores.region("V1").evaluation.means]).toEqual([...single.means]);
    expect(scores.region("V1").evaluation.noiseCeiling).toEqual(single.noiseCeiling);
    const table = scores.toTable();
    expect(table.length).toBe(6);
    expect(table.column("share of ceiling")[2]).toBe(
      single.means[2] / (single.noiseCeiling?.lower ?? NaN),
    );
  });

  test("the best layer, chosen without the subject that scores it", async () => {
    const scores = await rsaLayers(layers, { V1, IT }, quiet);
    const { best } = scores.region("IT");
    expect(best).toMatchObject({ layer: "layer8", chosen: { layer8: 8 } });
    expect(best.crossValidated).toBeCloseTo(best.mean, 12);
    expect(scores.region("V1").best.layer).toBe("layer10");
    expect(scores.bestTable().column("chosen")).toEqual(["layer10 8 ×", "layer8 8 ×"]);
  });

  test("regions by the meta of one list", async () => {
    const scores = await rsaLayers(layers, [...V1, ...IT], quiet);
    expect(scores.regions.map(({ region }) => region)).toEqual(["V1", "IT"]);
    const other = [new Rdm(noise(), { items, name: "odd" })];
    await expect(rsaLayers(layers, other, quiet)).rejects.toThrow("names no roi");
  });

  test("p values are corrected over the whole table", async () => {
    const scores = await rsaLayers(layers, { V1, IT }, { ...quiet, correction: "bonferroni" });
    const raw = scores.regions.flatMap(({ evaluation }) => [...(evaluation.tests?.zero.p ?? [])]);
    expect([...scores.pValues.data]).toEqual(raw.map((p) => Math.min(1, 6 * p)));
    expect(scores.words).toBe(
      "t tests (against 0 one-sided, else two-sided), Bonferroni-corrected over 6 tests",
    );
  });

  test("figures: a heat map and profiles", async () => {
    const scores = await rsaLayers(layers, { V1, IT }, quiet);
    const map = plotHeatmap(scores.heatmap(), { method: scores.words });
    expect(map.data.column("value")[0]).toBe(scores.means().data[0]);
    const lines = plotProfiles(scores.profiles(), { steps: scores.layers });
    expect(lines.data.column("subject_8").length).toBe(6);
  });

  test("items are matched by label, and by no other way", async () => {
    const other = layers.map(
      (rdm) => new Rdm(rdm.condensed, { items: items.map((i) => `${i}x`), name: rdm.name }),
    );
    await expect(rsaLayers(other, { V1 }, quiet)).rejects.toMatchObject({ code: "ITEM_MISMATCH" });
  });

  test("a single subject has scores, but no ceiling, test or cross-validated choice", async () => {
    const scores = await rsaLayers(layers, { V1: [V1[0]] }, quiet);
    expect(scores.region("V1").best).toMatchObject({
      layer: "layer10",
      crossValidated: NaN,
      chosen: {},
    });
    expect(scores.pValues.data.every(Number.isNaN)).toBe(true);
    expect(scores.notes.join()).toContain("V1: One data RDM");
    expect(scores.words).toBe("no test");
    const beside = await rsaLayers(layers, { V1: [V1[0]], IT: V1 }, quiet);
    expect(beside.words).toMatch(/^t tests .* over 3 tests$/);
  });

  test("slips are refused", async () => {
    await expect(rsaLayers([layers[0], layers[0]], { V1 }, quiet)).rejects.toThrow("this name");
    await expect(rsaLayers(layers, {}, quiet)).rejects.toThrow("by region");
    await expect(rsaLayers(layers, { V1 }, { methods: "corr" } as never)).rejects.toThrow(
      'did you mean "method"',
    );
    expect((await rsaLayers(layers, { V1 }, quiet)).layers.length).toBe(3);
    const scores = await rsaLayers(layers, { V1 }, quiet);
    expect(() => scores.region("V2")).toThrow('did you mean "V1"');
  });
});

describe("leaving one subject out", () => {
  test("the one left out has no say: with two that differ each scores what the other prefers", () => {
    const scores = [Float64Array.of(0.9, 0.1), Float64Array.of(0.2, 0.8)];
    expect(bestLayer(["a", "b"], scores, 1)).toMatchObject({
      layer: "a",
      mean: 0.5,
      crossValidated: 0.15000000000000002,
      chosen: { a: 1, b: 1 },
    });
  });

  test("layers whose names every object has are counted, too", () => {
    const scores = [Float64Array.of(2, 2, 2), Float64Array.of(1, 1, 1)];
    for (const name of ["constructor", "__proto__"])
      expect(Object.entries(bestLayer([name, "b"], scores, 1).chosen)).toEqual([[name, 3]]);
  });

  test("of a distance the smallest is best; what has no score is never chosen", () => {
    const scores = [
      Float64Array.of(3, 3, 3),
      Float64Array.of(1, 2, 1),
      Float64Array.of(NaN, NaN, NaN),
    ];
    expect(bestLayer(["a", "b", "c"], scores, -1)).toMatchObject({ layer: "b", chosen: { b: 3 } });
    expect(bestLayer(["c"], [Float64Array.of(NaN, NaN)], 1).layer).toBeUndefined();
  });

  test("on noise the choice by the same data is above zero, cross-validated it is not", () => {
    const { normal: draw } = random(3);
    const found = Array.from({ length: 200 }, () =>
      bestLayer(
        Array.from({ length: 10 }, (_, l) => `l${l}`),
        Array.from({ length: 10 }, () => Float64Array.from({ length: 8 }, () => draw())),
        1,
      ),
    );
    const mean = (of: (one: (typeof found)[number]) => number) =>
      found.reduce((sum, one) => sum + of(one), 0) / found.length;
    expect(mean(({ mean: biased }) => biased)).toBeGreaterThan(0.4);
    expect(Math.abs(mean(({ crossValidated }) => crossValidated))).toBeLessThan(0.12);
  });
});
