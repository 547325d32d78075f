import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import { plotTimeCourse } from "../../src/plot/index.ts";
import { dodge } from "../../src/plot/time-course/dodge.ts";
import { placeLabels } from "../../src/plot/time-course/place-labels.ts";
import { withinRange } from "../../src/plot/time-course/within-range.ts";
import { textsOf, withoutDeflate } from "./fixtures.ts";

const times = [-0.1, 0, 0.1, 0.2, 0.3];
const pixels = { name: "pixels", times, values: [0, 0.01, 0.087, NaN, 0.02] };

describe("plotTimeCourse", () => {
  test("a small figure is the stored one", async () => {
    const model = {
      name: "model <1>",
      times,
      values: [0.01, 0, -0.02, 0.05, 0.01],
      lower: [0, -0.01, -0.03, 0.04, 0],
      upper: [0.02, 0.01, -0.01, 0.06, 0.02],
      significant: [[0.2, 0.3] as const],
    };
    const figure = plotTimeCourse([pixels, model], { yLabel: "Spearman’s ρ", title: "Subject 1" });
    await expect(await withoutDeflate(figure.svg)).toMatchFileSnapshot(
      "__snapshots__/time-course.svg",
    );
    expect(figure.svg.replace(/base64,[^"]*/g, "")).not.toMatch(/NaN|undefined|Infinity|\u26a0/);
    expect(textsOf(figure.svg)).toContain("pixels: 0.087 at 0.10 s");
    expect(figure.altText).toContain("model <1>: 0.050 at 0.20 s");
    expect(figure.caption).toContain("Bars below: times found significant.");
    expect(plotTimeCourse(pixels, { yLabel: "signal" }).caption).toMatch(/^Signal over time/);
  });

  test("the data is long, with bounds and tests only where some are given", () => {
    expect(plotTimeCourse(pixels).toCsv()).toBe(
      "series,time_s,value\npixels,-0.1,0\npixels,0,0.01\npixels,0.1,0.087\npixels,0.2,\npixels,0.3,0.02\n",
    );
    const tested = { ...pixels, significant: [[0.1, 0.2] as const] };
    expect(plotTimeCourse(tested).data.column("significant")).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  test("the same figure twice is the same text", () => {
    expect(plotTimeCourse(pixels).svg).toBe(plotTimeCourse(pixels).svg);
  });

  test("constant, single and typed values are drawn", () => {
    const flat = { name: "flat", times: [1], values: Float64Array.of(0) };
    expect(plotTimeCourse(flat).altText).toContain("flat: 0 at 1.00 s");
    const many = Array.from({ length: 20 }, (_, i) => ({ ...pixels, name: `layer ${i}` }));
    const names = textsOf(plotTimeCourse(many).svg);
    for (const { name } of many) expect(names).toContain(name);
  });

  test("refuses what does not fit, and says what to do", () => {
    expect(() => plotTimeCourse([])).toThrow(/give 1 to/);
    expect(() => plotTimeCourse({ ...pixels, values: [1] })).toThrow(/5 values of "pixels"/);
    expect(() => plotTimeCourse({ ...pixels, lower: times })).toThrow(/both lower and upper/);
    expect(() => plotTimeCourse({ ...pixels, times: [0, 1, 1, 2, 3] })).toThrow(/ascend/);
    expect(() => plotTimeCourse({ ...pixels, values: [NaN, NaN, NaN, NaN, NaN] })).toThrow(
      /none finite/,
    );
    expect(() => plotTimeCourse(pixels, { widthPx: 10 })).toThrow(/widthPx/);
  });
});

describe("labels", () => {
  const area = { left: 0, right: 600, top: 0, bottom: 300 };
  const point = fc.record({
    x: fc.double({ min: 0, max: 600, noNaN: true }),
    y: fc.double({ min: 60, max: 280, noNaN: true }),
    width: fc.double({ min: 40, max: 180, noNaN: true }),
  });

  test("never lie over each other nor outside of the frame, wherever the peaks are", () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 5 }), (labels) => {
        const places = placeLabels(labels, [], area);
        places.forEach((a, i) => {
          if (a === undefined) throw new Error("a label found no place");
          expect(a.x - labels[i].width / 2).toBeGreaterThanOrEqual(-1e-9);
          expect(a.x + labels[i].width / 2).toBeLessThanOrEqual(600 + 1e-9);
          places.slice(0, i).forEach((b, j) => {
            if (b === undefined) return;
            const clear = Math.abs(a.x - b.x) >= (labels[i].width + labels[j].width) / 2;
            expect(clear || Math.abs(a.y - b.y) >= 15).toBe(true);
          });
        });
      }),
      { numRuns: 60 },
    );
  });

  test("names at the ends keep their distance and stay in the frame", () => {
    const heights = fc.array(fc.double({ min: -50, max: 350, noNaN: true }), { maxLength: 15 });
    fc.assert(
      fc.property(heights, (wanted) => {
        const placed = [...dodge(wanted, 14, area)].sort((a, b) => a - b);
        placed.forEach((y, i) => {
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y).toBeLessThanOrEqual(300);
          if (i > 0) expect(y - placed[i - 1]).toBeGreaterThanOrEqual(14 - 1e-9);
        });
      }),
    );
    expect(dodge([10, 100], 14, area)).toEqual([10, 100]);
  });
});

