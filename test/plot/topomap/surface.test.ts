import { describe, expect, test } from "vitest";
import { flatten, type FlatPlace } from "../../../src/meg/sensors/flatten.ts";
import { surround, type Extrapolate } from "../../../src/plot/topomap/extra-points.ts";
import { surfaceOf, type Interpolation } from "../../../src/plot/topomap/interpolate.ts";
import { outlinesOf } from "../../../src/plot/topomap/outlines.ts";
import { numbersOf, readReference, type ReferenceArray } from "../../reference/read-reference.ts";

interface MapCase {
  readonly name: string;
  readonly input: {
    readonly names?: string[];
    readonly positionM: ReferenceArray;
    readonly values: ReferenceArray;
    readonly interpolation: Interpolation;
    readonly extrapolate: Extrapolate;
    readonly border: "mean" | number;
    readonly resolution: number;
    readonly sphere?: number[];
  };
  readonly expected: Record<
    "xy" | "head" | "nose" | "earLeft" | "earRight" | "clipOrigin" | "extraPoints" | "grid",
    ReferenceArray
  > & {
    readonly clipRadius: number[];
    readonly extent: number[];
    readonly nExtra: number;
    readonly maskPoints: ReferenceArray | null;
  };
}

const { cases } = readReference<{ cases: MapCase[] }>("questions/topomap.json");
const [outlines, sphere] = cases;
const maps = cases.filter(({ expected }) => "grid" in expected);
const at = numbersOf(outlines.input.positionM);
const positions = Array.from(
  { length: 19 },
  (_, k) => [at[3 * k], at[3 * k + 1], at[3 * k + 2]] as const,
);
const places = flatten(positions);
const flat = (line: readonly FlatPlace[]) => [...line.map(([x]) => x), ...line.map(([, y]) => y)];
const near = (array: ReferenceArray, digits = 12): unknown[] =>
  Array.from(numbersOf(array), (value) => expect.closeTo(value, digits) as unknown);

describe("the head, as MNE-Python draws it", () => {
  const { head, nose, ears, clip } = outlinesOf(places);

  test("places, circle, nose, ears and where the map ends", () => {
    expect(places.flat()).toEqual(near(outlines.expected.xy));
    expect(flat(head.filter((_, k) => k % 10 === 0))).toEqual(near(outlines.expected.head));
    expect(flat(nose)).toEqual(near(outlines.expected.nose));
    expect(flat(ears[0])).toEqual(near(outlines.expected.earLeft));
    expect(flat(ears[1])).toEqual(near(outlines.expected.earRight));
    expect(clip.radius).toBeCloseTo(outlines.expected.clipRadius[0], 12);
  });

  test("around a given sphere", () => {
    const [x, y, z, radius] = sphere.input.sphere ?? [];
    const moved = flatten(positions, [x, y, z]);
    expect(moved.flat()).toEqual(near(sphere.expected.xy));
    const { clip: ends } = outlinesOf(moved, { radius, origin: [x, y] });
    expect(ends.radius).toBeCloseTo(sphere.expected.clipRadius[0], 12);
    expect([...ends.origin]).toEqual(near(sphere.expected.clipOrigin));
  });
});

describe("the surface, as MNE-Python's", () => {
  const { clip } = outlinesOf(places);

  test.each(maps)("$name", ({ input, expected }) => {
    const { extra, region } = surround(places, input.extrapolate, clip);
    const key = (points: readonly FlatPlace[]) =>
      points.map((p) => p.map((v) => v.toFixed(6)).join()).sort();
    const pairs = (array: ReferenceArray) => {
      const data = numbersOf(array);
      return Array.from({ length: data.length / 2 }, (_, k): FlatPlace => [
        data[2 * k],
        data[2 * k + 1],
      ]);
    };
    expect(key(extra)).toEqual(key(pairs(expected.extraPoints)));
    if (expected.maskPoints !== null)
      expect(key(region ?? [])).toEqual(key(pairs(expected.maskPoints)));
    const values = numbersOf(input.values);
    const { valueAt } = surfaceOf(places, values, { ...input, clip });
    const grid = numbersOf(expected.grid);
    const [left, right, low, high] = expected.extent;
    const n = input.resolution;
    const span = Math.max(...values) - Math.min(...values);
    const tolerance = input.interpolation === "cubic" ? 1e-4 * span : 1e-10;
    let [worst, holes] = [0, 0];
    grid.forEach((wanted, k) => {
      const x = left + ((right - left) * (k % n)) / (n - 1);
      const y = low + ((high - low) * Math.floor(k / n)) / (n - 1);
      const found = valueAt([x, y]);
      if (Number.isNaN(found) !== Number.isNaN(wanted)) holes++;
      else if (!Number.isNaN(wanted)) worst = Math.max(worst, Math.abs(found - wanted));
    });
    expect(holes).toBe(0);
    expect(worst).toBeLessThan(tolerance);
  });
});
