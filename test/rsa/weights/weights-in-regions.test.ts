import { expect, test } from "vitest";
import { jupyterDisplay } from "../../../src/core/display.ts";
import { groupAtlas, readAtlas, rsaAtlas, weightsAtlas } from "../../../src/mri/index.ts";
import { computeRdm, Rdm } from "../../../src/rdm/index.ts";
import { weightsRdms } from "../../../src/rsa/index.ts";
import { SourceEstimates, weightsStcs, weightsStcsRois } from "../../../src/sources/index.ts";
import { random } from "../../../src/stats/index.ts";
import { largestDifference } from "../../reference/read-reference.ts";

const rng = random(71);
const noise = (n: number) => Float64Array.from({ length: n }, () => rng.normal());
const items = Array.from({ length: 9 }, (_, at) => `i${at}`);
const itemFolds = [items.slice(0, 3), items.slice(3, 6), items.slice(6)];
const models = ["x", "y"].map((name) =>
  computeRdm({ data: noise(9 * 4), shape: [9, 4] }, { items, name, metric: "sqeuclidean" }),
);
const labels = [...items, ...items];
const turned = [...labels].reverse();
const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];
const volume = () => ({ data: noise(10 * 18), shape: [10, 1, 1, 18], affine });
const people = { anna: volume(), ben: volume(), carl: volume() };
const atlas = await readAtlas(
  { data: Int16Array.of(3, 1, 1, 1, 1, 2, 2, 2, 2, 4), shape: [10, 1, 1], affine },
  { names: { 1: "V1", 2: "FFA", 3: "tiny", 4: "small" } },
);
const where = { metric: "sqeuclidean", labels, onProgress: false } as const;
const how = { ...where, leastVoxels: 2, itemFolds } as const;
const both = { itemFolds, leaveOut: "items-and-people", onProgress: false } as const;

test("weights of people's regions are those of their RDMs, matched by label; small regions keep their place", async () => {
  const perPerson = { ben: { labels: turned } };
  const found = await weightsAtlas({ people }, atlas, models, { ...how, perPerson });
  const of = async (name: keyof typeof people) => {
    const own = name === "ben" ? turned : labels;
    const all = await rsaAtlas(people[name], atlas, models, {
      ...where,
      ...{ leastVoxels: 2, labels: own, items },
    });
    return all.rdms;
  };
  const rdms = [await of("anna"), await of("ben"), await of("carl")];
  for (const quantity of ["score", "weight", "fitted", "scoredFolds"] as const)
    for (const [at, region] of ["V1", "FFA"].entries()) {
      const each = await weightsRdms(
        rdms.map((one) => one[at]),
        models,
        both,
      );
      const { scores, modelNames } = each.of(quantity);
      const got = Object.keys(people).flatMap((name) =>
        modelNames.map((model) => found.of(quantity, name).score(region, model)),
      );
      expect(largestDifference(got, scores), `${quantity} of ${region}`).toBeLessThan(1e-9);
    }
  const scores = found.of("score", "anna");
  expect(scores.regions.map(({ name }) => name)).toEqual(["V1", "FFA", "tiny", "small"]);
  expect(scores.score("tiny", "x")).toBeNaN();
  expect(scores.toTable().column("reason").slice(-3)).toEqual(["size", "size", "size"]);
  expect(scores.rdms.map(({ name }) => name)).toEqual(["V1", "FFA"]);
  expect(largestDifference(scores.rdms[1].condensed, rdms[0][1].condensed)).toBeLessThan(1e-12);
  expect(found.notes.join("\n")).toContain("labels are one list for anna, carl");
});

test("a region too small in one person has no score in anybody, and a note says whose it is", async () => {
  const bare = volume();
  bare.data.fill(NaN, 6 * 18, 9 * 18);
  const found = await weightsAtlas({ people: { ...people, dora: bare } }, atlas, models, how);
  expect(found.of("score", "anna").score("FFA", "x")).toBeNaN();
  expect(found.of("score", "anna").score("V1", "x")).not.toBeNaN();
  expect(found.notes.join("\n")).toContain(
    "FFA has fewer than 2 voxels that count in dora: nobody has a score there",
  );
  const shown = found.of("score", "dora")[jupyterDisplay]();
  for (const kind of ["text/html", "text/plain"])
    expect(String(shown[kind]), kind).toContain("FFA has fewer than 2 voxels");
  const { table } = await groupAtlas(found.group());
  const rows = table.column("region").map((name, at) => [name, table.column("people")[at]]);
  expect(rows.filter(([name]) => name === "FFA").every(([, n]) => n === 0)).toBe(true);
  expect(rows.filter(([name]) => name === "V1").every(([, n]) => n === 4)).toBe(true);
});

