import { expect, test } from "vitest";
import { jupyterDisplay } from "../../../src/core/display.ts";
import { groupAtlas, readAtlas, rsaAtlas, sharesAtlas } from "../../../src/mri/index.ts";
import { computeRdm, Rdm } from "../../../src/rdm/index.ts";
import { shareQuantities, sharesRdms } from "../../../src/rsa/index.ts";
import { random } from "../../../src/stats/index.ts";
import { largestDifference } from "../../reference/read-reference.ts";

const rng = random(61);
const noise = (n: number) => Float64Array.from({ length: n }, () => rng.normal());
const items = ["a", "b", "c", "d", "e", "f"];
const labels = [...items, ...items].reverse();
const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];
const volume = () => ({ data: noise(9 * 12), shape: [9, 1, 1, 12], affine });
const image = volume();
const atlas = await readAtlas(
  { data: Int16Array.of(1, 1, 1, 1, 2, 2, 2, 2, 3), shape: [9, 1, 1], affine },
  { names: { 1: "V1", 2: "FFA", 3: "tiny" } },
);
const models = ["x", "y"].map((name) =>
  computeRdm({ data: noise(6 * 4), shape: [6, 4] }, { items, name }),
);
const how = { labels, leastVoxels: 2, metric: "sqeuclidean", onProgress: false } as const;

for (const ranks of [false, true])
  test(`shares of regions are those of their RDMs, ranks ${ranks}`, async () => {
    const found = await sharesAtlas(image, atlas, models, { ...how, ranks });
    const { rdms } = await rsaAtlas(image, atlas, models, how);
    const each = sharesRdms(rdms, models, { ranks });
    for (const quantity of shareQuantities) {
      const [got, wanted] = [found.of(quantity), each.of(quantity)];
      expect(got.modelNames).toEqual(wanted.modelNames);
      const scores = got.regions.slice(0, 2).flatMap((region) => Array.from(region.scores));
      expect(largestDifference(scores, wanted.scores), quantity).toBeLessThan(1e-10);
      expect(got.regions[2].scores.every(Number.isNaN)).toBe(true);
      expect(got.regions[2].scores.length).toBe(got.modelNames.length);
    }
    expect(found.of().rsaMetric).toBe(
      `share of ${ranks ? "rank variance" : "variance"}, in sample`,
    );
    expect(found.of("unique").score("FFA", "x")).toBe(each.of("unique").score(1, "x"));
    expect(found.ranks).toBe(ranks);
  });

test("gaps are left out when asked, people are put together, and it shows itself", async () => {
  const gap = models[1].condensed.map((d, pair) => (pair === 3 ? NaN : d));
  const lacking = [models[0], new Rdm(gap, { items, name: "y" })];
  const known = await sharesAtlas(image, atlas, lacking, { ...how, ignoreNan: true });
  const { rdms } = await rsaAtlas(image, atlas, models, how);
  const wanted = sharesRdms(rdms[0], lacking, { ignoreNan: true }).of();
  expect(largestDifference(known.of().regions[0].scores, wanted.scores)).toBeLessThan(1e-10);
  await expect(sharesAtlas(image, atlas, lacking, how)).rejects.toThrow("NaN for some pairs");
  const people = [image, volume(), volume()].map(async (one) =>
    (await sharesAtlas(one, atlas, models, how)).of("semipartial"),
  );
  const group = await groupAtlas(await Promise.all(people));
  expect(group.heatmap.columns).toEqual(["x", "y"]);
  expect(JSON.stringify(known[jupyterDisplay]())).toContain("x + y");
});

test("one model, a constant, models alike, a hidden option and a signal", async () => {
  await expect(sharesAtlas(image, atlas, models[0], how)).rejects.toThrow("two to four");
  const flat = new Rdm(new Float64Array(15).fill(1), { items, name: "flat" });
  await expect(sharesAtlas(image, atlas, [models[0], flat], how)).rejects.toThrow("flat");
  const twin = new Rdm(models[0].condensed, { items, name: "twin" });
  const alike = await sharesAtlas(image, atlas, [models[0], twin], how);
  expect(alike.notes.join()).toContain("wholly explained");
  const shown = alike[jupyterDisplay]();
  for (const kind of ["text/html", "text/plain"])
    expect(String(shown[kind]), kind).toContain("wholly explained");
  const hidden: object = { ...how, rsaMetric: "spearman" };
  await expect(sharesAtlas(image, atlas, models, hidden)).rejects.toThrow("rsaMetric");
  const stopped = { ...how, signal: AbortSignal.abort() };
  await expect(sharesAtlas(image, atlas, models, stopped)).rejects.toMatchObject({
    code: "CANCELLED",
  });
});