describe("a fixed range of the axis", () => {
  const high = { name: "high", times, values: [0, 0.3, 0.1, 0.05, -0.4], lower: [-1, 0, 0, 0, -1], upper: [1, 1, 1, 1, 1] }; // prettier-ignore
  const figure = plotTimeCourse([high], { yRange: [-0.1, 0.2] });

  test("what lies outside is cut, counted and said", () => {
    expect(figure.caption).toContain(
      "The axis is fixed from −0.1 to 0.2; 2 values lie outside of it.",
    );
    expect(figure.caption).toContain("Shades that reach beyond it are cut.");
    expect(plotTimeCourse([high], { yRange: [-1, 1] }).caption).not.toContain("are cut");
    expect(figure.data.column("value")).toEqual(high.values);
    expect(figure.svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("a peak that lies outside is told, not pointed at", () => {
    expect(figure.caption).toContain("Highest values outside of the axis: high: 0.30 at");
    expect(figure.caption).not.toContain("Dots:");
    expect(textsOf(figure.svg)).not.toContain("high: 0.30 at 0.00 s");
    const low = { name: "low", times, values: [0, 0.01, 0.05, 0, 0] };
    const both = plotTimeCourse([high, low], { yRange: [-0.1, 0.2] });
    expect(both.caption).toContain("Dots: the highest value of each curve. Highest values outside");
    expect(textsOf(both.svg)).toContain(`low: 0.050 at ${times[2].toFixed(2)} s`);
  });

  test("a caption begins with a capital letter, also where the label does not", () => {
    const said = plotTimeCourse([high], { yLabel: "difference of scores" }).caption;
    expect(said).toMatch(/^Difference of scores over time/);
  });

  test("a peak before 0 has a true minus sign", () => {
    const early = { name: "early", times: [-0.08, 0, 0.08], values: [2, 1, 0] };
    expect(textsOf(plotTimeCourse([early]).svg)).toContain("early: 2.0 at −0.08 s");
  });

  test("two figures of the same range have the same axis", () => {
    const ticksOf = (svg: string) => textsOf(svg).filter((text) => /^−?0\.\d+$/.test(text));
    const low = plotTimeCourse([{ name: "low", times, values: [0, 0.01, 0, 0, 0] }], {
      yRange: [-0.1, 0.2],
    });
    expect(ticksOf(low.svg)).toEqual(ticksOf(figure.svg));
  });

  test("a range without 0 draws no line at 0; a range that is none is refused", () => {
    const above = plotTimeCourse([{ name: "a", times, values: [2, 3, 2, 3, 2] }], {
      yRange: [1, 4],
    });
    expect(above.caption).toContain("fixed from 1 to 4.");
    expect(() => plotTimeCourse([pixels], { yRange: [1, 1] })).toThrow(/yRange/);
  });

  test("a curve is cut where it crosses", () => {
    const samples = [
      { time: 0, value: 0, lower: 0, upper: 4 },
      { time: 1, value: 4, lower: 2, upper: 6 },
    ];
    expect(withinRange(samples, [-1, 1])).toEqual([
      { time: 0, value: 0, lower: 0, upper: 1 },
      { time: 0.25, value: 1, lower: 0.5, upper: 1 },
      { time: 1, value: undefined, lower: 1, upper: 1 },
    ]);
  });
});

test("what a band is, the series say themselves", () => {
  const band = {
    ...pixels,
    lower: times,
    upper: times,
    bandLabel: "mean of 9 people ± 1 standard error",
  };
  expect(plotTimeCourse(band).caption).toContain("Shaded: mean of 9 people ± 1 standard error.");
});

test("that time 0 is an onset is said only where there is a time before it", () => {
  const course = (from: number) =>
    plotTimeCourse([{ name: "a", times: [from, from + 1, from + 2], values: [1, 2, 1] }]).caption;
  expect(course(-1)).toContain("time 0 is the onset of the stimulus");
  expect(course(0)).not.toContain("onset");
});
