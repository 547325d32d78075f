import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import {
  applyInverse,
  computeRdm,
  epochsFromArray,
  random,
  readEpochs,
  readInverse,
  rdmStcs,
  rsaEpochs,
  rsaStcs,
  SourceEstimates,
  type RsaStcsOptions,
} from "../../src/index.ts";

const { normal } = random(3);
const shape = [24, 5, 12];
const values = Float64Array.from({ length: 24 * 5 * 12 }, () => normal());
const labels = Array.from({ length: 24 }, (_, at) => "abcd"[at % 4]);
const folds = Array.from({ length: 24 }, (_, at) => Math.floor(at / 12));
const items = ["a", "b", "c", "d"];
const model = computeRdm(
  items.map(() => [normal(), normal(), normal()]),
  { items, name: "idea" },
);
const estimates = new SourceEstimates({
  data: { data: values, shape },
  vertices: [Int32Array.of(1, 2, 5), Int32Array.of(0, 9)],
  kind: "surface",
  tminS: -0.04,
  tstepS: 0.01,
});
const epochs = epochsFromArray({ data: values, shape }, { sfreqHz: 100, tminS: -0.04 });
const shared = { labels, folds, metric: "crossnobis", onProgress: false } as const;

test.each([
  { noise: "all" },
  { noise: "baseline" },
  { noise: "window", temporalRadiusS: 0.02 },
  { noise: { from: "all", method: "diagonal", perRun: true }, temporalRadiusS: 0.01 },
] satisfies RsaStcsOptions[])(
  "the noise of sources is that of as many sensors: %j",
  async (options) => {
    const ours = await rsaStcs(estimates, model, { ...shared, rsaMetric: "pearson", ...options });
    const sensors = await rsaEpochs(epochs, model, { ...shared, rsaMetric: "pearson", ...options });
    expect(ours.scores.length).toBe(sensors.scores.length);
    ours.scores.forEach((score, at) => expect(score).toBeCloseTo(sensors.scores[at], 12));
    const euclidean = {
      ...shared,
      ...options,
      noise: undefined,
      metric: "sqeuclidean",
      rsaMetric: "pearson",
    } as const;
    const without = await rsaStcs(estimates, model, euclidean);
    expect(Array.from(without.scores)).not.toEqual(Array.from(ours.scores));
  },
);

test("RDMs know the noise as well; a metric that does not is refused", async () => {
  const rdms = [];
  for await (const rdm of rdmStcs(estimates, { ...shared, noise: "all" })) rdms.push(rdm);
  const plain = [];
  for await (const rdm of rdmStcs(estimates, { ...shared, metric: "sqeuclidean" })) plain.push(rdm);
  expect(Array.from(rdms[0].condensed)).not.toEqual(Array.from(plain[0].condensed));
  await expect(
    rsaStcs(estimates, model, { labels, noise: "all", onProgress: false }),
  ).rejects.toThrow(/crossnobis/);
  await expect(rsaStcs(estimates, model, { ...shared, noise: "loud" as "all" })).rejects.toThrow(
    /loud/,
  );
});

test("a label of another brain is refused by inverse operators too", async () => {
  const pathOf = (name: string) =>
    fileURLToPath(new URL(`../fixtures/surface/sources/${name}`, import.meta.url));
  const inverse = await readInverse(pathOf("loose-megeeg-inv.fif"));
  const subject = inverse.spaces[0].subject ?? "";
  expect(subject).not.toBe("");
  const [{ vertices }] = inverse.spaces;
  const label = { name: "V1", hemisphere: "left", vertices: vertices.slice(0, 3) } as const;
  const recorded = await readEpochs(pathOf("demo-epo.fif"));
  await expect(
    applyInverse(recorded, inverse, { label: { ...label, subject: "somebody" } }),
  ).rejects.toThrow(/of somebody.*another brain/);
  const own = await applyInverse(recorded, inverse, { label: { ...label, subject } });
  expect(own.nSources).toBe(3);
});