test("a region of exactly the least number of voxels counts", async () => {
  const found = await weightsAtlas(people.anna, atlas, models, { ...how, leastVoxels: 4 });
  expect(found.of().rdms.map(({ name }) => name)).toEqual(["V1", "FFA"]);
  const asked = { ...where, items, leastVoxels: 4 };
  expect((await rsaAtlas(people.anna, atlas, models, asked)).rdms).toHaveLength(2);
});

test("other items, unknown people and options, and a signal are told", async () => {
  const lacks = { ben: { labels: labels.map((label) => (label === "i8" ? "i0" : label)) } };
  await expect(
    weightsAtlas({ people }, atlas, models, {
      ...{ ...how, itemFolds: 2, items: "common", perPerson: lacks },
    }),
  ).rejects.toThrow("items of ben");
  const few = { dora: { labels } };
  await expect(weightsAtlas({ people }, atlas, models, { ...how, perPerson: few })).rejects.toThrow(
    "dora",
  );
  for (const name of ["rsaMetric", "noise", "radiusMm"]) {
    const hidden: object = { ...how, [name]: 1 };
    await expect(weightsAtlas({ people }, atlas, models, hidden)).rejects.toThrow(name);
  }
  await expect(
    weightsAtlas(people.anna, atlas, models, { ...how, leastVoxels: 50 }),
  ).rejects.toThrow("the largest of 4 regions has 4 voxels");
  const flat = new Rdm(new Float64Array(36).fill(1), { items, name: "flat" });
  await expect(weightsAtlas(people.anna, atlas, [models[0], flat], how)).rejects.toThrow("flat");
  const stopped = { ...how, signal: AbortSignal.abort() };
  await expect(weightsAtlas({ people }, atlas, models, stopped)).rejects.toMatchObject({
    code: "CANCELLED",
  });
});

const vertices = [Int32Array.of(2, 7, 9), Int32Array.of(3)];
const recording = (at = vertices) =>
  new SourceEstimates({
    data: { data: noise(18 * 4 * 3), shape: [18, 4, 3] },
    ...{ vertices: at, kind: "surface", tminS: 0, tstepS: 0.01 },
  });
const sources = { anna: recording(), ben: recording(), carl: recording() };
const rois = [
  { name: "V1", hemisphere: "left", vertices: [2, 9] },
  { name: "FFA", hemisphere: "right", vertices: [3] },
] as const;

test("weights of regions of sources are those of the estimates in these regions alone", async () => {
  const over = { ...where, itemFolds, temporalRadiusS: 0.01 };
  const found = await weightsStcsRois(sources, models, rois, over);
  const part = (one: SourceEstimates) =>
    new SourceEstimates({
      data: {
        data: Float64Array.from({ length: 18 * 2 * 3 }, (_, at) => {
          const [trial, source, t] = [Math.floor(at / 6), Math.floor(at / 3) % 2, at % 3];
          return one.data.data[(trial * 4 + 2 * source) * 3 + t];
        }),
        shape: [18, 2, 3],
      },
      vertices: [Int32Array.of(2, 9), new Int32Array(0)],
      ...{ kind: "surface", tminS: 0, tstepS: 0.01 },
    });
  const parts = { anna: part(sources.anna), ben: part(sources.ben), carl: part(sources.carl) };
  const alone = await weightsStcs(parts, models, over);
  expect(found.of("score", "ben").places).toEqual(["V1", "FFA"]);
  for (const name of Object.keys(sources))
    for (const model of alone.of("score", name).modelNames) {
      const got = found.of("score", name).series(model, "V1").values;
      const wanted = alone.of("score", name).series(model).values;
      expect(largestDifference(got, wanted), `${name} ${model}`).toBeLessThan(1e-12);
    }
  const group = found.group("score", "x");
  const [first] = group.observations().data;
  expect(first).toBe(found.of("score", "anna").series("x", "V1").values[0]);
});

test("regions without sources, options of searchlights and people on other sources are refused", async () => {
  const nowhere = [{ name: "far", hemisphere: "left", vertices: [99] }] as const;
  await expect(weightsStcsRois(sources, models, nowhere, where)).rejects.toThrow("far");
  for (const name of ["spatialRadiusM", "sourceSpaces", "sources", "rsaMetric"]) {
    const hidden: object = { ...where, [name]: 1 };
    await expect(weightsStcsRois(sources, models, rois, hidden)).rejects.toThrow(name);
  }
  const other = recording([Int32Array.of(2, 8, 9), Int32Array.of(3)]);
  await expect(
    weightsStcsRois({ ...sources, dora: other }, models, rois, { ...where, itemFolds }),
  ).rejects.toThrow("dora has other sources");
  const bare: object = [{ name: "V1" }];
  await expect(weightsStcsRois(sources, models, bare as typeof rois, where)).rejects.toThrow(
    "vertices",
  );
});
