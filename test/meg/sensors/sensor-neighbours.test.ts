import { describe, expect, test } from "vitest";
import { random, sensorNeighbours, type Channel } from "../../../src/index.ts";
import { delaunay, edgesOf } from "../../../src/meg/sensors/delaunay.ts";
import { flatten, type FlatPlace } from "../../../src/meg/sensors/flatten.ts";
import { numbersOf, readReference, type ReferenceArray } from "../../reference/read-reference.ts";

interface NeighbourCase {
  readonly name: string;
  readonly input: { names: string[]; positionM: ReferenceArray; type: string; bads?: string[] };
  readonly expected: {
    xy?: ReferenceArray;
    xyOfPairs?: ReferenceArray;
    neighbours: ReferenceArray;
  };
}

const { cases } = readReference<{ cases: NeighbourCase[] }>("questions/adjacency.json");
const placed = cases.filter(({ input }) => "positionM" in input);

function channelsOf({ names, positionM, type }: NeighbourCase["input"]): Channel[] {
  const at = numbersOf(positionM);
  return names.map((name, k) => ({
    name,
    type,
    position: [at[3 * k], at[3 * k + 1], at[3 * k + 2]],
  }));
}

describe("as MNE-Python's find_ch_adjacency", () => {
  test.each(placed)("$name", ({ input, expected }) => {
    const { pairs, names } = sensorNeighbours(channelsOf(input));
    expect(names).toEqual(input.names);
    const wanted = numbersOf(expected.neighbours);
    const text = Array.from({ length: wanted.length / 2 }, (_, at) => [wanted[2 * at], wanted[2 * at + 1]].sort((a, b) => a - b).join(" ")); // prettier-ignore
    expect(pairs.map((pair) => pair.join(" ")).sort()).toEqual(text.sort());
  });

  test.each(placed.filter(({ expected }) => expected.xy))(
    "$name, laid flat",
    ({ input, expected }) => {
      const flat = flatten(channelsOf(input).map(({ position }) => position)).flat();
      const xy = expected.xy === undefined ? [] : numbersOf(expected.xy);
      flat.forEach((value, at) => expect(value).toBeCloseTo(xy[at], 12));
    },
  );
});

describe("magnetometers and planar pairs", () => {
  const pairs = channelsOf(placed.at(-1)?.input ?? placed[0].input);
  const mags = pairs
    .filter((_, at) => at % 2 === 0)
    .map((one): Channel => ({ ...one, name: one.name.replace(/.$/, "1"), type: "mag" }));

  test("share one triangulation of places, and never mix", () => {
    const grads = sensorNeighbours(pairs);
    const both = sensorNeighbours([...pairs, ...mags]);
    for (const { name } of pairs) expect(both.of(name)).toEqual(grads.of(name));
    const alone = sensorNeighbours(mags);
    for (const { name } of mags) expect(both.of(name).sort()).toEqual(alone.of(name).sort());
  });

  test("a place whose magnetometer is missing still parts its neighbours", () => {
    const left = mags.slice(1);
    const both = sensorNeighbours([...pairs, ...left]);
    const whole = sensorNeighbours([...pairs, ...mags]);
    for (const { name } of left)
      expect(both.of(name)).toEqual(whole.of(name).filter((other) => other !== mags[0].name));
  });
});

