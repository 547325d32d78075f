import { describe, expect, test } from "vitest";
import { plotHeatmap } from "../../src/plot/index.ts";
import { layoutFaults, textsOf, withoutDeflate } from "./fixtures.ts";

const rows = ["LHEarlyVis", "LHLOC", "LHRSC"];
const columns = ["conv1", "layer3"];
const values = [
  [0.0214, 0.0671],
  [0.02, 0.058],
  [0.007, NaN],
];
const pValues = [
  [0.2, 0.001],
  [0.05, 0.01],
  [0.9, 0.6],
];

describe("plotHeatmap", () => {
  test("a small figure is the stored one, its values and stars written in the cells", async () => {
    const figure = plotHeatmap(
      { name: "joint", rows, columns, values, pValues },
      { label: "Spearman’s ρ", method: "Bootstrap tests, FDR-corrected" },
    );
    await expect(await withoutDeflate(figure.svg)).toMatchFileSnapshot("__snapshots__/heatmap.svg");
    const texts = textsOf(figure.svg);
    for (const text of ["0.021", "0.067*", "0.020*", "0.058*", "0.007", "–"])
      expect(texts).toContain(text);
    expect(figure.caption).toBe(
      "Spearman’s ρ, 3 rows by 2 columns. Colours: 0.007 to 0.0671. Grey cells have no value. * p ≤ 0.05. Bootstrap tests, FDR-corrected.",
    );
    expect(figure.altText).toContain("joint: highest 0.0671 (LHEarlyVis, layer3)");
    expect(figure.toCsv().split("\n").slice(0, 2)).toEqual([
      "row,column,value,p",
      "LHEarlyVis,conv1,0.0214,0.2",
    ]);
    expect(layoutFaults(figure)).toMatchObject({ outside: [], crossed: [] });
  });

  test("panels share one scale and wrap; nothing lies over another", () => {
    const maps = ["CSI1", "CSI2", "CSI3", "joint"].map((name) => ({ name, rows, columns, values }));
    const figure = plotHeatmap(maps, { label: "r" });
    expect(figure.caption).toContain("One colour scale for all panels: 0.007 to 0.0671.");
    expect(figure.data.column("panel").filter((name) => name === "CSI2")).toHaveLength(6);
    const given = (range: [number, number]) => plotHeatmap(maps, { label: "r", range }).caption;
    expect(given([0.01, 0.1])).toContain("0.01 to 0.1. Values outside of it have its end colours.");
    expect(given([0, 0.06])).toContain("Values outside of it have its end colours.");
    expect(given([0, 0.1])).not.toContain("outside");
    expect(figure.caption).not.toContain("outside");
    expect(layoutFaults(figure)).toMatchObject({ outside: [], crossed: [] });
  });

  test("long names of columns run upwards, and rows that differ are named in each panel", () => {
    const long = { rows, columns: ["block 1, second layer", "block 4, last layer"], values };
    const other = { ...long, rows: ["a", "b", "c"] };
    const figure = plotHeatmap([long, other], { values: false });
    expect(textsOf(figure.svg)).toContain("b");
    expect(textsOf(figure.svg)).not.toContain("0.067");
    expect(layoutFaults(figure)).toMatchObject({ outside: [], crossed: [] });
  });

  test("numbers have as many decimals as tell them apart", () => {
    const shown = (value: number) =>
      textsOf(plotHeatmap({ rows: ["a"], columns: ["b"], values: [[value]] }).svg);
    expect(shown(0.1234)).toContain("0.123");
    expect(shown(0.00987)).toContain("0.0099");
    expect(shown(45.678)).toContain("45.7");
    expect(shown(-1234.5)).toContain("−1235");
    expect(shown(0)).toContain("0");
  });

  test("refuses what does not fit, and says what to do", () => {
    expect(() => plotHeatmap([])).toThrow(/at least one/);
    expect(() => plotHeatmap({ rows, columns, values: [[1, 2]] })).toThrow(
      /expected 3 × 2 values.*found 1 × 2/,
    );
    expect(() => plotHeatmap({ rows, columns, values, pValues: [[1]] })).toThrow(/p values/);
    expect(() => plotHeatmap({ rows: [], columns, values: [] })).toThrow(/no rows/);
    expect(() => plotHeatmap({ rows: ["a"], columns: ["b"], values: [[NaN]] })).toThrow(
      /none finite/,
    );
    expect(() => plotHeatmap({ rows, columns, values }, { range: [1, 0] })).toThrow(
      /invalid range/,
    );
    expect(() => plotHeatmap({ rows, columns, values }, { widthPx: 150 })).toThrow(
      /fewer decimals/,
    );
    expect(() => plotHeatmap({ rows, columns, values }, { palette: "jet" as never })).toThrow(
      /unknown palette/,
    );
  });
});
