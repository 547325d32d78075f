import { expect, test } from "vitest";
import { ceilingAtlas, readAtlas, rsaAtlas, weightsAtlas } from "../../../src/mri/index.ts";
import type { Rdm } from "../../../src/rdm/index.ts";
import { computeRdm } from "../../../src/rdm/index.ts";
import {
  differenceInPlaces,
  noiseCeiling,
  percentOfCeilingInPlaces,
  winnersInPlaces,
} from "../../../src/rsa/index.ts";
import {
  ceilingStcs,
  ceilingStcsRois,
  rdmStcs,
  rsaStcs,
  SourceEstimates,
  weightsStcsRois,
} from "../../../src/sources/index.ts";
import { permutationTTest, random } from "../../../src/stats/index.ts";
import { ceilingSurface, rsaSurface, weightsSurface } from "../../../src/surface/index.ts";

const rng = random(91);
const noise = (n: number) => Float64Array.from({ length: n }, () => rng.normal());
const items = Array.from({ length: 9 }, (_, at) => `i${at}`);
const labels = [...items, ...items];
const turned = [...labels].reverse();
const quiet = { onProgress: false } as const;
const names = ["anna", "ben", "carl", "dora", "emil", "fay"] as const;
const six = <T>(one: (name: string) => T) =>
  Object.fromEntries(names.map((name) => [name, one(name)]));
/** What all people share, so that ceilings are above 0. */
const shared = noise(10 * 9);
const model = (m: number, called = ["x", "y"][m]) => {
  const rows = items.map((_, item) =>
    Array.from({ length: 4 }, (_v, k) => (m === 0 ? shared[k * 9 + item] : Math.sin(item * 7 + k))),
  );
  return computeRdm(rows, { items, name: called, metric: "euclidean" });
};
const [x, y] = [model(0), model(1)];
const series = (width: number) => {
  const data = new Float64Array(width * 18);
  data.forEach((_, at) => {
    const [place, volume] = [Math.floor(at / 18), at % 18];
    data[at] = shared[place * 9 + (volume % 9)] + 0.4 * rng.normal();
  });
  return { data, shape: [width, 18] };
};
const where = { metric: "euclidean", labels, ...quiet } as const;

const triangles = { data: Int32Array.of(0, 1, 2, 1, 2, 3, 2, 3, 4, 3, 4, 5), shape: [4, 3] };
const points = {
  data: Float64Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 2, 0, 1, 2, 0),
  shape: [6, 3],
};
const cortex = six(() => ({ left: { values: series(6) } }));
const onCortex = { ...where, surfaces: { left: { points, triangles } }, radiusMm: 1.1 } as const;

function rdmOf({ data }: { data: Float64Array }, vertices: readonly number[]): Rdm {
  const patterns = items.map((_, item) =>
    vertices.map((v) => (data[v * 18 + item] + data[v * 18 + 9 + item]) / 2),
  );
  return computeRdm(patterns, { items, metric: "euclidean" });
}

test("ceilings on the cortex are those of the RDMs around each vertex", async () => {
  const ceiling = await ceilingSurface({ people: cortex }, onCortex);
  expect(Object.keys(ceiling)).toEqual([...names]);
  const around = [
    [0, 1, 2],
    [0, 1, 3],
    [0, 2, 3, 4],
    [1, 2, 3, 5],
    [2, 4, 5],
    [3, 4, 5],
  ];
  for (const [vertex, list] of around.entries()) {
    const rdms = names.map((name) => rdmOf(cortex[name].left.values, list));
    const wanted = await noiseCeiling(rdms, { method: "spearman", ...quiet });
    for (const bound of ["lower", "upper"] as const) {
      const mean = names.reduce((sum, n) => sum + ceiling[n].score(`left ${vertex}`, bound), 0) / 6;
      expect(mean, `${bound} of ${vertex}`).toBeCloseTo(wanted[bound], 12);
    }
  }
  const other = await ceilingSurface({ people: cortex }, { ...onCortex, rsaMetric: "pearson" });
  expect(other.anna.rsaMetric).toContain("pearson");
  expect(other.anna.scores).not.toEqual(ceiling.anna.scores);
});