describe("what cannot have neighbours is refused, and few sensors are not", () => {
  const at = (name: string, x: number, y: number, type = "eeg"): Channel => ({
    name,
    type,
    position: [x, y, 0.09],
  });

  test("no place, one place for two, one name for two, nothing at all", () => {
    const nowhere: Channel = { name: "EEG 007", type: "eeg", position: [NaN, NaN, NaN] };
    expect(() => sensorNeighbours([at("Cz", 0, 0), nowhere])).toThrow(/EEG 007/);
    expect(() => sensorNeighbours([at("A", 0, 0), at("B", 0, 0)])).toThrow(/A and B at one place/);
    expect(() => sensorNeighbours([at("A", 0, 0), at("A", 0, 1)])).toThrow(/unique/);
    expect(() => sensorNeighbours([])).toThrow();
    expect(() => sensorNeighbours({} as never)).toThrow(/source/);
    expect(() => sensorNeighbours([at("A", 0, 0)], { maxDistance: 1 } as never)).toThrow(
      /maxDistanceM/,
    );
  });

  test("one, two and sensors in a line", () => {
    expect(sensorNeighbours([at("A", 0, 0)]).pairs).toEqual([]);
    expect(sensorNeighbours([at("A", 0, 0), at("B", 0, 0.03)]).of("A")).toEqual(["B"]);
    const line = [at("A", 0, 0.06), at("B", 0, -0.02), at("C", 0, 0.02)];
    expect(sensorNeighbours(line).of("C")).toEqual(["A", "B"]);
  });

  test("types stay apart; other channels have none; the bad stay in", () => {
    const channels = [at("A", 0, 0), at("B", 0.02, 0), at("C", 0, 0.02), at("EOG", 0.01, 0.05, "eog"), at("S", 0.01, 0.01, "seeg"), at("T", 0.02, 0.02, "seeg")]; // prettier-ignore
    const info = { channels, sfreqHz: 100, bads: ["B"] };
    const neighbours = sensorNeighbours({ info });
    expect(neighbours.names).toEqual(["A", "B", "C", "S", "T"]);
    expect(neighbours.of("S")).toEqual(["T"]);
    expect(neighbours.of("A")).toEqual(["B", "C"]);
    expect(sensorNeighbours(info, { picks: ["C", "A"] }).names).toEqual(["C", "A"]);
  });

  test("no further than asked", () => {
    const channels = [at("A", 0, 0), at("B", 0.02, 0), at("C", 0, 0.08)];
    expect(sensorNeighbours(channels).pairs).toHaveLength(3);
    const near = sensorNeighbours(channels, { maxDistanceM: 0.05 });
    expect(near.pairs).toEqual([[0, 1]]);
    expect(near.words).toContain("0.05 m");
  });
});

describe("Delaunay triangulation", () => {
  const { next } = random(11);
  const empty = (places: readonly FlatPlace[]) => {
    for (const [a, b, c] of delaunay(places)) {
      const [[ax, ay], [bx, by], [cx, cy]] = [places[a], places[b], places[c]];
      const d = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by));
      expect(d).toBeGreaterThan(0);
      const [sa, sb, sc] = [ax * ax + ay * ay, bx * bx + by * by, cx * cx + cy * cy];
      const x = (sa * (by - cy) + sb * (cy - ay) + sc * (ay - by)) / d;
      const y = (sa * (cx - bx) + sb * (ax - cx) + sc * (bx - ax)) / d;
      const radius = Math.hypot(ax - x, ay - y);
      for (const [px, py] of places)
        expect(Math.hypot(px - x, py - y)).toBeGreaterThan(radius * (1 - 1e-6));
    }
  };

  test.each([4, 10, 60, 300])(
    "of %i random places: every circle is empty, and none is left out",
    (n) => {
      const places = Array.from({ length: n }, (): FlatPlace => [next(), next()]);
      empty(places);
      expect(new Set(delaunay(places).flat()).size).toBe(n);
      const hull = edgesOf(delaunay(places), places).length - 3 * n;
      // Euler: edges = 3n − 3 − hull.
      expect(hull).toBeLessThanOrEqual(-6);
    },
  );

  test("a square grid, where every four are on one circle, and a circle", () => {
    const grid = Array.from({ length: 49 }, (_, at): FlatPlace => [at % 7, Math.floor(at / 7)]);
    expect(delaunay(grid)).toHaveLength(72);
    const circle = Array.from({ length: 20 }, (_, at): FlatPlace => [
      Math.cos(at / 3.1832),
      Math.sin(at / 3.1832),
    ]);
    expect(delaunay(circle)).toHaveLength(18);
    empty(grid);
  });
});
