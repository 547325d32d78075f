import { expect, test } from "vitest";
import { permutationClusterTest } from "../../../src/stats/index.ts";
import { readReference, matrixOf, type ReferenceArray } from "../../reference/read-reference.ts";

interface Run {
  readonly options: {
    readonly threshold: number | null | { start: number; step: number };
    readonly tail: number;
    readonly t_power?: number;
  };
  readonly result: {
    readonly t: ReferenceArray;
    readonly clusters: ReferenceArray[];
    readonly p: ReferenceArray;
  };
}

const { A, B, runs } = readReference<{ A: ReferenceArray; B: ReferenceArray; runs: Run[] }>(
  "questions/time-course-runs.json",
);
const [a, b] = [matrixOf(A), matrixOf(B)];
const difference = { data: a.data.map((value, k) => value - b.data[k]), shape: a.shape };

test.each(runs)("nine people over time, as MNE-Python: $options", async ({ options, result }) => {
  const { threshold, tail, t_power: tPower } = options;
  const tfce =
    typeof threshold === "object" && threshold !== null ? { step: threshold.step } : false;
  const found = await permutationClusterTest(difference, {
    tail: tail === 0 ? "both" : tail > 0 ? "greater" : "less",
    tfce,
    ...(typeof threshold === "number" ? { thresholdT: Math.abs(threshold) } : {}),
    ...(tPower === undefined ? {} : { tPower }),
    onProgress: false,
  });
  const t = matrixOf(result.t).data;
  // With TFCE, what MNE-Python calls t is the enhanced score.
  found.scores.data.forEach((value, at) => expect(value).toBeCloseTo(t[at], 9));
  // One-sided, MNE-Python counts the data as they are twice, and leaves one relabelling out.
  const expectP = (p: number | undefined, expected: number) => {
    const more = (expected - (p ?? NaN)) * 512;
    expect(tail === 0 ? [0] : [0, 1]).toContain(Math.abs(Math.round(more * 1e6) / 1e6));
  };
  if (tfce !== false) {
    const p = matrixOf(result.p).data;
    found.pValues.data.forEach((value, at) => expectP(value, p[at]));
    return;
  }
  expect(found.clusters).toHaveLength(result.clusters.length);
  result.clusters.forEach(({ data }, at) => {
    const cluster = found.clusters.find(({ positions }) => positions[0] === data[0]);
    expect(Array.from(cluster?.positions ?? [])).toEqual(data);
    expectP(cluster?.pValue, Number(result.p.data[at]));
  });
});