test("labels of one person are matched by name; one alone, other items and a stop are told", async () => {
  const rows = (data: Float64Array) =>
    data.map((_, at) => data[Math.floor(at / 18) * 18 + 17 - (at % 18)]);
  const mirrored = {
    ...cortex,
    ben: { left: { values: { data: rows(cortex.ben.left.values.data), shape: [6, 18] } } },
  };
  const perPerson = { ben: { labels: turned } };
  const found = await ceilingSurface({ people: mirrored }, { ...onCortex, perPerson });
  const plain = await ceilingSurface({ people: cortex }, onCortex);
  names.forEach((name) =>
    found[name].scores.forEach((v, at) => expect(v).toBeCloseTo(plain[name].scores[at], 12)),
  );
  await expect(ceilingSurface(cortex.anna, onCortex)).rejects.toThrow("two or more");
  const few = { ben: { labels: labels.map((one) => (one === "i8" ? "i0" : one)) } };
  const lacking = ceilingSurface({ people: cortex }, { ...onCortex, perPerson: few });
  await expect(lacking).rejects.toThrow("items of ben");
  const chosen = { ...onCortex, perPerson: few, items: items.slice(0, 8) };
  expect((await ceilingSurface({ people: cortex }, chosen)).ben.nItems).toBe(8);
  const stopped = { ...onCortex, signal: AbortSignal.abort() };
  await expect(ceilingSurface({ people: cortex }, stopped)).rejects.toMatchObject({
    code: "CANCELLED",
  });
});

const vertices = [Int32Array.of(2, 7, 9), Int32Array.of(3)];
const recordings = six(() => {
  const { data } = series(4);
  const turnedRound = data.map((_, at) => data[(at % 4) * 18 + Math.floor(at / 4)]);
  return new SourceEstimates({
    data: {
      data: Float64Array.from({ length: 18 * 4 * 5 }, (_, at) => {
        const t = at % 5;
        return turnedRound[Math.floor(at / 5)] * (1 + t) + 0.2 * rng.normal();
      }),
      shape: [18, 4, 5],
    },
    ...{ vertices, kind: "surface", tminS: 0, tstepS: 0.01 },
  });
});
const rois = [
  { name: "V1", hemisphere: "left", vertices: [2, 9] },
  { name: "FFA", hemisphere: "right", vertices: [3] },
] as const;

test("ceilings of sources and of their regions are those of their RDMs, time by time", async () => {
  const over = { ...where, temporalRadiusS: 0.01 };
  const all = await ceilingStcs(recordings, over);
  const rdms: Rdm[][] = [];
  for (const name of names) {
    const own: Rdm[] = [];
    for await (const rdm of rdmStcs(recordings[name], { ...over, items })) own.push(rdm);
    rdms.push(own);
  }
  for (const [t] of all.anna.times.entries()) {
    const here = rdms.map((own) => own[t]);
    const wanted = await noiseCeiling(here, { method: "spearman", ...quiet });
    const mean = names.reduce((sum, n) => sum + all[n].series("lower").values[t], 0) / 6;
    expect(mean).toBeCloseTo(wanted.lower, 12);
  }
  const inRois = await ceilingStcsRois(recordings, rois, over);
  expect(inRois.anna.places).toEqual(["V1", "FFA"]);
  const whole = [{ name: "all", vertices: [], hemisphere: "left" as const }];
  await expect(ceilingStcsRois(recordings, whole, over)).rejects.toThrow("all");
  const hidden: object = { ...over, spatialRadiusM: 0.01 };
  await expect(ceilingStcsRois(recordings, rois, hidden)).rejects.toThrow("spatialRadiusM");
});

const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];
const volumes = six(() => ({ data: series(10).data, shape: [10, 1, 1, 18], affine }));
const atlas = await readAtlas(
  { data: Int16Array.of(3, 1, 1, 1, 1, 2, 2, 2, 2, 4), shape: [10, 1, 1], affine },
  { names: { 1: "V1", 2: "FFA", 3: "tiny", 4: "small" } },
);
const inAtlas = { ...where, leastVoxels: 2 } as const;

