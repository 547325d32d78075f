import { expect, test } from "vitest";
import { jupyterDisplay } from "../../../src/core/display.ts";
import { computeRdm } from "../../../src/rdm/index.ts";
import { weightsRdms } from "../../../src/rsa/index.ts";
import { random } from "../../../src/stats/index.ts";
import { permutationClusterTest } from "../../../src/stats/permutation/index.ts";
import { weightsSurface } from "../../../src/surface/index.ts";
import { largestDifference } from "../../reference/read-reference.ts";

const rng = random(51);
const noise = (n: number) => Float64Array.from({ length: n }, () => rng.normal());
const items = Array.from({ length: 9 }, (_, at) => `i${at}`);
const itemFolds = [items.slice(0, 3), items.slice(3, 6), items.slice(6)];
const models = ["x", "y"].map((name) =>
  computeRdm({ data: noise(9 * 4), shape: [9, 4] }, { items, name, metric: "sqeuclidean" }),
);
const labels = [...items, ...items];
const turned = [...labels].reverse();
const triangles = { data: Int32Array.of(0, 1, 2, 1, 2, 3, 2, 3, 4, 3, 4, 5), shape: [4, 3] };
const points = {
  data: Float64Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 2, 0, 1, 2, 0),
  shape: [6, 3],
};
const cortex = () => ({ left: { values: { data: noise(6 * 18), shape: [6, 18] } } });
const people = { anna: cortex(), ben: cortex(), carl: cortex() };
const how = {
  surfaces: { left: { points, triangles } },
  ...{ labels, itemFolds },
  metric: "sqeuclidean",
  onProgress: false,
} as const;
/** Vertices nearer than 1.1 along the mesh. */
const around = [
  [0, 1, 2],
  [0, 1, 3],
  [0, 2, 3, 4],
  [1, 2, 3, 5],
  [2, 4, 5],
  [3, 4, 5],
];

function rdmOf(name: keyof typeof people, vertices: readonly number[], own = labels) {
  const { data } = people[name].left.values;
  const mean = (item: string, vertex: number) => {
    const values = own.flatMap((label, t) => (label === item ? [data[vertex * 18 + t]] : []));
    return (values[0] + values[1]) / 2;
  };
  const patterns = items.map((item) => vertices.map((vertex) => mean(item, vertex)));
  return computeRdm(patterns, { items, metric: "sqeuclidean" });
}

test("weights of people's cortex are those of their RDMs, vertex by vertex, matched by label", async () => {
  const perPerson = { ben: { labels: turned } };
  const found = await weightsSurface({ people }, models, { ...how, radiusMm: 1.1, perPerson });
  expect(found.of("score", "anna").places).toEqual([0, 1, 2, 3, 4, 5].map((v) => `left ${v}`));
  for (const quantity of ["score", "weight", "fitted", "scoredFolds"] as const)
    for (const [place, vertices] of around.entries()) {
      const rdms = [
        rdmOf("anna", vertices),
        rdmOf("ben", vertices, turned),
        rdmOf("carl", vertices),
      ];
      const each = await weightsRdms(rdms, models, {
        ...{ itemFolds, leaveOut: "items-and-people", onProgress: false },
      });
      const { scores, modelNames } = each.of(quantity);
      const got = Object.keys(people).flatMap((name) =>
        modelNames.map((model) => found.of(quantity, name).score(`left ${place}`, model)),
      );
      expect(largestDifference(got, scores), `${quantity} at ${place}`).toBeLessThan(1e-9);
    }
  expect(found.notes.join()).toContain("labels are one list for anna, carl");
  expect(String(found[jupyterDisplay]()["text/plain"])).toContain("weighted models");
});

test("parcels are patches; a group is people × places, for a test over people", async () => {
  const parcels = {
    left: { labels: [0, 0, 0, 1, 1, 1], entries: [{ name: "V1" }, { name: "FFA" }] },
  };
  const found = await weightsSurface({ people }, models, { ...how, parcels });
  const { data, shape } = found.group("score", "weighted models");
  expect(shape).toEqual([3, 2]);
  const own = found.of("score", "ben");
  expect([data[2], data[3]]).toEqual(own.places.map((one) => own.score(one, "weighted models")));
  expect(() => found.group("score", "z")).toThrow("z");
  expect(() => found.of("score", "dora")).toThrow("dora");
  const bare: object = { ...how, parcels: { left: { labels: [0, 0, 0, 1, 1, 1] } } };
  await expect(weightsSurface({ people }, models, bare)).rejects.toThrow("parcels.left.entries");
  const alone = await weightsSurface(people.anna, models, { ...how, parcels });
  const each = await weightsRdms([rdmOf("anna", [0, 1, 2]), rdmOf("anna", [3, 4, 5])], models, {
    itemFolds,
    onProgress: false,
  });
  for (const model of alone.of().modelNames)
    for (const [at, place] of alone.of().places.entries())
      expect(alone.of().score(place, model)).toBeCloseTo(each.of().score(at, model), 9);
  const tested = await permutationClusterTest(found.group("score", "weighted models"), {
    permutations: 8,
    thresholdT: 1,
  });
  expect(tested.t.data.length).toBe(2);
});

test("folds are drawn by the seed, as those of RDMs are", async () => {
  const rdms = [rdmOf("anna", [0, 1, 2, 3, 4, 5])];
  for (const seed of [0, 1]) {
    const folds = { itemFolds: 3, seed, onProgress: false } as const;
    const each = await weightsRdms(rdms, models, folds);
    const found = await weightsSurface(people.anna, models, { ...how, ...folds });
    expect(found.itemFolds).toEqual(each.itemFolds);
    expect(found.of().score("rsa", "x")).toBeCloseTo(each.of().score(0, "x"), 9);
  }
});

test("people who share other items with the models are told from each other", async () => {
  const few = labels.map((label) => (label === "i8" ? "i0" : label));
  const other = weightsSurface({ people }, models, {
    ...{ ...how, itemFolds: 2, items: "common", perPerson: { ben: { labels: few } } },
  });
  await expect(other).rejects.toThrow("items of ben");
});

test("people of other vertices or items are refused, and can be stopped", async () => {
  const bare = cortex();
  bare.left.values.data.fill(NaN, 18, 36);
  await expect(weightsSurface({ people: { ...people, dora: bare } }, models, how)).rejects.toThrow(
    "dora has data at other vertices than the first",
  );
  const mask = { left: [1, 0, 1, 1, 1, 1] };
  const all = await weightsSurface({ people: { ...people, dora: bare } }, models, { ...how, mask });
  expect(all.people).toEqual(["anna", "ben", "carl", "dora"]);
  const perPerson = { eve: { labels } };
  await expect(weightsSurface({ people }, models, { ...how, perPerson })).rejects.toThrow("eve");
  const wrong: object = { ...how, rsaMetric: "spearman" };
  await expect(weightsSurface({ people }, models, wrong)).rejects.toThrow("rsaMetric");
  const stop = AbortSignal.abort();
  await expect(weightsSurface({ people }, models, { ...how, signal: stop })).rejects.toMatchObject({
    code: "CANCELLED",
  });
});
