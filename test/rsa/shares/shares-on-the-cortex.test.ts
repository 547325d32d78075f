import { expect, test } from "vitest";
import { computeRdm, Rdm } from "../../../src/rdm/index.ts";
import { shareQuantities, sharesRdms } from "../../../src/rsa/index.ts";
import {
  rdmStcs,
  rsaStcs,
  rsaStcsRois,
  sharesStcs,
  sharesStcsRois,
  SourceEstimates,
} from "../../../src/sources/index.ts";
import { random } from "../../../src/stats/index.ts";
import { rsaSurface, sharesSurface } from "../../../src/surface/index.ts";
import { jupyterDisplay } from "../../../src/core/display.ts";
import { largestDifference } from "../../reference/read-reference.ts";

const rng = random(31);
const noise = (n: number) => Float64Array.from({ length: n }, () => rng.normal());
const items = ["a", "b", "c", "d", "e", "f"];
const models = ["x", "y"].map((name) =>
  computeRdm({ data: noise(6 * 4), shape: [6, 4] }, { items, name }),
);
const labels = [...items, ...items].reverse();
const estimates = new SourceEstimates({
  data: { data: noise(12 * 5 * 7), shape: [12, 5, 7] },
  vertices: [Int32Array.of(2, 7, 9), Int32Array.of(3, 4)],
  kind: "surface",
  tminS: 0,
  tstepS: 0.01,
});
const how = { labels, temporalRadiusS: 0.01, metric: "sqeuclidean", onProgress: false } as const;
const rois = [
  { name: "V1", hemisphere: "left", vertices: [2, 9] },
  { name: "FFA", hemisphere: "right", vertices: [3, 4] },
] as const;

for (const ranks of [false, true])
  test(`shares of sources are those of their RDMs, ranks ${ranks}`, async () => {
    const rdms: Rdm[] = [];
    for await (const rdm of rdmStcs(estimates, { ...how, items })) rdms.push(rdm);
    const found = await sharesStcs(estimates, models, { ...how, ranks });
    const each = sharesRdms(rdms, models, { ranks });
    for (const quantity of shareQuantities) {
      const { scores, modelNames } = found.of(quantity);
      const wanted = each.of(quantity);
      expect(modelNames).toEqual(wanted.modelNames);
      const n = rdms.length;
      const turned = scores.map(
        (_, at) => wanted.scores[(at % n) * modelNames.length + Math.floor(at / n)],
      );
      expect(largestDifference(scores, turned), quantity).toBeLessThan(1e-10);
    }
    expect(found.of().rsaMetric).toContain(ranks ? "share of rank variance" : "share of variance");
  });

test("shares of regions: correlations are those of rsaStcsRois, and one region is one patch", async () => {
  const found = await sharesStcsRois(estimates, models, rois, how);
  expect(found.places).toEqual(["V1", "FFA"]);
  const plain = await rsaStcsRois(estimates, models, rois, { ...how, rsaMetric: "pearson" });
  expect(largestDifference(found.of("correlation").scores, plain.scores)).toBeLessThan(1e-12);
  const all = [{ name: "all", vertices: [2, 7, 9], hemisphere: "left" } as const];
  const left = { left: estimates.vertices[0], right: [] };
  const pooled = await sharesStcs(estimates, models, { ...how, sources: left });
  const one = await sharesStcsRois(estimates, models, all, how);
  expect(largestDifference(one.of().scores, pooled.of().scores)).toBeLessThan(1e-12);
  expect(one.of("unique").toEstimates("x").nSources).toBe(5);
});

test("what is known of sources and models is in the notes; what has no shares is refused by name", async () => {
  const data = Float64Array.from(estimates.data.data);
  for (let at = 0; at < data.length; at += 35) data.fill(1, at, at + 7);
  const still = new SourceEstimates({
    data: { data, shape: [12, 5, 7] },
    vertices: estimates.vertices,
    kind: "surface",
    tminS: 0,
    tstepS: 0.01,
  });
  const one = [{ name: "flat", hemisphere: "left", vertices: [2] }] as const;
  const twins = [
    models[0],
    new Rdm(
      models[0].condensed.map((d) => 2 * d + 1),
      { items, name: "z" },
    ),
  ];
  const found = await sharesStcsRois(still, twins, one, how);
  expect(found.of("r2").scores.every(Number.isNaN)).toBe(true);
  expect(found.notes.join()).toContain("5 of 5 patches have no score");
  expect(found.notes).toHaveLength(3);
  expect(String(found[jupyterDisplay]()["text/plain"])).toContain("note: ");
  await expect(sharesStcs(estimates, models[0], how)).rejects.toThrow("two to four");
  const flat = new Rdm(new Float64Array(15).fill(1), { items, name: "flat" });
  await expect(sharesStcs(estimates, [models[0], flat], how)).rejects.toThrow("flat");
  await expect(
    // @ts-expect-error: shares have one comparison.
    sharesStcs(estimates, models, { ...how, rsaMetric: "spearman" }),
  ).rejects.toThrow("rsaMetric");
  await expect(rsaStcs(estimates, models, { labels: labels.slice(1) })).rejects.toThrow(
    "12 labels",
  );
});

const values = { data: noise(6 * 12), shape: [6, 12] };
const triangles = { data: Int32Array.of(0, 1, 2, 1, 2, 3, 2, 3, 4, 3, 4, 5), shape: [4, 3] };
const points = {
  data: Float64Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 2, 0, 1, 2, 0),
  shape: [6, 3],
};
const surface = {
  surfaces: { left: { points, triangles } },
  labels,
  metric: "sqeuclidean",
} as const;

for (const ranks of [false, true])
  test(`shares on a surface: those of the RDM of all vertices, and plain correlations in patches, ranks ${ranks}`, async () => {
    const patterns = items.map((item) =>
      Array.from({ length: 6 }, (_, vertex) => {
        const own = labels.flatMap((label, t) =>
          label === item ? [values.data[vertex * 12 + t]] : [],
        );
        return (own[0] + own[1]) / 2;
      }),
    );
    const rdm = computeRdm(patterns, { items, metric: "sqeuclidean" });
    const whole = await sharesSurface({ left: { values } }, models, { ...surface, ranks });
    for (const quantity of shareQuantities)
      expect(
        largestDifference(
          whole.of(quantity).scores,
          sharesRdms(rdm, models, { ranks }).of(quantity).scores,
        ),
        quantity,
      ).toBeLessThan(1e-10);
    const around = { ...surface, radiusMm: 1.1 };
    const found = await sharesSurface({ left: { values } }, models, { ...around, ranks });
    const plain = await rsaSurface({ left: { values } }, models, {
      ...around,
      rsaMetric: ranks ? "spearman" : "pearson",
    });
    expect(largestDifference(found.of("correlation").scores, plain.scores)).toBeLessThan(1e-12);
    expect(found.of("unique").map("x").left?.length).toBe(6);
    expect(found.places).toEqual(plain.places);
    const gap = models[1].condensed.map((d, pair) => (pair === 3 ? NaN : d));
    const lacking = [models[0], new Rdm(gap, { items, name: "y" })];
    const known = await sharesSurface({ left: { values } }, lacking, {
      ...{ ...surface, ranks, ignoreNan: true },
    });
    const wanted = sharesRdms(rdm, lacking, { ranks, ignoreNan: true }).of();
    expect(largestDifference(known.of().scores, wanted.scores)).toBeLessThan(1e-10);
    await expect(sharesSurface({ left: { values } }, models[0], around)).rejects.toThrow(
      "two to four",
    );
  });
