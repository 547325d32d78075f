import { describe, expect, test } from "vitest";
import { Rdm, reorder, rsa } from "../../src/index.ts";
import { plotModelMap } from "../../src/plot/index.ts";
import { placeAround } from "../../src/plot/model-map/place-around.ts";
import { layoutFaults, someRdm, textsOf } from "./fixtures.ts";

const brain = someRdm(12, { seed: 1, name: "LOC" });
const mixed = (share: number, seed: number, name: string) => {
  const noise = someRdm(12, { seed });
  return new Rdm(
    brain.condensed.map((value, k) => share * value + (1 - share) * noise.condensed[k]),
    { items: brain.items, name },
  );
};
const models = [mixed(0.9, 2, "near"), mixed(0.5, 3, "between"), mixed(0.1, 4, "far")];

describe("plotModelMap", () => {
  test("distances from the data are 1 − score, exactly, whatever the order of the items", () => {
    const turned = models.map((model, k) =>
      k === 1 ? reorder(model, (model.items ?? []).toReversed()) : model,
    );
    const rows = plotModelMap(turned, brain).data.rows();
    rows.forEach(({ score, distance, x, y }, k) => {
      expect(score).toBeCloseTo(rsa(brain, models[k]).single(), 12);
      expect(Math.hypot(Number(x), Number(y))).toBeCloseTo(1 - Number(score), 12);
      expect(distance).toBeCloseTo(1 - Number(score), 12);
    });
  });

  test("stress is printed; people are averaged; the ceiling is a ring; what does not differ is linked", () => {
    const figure = plotModelMap(models, [brain, models[0]], {
      ceiling: { lower: 0.6, upper: 0.8 },
      pairs: [
        { a: "near", b: "far", pValue: 0.001 },
        { a: "near", b: "between", pValue: 0.4 },
      ],
      title: "Around LOC",
    });
    expect(figure.caption).toMatch(/stress 0\.\d{3}/);
    expect(figure.caption).toContain("mean over 2 data RDMs");
    expect(figure.caption).toContain("scores 0.6 and 0.8");
    expect(figure.caption).toContain("Grey bands");
    expect(textsOf(figure.svg)).toEqual(expect.arrayContaining(["near", "between", "far", "data"]));
    expect(layoutFaults(figure)).toMatchObject({ outside: [] });
    expect(figure.svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("fewer than two models, names twice, unknown pairs and no score are refused", () => {
    expect(() => plotModelMap(models[0], brain)).toThrow(/two or more/);
    expect(() => plotModelMap([models[0], models[0]], brain)).toThrow(/own name/);
    expect(() =>
      plotModelMap(models, brain, { pairs: [{ a: "near", b: "x", pValue: 1 }] }),
    ).toThrow(/on the map/);
    const flat = new Rdm(new Float64Array(66).fill(1), { items: brain.items, name: "flat" });
    expect(() => plotModelMap([models[0], flat], brain)).toThrow(/flat has no score/);
    expect(() => plotModelMap(models, brain, { rsaMetric: "bures" as never })).toThrow(/rsaMetric/);
  });
});

test("places that fit in a plane are found, without stress", () => {
  const points = [[1, 0], [0, 2], [-1, -1], [0.5, 0.5]]; // prettier-ignore
  const radii = points.map(([x, y]) => Math.hypot(x, y));
  const wanted = points.map((p) => points.map((q) => Math.hypot(p[0] - q[0], p[1] - q[1])));
  const { stress } = placeAround(radii, wanted);
  expect(stress).toBeLessThan(0.01);
  expect(placeAround(radii, wanted)).toEqual(placeAround(radii, wanted));
});
