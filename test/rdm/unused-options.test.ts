import { describe, expect, test } from "vitest";
import { epochsFromArray, rdmNifti, rdmEpochs } from "../../src/index.ts";
import {
  computeRdm,
  computeRdmCv,
  createFolds,
  metricNames,
  rdmFromMeasurements,
  rdmFromUnbalanced,
  type MeasurementMethod,
} from "../../src/rdm/index.ts";
import { InvalidArgument } from "../../src/core/errors.ts";

const rows = [
  [0.1, 0.4, 0.5],
  [0.3, 0.3, 0.4],
  [0.6, 0.1, 0.3],
];
const VI = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const params = { p: 3, w: [1, 2, 3], V: [1, 2, 3], VI, base: 2 };
const users: Record<string, readonly string[]> = {
  p: ["minkowski"],
  w: ["minkowski"],
  V: ["seuclidean"],
  VI: ["mahalanobis"],
  base: ["jensenshannon"],
};

describe("a parameter that the metric does not use is refused, and the metric that does is named", () => {
  const all = Object.entries(params).flatMap(([name, value]) =>
    metricNames.map((metric) => ({ name, value, metric })),
  );
  test.each(all)("$name with $metric", ({ name, value, metric }) => {
    const rest = metric === "mahalanobis" && name !== "VI" ? { VI } : {};
    const run = () => computeRdm(rows, { metric, ...rest, [name]: value });
    if (users[name].includes(metric)) expect(run().condensed).toHaveLength(3);
    else {
      expect(run).toThrow(InvalidArgument);
      expect(run).toThrow(users[name][0]);
    }
  });

  test("with a function, which sees none of them, and by default", () => {
    expect(() => computeRdm(rows, { metric: () => 1, p: 2 })).toThrow("a metric of your own");
    expect(() => computeRdm(rows, { w: [1, 1, 1] })).toThrow("given with correlation");
  });

  test("with folds", () => {
    const folds = createFolds([...rows, ...rows], { labels: ["a", "b", "c", "a", "b", "c"] });
    expect(() => computeRdmCv(folds, { metric: "euclidean", VI })).toThrow("crossnobis");
    expect(computeRdmCv(folds, { metric: "crossnobis", VI }).nItems).toBe(3);
  });

  test("in patches of volumes and of epochs", async () => {
    const affine = [
      [3, 0, 0, 0],
      [0, 3, 0, 0],
      [0, 0, 3, 0],
      [0, 0, 0, 1],
    ];
    const data = Float64Array.from({ length: 12 }, (_, at) => Math.sin(at));
    const volumes = { data, shape: [4, 1, 1, 3], affine };
    const labels = ["a", "b", "c"];
    const onVoxels = async () => (await rdmNifti(volumes, { labels, radiusMm: 4, p: 3 })).at(0);
    await expect(onVoxels()).rejects.toThrow("only minkowski uses it");
    const channels = ["Cz", "Pz"].map((name) => ({
      name,
      type: "eeg" as const,
      position: [0, 0, 0.1] as [number, number, number],
    }));
    const epochs = epochsFromArray({ data, shape: [3, 2, 2] }, { sfreqHz: 100, channels });
    const onSensors = async () => rdmEpochs(epochs, { labels, base: 2 }).first();
    await expect(onSensors()).rejects.toThrow("only jensenshannon uses it");
  });
});

describe("what a method of measurements does not use is refused", () => {
  const repeated = [...rows, ...rows];
  const labels = ["a", "b", "c", "a", "b", "c"];
  const runs = [1, 1, 1, 2, 2, 2];
  const of = (method: MeasurementMethod, more: object) => () =>
    rdmFromMeasurements(repeated, { labels, runs, method, ...more });

  test.each(["correlation", "sqeuclidean", "poisson", "poisson-cv"] as const)(
    "a precision with %s",
    (method) => {
      expect(of(method, { precision: VI })).toThrow("only sqmahalanobis and crossnobis use it");
    },
  );

  test("a prior without counts, means removed where they are not", () => {
    expect(of("crossnobis", { priorMean: 2 })).toThrow("only poisson and poisson-cv use it");
    expect(of("correlation", { removeMean: true })).toThrow("removeMean");
    expect(of("correlation", { removeMean: false })().nItems).toBe(3);
    expect(of("poisson", { priorMean: 2, priorWeight: 1 })().nItems).toBe(3);
  });

  test("unbalanced", () => {
    const unbalanced = (more: object) => () =>
      rdmFromUnbalanced(repeated, { labels, runs, method: "correlation", ...more });
    expect(unbalanced({ precision: VI })).toThrow("only sqmahalanobis uses it");
    expect(unbalanced({ priorWeight: 1 })).toThrow("only poisson uses it");
    expect(unbalanced({})().nItems).toBe(3);
  });
});
