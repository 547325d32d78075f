import { describe, expect, test } from "vitest";
import {
  mapStcs,
  mapStcsRois,
  random,
  Rdm,
  rdmStcs,
  rsaStcs,
  rsaStcsRois,
  sharesStcs,
  SourceEstimates,
} from "../../src/index.ts";
import type { FifSourceSpace } from "../../src/io/index.ts";

const [nEstimates, nTimes] = [12, 11];
const { normal } = random(5);
/** Six points in a row, 1 cm apart, each with a twin that makes triangles of them. */
const points = Float64Array.from({ length: 36 }, (_, k) => {
  const [point, axis] = [Math.floor(k / 3), k % 3];
  return [0.01 * (point % 6), 0.01 * Math.floor(point / 6), 0][axis];
});
const corners = [0, 1, 2, 3, 4].flatMap((k) => [k, k + 1, k + 7, k, k + 7, k + 6]);
const half = (hemisphere: "left" | "right"): FifSourceSpace => ({
  ...{ kind: "surface", hemisphere, subject: undefined, frame: "mri", gridShape: undefined },
  ...{ usedTriangles: undefined, nearest: undefined, distances: undefined },
  points: { data: points, shape: [12, 3] },
  normals: { data: points, shape: [12, 3] },
  vertices: Int32Array.of(0, 1, 2, 3, 4, 5),
  triangles: { data: Int32Array.from(corners), shape: [10, 3] },
});
const sourceSpaces = [half("left"), half("right")];
const estimates = new SourceEstimates({
  data: {
    data: Float64Array.from({ length: nEstimates * 7 * nTimes }, () => normal()),
    shape: [nEstimates, 7, nTimes],
  },
  vertices: [Int32Array.of(0, 1, 2, 3), Int32Array.of(1, 2, 5)],
  kind: "surface",
  tminS: -0.02,
  tstepS: 0.01,
});
const labels = Array.from({ length: nEstimates }, (_, k) => "abcd"[k % 4]);
const model = new Rdm([1, 2, 3, 1, 2, 1], { items: [..."abcd"], name: "idea" });
const quiet = { labels, onProgress: false } as const;
const space = { ...quiet, sourceSpaces, spatialRadiusM: 0.015 };
const thin = <T>(list: Iterable<T>, every: number): T[] =>
  [...list].filter((_, at) => at % every === 0);

describe("every so manieth centre of sources", () => {
  test.each([2, 4, 50])("windows are thinned, source by source: %i", async (every) => {
    const how = { ...space, temporalRadiusS: 0.01 };
    const all = await rsaStcs(estimates, model, how);
    const some = await rsaStcs(estimates, model, { ...how, every });
    expect([...some.times]).toEqual(thin(all.times, every));
    expect(some.places).toEqual(all.places);
    for (const place of all.places)
      thin(all.series("idea", place).values, every).forEach((score, at) =>
        expect(some.series("idea", place).values[at]).toBeCloseTo(score, 12),
      );
    // The map's times are those of the scores, not of the data.
    const map = some.toEstimates("idea");
    map.times.forEach((time, at) => expect(time).toBeCloseTo(some.times[at], 12));
  });

  test("at one time the sources are, each with its whole patch, and the map has those alone", async () => {
    const all = await rsaStcs(estimates, model, space);
    const some = await rsaStcs(estimates, model, { ...space, every: 3 });
    expect(some.places).toEqual(["left 0", "left 3", "right 5"]);
    thin(all.scores, 3).forEach((score, at) => expect(some.scores[at]).toBeCloseTo(score, 12));
    expect(some.toEstimates("idea").sourceNames).toEqual(some.places);
    const chosen = { sources: { left: [1, 2], right: [1, 2] } };
    const few = await rsaStcs(estimates, model, { ...space, ...chosen, every: 2 });
    expect(few.places).toEqual(["left 1", "right 1"]);
  });

  test("RDMs, regions, shares and weights go along", async () => {
    const how = { ...quiet, temporalRadiusS: 0.01, every: 4 };
    const rdms = [];
    for await (const rdm of rdmStcs(estimates, how)) rdms.push(rdm);
    expect(rdms.map(({ meta }) => Number(meta["timeS"]).toFixed(2))).toEqual([
      "-0.01",
      "0.03",
      "0.07",
    ]);
    const roi = { name: "V1", hemisphere: "left", vertices: [0, 1] } as const;
    const regions = await rsaStcsRois(estimates, model, [roi], how);
    expect(regions.times).toHaveLength(3);
    expect(regions.toEstimates("idea").tstepS).toBeCloseTo(0.04, 12);
    const second = new Rdm([2, 1, 1, 3, 1, 2], { items: [..."abcd"], name: "other" });
    const shares = await sharesStcs(estimates, [model, second], how);
    expect([...shares.of("unique").times]).toEqual([...regions.times]);
  });

  test("one patch cannot be thinned, nor by what counts nothing", async () => {
    await expect(rsaStcs(estimates, model, { ...quiet, every: 2 })).rejects.toThrow(
      /every.*temporalRadiusS or spatialRadiusM/,
    );
    for (const every of [0, -1, 1.5, NaN, "2"])
      await expect(rsaStcs(estimates, model, { ...space, every: every as 2 })).rejects.toThrow(
        /every/,
      );
    const one = await rsaStcs(estimates, model, { ...quiet, every: 1 });
    expect(one.scores).toHaveLength(1);
  });
});

