import { fc } from "../../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import { jupyterDisplay } from "../../../src/core/display.ts";
import type { Matrix } from "../../../src/core/matrix.ts";
import {
  permutationClusterTest,
  random,
  studentTThreshold,
  type Adjacency,
  type ClusterTest,
  type PermutationClusterOptions,
} from "../../../src/stats/index.ts";
import { permutationReference as reference, statsReference, stored } from "./reference.ts";
import type { ClusterCase } from "./reference.ts";

const quiet = { onProgress: false } as const;
const tails = { "-1": "less", "0": "both", "1": "greater" } as const;
const mask = stored(reference.mask);

function dataOf(one: ClusterCase): Matrix {
  if (one.name === "two")
    return { shape: [4, 24], data: Float64Array.from(reference.X.data.slice(0, 4 * 24)) };
  if (one.name !== "Zm") return stored(reference[one.name]);
  const all = stored(reference.Z);
  const kept = Array.from(all.data).filter((_, k) => mask.data[k % mask.data.length] === 1);
  return { shape: [7, kept.length / 7], data: Float64Array.from(kept) };
}

function spatial(): Adjacency {
  const { shape, data } = reference.adjacency;
  return {
    neighbours: Array.from({ length: shape[0] }, (_, i) =>
      Array.from({ length: shape[0] }, (_v, j) => j).filter((j) => data[i * shape[0] + j] !== 0),
    ),
  };
}

function optionsOf(one: ClusterCase): PermutationClusterOptions {
  const tail = tails[String(one.tail) as "0"];
  const adjacency =
    one.adjacency === "spatial" ? spatial() : one.adjacency === "mask" ? { mask } : "lattice";
  const versus = one.name === "two" ? stored(reference.G2) : undefined;
  if (one.tfce === null)
    return { tail, adjacency, versus, thresholdT: Math.abs(one.threshold ?? 0), ...quiet };
  const { start, step, h_power, e_power } = one.tfce;
  const tfce = {
    start: Math.abs(start),
    step: Math.abs(step),
    heightPower: h_power,
    extentPower: e_power,
  };
  return { tail, adjacency, tfce, ...quiet };
}

function near(values: ArrayLike<number>, digits = 11): unknown[] {
  return Array.from(values, (value) => expect.closeTo(value, digits) as unknown);
}

describe("every relabelling once, against brute force with MNE-Python's clustering", () => {
  test.each(reference.clusters)("$name, tail $tail, threshold $threshold $tfce", async (one) => {
    const result = await permutationClusterTest(dataOf(one), optionsOf(one));
    expect(result.exact).toBe(true);
    expect(result.t.shape).toEqual(one.shape);
    expect([...result.t.data]).toEqual(near(one.t));
    // Two-sided, a flip and its mirror image are the same: brute force has each value twice.
    const mirrored = one.tail === 0 && one.name !== "two";
    const expected = one.H0.filter((_, k) => !mirrored || k % 2 === 0);
    expect([...result.nullDistribution]).toEqual(near(expected, 10));
    if (one.clusters === null) {
      expect([...result.pValues.data]).toEqual(near(one.p, 12));
      expect([...result.scores.data].map(Math.abs)).toEqual(near(one.sums, 10));
    } else expectClusters(result, one.clusters, one.sums, one.p);
  });
});

function expectClusters(
  result: ClusterTest,
  places: number[][],
  sums: number[],
  p: number[],
): void {
  expect(result.clusters).toHaveLength(places.length);
  places.forEach((positions, i) => {
    const found = result.clusters.find((cluster) => cluster.positions[0] === positions[0]);
    expect(Array.from(found?.positions ?? [])).toEqual(positions);
    expect(found?.statistic).toBeCloseTo(sums[i], 11);
    expect(found?.pValue).toBeCloseTo(p[i], 12);
    for (const at of positions) expect(result.pValues.data[at]).toBeCloseTo(p[i], 12);
  });
}

