import * as Plot from "@observablehq/plot";
import { expect, test } from "vitest";
import { plotFigure } from "../../src/plot/index.ts";
import { ticks } from "../../src/plot/draw/ticks.ts";
import { drawPlot } from "../../src/plot/draw/draw-plot.ts";
import { formatFixed, formatNumber } from "../../src/plot/text/format-number.ts";
import { textWidth } from "../../src/plot/text/text-width.ts";
import { cutText, wrapText } from "../../src/plot/text/wrap-text.ts";

const size = { widthPx: 100, heightPx: 50, altText: "a test" };

test("Plot's errors come through", () => {
  const wrong = { marks: [Plot.dot([1], { x: 1 })], x: { type: "nonsense" as "linear" } };
  expect(() => drawPlot(wrong, size)).toThrow(/unknown scale type: nonsense/);
  expect(() => drawPlot({ title: "T", marks: [Plot.frame()] }, size)).toThrow(/beside the plot/);
});

test("a figure of one's own: Plot in, SVG, PNG and data out", async () => {
  const data = [
    { layer: "conv1", score: 0.1 },
    { layer: "conv2", score: 0.3 },
  ];
  const marks = [Plot.barY(data, { x: "layer", y: "score" })];
  const figure = plotFigure(
    { width: 200, height: 100, marks },
    { altText: "Bars.", caption: "Scores.", data },
  );
  expect(figure.svg.match(/<rect/g)).toHaveLength(3);
  expect(figure.svg).toContain(">Scores.</text>");
  expect([figure.width, figure.height]).toEqual([200, 127]);
  expect(figure.toCsv()).toBe("layer,score\nconv1,0.1\nconv2,0.3\n");
  expect((await figure.png({ scale: 1 })).subarray(1, 4)).toEqual(Uint8Array.of(0x50, 0x4e, 0x47));
});

test("clips are named by the figure, not by how many were drawn before", () => {
  const draw = () => drawPlot({ marks: [Plot.dot([1, 2], { x: [1, 2], clip: true })] }, size);
  expect(draw()).toBe(draw());
  expect(draw()).toMatch(/clip-path="url\(#f[0-9a-z]+-clip-1\)"/);
});

test("ticks are round, inside, and labelled alike", () => {
  expect(ticks(-0.013, 0.08, 5).map(({ label }) => label)).toEqual([
    "0.00",
    "0.02",
    "0.04",
    "0.06",
    "0.08",
  ]);
  expect(ticks(-1, 1, 4).map(({ label }) => label)).toEqual(["−1.0", "−0.5", "0.0", "0.5", "1.0"]);
  expect(ticks(3, 3, 4)).toEqual([{ value: 3, label: "3" }]);
  expect(ticks(0, 2e9, 4)[1].label).toBe("5.00e+8");
});

test("numbers have a true minus and no exponent where it can be avoided", () => {
  expect([formatNumber(-0.08742), formatNumber(123.456), formatNumber(0)]).toEqual([
    "−0.0874",
    "123",
    "0",
  ]);
  expect([formatNumber(1e-9), formatNumber(NaN)]).toEqual(["1.00e−9", "not a number"]);
  expect([formatFixed(-0.001, 2), formatFixed(-0.5, 1)]).toEqual(["0.00", "−0.5"]);
});

test("text is measured, wrapped and cut", () => {
  const style = { sizePx: 10 };
  expect(textWidth("ab", style)).toBeCloseTo(6.13 + 6.35, 10);
  for (const text of ["one two three", "Donaudampfschifffahrt", "日本語のラベル"]) {
    for (const line of wrapText(text, 50, style))
      expect(textWidth(line, style)).toBeLessThanOrEqual(50);
    expect(wrapText(text, 50, style).join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
  }
  expect(cutText("abcdefghijkl", 40, style)).toBe("abcd…");
  expect(cutText("abc", 40, style)).toBe("abc");
});

test("a name that fits no line is broken between its parts, if it has any", () => {
  const style = { sizePx: 11 };
  expect(wrapText("RHEarlyVis", textWidth("RHEarly", style), style)).toEqual(["RHEarly", "Vis"]);
  expect(wrapText("RHEarlyVis", textWidth("RHEarl", style), style)).toEqual(["RH", "Early", "Vis"]);
  expect(wrapText("face/famous", textWidth("face/fam", style), style)).toEqual(["face/", "famous"]);
  expect(wrapText("abcdef", textWidth("abc", style) + 1, style)).toEqual(["abc", "def"]);
});

test("a label of 20,000 letters is broken into lines that fit and keep every letter", () => {
  const style = { sizePx: 11 };
  const word = Array.from({ length: 20_000 }, (_, k) => "Wilé…漢"[k % 6]).join("");
  const lines = wrapText(`some ${word} more`, 120, style);
  for (const line of lines) expect(textWidth(line, style)).toBeLessThanOrEqual(120 + 1e-9);
  expect(lines.join("").replaceAll(" ", "")).toBe(`some${word}more`);
  expect(textWidth(cutText(word, 120, style), style)).toBeLessThanOrEqual(120 + 1e-9);
});
