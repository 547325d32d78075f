import { describe, expect, test } from "vitest";
import { SensorScores, type Channel } from "../../../src/index.ts";
import { plotJoint } from "../../../src/plot/index.ts";
import { peakSamples } from "../../../src/plot/topomap/peak-times.ts";
import { numbersOf, readReference, type ReferenceArray } from "../../reference/read-reference.ts";
import { layoutFaults, noise, textsOf } from "../fixtures.ts";

const { cases } = readReference<{ cases: { input: { names: string[]; positionM: ReferenceArray } }[] }>("questions/topomap.json"); // prettier-ignore
const at = numbersOf(cases[0].input.positionM);
const channels = cases[0].input.names.map((name, k): Channel => ({ name, type: "eeg", position: [at[3 * k], at[3 * k + 1], at[3 * k + 2]] })); // prettier-ignore
const times = Float64Array.from({ length: 60 }, (_, k) => k / 100 - 0.1);
const next = noise(3);
const bump = (t: number, middle: number) => Math.exp(-((t - middle) ** 2) / 0.002);
const scores = new SensorScores({
  scores: Float64Array.from(channels.flatMap(({ position: [x, y] }) => Array.from(times, (t) => bump(t, 0.12) * (0.05 - y) + bump(t, 0.32) * x + 0.004 * next()))), // prettier-ignore
  modelNames: ["faces"],
  channels: channels.map(({ name }) => name),
  times,
  rsaMetric: "spearman",
  nItems: 20,
});

describe("plotJoint", () => {
  test("maps are at the times at which sensors differ most, in order", () => {
    const figure = plotJoint(scores, channels, { maps: 2 });
    const shown = textsOf(figure.svg)
      .filter((text) => / s$/.test(text))
      .map(parseFloat);
    expect(shown).toHaveLength(2);
    expect(Math.abs(shown[0] - 0.12)).toBeLessThan(0.015);
    expect(Math.abs(shown[1] - 0.32)).toBeLessThan(0.015);
    expect(figure.data.length).toBe(19 * 60);
    expect(figure.caption).toContain("the 2 times at which sensors differ most");
  });

  test("each map lies under its time, and within the figure", () => {
    const { svg, width } = plotJoint(scores, channels, { maps: 3 });
    const of = (key: string, text: string) =>
      Number(new RegExp(` ${key}="([^"]*)"`).exec(text)?.[1]);
    // The last picture is the bar of colours.
    const middles = [...svg.matchAll(/<image[^>]*>/g)]
      .map(([image]) => of("x", image) + of("width", image) / 2)
      .slice(0, 3);
    const centres = [...svg.matchAll(/<text([^>]*)>[\d.−]+ s</g)].map(([, text]) =>
      Number(/translate\(([\d.]+)/.exec(text)?.[1]),
    );
    expect(centres).toHaveLength(3);
    middles.forEach((middle, k) => expect(Math.abs(middle - centres[k])).toBeLessThan(1));
    expect(middles[1] - middles[0]).toBeCloseTo(middles[2] - middles[1], 6);
    expect(middles[2]).toBeLessThan(width);
  });

  test("or at the times given; one line a sensor", () => {
    const figure = plotJoint(scores, channels, { timesS: [0, 0.2] });
    expect(textsOf(figure.svg)).toEqual(expect.arrayContaining(["0.000 s", "0.200 s"]));
    expect([...figure.svg.matchAll(/<path[^>]*stroke="rgb\(/g)].length).toBe(19);
    expect(figure.svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test.each([
    ["wide", {}],
    ["phone", { widthPx: 360, maps: 2 }],
    ["title", { title: "Faces", timesS: [0, 0.1, 0.2, 0.3] }],
  ])("nothing lies over anything else: %s", (_, options) =>
    expect(layoutFaults(plotJoint(scores, channels, options))).toMatchObject({
      crossed: [],
      outside: [],
    }),
  );

  test("a gap stays a gap; what cannot be drawn is refused", () => {
    const gap = new SensorScores({
      ...scores,
      scores: scores.scores.map((value, k) => (k === 5 ? NaN : value)),
    });
    expect(plotJoint(gap, channels).svg).not.toMatch(/NaN/);
    expect(() => plotJoint(scores, channels.slice(1))).toThrow(/Fp1/);
    expect(() => plotJoint(scores, channels, { timesS: [5] })).toThrow(/timesS/);
    expect(() => plotJoint(scores, channels, { timesS: [] })).toThrow(/1 to 8/);
    const pooled = new SensorScores({
      ...scores,
      channels: ["rsa"],
      scores: scores.scores.slice(0, 60),
    });
    expect(() => plotJoint(pooled, channels)).toThrow(/spatialRadiusM/);
    const flat = new SensorScores({ ...scores, scores: scores.scores.map(() => NaN) });
    expect(() => plotJoint(flat, channels)).toThrow(/timesS/);
  });
});

test("peaks are some way apart, the highest kept", () => {
  const spread = [0, 5, 4, 4.5, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0];
  const series = [spread, spread.map((value) => -value)];
  expect(peakSamples(series, 2)).toEqual([1, 3]);
  const long = series.map((one) => [...one, ...new Array<number>(40).fill(0)]);
  expect(peakSamples(long, 2)).toEqual([1, 8]);
  expect(peakSamples(series, 9)).toEqual([1, 3, 8, 18]);
  expect(peakSamples([], 2)).toEqual([]);
});
