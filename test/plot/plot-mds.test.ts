import { describe, expect, test } from "vitest";
import { plotMds, plotRdms } from "../../src/plot/index.ts";
import { iconColumns } from "../../src/plot/rdms/icons.ts";
import { Rdm } from "../../src/rdm/index.ts";
import { layoutFaults, picturesOf, someRdm, textsOf, withoutDeflate } from "./fixtures.ts";

const rdm = someRdm(7, { name: "IT" });
const images = (rdm.items ?? []).map((_, i) => ({
  width: 4,
  height: i % 2 === 0 ? 4 : 2,
  channels: 3 as const,
  data: new Uint8Array(4 * (i % 2 === 0 ? 4 : 2) * 3).fill(30 * i),
}));
const halves = (item: string) => (item < "i3" ? "left" : "right");

describe("plotMds", () => {
  test("a small figure is the stored one, its stress said", async () => {
    const figure = plotMds(rdm, { categories: halves, title: "IT" });
    await expect(await withoutDeflate(figure.svg)).toMatchFileSnapshot("__snapshots__/mds.svg");
    expect(figure.caption).toMatch(/SMACOF.*Stress 0\.\d{3} \((good|fair|rough|poor)/);
    expect(figure.data.names).toEqual(["item", "x", "y", "category"]);
    expect(layoutFaults(figure)).toMatchObject({ outside: [], crossed: [] });
    for (const item of rdm.items ?? []) expect(textsOf(figure.svg)).toContain(item);
  });

  test("images stand at their places, each once; classical scaling is named", () => {
    const figure = plotMds(rdm, {
      images: (item) => images[Number(item.slice(1))],
      method: "classical",
    });
    expect(picturesOf(figure.svg)).toHaveLength(7);
    expect(figure.caption).toContain("Torgerson");
    expect(textsOf(figure.svg)).not.toContain("i1");
  });

  test("distances in the picture are in the proportion of the coordinates on both axes", () => {
    const square = new Rdm([1, Math.SQRT2, 1, 1, Math.SQRT2, 1], { items: ["a", "b", "c", "d"] });
    const { data } = plotMds(square);
    const [x, y] = ["x", "y"].map((axis) => data.column(axis) as number[]);
    const distance = (i: number, j: number) => Math.hypot(x[i] - x[j], y[i] - y[j]);
    expect(distance(0, 1)).toBeCloseTo(1, 4);
    expect(distance(0, 2)).toBeCloseTo(Math.SQRT2, 4);
  });

  test("labels without room are counted", () => {
    const crowd = new Rdm(new Float64Array(190).fill(1e-9).fill(1, 0, 1), {
      items: Array.from({ length: 20 }, (_, i) => `a rather long label ${i}`),
    });
    expect(plotMds(crowd, { itemLabels: true }).caption).toMatch(/\d+ labels found no room/);
  });

  test("refuses what does not fit, and says what to do", () => {
    expect(() => plotMds(someRdm(2))).toThrow(/three or more/);
    expect(() => plotMds(rdm, { images: images.slice(1) })).toThrow(/7 images, one per item/);
    expect(() => plotMds(new Rdm([1, 2, 3]), { images: () => images[0] })).toThrow(/no labels/);
    expect(() => plotMds(new Rdm([1, NaN, 3]))).toThrow(/missing pairs/);
    expect(() => plotMds(rdm, { images, imagePx: 1 })).toThrow(/imagePx/);
  });
});

describe("icons of plotRdms", () => {
  test("each item's image stands beside its row and below its column, instead of labels", () => {
    const figure = plotRdms(rdm, { icons: images, categories: halves });
    // The panel, its colour bar, two bands, and two icons an item.
    expect(picturesOf(figure.svg)).toHaveLength(4 + 14);
    expect(textsOf(figure.svg)).not.toContain("i1");
    expect(layoutFaults(figure)).toMatchObject({ outside: [], crossed: [] });
  });

  test("smaller cells get more columns of icons, and too many items are refused", () => {
    expect(iconColumns(7, 280)).toMatchObject({ sidePx: 30, columns: 1 });
    expect(iconColumns(92, 340)).toMatchObject({ sidePx: 13, columns: 4 });
    expect(() => iconColumns(450, 340)).toThrow(/leave the icons out/);
    expect(() => plotRdms(rdm, { icons: images.slice(2) })).toThrow(/7 icons, one per item/);
    expect(() => plotRdms(new Rdm([1, 2, 3]), { icons: () => images[0] })).toThrow(/no labels/);
  });
});
