import { describe, expect, test } from "vitest";
import { plotReceptiveFields } from "../../src/plot/index.ts";

const fields = {
  data: Float64Array.of(0, 0.5, 0.05, 0.2, 0.75, 0, 0, NaN),
  shape: [2, 2, 2],
};

describe("receptive fields", () => {
  test("pixels from the threshold on are drawn, smaller ones left white", () => {
    const { svg } = plotReceptiveFields({ data: fields.data.subarray(0, 4), shape: [2, 2] });
    const drawn = svg.match(/fill="rgb\([^"]+"/g) ?? [];
    expect(new Set(drawn).size).toBe(2);
  });

  test("a value that is not a number is grey, not white", () => {
    expect(plotReceptiveFields(fields).svg).toContain("#d5d5d5");
  });

  test("every pixel is in the table", () => {
    const { data } = plotReceptiveFields(fields, { titles: ["a", "b"] });
    expect(data.column("row")).toHaveLength(8);
    expect(data.column("field").slice(3, 5)).toEqual(["a", "b"]);
    expect(data.column("coefficient").slice(0, 2)).toEqual([0, 0.5]);
  });

  test("words tell the peaks", () => {
    expect(plotReceptiveFields(fields, { titles: ["a", "b"] }).altText).toContain(
      "a: highest coefficient 0.5 at row 0, column 1; b: highest coefficient 0.75 at row 0, column 0",
    );
  });

  test.each([
    [{ titles: ["one"] }, /2 titles, one a field/],
    [{ markedPixels: [0, 2] as const }, /inside 2 × 2 pixels/],
    [{ markedPixels: [[0, 0]] as const }, /2 marked pixels/],
    [{ range: [1, 1] as const }, /lowest, highest/],
    [{ columns: 0 }, /fields a row/],
  ])("%j is refused", (options, message) => {
    expect(() => plotReceptiveFields(fields, options)).toThrow(message);
  });

  test("what is not a list of images is refused", () => {
    expect(() => plotReceptiveFields({ data: fields.data, shape: [8] })).toThrow(/rows × columns/);
    expect(() => plotReceptiveFields({ data: new Float64Array(), shape: [0, 2, 2] })).toThrow(
      /no field/,
    );
  });
});

test("each field may have its palette and bar, on black", () => {
  const fields = { data: Float64Array.of(0.2, 0, 0.5, 0.7), shape: [2, 1, 2] };
  const one = plotReceptiveFields(fields);
  const own = plotReceptiveFields(fields, { palette: ["blues", "reds"], ground: "black" });
  const bars = (svg: string) => svg.match(/<image/g)?.length;
  expect([bars(one.svg), bars(own.svg)]).toEqual([1, 2]);
  expect(own.caption).toContain("Pixels below 0.1 are black.");
  expect(own.svg).toContain("#000");
  expect(() => plotReceptiveFields(fields, { palette: ["blues"] })).toThrow(/2 palettes/);
});