describe("MNE-Python itself", () => {
  test("two-sided with more permutations than there are flips: t, clusters, p and null distribution", async () => {
    const { mneExact } = reference;
    const result = await permutationClusterTest(stored(reference.X), { thresholdT: 1.5, ...quiet });
    expect([...result.nullDistribution]).toEqual(near(mneExact.H0, 10));
    for (const [i, positions] of mneExact.clusters.entries()) {
      const found = result.clusters.find((cluster) => cluster.positions[0] === positions[0]);
      expect(Array.from(found?.positions ?? [])).toEqual(positions);
      expect(found?.pValue).toBeCloseTo(mneExact.p[i], 14);
    }
  });

  test.each([0, 1, 3, 4, 6])(
    "case %i: its clusters, and of its null distribution every value",
    async (at) => {
      const { tail, threshold, output } = statsReference.cases[at];
      const result = await permutationClusterTest(stored(reference.X), {
        tail: tails[String(tail) as "0"],
        ...(threshold === null ? {} : { thresholdT: threshold }),
        ...quiet,
      });
      expect([...result.t.data]).toEqual(near(output.T_obs.data));
      expect(result.clusters.map(({ positions }) => Array.from(positions).join()).sort()).toEqual(
        output.clusters.map(({ data }) => data.join()).sort(),
      );
      // MNE 1.3's "all" leaves one of the 32 two-sided flips out, or counts the data twice: its p values are 1/31, 2/63.
      for (const value of output.H0.data) {
        const least = Math.min(
          ...result.nullDistribution.map((h) => Math.abs(h - Math.abs(value))),
        );
        expect(least).toBeLessThan(1e-10);
      }
      if (tail >= 0) expect(Math.min(...result.pValues.data)).toBe(tail === 0 ? 1 / 32 : 1 / 64);
    },
  );

  test("the default threshold is the t of p = 0.05", async () => {
    const { threshold } = await permutationClusterTest(stored(reference.X), quiet);
    expect(threshold).toBe(studentTThreshold(0.025, 5));
    const one = await permutationClusterTest(stored(reference.X), { tail: "greater", ...quiet });
    expect(one.threshold).toBe(studentTThreshold(0.05, 5));
  });

  test("times × sensors with neighbours of sensors: the one cluster", async () => {
    const { output } = statsReference.cases[9];
    const result = await permutationClusterTest(stored(reference.Y), {
      thresholdT: 2,
      adjacency: spatial(),
      ...quiet,
    });
    expect([...result.t.data]).toEqual(near(output.T_obs.data));
    expect(result.clusters).toHaveLength(1);
    expect(Array.from(result.clusters[0].positions)).toEqual([9, 10, 11, 13, 14]);
  });
});

