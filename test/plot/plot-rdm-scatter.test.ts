import { describe, expect, test } from "vitest";
import { Rdm, reorder } from "../../src/index.ts";
import { plotRdmScatter } from "../../src/plot/index.ts";
import { density } from "../../src/plot/rdm-scatter/density.ts";
import { hexagons } from "../../src/plot/rdm-scatter/hexagons.ts";
import { layoutFaults, noise, someRdm, textsOf } from "./fixtures.ts";

describe("plotRdmScatter", () => {
  const a = someRdm(20, { seed: 1, name: "model" });
  const b = someRdm(20, { seed: 2, name: "V1" });

  test("joins pairs by label: the order of the items changes nothing", () => {
    const turned = reorder(b, (b.items ?? []).toReversed());
    expect(plotRdmScatter(a, turned).toCsv()).toBe(plotRdmScatter(a, b).toCsv());
  });

  test("one RDM against itself has r 1, and its ranks ρ 1", () => {
    expect(textsOf(plotRdmScatter(a, a).svg)).toContain("model: r 1.00, ρ 1.00, 190 pairs");
    const figure = plotRdmScatter(a, b, { ranks: true });
    expect(Math.max(...figure.data.column("x").map(Number))).toBe(190);
    expect(textsOf(figure.svg)).toContain("V1, rank");
  });

  test("pairs within and between categories are told apart", () => {
    const figure = plotRdmScatter(a, b, { categories: (item) => (item < "i15" ? "one" : "two") });
    expect(new Set(figure.data.column("kind"))).toEqual(new Set(["within", "between"]));
    expect(textsOf(figure.svg)).toEqual(
      expect.arrayContaining(["within a category", "between categories"]),
    );
  });

  test("missing pairs are counted, more than 5,000 become hexagons", () => {
    const lacking = new Rdm(
      b.condensed.map((value, at) => (at < 3 ? NaN : value)),
      { items: b.items },
    );
    expect(plotRdmScatter(a, lacking).caption).toContain("3 pairs are missing");
    const [many, more] = [someRdm(110, { seed: 3 }), someRdm(110, { seed: 4 })];
    const figure = plotRdmScatter(many, more);
    expect(figure.caption).toContain("Hexagons");
    expect(figure.data.length).toBe(5995);
    expect(figure.svg.length).toBeLessThan(600_000);
  });

  test.each([
    ["one", () => plotRdmScatter(a, b, { title: "A title" })],
    [
      "three",
      () =>
        plotRdmScatter(a, [
          b,
          someRdm(20, { seed: 5 }),
          someRdm(20, { seed: 6, name: "a name that is far too long for its panel" }),
        ]),
    ],
    ["constant", () => plotRdmScatter(new Rdm([1, 1, 1]), new Rdm([2, 2, 2]))],
    ["phone", () => plotRdmScatter(a, b, { widthPx: 340 })],
  ])("nothing lies over anything else: %s", (_, make) => {
    const figure = make();
    expect(figure.svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(layoutFaults(figure)).toMatchObject({ crossed: [], outside: [] });
  });

  test("other items and nothing in common are refused", () => {
    const other = new Rdm([1, 2, 3], { items: ["a", "b", "c"] });
    expect(() => plotRdmScatter(a, other)).toThrow(/missing|lack/);
    expect(() => plotRdmScatter(new Rdm([NaN, NaN, 1]), new Rdm([1, 1, NaN]))).toThrow(
      /finite in both/,
    );
    expect(() => plotRdmScatter(a, b, { rank: true } as never)).toThrow(/ranks/);
  });
});

test("a density has area 1, and is highest where values are", () => {
  const next = noise(4);
  const values = Float64Array.from({ length: 400 }, () => next() + next());
  const heights = density(values, -1, 3, 81);
  expect(heights.reduce((sum, height) => sum + height, 0) * 0.05).toBeCloseTo(1, 10);
  expect(heights.indexOf(Math.max(...heights)) * 0.05 - 1).toBeCloseTo(1, 0);
  expect(density(new Float64Array(0), 0, 1, 5)).toEqual(new Float64Array(5));
});

test("every point is in the hexagon whose middle is nearest", () => {
  const next = noise(9);
  const points = Array.from({ length: 200 }, () => [next() * 50, next() * 50] as const);
  const cells = hexagons(points, 7);
  expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(200);
  for (const [x, y] of points) {
    const near = Math.min(...cells.map((cell) => Math.hypot(cell.x - x, cell.y - y)));
    expect(near).toBeLessThanOrEqual(7 / Math.sqrt(3) + 1e-9);
  }
});
