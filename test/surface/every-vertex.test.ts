import { describe, expect, test } from "vitest";
import { mapSurface, random, Rdm, rsaSurface, weightsSurface } from "../../src/index.ts";

/** A flat grid of 4 × 4 points, 2 mm apart. */
const place = (p: number) => [2 * (p % 4), 2 * Math.floor(p / 4), 0];
const points = Float64Array.from({ length: 48 }, (_, k) => place(Math.floor(k / 3))[k % 3]);
const corners = [0, 1, 2, 4, 5, 6, 8, 9, 10].flatMap((p) => [p, p + 1, p + 5, p, p + 5, p + 4]);
const mesh = {
  points: { data: points, shape: [16, 3] },
  triangles: { data: Int32Array.from(corners), shape: [18, 3] },
};
const { normal } = random(3);
const values = (): Float64Array => Float64Array.from({ length: 16 * 8 }, () => normal());
const [left, right] = [values(), values()];
left.fill(NaN, 5 * 8, 6 * 8);
const data = {
  left: { values: { data: left, shape: [16, 8] } },
  right: { values: { data: right, shape: [16, 8] } },
};
const labels = Array.from({ length: 8 }, (_, k) => "abcd"[k % 4]);
const model = new Rdm([1, 2, 3, 1, 2, 1], { items: [..."abcd"], name: "idea" });
const how = {
  labels,
  surfaces: { left: mesh, right: mesh },
  radiusMm: 2.5,
  onProgress: false,
} as const;

describe("every so manieth centre on the cortex", () => {
  test("has the score it has among all; the others are NaN in the map", async () => {
    const all = await rsaSurface(data, model, how);
    const some = await rsaSurface(data, model, { ...how, every: 4 });
    const kept = all.places.filter((_, at) => at % 4 === 0);
    expect(some.places).toEqual(kept);
    for (const name of kept) expect(some.score(name)).toBe(all.score(name));
    const scored = Array.from(some.map().left ?? []).filter((score) => !Number.isNaN(score));
    expect(scored).toHaveLength(kept.filter((name) => name.startsWith("left")).length);
  });

  test("of the centres asked for", async () => {
    const centres = { left: [1, 2, 3], right: [7, 0] };
    const some = await rsaSurface(data, model, { ...how, centres, every: 2 });
    expect(some.places).toEqual(["left 1", "left 3", "right 7"]);
  });

  test("parcels and all vertices at once cannot be thinned", async () => {
    const halfParcels = {
      labels: new Int32Array(16),
      entries: [{ name: "all", rgba: [0, 0, 0, 255] as const }],
      notes: [],
    };
    const parcels = { left: halfParcels, right: halfParcels };
    const bare = { labels, onProgress: false } as const;
    for (const more of [{}, { parcels }])
      await expect(rsaSurface(data, model, { ...bare, ...more, every: 2 })).rejects.toThrow(
        /every.*radiusMm/,
      );
    for (const every of [0, 0.5, NaN])
      await expect(rsaSurface(data, model, { ...how, every })).rejects.toThrow(/every/);
    await expect(weightsSurface(data, [model], { ...how, every: 0 })).rejects.toThrow(/every/);
  });
});

describe("a function of one's own on the cortex", () => {
  test("gets the mean of each item at the vertices of each patch, and its label", async () => {
    const maps = await mapSurface(
      data,
      (patterns, items) => [patterns.shape[1], patterns.data[0], items?.indexOf("c") ?? NaN],
      { ...how, names: ["vertices", "first", "c"] },
    );
    expect(maps.modelNames).toEqual(["vertices", "first", "c"]);
    // Corner 0: itself, 1, 4; 5 has no data.
    expect(maps.score("left 0", "vertices")).toBe(3);
    expect(maps.score("right 0", "vertices")).toBe(3);
    expect(maps.score("right 5", "vertices")).toBe(5);
    expect(maps.score("left 0", "first")).toBeCloseTo((left[0] + left[4]) / 2, 12);
    expect(maps.score("left 0", "c")).toBe(2);
    expect(maps.map("vertices").left?.[5]).toBeNaN();
    expect(maps.notes.join()).toContain("1 of 32 vertices have no data");
  });

  test("every so manieth centre, chosen items, and what it does not take", async () => {
    const maps = await mapSurface(data, ({ shape }) => shape[0], {
      ...how,
      items: ["d", "b", "a", "c"],
      every: 10,
    });
    expect(maps.places).toEqual(["left 0", "left 11", "right 5", "right 15"]);
    expect([...maps.scores]).toEqual([4, 4, 4, 4]);
    await expect(mapSurface(data, () => 1, { ...how, items: ["a"] })).rejects.toThrow(/items/);
    const noise = { ...how, metric: "euclidean" } as object;
    await expect(mapSurface(data, () => 1, noise)).rejects.toThrow(/metric/);
    const none = (() => undefined) as unknown as () => number;
    await expect(mapSurface(data, none, how)).rejects.toThrow(/patch 0/);
  });
});