describe("adjacency", () => {
  test("a volume with a mask finds what the same voxels in a list find", async () => {
    const all = stored(reference.Z);
    const inList = reference.clusters.find(({ name }) => name === "Zm");
    const options = { tail: "greater", thresholdT: 1.6, adjacency: { mask }, ...quiet } as const;
    const result = await permutationClusterTest(all, options);
    expect([...result.nullDistribution]).toEqual(near(inList?.H0 ?? [], 10));
    const outside = Array.from(mask.data, (_, k) => k).filter((k) => mask.data[k] === 0);
    expect(outside.every((k) => Number.isNaN(result.pValues.data[k]))).toBe(true);
    expect(result.notes).toEqual([]);
  });

  test("corners connect with 26 neighbours only, edges with 18", async () => {
    const grid = { shape: [2, 2, 2], data: new Uint8Array(8).fill(1) };
    const volume = (far: number) => (s: number) =>
      Array.from({ length: 8 }, (_, k) => (k === 0 ? 2 + s : k === far ? 2 - 0.1 * s : 0));
    const count = async (connectivity: 6 | 18 | 26, far: number) => {
      const adjacency = { mask: grid, connectivity };
      const data = [0, 1, 2, 3, 4].map(volume(far));
      const result = await permutationClusterTest(data, { adjacency, thresholdT: 3, ...quiet });
      return result.clusters.length;
    };
    const counts = (far: number) => Promise.all(([6, 18, 26] as const).map((c) => count(c, far)));
    expect(await counts(4)).toEqual([1, 1, 1]);
    expect(await counts(6)).toEqual([2, 1, 1]);
    expect(await counts(7)).toEqual([2, 2, 1]);
  });

  test("none takes each position for itself, as the largest |t| does", async () => {
    const result = await permutationClusterTest(stored(reference.X), {
      adjacency: "none",
      thresholdT: 0,
      ...quiet,
    });
    expect([...result.pValues.data]).toEqual(near(reference.signFlip.max, 12));
  });

  test("lists of neighbours go both ways; wrong ones are refused", async () => {
    const data = [0, 1, 2, 3, 4].map((s) => [1 + 0.1 * s, 1.1 - 0.1 * s, 1 + 0.05 * s]);
    const joined = await permutationClusterTest(data, {
      adjacency: { neighbours: [[2], [], []] },
      ...quiet,
    });
    expect(joined.clusters.map(({ positions }) => Array.from(positions))).toContainEqual([0, 2]);
    const refused = (neighbours: number[][]) =>
      permutationClusterTest(data, { adjacency: { neighbours }, ...quiet });
    await expect(refused([[1], [0]])).rejects.toThrow(/neighbours of 3 places.*found 2/);
    await expect(refused([[1], [0], [7]])).rejects.toThrow(/invalid neighbour: 7/);
    const volume = { shape: [5, 3], data: new Float64Array(15) };
    await expect(permutationClusterTest(volume, { adjacency: { mask }, ...quiet })).rejects.toThrow(
      /one for each voxel of the mask/,
    );
    await expect(
      permutationClusterTest(data, { adjacency: "latice" as never, ...quiet }),
    ).rejects.toThrow(/did you mean "lattice"/);
  });
});

describe("Monte Carlo", () => {
  const { normal } = random(4);
  const effect = (j: number) => (j > 10 && j < 16 ? 1.5 : 0);
  const data = Array.from({ length: 24 }, () =>
    Array.from({ length: 30 }, (_, j) => normal() + effect(j)),
  );

  test("finds the planted stretch, the same with the same seed", async () => {
    const options = { permutations: 500, seed: 5, ...quiet };
    const result = await permutationClusterTest(data, options);
    expect(result.exact).toBe(false);
    expect(result.nullDistribution).toHaveLength(500);
    expect(result.significant).toHaveLength(1);
    const [[from, to]] = result.spans(Array.from({ length: 30 }, (_, j) => j));
    expect([from, to]).toEqual([11, 15]);
    expect(result.clusters[0].pValue).toBe(1 / 500);
    const again = await permutationClusterTest(data, options);
    expect(again.nullDistribution).toEqual(result.nullDistribution);
    const other = await permutationClusterTest(data, { ...options, seed: 6 });
    expect(other.nullDistribution).not.toEqual(result.nullDistribution);
  });

  test("comes near the exact p values", async () => {
    const exact = await permutationClusterTest(data.slice(0, 11), { permutations: 1024, ...quiet });
    const drawn = await permutationClusterTest(data.slice(0, 11), { permutations: 1000, ...quiet });
    expect([exact.exact, drawn.exact]).toEqual([true, false]);
    exact.clusters.forEach(({ pValue }, i) =>
      expect(Math.abs(pValue - drawn.clusters[i].pValue)).toBeLessThan(0.05),
    );
  });

  test("two samples: the difference is found, and without one it is not", async () => {
    const shifted = data.map((row) => row.map((value, j) => value + (j < 4 ? 2 : 0)));
    const result = await permutationClusterTest(shifted.slice(0, 12), {
      versus: data.slice(12),
      permutations: 400,
      ...quiet,
    });
    expect(result.spans(Array.from({ length: 30 }, (_, j) => j))[0]).toEqual([0, 3]);
    const none = await permutationClusterTest(data.slice(0, 12), {
      versus: data.slice(12),
      permutations: 400,
      ...quiet,
    });
    expect(none.significant).toEqual([]);
  });
});

