import { describe, expect, test } from "vitest";
import { SensorScores, type Channel } from "../../../src/index.ts";
import { plotTopomap } from "../../../src/plot/index.ts";
import { numbersOf, readReference, type ReferenceArray } from "../../reference/read-reference.ts";
import { layoutFaults, noise, textsOf } from "../fixtures.ts";

const { cases } = readReference<{
  cases: { input: { names: string[]; positionM: ReferenceArray } }[];
}>("questions/topomap.json");
interface PairsCase {
  readonly input: { readonly values: ReferenceArray };
  readonly expected: { readonly mean: ReferenceArray };
}
const at = numbersOf(cases[0].input.positionM);
export const channels = cases[0].input.names.map((name, k): Channel => ({
  name,
  type: "eeg",
  position: [at[3 * k], at[3 * k + 1], at[3 * k + 2]],
}));
const names = channels.map(({ name }) => name);
const next = noise(3);
const values = names.map(() => next() - 0.3);
const times = Float64Array.from({ length: 30 }, (_, k) => k / 100 - 0.05);

export const scores = new SensorScores({
  scores: Float64Array.from(channels.flatMap(({ position: [, y] }) => Array.from(times, (t) => Math.exp(-((t - 0.12) ** 2) / 0.002) * (0.05 - y) + 0.004 * next()))), // prettier-ignore
  modelNames: ["faces"],
  channels: names,
  times,
  rsaMetric: "spearman",
  nItems: 20,
});

