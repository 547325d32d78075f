import { describe, expect, test } from "vitest";
import { Rdm, reorder } from "../../src/index.ts";
import { plotRdms } from "../../src/plot/index.ts";
import { outlinedCells, outlineShapes } from "../../src/plot/rdms/outline.ts";
import { layoutFaults, someRdm } from "./fixtures.ts";

describe("one order of items for all panels", () => {
  const one = new Rdm([1, 2, 3], { items: ["a", "b", "c"], metric: "correlation", name: "one" });
  const turned = reorder(new Rdm([4, 5, 6], { items: ["a", "b", "c"], metric: "correlation", name: "two" }), ["c", "a", "b"]); // prettier-ignore
  const rowsOf = (figure: ReturnType<typeof plotRdms>) =>
    figure.data.rows().map(({ item1, item2, dissimilarity }) => [item1, item2, dissimilarity]);

  test("by default that of the first, and it is said", () => {
    const figure = plotRdms([one, turned]);
    expect(figure.caption).toContain(
      "Items are in the order of the first RDM; 1 of 2 RDMs were put into it by label.",
    );
    expect(rowsOf(figure).slice(3)).toEqual([
      ["a", "b", 4],
      ["a", "c", 5],
      ["b", "c", 6],
    ]);
  });

  test("their own, and one that is given", () => {
    expect(plotRdms([one, turned], { order: "own" }).caption).toContain(
      "Panels differ in their items or in the order of them.",
    );
    const given = plotRdms([one, turned], { order: ["b", "c", "a"] });
    expect(rowsOf(given).slice(0, 2)).toEqual([
      ["b", "c", 3],
      ["b", "a", 1],
    ]);
    expect(given.caption).toContain("Items are in the order given.");
  });

  test("RDMs of the same order, or of other items, stay as they are", () => {
    expect(plotRdms([one, one]).caption).not.toContain("order");
    const other = new Rdm([1, 2, 3], { items: ["a", "b", "d"], metric: "correlation" });
    expect(plotRdms([one, other]).caption).toContain(
      "Panels differ in their items or in the order of them.",
    );
    expect(() => plotRdms([one], { order: ["a", "b"] })).toThrow(/missing \("c"\)/);
    expect(() => plotRdms([one], { order: "last" as never })).toThrow(/order/);
  });
});

describe("a robust range", () => {
  test("outliers no longer wash the picture out; it is said and they are counted", () => {
    const rdm = someRdm(40, { seed: 2 });
    const spoilt = new Rdm(Array.from(rdm.condensed, (value, at) => (at === 7 ? 900 : value)));
    const figure = plotRdms(spoilt, { range: "robust" });
    expect(figure.caption).toMatch(/\(the 1st and 99th percentile of what is drawn\)/);
    expect(figure.caption).toMatch(/of 780 dissimilarities are outside of the scale/);
    expect(figure.caption).not.toContain("900");
    expect(plotRdms(spoilt).caption).toContain("900");
  });

  test("is that of the averaged pixels where there are more items than pixels", () => {
    const rdm = someRdm(300, { seed: 3 });
    const span = (caption: string) =>
      /from ([\d.]+) to ([\d.]+)/.exec(caption)?.slice(1).map(Number) ?? [];
    const [low, high] = span(plotRdms(rdm, { range: "robust", panelPx: 40 }).caption);
    const [all, most] = span(plotRdms(rdm, { range: "robust", panelPx: 340 }).caption);
    expect(high - low).toBeLessThan(most - all);
    // What is drawn are means: no single dissimilarity is drawn in an end colour.
    const coarse = plotRdms(rdm, { range: "robust", panelPx: 40 }).caption;
    expect(coarse).toMatch(/dissimilarities are outside of the scale\. Each pixel is the mean/);
    expect(plotRdms(rdm, { range: "robust", panelPx: 340 }).caption).toContain("(drawn in its end");
  });

  test("each panel by its own, a constant RDM, and one without values", () => {
    const [a, b] = [someRdm(12, { seed: 1 }), someRdm(12, { seed: 2 })];
    const each = plotRdms([a, b], { scale: "each", range: "robust" });
    expect(each.caption).toContain("its own range (the 1st and 99th percentile of what is drawn)");
    expect(plotRdms(new Rdm([2, 2, 2]), { range: "robust" }).caption).toContain("2");
    expect(plotRdms(new Rdm([NaN, NaN, NaN]), { range: "robust" }).caption).toContain(
      "No value is finite",
    );
    expect(() => plotRdms(a, { range: "robst" as never })).toThrow(/robust/);
    expect(() => plotRdms([a, b], { scale: "each", range: [0, 1] })).toThrow(/each/);
  });
});

describe("a line around cells, and one title over all panels", () => {
  const rdm = someRdm(8, { seed: 5, name: "V1" });
  const isFace = (item: string) => item < "i4";
  const linesOf = (svg: string) => [...svg.matchAll(/stroke="#000" stroke-width="1.6"/g)].length;

  test("around a block of categories: one frame; around pairs: their cells in both triangles", () => {
    const block = plotRdms(rdm, {
      outline: (a, b) => isFace(a) && isFace(b),
      outlineLabel: "faces",
    });
    expect(block.caption).toContain("Line: faces.");
    expect(linesOf(block.svg)).toBeGreaterThan(0);
    const cells = outlinedCells(rdm, [["i0", "i5"]]);
    expect(cells.reduce((sum, cell) => sum + cell, 0)).toBe(2);
    const frame = outlineShapes(
      outlinedCells(rdm, (a, b) => isFace(a) && isFace(b)),
      8,
      { left: 0, top: 0, sizePx: 80 },
    );
    expect(frame.lines.filter(({ colour }) => colour === "#000")).toHaveLength(4);
  });

  test("follows the items where their order changes", () => {
    const turned = reorder(rdm, (rdm.items ?? []).toReversed());
    const cells = outlinedCells(turned, [["i0", "i1"]]);
    expect([cells[6 * 8 + 7], cells[7 * 8 + 6]]).toEqual([1, 1]);
  });

  test("unknown items, RDMs without labels and what is no pair are refused", () => {
    expect(() => plotRdms(rdm, { outline: [["i0", "x"]] })).toThrow(/x/);
    expect(() => plotRdms(new Rdm([1, 2, 3]), { outline: () => true })).toThrow(/no labels/);
    expect(() => plotRdms(rdm, { outline: [["i0"]] as never })).toThrow(/pairs/);
  });

  test("a title over panels moves them down, and lies over nothing", () => {
    const plain = plotRdms([rdm, rdm]);
    const titled = plotRdms([rdm, rdm], { title: "Two times the same" });
    expect(titled.height).toBe(plain.height + 24);
    expect(layoutFaults(titled)).toMatchObject({ crossed: [], outside: [] });
  });
});