describe("laws", () => {
  test("positive scale changes nothing, the opposite sign exchanges the tails", async () => {
    const value = fc.integer({ min: -20, max: 20 });
    const rows = fc.array(fc.array(value, { minLength: 6, maxLength: 6 }), {
      minLength: 4,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(rows, fc.boolean(), async (data, tfce) => {
        const options = { tfce, ...quiet, ...(tfce ? {} : { thresholdT: 1 }) };
        const up = await permutationClusterTest(data, { tail: "greater", ...options });
        const scaled = data.map((row) => row.map((v) => 4 * v));
        const same = await permutationClusterTest(scaled, { tail: "greater", ...options });
        expect([...same.pValues.data]).toEqual([...up.pValues.data]);
        const turned = data.map((row) => row.map((v) => -v));
        const down = await permutationClusterTest(turned, { tail: "less", ...options });
        expect([...down.pValues.data]).toEqual([...up.pValues.data]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("what cannot be tested", () => {
  test("NaN and constant zeros are left out and said", async () => {
    const data = [0, 1, 2, 3, 4].map((s) => [
      1 + 0.1 * s,
      0,
      s === 2 ? Number.NaN : 1,
      1.2 - 0.1 * s,
    ]);
    const result = await permutationClusterTest(data, quiet);
    expect(Array.from(result.pValues.data, Number.isNaN)).toEqual([false, true, true, false]);
    expect(result.notes).toEqual([
      "2 of 4 positions were not tested: an observation is NaN there, or all are the same",
    ]);
    expect(result.clusters.map(({ positions }) => Array.from(positions))).toEqual([[0], [3]]);
  });

  test("one subject, samples of different times, and options that contradict each other are refused", async () => {
    const refused = (data: number[][], options: PermutationClusterOptions = {}) =>
      expect(permutationClusterTest(data, { ...quiet, ...options })).rejects;
    await refused([[1, 2]]).toThrow(/invalid data: "1 observation"/);
    await refused([[], []]).toThrow(/observations of no values/);
    const two = [
      [1, 2],
      [2, 1],
    ];
    await refused(two, { versus: [[1, 2, 3]] }).toThrow(/shape \(2\) in both samples, found \(3\)/);
    await refused(two, { thresholdT: 1, thresholdP: 0.1 }).toThrow(/not both/);
    await refused(two, { thresholdT: -1 }).toThrow(/`tail` says/);
    await refused(two, { tail: "up" as never }).toThrow(/unknown tail "up"/);
    await refused(two, { clusterStatistic: "masss" as never }).toThrow(/did you mean "mass"/);
    await refused(two, { tfce: { step: 0 } }).toThrow(/invalid tfce.step/);
    await refused([[1e9], [1e9 + 1]], { tfce: { step: 1e-4 } }).toThrow(/take larger steps/);
    await refused(two, { permutations: 0.5 }).toThrow(/invalid permutations/);
    await refused(two, { seed: Number.NaN, permutations: 2, versus: two }).toThrow(/invalid seed/);
  });

  test("a long test can be cancelled while it runs, and tells how far it is", async () => {
    const controller = new AbortController();
    const told: number[] = [];
    const data = Array.from({ length: 30 }, (_, i) =>
      Float64Array.from({ length: 2000 }, (_v, j) => ((i * j) % 7) - 3),
    );
    const running = permutationClusterTest(data, {
      permutations: 1_000_000,
      signal: controller.signal,
      onProgress: ({ done }) => {
        told.push(done);
        if (told.length === 3) controller.abort();
      },
    });
    await expect(running).rejects.toThrow(/cancelled/);
    expect(told).toHaveLength(3);
  });
});

test("a result shows itself", async () => {
  const result = await permutationClusterTest(stored(reference.X), { thresholdT: 1.5, ...quiet });
  const text = String(result[jupyterDisplay]()["text/plain"]);
  expect(text).toContain("ClusterTest: 4 clusters, 1 significant at 0.05");
  expect(text).toContain("all 32 sign flips");
  expect(text).toContain("p = 0.0313: 6 positions, statistic 38.17, peak t 10.25 at 8");
  expect(() => result.spans([1])).toThrow(/expected 24 times/);
});