describe("a function of one's own around sources", () => {
  test("gets the mean of each item in each patch, and its label", async () => {
    const seen: (readonly string[] | undefined)[] = [];
    const found = await mapStcs(
      estimates,
      ({ data, shape }, items) => {
        seen.push(items);
        return [shape[1], data[0]];
      },
      { ...space, names: ["features", "first"] },
    );
    expect(found.places).toEqual(estimates.sourceNames);
    const item = [0, 4, 8];
    const { data } = estimates.data;
    const mean = item.reduce((sum, at) => sum + data[at * 7 * nTimes], 0) / item.length;
    expect(found.scores[7]).toBeCloseTo(mean, 12);
    // Within 1.5 cm along the mesh: left 0 has left 1; right 5 has nobody.
    expect([...found.scores.subarray(0, 7)]).toEqual([2, 3, 3, 2, 2, 2, 1].map((n) => n * nTimes));
    expect(seen[0]).toEqual([..."abcd"]);
    expect(found.toEstimates("features").sourceNames).toEqual(estimates.sourceNames);
  });

  test("an own distance gives what rdmStcs gives, in every window and with every", async () => {
    const how = { ...space, temporalRadiusS: 0.01, every: 3 };
    const rdms: number[] = [];
    for await (const rdm of rdmStcs(estimates, { ...how, metric: "sqeuclidean" }))
      rdms.push(rdm.between("a", "b"));
    const found = await mapStcs(
      estimates,
      ({ data, shape: [, n] }) => {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += (data[k] - data[n + k]) ** 2;
        return sum;
      },
      how,
    );
    expect(found.scores).toHaveLength(rdms.length);
    rdms.forEach((value, at) => expect(found.scores[at]).toBeCloseTo(value, 10));
  });

  test("in regions all sources of a label are one patch, by name, in both halves", async () => {
    const v1 = { name: "V1", hemisphere: "left", vertices: [1, 3, 99] } as const;
    const how = { ...quiet, temporalRadiusS: 0.01, names: ["features", "first"] };
    const ours = [v1, { name: "right", hemisphere: "right", vertices: [2, 5] }] as const;
    const found = await mapStcsRois(estimates, ({ data, shape }) => [shape[1], data[0]], ours, how);
    expect(found.places).toEqual(["V1", "right"]);
    expect(found.times).toHaveLength(nTimes - 2);
    expect(found.series("features", "V1").values[0]).toBe(2 * 3);
    const { data } = estimates.data;
    const mean = (source: number, time: number) =>
      [0, 4, 8].reduce((sum, at) => sum + data[(at * 7 + source) * nTimes + time], 0) / 3;
    expect(found.series("first", "V1").values[1]).toBeCloseTo(mean(1, 1), 12);
    expect(found.series("first", "right").values[0]).toBeCloseTo(mean(5, 0), 12);
    // Outside of the regions there is no number.
    const map = found.toEstimates("features");
    expect(map.sourceNames).toEqual(estimates.sourceNames);
    expect([...map.data.data].filter((_, at) => at % map.times.length === 0)).toEqual([
      ...[NaN, 6, NaN, 6, NaN, 6, 6],
    ]);
    const thinned = await mapStcsRois(estimates, () => 1, ours, { ...how, names: ["n"], every: 4 });
    expect(thinned.times).toHaveLength(3);
  });

  test("regions without sources, and options of patches around sources, are refused", async () => {
    const none = [{ name: "V1", hemisphere: "left", vertices: [99] }] as const;
    await expect(mapStcsRois(estimates, () => 1, none, quiet)).rejects.toThrow(/V1/);
    await expect(mapStcsRois(estimates, () => 1, [], quiet)).rejects.toThrow(/rois.*none/);
    await expect(mapStcsRois(estimates, () => 1, "V1" as never, quiet)).rejects.toThrow(/rois/);
    await expect(mapStcsRois(estimates, () => 1, none, space as object)).rejects.toThrow(/sourceSpaces|spatialRadiusM/); // prettier-ignore
  });

  test("without labels there are none to hand out; what is no number, and what it does not take, is refused", async () => {
    let items: readonly string[] | undefined = ["never"];
    await mapStcs(estimates, (_, given) => ((items = given), 1), { onProgress: false });
    expect(items).toBeUndefined();
    const text = (() => "1") as unknown as () => number;
    await expect(mapStcs(estimates, text, space)).rejects.toThrow(/patch 0/);
    const folds = { ...space, nFolds: 2 } as object;
    await expect(mapStcs(estimates, () => 1, folds)).rejects.toThrow(/nFolds/);
  });
});

test("a source exactly as far as the radius is not in the patch; the own one is, also at radius 0", async () => {
  const whole = { data: points.map((value) => Math.round(100 * value)), shape: [12, 3] };
  const spaces = sourceSpaces.map((one) => ({ ...one, points: whole }));
  const sizes = async (spatialRadiusM: number) => {
    const how = { ...space, sourceSpaces: spaces, spatialRadiusM };
    return [...(await mapStcs(estimates, ({ shape }) => shape[1] / nTimes, how)).scores];
  };
  expect(await sizes(1)).toEqual([1, 1, 1, 1, 1, 1, 1]);
  expect(await sizes(1.01)).toEqual([2, 3, 3, 2, 2, 2, 1]);
  expect(await sizes(0)).toEqual([1, 1, 1, 1, 1, 1, 1]);
});