describe("plotTopomap", () => {
  test("places values by name, whatever their order", () => {
    const turned = { channels: names.toReversed(), values: values.toReversed() };
    expect(plotTopomap(turned, channels).svg.length).toBe(
      plotTopomap({ channels: names, values }, channels).svg.length,
    );
    const one = plotTopomap(turned, channels)
      .data.rows()
      .find(({ channel }) => channel === "Oz" || channel === "O1");
    expect(one?.value).toBe(values[names.indexOf("O1")]);
  });

  test("scores at times, the nearest samples, with one scale", () => {
    const figure = plotTopomap(scores, channels, { timesS: [0.05, 0.121, 0.2] });
    expect(textsOf(figure.svg)).toContain("faces, 0.120 s");
    expect(figure.data.length).toBe(57);
    expect(figure.caption).toContain("Spearman’s ρ at 19 places on the head");
    expect(plotTopomap(scores, channels).altText).toContain("faces, 0.120 s");
  });

  test("colours are those of the sensors, even about 0 where they lie on both sides", () => {
    const most = Math.max(...values.map(Math.abs));
    const figure = plotTopomap({ channels: names, values }, channels);
    expect(figure.caption).toContain("even about 0");
    expect(figure.caption).toContain(most.toPrecision(3));
    const above = plotTopomap(
      { channels: names, values: values.map((value) => value + 1) },
      channels,
    );
    expect(above.caption).toContain("the lowest and highest value of the sensors");
  });

  test("names that would lie over others are left out and counted; those of marked sensors come first", () => {
    const shown = (panelPx: number, mark: string[] = []) => {
      const figure = plotTopomap({ channels: names, values }, channels, {
        ...{ sensors: "names" as const, panelPx, mark },
      });
      expect(layoutFaults(figure)).toMatchObject({ crossed: [], outside: [] });
      const drawn = textsOf(figure.svg).filter((text) => names.includes(text));
      return { drawn, caption: figure.caption };
    };
    expect(shown(360).drawn).toHaveLength(19);
    expect(shown(360).caption).not.toContain("no room");
    const small = shown(70);
    const left = names.filter((name) => !small.drawn.includes(name));
    expect(left.length).toBeGreaterThan(2);
    expect(small.caption).toContain(
      `${left.length} names have no room (a larger panelPx has more).`,
    );
    expect(shown(70, left.slice(0, 1)).drawn).toContain(left[0]);
  });

  test("sensors without a value are left out and named; marks too", () => {
    const lacking = values.with(4, NaN);
    const figure = plotTopomap({ channels: names, values: lacking }, channels, {
      mark: ["O1", "O2"],
      markLabel: "the cluster, p = 0.004",
    });
    expect(figure.caption).toContain(`Without a value, and left out: ${names[4]}.`);
    expect(figure.caption).toContain("White dots: the cluster, p = 0.004.");
    expect(figure.data.length).toBe(18);
  });

  test("of planar pairs the mean is what the reference has, pair by pair", () => {
    const { input, expected } = (cases as unknown as PairsCase[])[cases.length - 1];
    const [values, means] = [numbersOf(input.values), numbersOf(expected.mean)];
    const [, nTimes] = input.values.shape;
    const pairs = channels
      .slice(0, 4)
      .flatMap(({ position }, k): Channel[] =>
        [2, 3].map((n) => ({ name: `MEG ${k}${n}`, type: "grad", position })),
      );
    for (let time = 0; time < nTimes; time++) {
      const shown = pairs.map((_, k) => values[k * nTimes + time]);
      const { data } = plotTopomap(
        { channels: pairs.map(({ name }) => name), values: shown },
        pairs,
      );
      data
        .column("value")
        .forEach((value, k) => expect(value).toBeCloseTo(means[k * nTimes + time], 12));
      expect(data.length).toBe(4);
    }
  });

  test("of a planar pair the mean is drawn", () => {
    const grads = channels.slice(0, 6).flatMap((one) => ["2", "3"].map((k): Channel => ({ ...one, name: `${one.name}${k}`, type: "grad" }))); // prettier-ignore
    const pair = { channels: grads.map(({ name }) => name), values: grads.map((_, k) => k) };
    const figure = plotTopomap(pair, grads);
    expect(figure.data.row(1)).toEqual({ map: "", channel: "Fp22 + Fp23", value: 2.5 });
    expect(figure.caption).toContain("Of sensors at one place the mean is shown.");
    expect(figure.caption).toContain("a little beyond");
  });

  test.each([
    ["one", () => plotTopomap({ channels: names, values }, channels, { title: "A title" })],
    [
      "names",
      () =>
        plotTopomap(
          { channels: names, values, name: "a rather long name of a model, at 0.120 s" },
          channels,
          { sensors: "names", panelPx: 360 },
        ),
    ],
    [
      "many",
      () => plotTopomap(scores, channels, { timesS: Array.from({ length: 9 }, (_, k) => k / 40) }),
    ],
    ["phone", () => plotTopomap(scores, channels, { timesS: [0, 0.1, 0.2], widthPx: 340 })],
  ])("nothing lies over anything else: %s", (name, make) => {
    const figure = make();
    expect(figure.svg).not.toMatch(/NaN|undefined|Infinity/);
    if (name !== "names") expect(layoutFaults(figure)).toMatchObject({ crossed: [], outside: [] });
  });

  test("constant values, and three sensors", () => {
    expect(
      plotTopomap({ channels: names, values: names.map(() => 2) }, channels).svg,
    ).not.toContain("NaN");
    const few = { channels: names.slice(0, 3), values: [1, 2, 3] };
    expect(plotTopomap(few, channels).svg).not.toContain("NaN");
    expect(plotTopomap(few, channels, { extrapolate: "local" }).svg).not.toContain("NaN");
  });

  test("what cannot be drawn is refused", () => {
    const of =
      (given: object, source: unknown = channels, options = {}) =>
      () =>
        plotTopomap(given as never, source as never, options);
    expect(of({ channels: ["XX"], values: [1] })).toThrow(/XX/);
    expect(of({ channels: names, values: [1] })).toThrow(/19 values/);
    expect(of({ channels: names.slice(0, 2), values: [1, 2] })).toThrow(/three or more/);
    expect(of({ channels: ["Cz", "Cz"], values: [1, 2] })).toThrow(/once/);
    expect(of([])).toThrow(/one map/);
    expect(of(scores, channels, { timesS: [9] })).toThrow(/timesS/);
    expect(of(scores, channels, { model: "else" })).toThrow(/model/);
    expect(of({ channels: names, values }, channels, { mark: ["Q"] })).toThrow(/mark/);
    expect(of({ channels: names, values }, channels, { mark: [["Cz"], ["Cz"]] })).toThrow(
      /one a map/,
    );
    expect(of({ channels: names, values }, channels, { model: "a" })).toThrow(/leave them out/);
    const mixed = channels.with(0, { ...channels[0], type: "mag" });
    expect(of({ channels: names, values }, mixed)).toThrow(/types mag, eeg/);
    const pooled = new SensorScores({
      ...scores,
      channels: ["rsa"],
      scores: scores.scores.slice(0, 30),
    });
    expect(of(pooled)).toThrow(/spatialRadiusM/);
  });
});
