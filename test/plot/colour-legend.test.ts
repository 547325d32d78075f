import * as Plot from "@observablehq/plot";
import { describe, expect, test } from "vitest";
import { plotFigure } from "../../src/plot/index.ts";
import { textsOf } from "./fixtures.ts";

const points = Array.from({ length: 30 }, (_, at) => ({
  x: Math.cos(at),
  y: Math.sin(at * 2),
  score: at / 10,
  region: ["V1", "LOC", "FFA"][at % 3],
}));
const dots = (fill: string) => Plot.dot(points, { x: "x", y: "y", fill });

describe("a legend of colours under a figure of one's own", () => {
  test("a ramp for numbers, with its label", () => {
    const plain = plotFigure({ marks: [dots("score")] }, { altText: "scores" });
    const figure = plotFigure(
      { marks: [dots("score")], color: { legend: true, label: "Spearman’s ρ", scheme: "viridis" } },
      { altText: "scores", caption: "Scores of sensors." },
    );
    expect(figure.height).toBeGreaterThan(plain.height);
    const texts = textsOf(figure.svg);
    expect(texts).toContain("Spearman’s ρ");
    expect(texts).toEqual(expect.arrayContaining(["0.0", "1.0", "2.0"]));
    expect(figure.svg).not.toMatch(/NaN|undefined/);
  });

  test("swatches for categories, bins for thresholds", () => {
    const categories = plotFigure(
      { marks: [dots("region")], color: { legend: true } },
      { altText: "a" },
    );
    expect(textsOf(categories.svg)).toEqual(expect.arrayContaining(["V1", "LOC", "FFA"]));
    expect(categories.svg).toMatch(/#0072b2[\s\S]*#d55e00[\s\S]*#009e73/);
    const own = plotFigure(
      { marks: [dots("region")], color: { legend: true, range: ["#111", "#222", "#333"] } },
      { altText: "a" },
    );
    expect(own.svg).not.toContain("#0072b2");
    const bins = plotFigure(
      { marks: [dots("score")], color: { type: "threshold", domain: [1, 2], legend: true } },
      { altText: "a" },
    );
    expect(textsOf(bins.svg)).toEqual(expect.arrayContaining(["below 1", "1 to 2", "from 2"]));
  });

  test("diverging, log and constant scales; no colours at all; none wanted", async () => {
    const of = (color: object, fill = "score") =>
      plotFigure({ marks: [dots(fill)], color }, { altText: "a" });
    expect(textsOf(of({ legend: true, type: "diverging", pivot: 1 }).svg)).toContain("1.0");
    expect(of({ legend: true, type: "log", domain: [0.1, 10] }).svg).not.toContain("NaN");
    expect(of({ legend: true, domain: [1, 1] }).svg).not.toContain("NaN");
    const bare = plotFigure({ marks: [dots("red")] }, { altText: "a" });
    expect(of({ legend: true }, "red").height).toBe(bare.height);
    expect(of({ legend: false }).height).toBe(bare.height);
    const png = await of({ legend: true }).png();
    expect(png.length).toBeGreaterThan(1000);
  });

  test("legends of other scales are still refused, with what to do", () => {
    expect(() =>
      plotFigure(
        { marks: [dots("red")], opacity: { legend: true }, title: "t" },
        {
          altText: "a",
        },
      ),
    ).toThrow(/Plot.text/);
  });
});
