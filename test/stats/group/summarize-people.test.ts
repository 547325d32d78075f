import { describe, expect, test } from "vitest";
import {
  fdr,
  fisherMean,
  peakLatency,
  permutationClusterTest,
  studentTUpperTail,
  summarizePeople,
} from "../../../src/stats/index.ts";
import { curves, near, numbers } from "./reference.ts";

const quiet = { onProgress: false } as const;
const scores = numbers(curves.input.scores);
const times = curves.input.timesS.data;
const { expected } = curves;

describe("curves of nine people, as numpy and scipy have them", () => {
  test("mean and standard error", async () => {
    const { mean, sem, lower, words } = await summarizePeople(scores, { interval: "sem" });
    expect([...mean.data]).toEqual(near(expected.mean));
    expect([...sem.data]).toEqual(near(expected.sem));
    expect(lower.data[5]).toBeCloseTo(mean.data[5] - sem.data[5], 14);
    expect(words).toBe("mean of 9 people ± 1 standard error");
  });

  test("t interval", async () => {
    const { lower, upper, words } = await summarizePeople(scores);
    expect([...lower.data, ...upper.data]).toEqual(near(expected.ci));
    expect(words).toBe("95 % t interval of the mean of 9 people");
  });

  test("bootstrap of people, with the draws given", async () => {
    const draws = numbers(curves.input.draws);
    const options = { interval: "bootstrap", draws, ...quiet } as const;
    const { lower, upper, words } = await summarizePeople(scores, options);
    expect([...lower.data, ...upper.data]).toEqual(near(expected.bootstrap));
    expect(words).toBe(
      "95 % bootstrap interval of the mean of 9 people (200 given draws of people)",
    );
  });

  test("mean by Fisher's z", () =>
    expect([...fisherMean(scores).data]).toEqual(near(expected.fisherMean)));

  test("t, its p, false discovery rate and clusters", async () => {
    const options = { thresholdT: 2, tail: "greater", ...quiet } as const;
    const { t, clusters } = await permutationClusterTest(scores, options);
    expect([...t.data]).toEqual(near(expected.t));
    const p = Array.from(t.data, (value) => 2 * studentTUpperTail(Math.abs(value), 8));
    expect(p).toEqual(near(expected.pTwoSided));
    const oneSided = Array.from(t.data, (value) => studentTUpperTail(value, 8));
    const { pValues: q, significant } = fdr(oneSided);
    expect([...q]).toEqual(near(expected.fdrQ));
    expect(Array.from(significant, Number)).toEqual(expected.fdrReject.data);
    const found = clusters.map(({ positions, pValue }) => ({
      first: positions[0],
      last: positions[positions.length - 1],
      p: pValue,
    }));
    // One-sided, MNE-Python counts the data as they are twice, and leaves one relabelling out: 1/512 more.
    const once = expected.clusters.map((cluster) => ({ ...cluster, p: cluster.p - 1 / 512 }));
    expect(found.sort((a, b) => a.first - b.first)).toEqual(once);
  });
});

test("latency of the peak of the mean, with its jackknife", () => {
  const { timeS, jackknife, seS } = peakLatency(scores, times);
  expect(timeS).toBe(0.12);
  expect([...jackknife]).toEqual(new Array(9).fill(0.12));
  expect(seS).toBeLessThan(1e-15);
});

describe("degenerate people", () => {
  test("where one has no value there is no mean, and it is said", async () => {
    const people = [
      [1, NaN],
      [2, 3],
      [4, 5],
    ];
    for (const interval of ["sem", "t", "bootstrap"] as const) {
      const summary = await summarizePeople(people, { interval, ...quiet });
      const { mean, lower, upper, notes } = summary;
      expect([mean.data[1], lower.data[1], upper.data[1]]).toEqual([NaN, NaN, NaN]);
      expect(mean.data[0]).toBeCloseTo(7 / 3, 14);
      expect(notes).toEqual(["1 of 2 means are not defined: a person has no value (NaN) there"]);
    }
  });

  test("the same value of all has no width", async () => {
    const { lower, upper } = await summarizePeople([[2], [2], [2]]);
    expect([lower.data[0], upper.data[0]]).toEqual([2, 2]);
  });

  test("one person, draws of nobody, a level of 1 and a wrong name are refused", async () => {
    await expect(summarizePeople([[1, 2]])).rejects.toThrow(/1 observation/);
    const people = [[1], [2]];
    const of = (options: object) => summarizePeople(people, options);
    await expect(
      of({
        interval: "bootstrap",
        draws: [
          [0, 2],
          [1, 1],
        ],
      }),
    ).rejects.toThrow(/0 to 1/);
    await expect(of({ interval: "bootstrap", draws: [[0], [1]] })).rejects.toThrow(/2 people/);
    await expect(
      of({
        draws: [
          [0, 1],
          [1, 1],
        ],
      }),
    ).rejects.toThrow(/bootstrap/);
    await expect(of({ level: 1 })).rejects.toThrow(/level/);
    await expect(of({ interval: "bayes" })).rejects.toThrow(/interval/);
  });

  test("the same seed gives the same bounds", async () => {
    const of = (seed: number) =>
      summarizePeople(scores, { interval: "bootstrap", seed, samples: 50, ...quiet });
    expect((await of(3)).lower.data).toEqual((await of(3)).lower.data);
    expect((await of(3)).lower.data).not.toEqual((await of(4)).lower.data);
  });

  test("no time at which all have a value has no peak", () =>
    expect(() =>
      peakLatency(
        [
          [NaN, 1],
          [1, NaN],
        ],
        [0, 1],
      ),
    ).toThrow(/finite mean/));
});
