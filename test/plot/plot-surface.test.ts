import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import { plotSurface } from "../../src/plot/index.ts";
import { projector } from "../../src/plot/surface/projection.ts";
import { layoutFaults, textsOf, withoutDeflate } from "./fixtures.ts";

const rows = ["V1", "LOC", "PPA"];
const columns = ["conv1", "layer4"];
const values = [
  [0.04, 0.02],
  [0.03, 0.07],
  [0.01, 0.05],
];

describe("plotSurface", () => {
  test("a small figure is the stored one", async () => {
    const figure = plotSurface({ rows, columns, values }, { label: "ρ", title: "Joint" });
    await expect(await withoutDeflate(figure.svg)).toMatchFileSnapshot("__snapshots__/surface.svg");
    expect(figure.svg.replace(/base64,[^"]*/g, "")).not.toMatch(/NaN|undefined|Infinity/);
    for (const name of [...rows, ...columns]) expect(textsOf(figure.svg)).toContain(name);
    expect(layoutFaults(figure)).toMatchObject({ outside: [], crossed: [] });
    expect(figure.toCsv().split("\n")[1]).toBe("V1,conv1,0.04");
  });

  test("a cell beside a missing value is left out and said", () => {
    const holed = values.map((row, i) => row.map((v) => (i === 0 ? NaN : v)));
    const figure = plotSurface({ rows, columns, values: holed });
    expect(figure.caption).toContain("Cells beside a missing value are left out.");
    const patches = (svg: string) => (svg.match(/<path[^>]*rgb\(/g) ?? []).length;
    expect(patches(figure.svg)).toBe(patches(plotSurface({ rows, columns, values }).svg) / 2);
  });

  test("what is nearer is drawn later and lower in the picture", () => {
    const degrees = fc.integer({ min: 5, max: 80 });
    const place = fc.double({ min: 0, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(degrees, degrees, place, place, (azimuthDeg, elevationDeg, column, row) => {
        const at = projector({ azimuthDeg, elevationDeg }, [1, 1.5, 0.7]);
        const here = at(column, row, 0.5);
        expect(at(column + 0.1, row, 0.5).depth).toBeGreaterThan(here.depth);
        expect(at(column, row + 0.1, 0.5).depth).toBeGreaterThan(here.depth);
        expect(at(column, row + 0.1, 0.5).y).toBeGreaterThan(here.y);
        expect(at(column, row, 0.6).y).toBeGreaterThan(here.y);
        expect(at(column, row, 0.6).x).toBe(here.x);
      }),
    );
  });

  test("refuses what does not fit, and says what to do", () => {
    const one = { rows: ["a"], columns, values: [[1, 2]] };
    expect(() => plotSurface(one)).toThrow(/two rows and two columns/);
    expect(() => plotSurface({ rows, columns, values: [[1]] })).toThrow(/3 × 2 values/);
    const nothing = values.map((row) => row.map(() => NaN));
    expect(() => plotSurface({ rows, columns, values: nothing })).toThrow(/none finite/);
    expect(() => plotSurface({ rows, columns, values }, { azimuthDeg: 90 })).toThrow(/azimuthDeg/);
    expect(() => plotSurface({ rows, columns, values }, { elevationDeg: 0 })).toThrow(/elevation/);
    const flat = values.map((row) => row.map(() => 1));
    expect(plotSurface({ rows, columns, values: flat }).altText).toContain("from 1 to 1");
  });
});
