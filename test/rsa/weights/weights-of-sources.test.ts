import { expect, test } from "vitest";
import { jupyterDisplay } from "../../../src/core/display.ts";
import { computeRdm, type Rdm } from "../../../src/rdm/index.ts";
import { weightsRdms } from "../../../src/rsa/index.ts";
import { rdmStcs, SourceEstimates, weightsStcs } from "../../../src/sources/index.ts";
import { random } from "../../../src/stats/index.ts";
import { largestDifference } from "../../reference/read-reference.ts";

const rng = random(41);
const noise = (n: number) => Float64Array.from({ length: n }, () => rng.normal());
const items = Array.from({ length: 9 }, (_, at) => `i${at}`);
const itemFolds = [items.slice(0, 3), items.slice(3, 6), items.slice(6)];
const models = ["x", "y"].map((name) =>
  computeRdm({ data: noise(9 * 4), shape: [9, 4] }, { items, name, metric: "sqeuclidean" }),
);
const on = { kind: "surface", tminS: 0, tstepS: 0.01 } as const;
const vertices = [Int32Array.of(2, 7), Int32Array.of(3)];
const recording = (times = 1, at = vertices) =>
  new SourceEstimates({
    data: { data: noise(18 * 3 * 5).map((v) => times * v), shape: [18, 3, 5] },
    vertices: at,
    ...on,
  });
const people = { anna: recording(), ben: recording(), carl: recording() };
const labels = [...items, ...items];
const turned = [...labels].reverse();
const quiet = { onProgress: false } as const;
const where = { temporalRadiusS: 0.01, metric: "sqeuclidean", labels, ...quiet } as const;

async function rdmsOf(name: keyof typeof people, own = labels): Promise<Rdm[]> {
  const rdms: Rdm[] = [];
  for await (const rdm of rdmStcs(people[name], { ...where, labels: own, items })) rdms.push(rdm);
  return rdms;
}

test("weights of people's sources are those of their RDMs, matched by label", async () => {
  const perPerson = { ben: { labels: turned } };
  const found = await weightsStcs(people, models, { ...where, itemFolds, perPerson });
  const windows = [await rdmsOf("anna"), await rdmsOf("ben", turned), await rdmsOf("carl")];
  for (const quantity of ["score", "weight", "scoredFolds"] as const)
    for (const [t] of found.of("score", "anna").times.entries()) {
      const here = windows.map((rdms) => rdms[t]);
      const each = await weightsRdms(here, models, {
        ...{ itemFolds, leaveOut: "items-and-people", ...quiet },
      });
      const { scores, modelNames } = each.of(quantity);
      const got = Object.keys(people).flatMap((name) =>
        modelNames.map((model) => found.of(quantity, name).series(model).values[t]),
      );
      expect(largestDifference(got, scores), quantity).toBeLessThan(1e-9);
    }
  expect(found.notes[0]).toContain("labels are one list for anna, carl");
  expect(String(found[jupyterDisplay]()["text/plain"])).toContain("note: labels are one list");
});

test("one person needs no name, and a group of maps is ready for a test", async () => {
  const alone = await weightsStcs(people.anna, models, { ...where, itemFolds });
  const each = await weightsRdms(await rdmsOf("anna"), models, { itemFolds, ...quiet });
  const n = each.dataNames.length;
  const { scores } = alone.of();
  const turnedRound = scores.map((_, at) => each.of().scores[(at % n) * 3 + Math.floor(at / n)]);
  expect(largestDifference(scores, turnedRound)).toBeLessThan(1e-9);
  expect(alone.notes).toEqual([]);
  const found = await weightsStcs(people, models, { ...where, itemFolds });
  expect(() => found.group("score", "weighted models")).toThrow("spatialRadiusM");
  expect(() => found.of("score", "dora")).toThrow("dora");
  expect(found.of("score", "anna").rsaMetric).toContain("cross-validated");
});

test("people of other sources, times or items, and a loud one, are told", async () => {
  const other = recording(1, [Int32Array.of(2, 8), Int32Array.of(3)]);
  const how = { ...where, itemFolds };
  await expect(weightsStcs({ ...people, dora: other }, models, how)).rejects.toThrow(
    "dora has other sources",
  );
  const late = new SourceEstimates({
    ...people.anna,
    ...on,
    vertices,
    data: people.anna.data,
    tminS: 0.5,
  });
  await expect(weightsStcs({ ...people, dora: late }, models, how)).rejects.toThrow("of dora");
  const lacks = { ben: { labels: labels.map((label) => (label === "i8" ? "i0" : label)) } };
  await expect(
    weightsStcs(people, models, { ...how, itemFolds: 2, items: "common", perPerson: lacks }),
  ).rejects.toThrow("items of ben");
  const few = { dora: { labels: [...labels.slice(0, 17), "i0"] } };
  const all = await weightsStcs({ ...people, dora: recording(40) }, models, {
    ...how,
    perPerson: few,
  });
  expect(all.notes.join()).toContain("RDMs of dora spread");
  await expect(
    weightsStcs(people, models, { ...how, perPerson: { eve: { labels } } }),
  ).rejects.toThrow("eve");
  await expect(
    // @ts-expect-error: weights have scores of their own.
    weightsStcs(people, models, { ...how, rsaMetric: "spearman" }),
  ).rejects.toThrow("rsaMetric");
});

test("people on different brains are refused, though their sources are numbered alike", async () => {
  const { data } = people.anna;
  const whose = (subject?: string) => new SourceEstimates({ data, vertices, ...on, subject });
  const how = { ...where, itemFolds };
  const together = weightsStcs({ anna: whose("anna"), ben: whose("ben") }, models, how);
  await expect(together).rejects.toThrow("a surface of ben");
  await expect(together).rejects.toThrow("morphTo");
  const unnamed = { anna: whose("anna"), ben: whose() };
  expect((await weightsStcs(unnamed, models, how)).people).toEqual(["anna", "ben"]);
  const volume = new SourceEstimates({
    ...{ data, vertices: [Int32Array.of(2, 3, 7)] },
    ...{ ...on, kind: "volume" },
  });
  await expect(weightsStcs({ anna: whose(), ben: volume }, models, how)).rejects.toThrow("morphTo");
  const vectors = new SourceEstimates({
    ...{ data: { data: noise(18 * 9 * 5), shape: [18, 3, 3, 5] }, vertices, ...on },
  });
  const mixed = weightsStcs({ anna: whose(), ben: vectors }, models, how);
  await expect(mixed).rejects.toThrow("estimates with directions");
});

test("a person without activity at one time leaves nobody scored there, which is said", async () => {
  const { data, shape } = people.ben.data;
  const cut = { data: Float64Array.from(data, (v, at) => (at % 5 === 4 ? NaN : v)), shape };
  const ben = new SourceEstimates({ data: cut, vertices, ...on });
  const found = await weightsStcs({ ...people, ben }, models, { ...where, itemFolds });
  expect(found.notes.join()).toContain("ben has no RDM (NaN) in 1 of 3 patches");
  expect(found.of("score", "anna").notes[0]).toBe("1 of 3 patches have no score (NaN)");
  const flat = new SourceEstimates({
    ...{ data: { data: data.slice().fill(0.1), shape }, vertices, ...on },
  });
  const still = await weightsStcs({ ...people, flat }, models, { ...where, itemFolds });
  expect(still.notes.join()).toContain("RDMs of flat have one value everywhere");
});
