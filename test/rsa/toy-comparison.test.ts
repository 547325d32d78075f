import { expect, test } from "vitest";
import {
  compareRdms,
  computeRdm,
  epochsFromArray,
  evalFixed,
  fitModel,
  knownPairs,
  noiseCeiling,
  random,
  Rdm,
  rsa,
  rsaEpochs,
  rsaNifti,
  selectModel,
  type Comparison,
} from "../../src/index.ts";

/** Share of the pairs that lie on the same side of the median in both RDMs. */
const sameSide: Comparison<readonly boolean[]> = {
  name: "same side",
  direction: "similarity",
  zero: "equals",
  prepare: (vector, shape) => {
    const values = knownPairs(vector, shape);
    const median = values.toSorted()[Math.floor(values.length / 2)];
    return Array.from(values, (value) => value >= median);
  },
  score: (a, b) => a.filter((above, pair) => above === b[pair]).length / a.length,
};

const items = ["a", "b", "c", "d"];
const quiet = { onProgress: false } as const;
const data = new Rdm([1, 2, 3, 4, 5, 6], { items, name: "data" });
const models = [
  new Rdm([10, 20, 30, 40, 50, 60], { items, name: "same" }),
  new Rdm([6, 5, 4, 3, 2, 1], { items, name: "opposite" }),
  new Rdm([1, 5, 3, 4, 2, 6], { items, name: "mixed" }),
];
const expected = [1, 0, 2 / 3];
const gapped = new Rdm([1, 2, NaN, 4, 5, 6], { items });
/** Patterns, and what every way to an RDM must give. */
const { normal } = random(7);
const rows = Array.from({ length: 4 }, () => Array.from({ length: 5 }, normal));
const scoresOf = (rdm: Rdm): number[] => [...rsa(rdm, models, { metric: sameSide }).scores];

test("rsa", () => {
  const result = rsa(data, models, { metric: sameSide });
  expect([...result.scores]).toEqual(expected);
  expect(result.metric).toBe("same side");
  expect(rsa(gapped, models[0], { metric: sameSide }).single()).toBeNaN();
  expect(rsa(gapped, models[0], { metric: sameSide, ignoreNan: true }).single()).toBe(1);
});

test("compareRdms", async () => {
  const result = await compareRdms(data, models, { method: sameSide, ...quiet });
  expect([...result.scores]).toEqual(expected);
  expect(result.metric).toBe("same side");
});

test("rsaEpochs", async () => {
  const samples = { data: Float64Array.from(rows.flat()), shape: [4, 1, 5] };
  const epochs = epochsFromArray(samples, { sfreqHz: 100 });
  const how = { labels: items, rsaMetric: sameSide, ...quiet };
  const whole = await rsaEpochs(epochs, models, how);
  expect(whole.rsaMetric).toBe("same side");
  expect([...whole.scores]).toEqual(scoresOf(computeRdm(rows, { items })));
  const sliding = await rsaEpochs(epochs, models, { ...how, temporalRadiusS: 0.01 });
  expect([...sliding.timeSeries()[0].values]).toEqual(
    [0, 1, 2].map(
      (at) =>
        scoresOf(
          computeRdm(
            rows.map((row) => row.slice(at, at + 3)),
            { items },
          ),
        )[0],
    ),
  );
});

test("rsaNifti", async () => {
  const byVoxel = Array.from({ length: 5 }, (_, voxel) => rows.map((row) => row[voxel])).flat();
  const image = {
    data: Float64Array.from(byVoxel),
    shape: [5, 1, 1, 4],
    affine: [0, 1, 2, 3].map((row) => [0, 1, 2, 3].map((k) => (k !== row ? 0 : k < 3 ? 2 : 1))),
  };
  const maps = await rsaNifti(image, models, { labels: items, rsaMetric: sameSide, ...quiet });
  expect(maps.record.rsaMetric).toBe("same side");
  expect([...maps.scores]).toEqual(scoresOf(computeRdm(rows, { items })));
});

test("evalFixed, noise ceilings and fits", async () => {
  const subjects = [
    data,
    new Rdm([2, 1, 3, 4, 6, 5], { items }),
    new Rdm([1, 2, 3, 6, 5, 4], { items }),
  ];
  const result = await evalFixed(models, subjects, { method: sameSide, ...quiet });
  expect([...result.means]).toEqual(expected);
  expect(result.method).toBe("same side");
  const { lower, upper } = await noiseCeiling(subjects, { method: sameSide, ...quiet });
  expect([lower, upper]).toEqual([1, 1]);
  const model = selectModel([models[1], models[0]]);
  expect([...fitModel(model, subjects, { method: sameSide }).theta]).toEqual([1]);
});

test("what is no comparison is refused", () => {
  const refused = (metric: object) =>
    expect(() => rsa(data, models, { metric: metric as Comparison }));
  refused({ ...sameSide, name: "corr" }).toThrow(/one of ours/);
  refused({ ...sameSide, name: "" }).toThrow(/name of the comparison/);
  refused({ ...sameSide, direction: "up" }).toThrow(
    /direction of same side.*similarity or distance/,
  );
  refused({ ...sameSide, zero: undefined }).toThrow(/zero of same side.*chance or equals/);
  refused({ ...sameSide, score: undefined }).toThrow(/score of same side.*function/);
});
