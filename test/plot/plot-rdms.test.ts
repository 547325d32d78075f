import { fc } from "../support/fast-check.ts";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { jupyterDisplay } from "../../src/core/display.ts";
import { plotRdms } from "../../src/plot/index.ts";
import { defaultColumns } from "../../src/plot/rdms/layout.ts";
import { DIAGONAL, panelPixels } from "../../src/plot/rdms/panel-pixels.ts";
import { Rdm } from "../../src/rdm/rdm.ts";
import { picturesOf, someRdm, textsOf, withoutDeflate } from "./fixtures.ts";

describe("plotRdms", () => {
  test("a small figure is the stored one", async () => {
    const rdm = new Rdm([0.25, 1, NaN], {
      items: ["cat", "dog", "car"],
      metric: "correlation",
      name: "pixels",
    });
    const figure = plotRdms(rdm, {
      categories: (item) => (item === "car" ? "thing" : "animal"),
      panelPx: 60,
    });
    await expect(await withoutDeflate(figure.svg)).toMatchFileSnapshot(
      "__snapshots__/rdm-small.svg",
    );
    expect(figure.caption).toBe(
      "Dissimilarity (correlation) between 3 items. Colours from 0.25 to 1 (the lowest and highest off-diagonal value); the diagonal is masked. 1 of 3 dissimilarities is missing or infinite (hatched).",
    );
  });

  test("two panels by their own range are the stored ones", async () => {
    const rdms = [
      someRdm(5, { name: "a" }),
      someRdm(5, { name: "b", metric: "euclidean", seed: 2 }),
    ];
    const figure = plotRdms(rdms, { panelPx: 60 });
    await expect(await withoutDeflate(figure.svg)).toMatchFileSnapshot(
      "__snapshots__/rdms-each.svg",
    );
    expect(figure.caption).toMatch(/own range/);
  });

  test("450 items are one picture under 400 kB, never a box a cell", () => {
    const figure = plotRdms(someRdm(450));
    expect(figure.svg.length).toBeLessThan(400_000);
    expect(figure.svg.match(/<rect/g)?.length).toBeLessThan(5);
  });

  test("21 panels of 450 items wrap into 3 rows of 7 and stay small", () => {
    const strip = Array.from({ length: 21 }, (_, i) =>
      someRdm(450, { seed: i + 1, name: `${i} ms` }),
    );
    const figure = plotRdms(strip);
    expect(defaultColumns(21)).toBe(7);
    expect(figure.width).toBeLessThanOrEqual(760);
    expect(figure.svg.length).toBeLessThan(1_500_000);
    expect(picturesOf(figure.svg)).toHaveLength(22);
  });

  test("the shared scale is the lowest and highest value of all panels, the diagonal left out", () => {
    const low = new Rdm([0.5, 0.6, 0.7], { metric: "correlation" });
    const high = new Rdm([0.8, 0.9, 1.5], { metric: "correlation" });
    const figure = plotRdms([low, high]);
    expect(figure.caption).toContain("One colour scale for both panels, 0.5 to 1.5");
  });

  test("the same value has the same colour in every panel of a shared scale, and the diagonal is white", async () => {
    const rdms = [new Rdm([0, 1, 0.5], { metric: "m" }), new Rdm([0.5, 2, 0.5], { metric: "m" })];
    const [a, b] = await Promise.all(
      picturesOf(plotRdms(rdms).svg)
        .slice(0, 2)
        .map((png) => sharp(png).raw().toBuffer({ resolveWithObject: true })),
    );
    const cell = (panel: typeof a, i: number, j: number) => {
      const block = panel.info.width / 3;
      const at =
        (Math.floor((i + 0.5) * block) * panel.info.width + Math.floor((j + 0.5) * block)) * 3;
      return [...panel.data.subarray(at, at + 3)];
    };
    expect(cell(a, 1, 2)).toEqual(cell(b, 0, 1));
    expect(cell(a, 0, 1)).toEqual([68, 1, 84]); // viridis begins here
    expect(cell(b, 0, 2)).toEqual([253, 231, 37]); // and ends here
    for (const i of [0, 1, 2]) expect(cell(a, i, i)).toEqual([255, 255, 255]);
    expect(cell(a, 0, 2)).toEqual(cell(a, 2, 0));
  });

  test("metrics that differ are not put on one scale unless asked", () => {
    const rdms = [someRdm(4), someRdm(4, { metric: "euclidean" })];
    expect(plotRdms(rdms).caption).toContain("own range");
    expect(plotRdms(rdms, { scale: "shared" }).caption).toContain("One colour scale");
    expect(plotRdms([rdms[0], rdms[0]], { scale: "each" }).caption).toContain("own range");
  });

  test("values outside of a given range are counted", () => {
    const { caption } = plotRdms(new Rdm([0, 1, 3]), { range: [0.5, 2] });
    expect(caption).toContain("0.5 to 2 (as given)");
    expect(caption).toContain(
      "2 of 3 dissimilarities are outside of the scale (drawn in its end colours).",
    );
  });

  test("nothing finite, one value only, one item, infinite values", () => {
    expect(plotRdms(new Rdm([NaN, NaN, NaN])).caption).toContain("No value is finite");
    expect(plotRdms(new Rdm([1, 1, 1])).caption).toContain("Colours from 1 (");
    expect(plotRdms(new Rdm([], { items: ["a"] })).caption).toContain("1 item.");
    expect(plotRdms(new Rdm([1, 2, Infinity])).caption).toContain("1 of 3");
  });

  test("no figure holds the letters NaN, undefined or Infinity", () => {
    const rdms = [new Rdm([NaN, 1, Infinity]), new Rdm([NaN, NaN, NaN]), new Rdm([0, 0, 0])];
    for (const rdm of [...rdms, rdms]) {
      for (const itemLabels of [undefined, true]) {
        const { svg, caption, altText } = plotRdms(rdm, { itemLabels });
        const words = (svg + caption + altText).replace(/base64,[^"]*/g, "");
        expect(words).not.toMatch(/NaN|undefined|Infinity|\u26a0/);
      }
    }
  });

  test("the same figure twice is the same text", () => {
    const draw = () =>
      plotRdms([someRdm(30), someRdm(30, { seed: 3 })], { categories: (i) => i.slice(0, 2) });
    expect(draw().svg).toBe(draw().svg);
  });

  test("the data is every dissimilarity, exact", () => {
    const figure = plotRdms([
      new Rdm([0.1, 1 / 3, 2], { items: ["a", 'b "x"', "c,d"], name: "n" }),
    ]);
    expect(figure.toCsv()).toBe(
      `rdm,name,item1,item2,dissimilarity\n1,n,a,"b ""x""",0.1\n1,n,a,"c,d",${1 / 3}\n1,n,"b ""x""","c,d",2\n`,
    );
  });

  test("shows itself as SVG, PNG and text, never HTML", async () => {
    const figure = plotRdms(someRdm(4, { name: "<pixels>" }));
    const bundle = await figure[jupyterDisplay]();
    expect(Object.keys(bundle)).toEqual(["image/svg+xml", "image/png", "text/plain"]);
    const png = Buffer.from(String(bundle["image/png"]), "base64");
    const { width, height } = await sharp(png).metadata();
    expect([width, height]).toEqual([2 * figure.width, 2 * figure.height]);
    expect(figure.svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(figure.svg).toContain('role="img"');
    expect(figure.svg).toContain("<title>Representational dissimilarity matrix (&lt;pixels&gt;)");
    expect(figure.altText).toContain("4 items");
    expect((await sharp(png).raw().toBuffer()).subarray(0, 3)).toEqual(Buffer.of(255, 255, 255));
  });

  test("refuses a scale that is no scale", async () => {
    for (const scale of [0, -1, NaN, 1000])
      await expect(plotRdms(someRdm(3)).png({ scale })).rejects.toThrow(/pixels per CSS pixel/);
  });

  test("no text is smaller than 11 pixels, and none of ours leaves the figure", () => {
    const strip = Array.from({ length: 21 }, (_, i) =>
      someRdm(8, { name: `a title that is far too long for two lines ${i}` }),
    );
    const { svg } = plotRdms(strip, {
      label: "a label that is much too long for the bar it stands beside",
    });
    for (const [, size] of svg.matchAll(/font-size="([\d.]+)"/g))
      expect(Number(size)).toBeGreaterThanOrEqual(11);
    expect(textsOf(svg).some((text) => text.endsWith("…"))).toBe(true);
  });

  test("refuses what does not fit, and says what to do", () => {
    const rdm = someRdm(4);
    expect(() => plotRdms([])).toThrow(/give at least one/);
    expect(() => plotRdms(rdm, { titles: ["a", "b"] })).toThrow(
      /1 titles, one per RDM, found 2|one per RDM/,
    );
    expect(() => plotRdms(rdm, { categories: ["a"] })).toThrow(/4 categories/);
    expect(() => plotRdms(new Rdm([1]), { categories: (i) => i })).toThrow(/no labels/);
    expect(() => plotRdms(rdm, { palette: "viridi" as "viridis" })).toThrow(
      /did you mean "viridis"/,
    );
    expect(() => plotRdms(rdm, { scale: "eech" as "each" })).toThrow(/did you mean "each"/);
    expect(() => plotRdms(rdm, { range: [1, 1] })).toThrow(/range/);
    expect(() => plotRdms(rdm, { columns: 0 })).toThrow(/columns/);
    const many = Array.from({ length: 30 }, () => rdm);
    expect(() => plotRdms(many, { columns: 30 })).toThrow(/fewer columns/);
    const twenty = someRdm(20);
    expect(() => plotRdms(twenty, { categories: (i) => i })).toThrow(/20 different/);
  });
});

describe("panel pixels", () => {
  test("with room each cell is a block of equal pixels", () => {
    const { side, values } = panelPixels(new Rdm([1, 2, 3]), 7);
    expect(side).toBe(6);
    const D = DIAGONAL;
    const rows = [
      [D, D, 1, 1, 2, 2],
      [1, 1, D, D, 3, 3],
      [2, 2, 3, 3, D, D],
    ];
    expect([...values]).toEqual(rows.flatMap((row) => [...row, ...row]));
  });

  test("without room a pixel is the mean over its area: 4 items on 2 × 2 pixels by hand", () => {
    const { values } = panelPixels(new Rdm([1, 2, 3, 4, 5, 6]), 2);
    expect([...values]).toEqual([1, (2 + 3 + 4 + 5) / 4, (2 + 3 + 4 + 5) / 4, 6]);
  });

  test("a pixel with more missing than known area is missing", () => {
    const { values } = panelPixels(new Rdm([1, NaN, NaN, NaN, 5, 6]), 2);
    expect([...values]).toEqual([1, NaN, NaN, 6]);
  });

  test("means stay between the lowest and highest value, and the picture is symmetric", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 40 }), fc.integer({ min: 2, max: 50 }), (n, most) => {
        const rdm = someRdm(n, { seed: n });
        const { side, values } = panelPixels(rdm, most);
        const [low, high] = [Math.min(...rdm.condensed), Math.max(...rdm.condensed)];
        const wrong = values.filter((value, at) => {
          if (value === DIAGONAL) return false;
          const mirrored = values[(at % side) * side + Math.floor(at / side)];
          return !(
            value >= low - 1e-12 &&
            value <= high + 1e-12 &&
            Math.abs(value - mirrored) < 1e-9
          );
        });
        expect([...wrong]).toEqual([]);
      }),
    );
  });
});