test("ceilings of regions are those of their RDMs; small regions keep their place", async () => {
  const ceiling = await ceilingAtlas({ people: volumes }, atlas, inAtlas);
  for (const [at, region] of ["V1", "FFA"].entries()) {
    const rdms = names.map((name) => ceiling[name].rdms[at]);
    const direct = await rsaAtlas(volumes.ben, atlas, x, inAtlas);
    expect(rdms[1].condensed).toEqual(direct.rdms[at].condensed);
    const wanted = await noiseCeiling(rdms, { method: "spearman", ...quiet });
    for (const bound of ["lower", "upper"] as const) {
      const mean = names.reduce((sum, n) => sum + ceiling[n].score(region, bound), 0) / 6;
      expect(mean).toBeCloseTo(wanted[bound], 12);
    }
  }
  expect(ceiling.anna.score("tiny", "lower")).toBeNaN();
});

test("percent of ceiling, winners and differences lie where the scores do", async () => {
  const people: Record<string, Awaited<ReturnType<typeof rsaSurface>>> = {};
  for (const name of names) people[name] = await rsaSurface(cortex[name], [x, y], onCortex);
  const ceiling = await ceilingSurface({ people: cortex }, onCortex);
  const percent = await percentOfCeilingInPlaces(people, { ceiling, ...quiet });
  const mean = (of: typeof people, place: string, name: string) =>
    names.reduce((sum, n) => sum + of[n].score(place, name), 0) / 6;
  for (const place of percent.places) {
    const wanted = (100 * mean(people, place, "x")) / mean(ceiling, place, "lower");
    expect(percent.score(place, "x")).toBeCloseTo(wanted, 9);
  }
  const upper = await percentOfCeilingInPlaces(people, { ceiling, bound: "upper", ...quiet });
  expect(upper.score("left 0", "x")).toBeLessThan(percent.score("left 0", "x"));
  const backwards = Object.fromEntries(Object.entries(ceiling).reverse());
  const same = await percentOfCeilingInPlaces(people, { ceiling: backwards, ...quiet });
  expect(same.scores).toEqual(percent.scores);
  expect(percent.map("x").left?.length).toBe(6);
  const { map, winner, modelNames } = await winnersInPlaces(people, quiet);
  expect(modelNames).toEqual(["x", "y"]);
  expect(Array.from(winner, (at) => (at < 0 ? -1 : at + 1))).toEqual(
    map.places.map((place) => map.score(place, "winner")),
  );
  expect(winner.some((at) => at === 0)).toBe(true);
  const difference = await differenceInPlaces(people, { models: ["x", "y"], ...quiet });
  const rows = names.map((n) =>
    people[n].places.map((place) => people[n].score(place, "x") - people[n].score(place, "y")),
  );
  const test = await permutationTTest(rows, quiet);
  difference.places.forEach((place, at) => {
    expect(difference.score(place, "t")).toBeCloseTo(test.t.data[at], 10);
    expect(difference.score(place, "p")).toBe(test.correctedPValues.data[at]);
    expect(difference.score(place, "difference")).toBeCloseTo(
      mean(people, place, "x") - mean(people, place, "y"),
      12,
    );
  });
});

test("weights of everybody go in as they are: on the cortex, in regions of sources and of an atlas", async () => {
  const itemFolds = [items.slice(0, 3), items.slice(3, 6), items.slice(6)];
  const how = { itemFolds, ...quiet };
  const over = { ...where, temporalRadiusS: 0.01 };
  const wCortex = await weightsSurface({ people: cortex }, [x, y], { ...onCortex, ...how });
  const wRois = await weightsStcsRois(recordings, [x, y], rois, { ...over, ...how });
  const wAtlas = await weightsAtlas({ people: volumes }, atlas, [x, y], { ...inAtlas, ...how });
  const ofOthers = await percentOfCeilingInPlaces(wCortex.ofEach(), quiet);
  expect(ofOthers.modelNames).toEqual(["weighted models", "x", "y"]);
  const ofRois = await percentOfCeilingInPlaces(wRois.ofEach(), quiet);
  expect([ofRois.places, ofRois.times.length]).toEqual([["V1", "FFA"], 3]);
  const ofAtlas = await percentOfCeilingInPlaces(wAtlas.ofEach(), quiet);
  expect(ofAtlas.heatmap().rows).toEqual(["V1", "FFA"]);
  expect(ofAtlas.rdms).toEqual([]);
  expect(ofAtlas.toTable().column("reason").slice(-3)).toEqual(["size", "size", "size"]);
  const { map } = await winnersInPlaces(wAtlas.ofEach(), quiet);
  expect(map.map("winner").data[1]).toBe(map.score("V1", "winner"));
});

test("other comparisons, people, places, times and models are refused", async () => {
  const one = async (name: string, how = {}) =>
    rsaSurface(cortex[name], [x, y], { ...onCortex, ...how });
  const [anna, ben] = [await one("anna"), await one("ben")];
  const pearson = await ceilingSurface({ people: cortex }, { ...onCortex, rsaMetric: "pearson" });
  const pair = { anna: pearson.anna, ben: pearson.ben };
  const percent = (ceiling: object) =>
    percentOfCeilingInPlaces({ anna, ben }, { ceiling: ceiling as typeof pair, ...quiet });
  await expect(percent(pair)).rejects.toThrow("make the ceiling with the same rsaMetric");
  await expect(percent(pearson)).rejects.toThrow("from the people who have scores");
  await expect(percentOfCeilingInPlaces({ anna, ben }, quiet)).rejects.toThrow(
    "mean of the others",
  );
  const wrong = { bound: "middle", ceiling: pair, ...quiet };
  await expect(percentOfCeilingInPlaces({ anna, ben }, wrong)).rejects.toThrow("middle");
  const fewer = await one("ben", { centres: { left: [0, 1] } });
  await expect(winnersInPlaces({ anna, ben: fewer }, quiet)).rejects.toThrow("places of ben");
  const back = ben.withNumbers({ ...ben, rsaMetric: "corr" });
  await expect(winnersInPlaces({ anna, ben: back }, quiet)).rejects.toThrow("corr of ben");
  const z = ben.withNumbers({ ...ben, modelNames: ["x", "z"] });
  await expect(winnersInPlaces({ anna, ben: z }, quiet)).rejects.toMatchObject({
    code: "ITEM_MISMATCH",
  });
  const swapped = ben.withNumbers({ ...ben, modelNames: ["y", "x"] });
  const found = await differenceInPlaces({ anna, ben: swapped }, { models: ["x", "y"], ...quiet });
  expect(found.score("left 0", "difference")).toBeCloseTo(
    (anna.score("left 0", "x") +
      ben.score("left 0", "y") -
      anna.score("left 0", "y") -
      ben.score("left 0", "x")) /
      2,
    12,
  );
  for (const names of [["x"], ["x", "x"], ["x", "y", "x"], []])
    await expect(differenceInPlaces({ anna, ben }, { models: names })).rejects.toThrow("name two");
  await expect(differenceInPlaces({ anna }, { models: ["x", "y"] })).rejects.toThrow("two or more");
  const over = { ...where, temporalRadiusS: 0.01 };
  const early = await rsaStcs(recordings.anna, x, { ...over, tmaxS: 0.03 });
  const late = await rsaStcs(recordings.ben, x, { ...over, tminS: 0.01 });
  const times = percentOfCeilingInPlaces({ early, late }, { bound: "x", ...quiet });
  await expect(times).rejects.toThrow("times");
});

test("where somebody has no score there is no winner, percent or difference", async () => {
  const person = async (name: string, gap: boolean) => {
    const scores = await rsaSurface(cortex[name], [x, y], onCortex);
    const data = scores.scores.slice();
    if (gap) data[0] = NaN;
    return scores.withNumbers({ ...scores, scores: data });
  };
  const people: Record<string, Awaited<ReturnType<typeof person>>> = {};
  for (const name of names) people[name] = await person(name, name === "carl");
  const { winner, map, notes } = await winnersInPlaces(people, quiet);
  expect([winner[0], map.score("left 0", "winner")]).toEqual([-1, -1]);
  expect(notes.join()).toContain("1 of 6 places have no winner");
  const difference = await differenceInPlaces(people, { models: ["x", "y"], ...quiet });
  expect(difference.score("left 0", "difference")).toBeNaN();
  expect(difference.score("left 0", "p")).toBeNaN();
  expect(difference.notes.join()).toContain("1 of 6 measures were not tested");
  const ceiling = await ceilingSurface({ people: cortex }, onCortex);
  const percent = await percentOfCeilingInPlaces(people, { ceiling, ...quiet });
  expect(percent.score("left 0", "x")).toBeNaN();
});
