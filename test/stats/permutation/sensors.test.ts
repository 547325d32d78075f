import { describe, expect, test } from "vitest";
import {
  permutationClusterTest,
  type PermutationClusterOptions,
} from "../../../src/stats/index.ts";
import { readReference, matrixOf, type ReferenceArray } from "../../reference/read-reference.ts";

interface SensorCase {
  readonly name: string;
  readonly input: {
    readonly X: ReferenceArray;
    readonly names: string[];
    readonly neighbours: ReferenceArray;
    readonly tail: number;
    readonly threshold: unknown;
  };
  readonly expected: {
    readonly tObserved: ReferenceArray;
    readonly clusters: { sensors: string[]; nPoints: number; times: number[]; p: number }[];
    readonly p: ReferenceArray;
    readonly maxNull: ReferenceArray;
    readonly nNull: number;
  };
}

const { cases } = readReference<{ cases: SensorCase[] }>("questions/adjacency.json");
const runs = cases.filter(({ name }) => name.startsWith("sensors × times"));
const quiet = { onProgress: false } as const;

function pairsOf({ data }: ReferenceArray): [number, number][] {
  return Array.from({ length: data.length / 2 }, (_, at) => [
    Number(data[2 * at]),
    Number(data[2 * at + 1]),
  ]);
}

function neighboursOf({ input }: SensorCase) {
  return { names: input.names, pairs: pairsOf(input.neighbours) };
}

function optionsOf({ input }: SensorCase): PermutationClusterOptions {
  const tail = input.tail === 0 ? "both" : "greater";
  if (typeof input.threshold === "object") return { tail, tfce: { step: 0.5 }, ...quiet };
  return typeof input.threshold === "number"
    ? { tail, thresholdT: input.threshold, ...quiet }
    : { tail, ...quiet };
}

/** Observations people × times × sensors whose axes say so, the sensors in the order given. */
function observationsOf({ input }: SensorCase, order: readonly number[]) {
  const { data, shape } = matrixOf(input.X);
  const n = shape[2];
  return {
    data: data.map((_, k) => data[k - (k % n) + order[k % n]]),
    shape,
    axes: ["people", "times", "sensors"],
    channels: order.map((at) => input.names[at]),
  };
}

const inOrder = Array.from({ length: 19 }, (_, at) => at);
const shuffled = inOrder.map((at) => (at * 7 + 3) % 19);

describe.each([
  ["as the neighbours have them", inOrder],
  ["in another order", shuffled],
])("clusters over sensors and times, sensors %s", (_, order) => {
  test.each(runs)("$name", async (run) => {
    const result = await permutationClusterTest(observationsOf(run, order), {
      adjacency: neighboursOf(run),
      ...optionsOf(run),
    });
    const { expected } = run;
    expect(result.nullDistribution).toHaveLength(expected.nNull);
    // With TFCE, what MNE-Python calls t is the enhanced score.
    const t = matrixOf(expected.tObserved).data;
    result.scores.data.forEach((value, k) =>
      expect(value).toBeCloseTo(t[k - (k % 19) + order[k % 19]], 9),
    );
    // Some of the null distribution is kept.
    for (const value of matrixOf(expected.maxNull).data) {
      const least = result.nullDistribution.map((h) => Math.abs(h - Math.abs(value)));
      expect(Math.min(...least)).toBeLessThan(1e-9);
    }
    if (expected.clusters.length === 0) {
      const p = matrixOf(expected.p).data;
      result.pValues.data.forEach((value, k) =>
        expect(value).toBeCloseTo(p[k - (k % 19) + order[k % 19]], 12),
      );
      return;
    }
    const found = result.clusters.map(({ positions, pValue }) => ({
      sensors: [...new Set(Array.from(positions, (k) => run.input.names[order[k % 19]]))].sort(),
      nPoints: positions.length,
      times: [Math.floor(positions[0] / 19), Math.floor(positions[positions.length - 1] / 19)],
      p: pValue,
    }));
    const key = ({ sensors, nPoints, times }: Omit<(typeof found)[number], "p">) =>
      JSON.stringify({ sensors: [...sensors].sort(), nPoints, times });
    expect(found.map(key).sort()).toEqual(expected.clusters.map(key).sort());
    for (const one of expected.clusters) {
      const p = found.find((other) => key(other) === key(one))?.p ?? NaN;
      // One-sided, MNE-Python counts the data as they are twice, and leaves one relabelling out.
      const more = run.input.tail === 0 ? 0 : (one.p - p) * expected.nNull;
      expect([0, 1]).toContain(Math.round(more * 1e9) / 1e9);
      if (more === 0) expect(p).toBeCloseTo(one.p, 12);
    }
  });
});

test.each(runs)("$name, sensors before times", async (run) => {
  const { data, shape } = matrixOf(run.input.X);
  const [nPeople, nTimes, nSensors] = shape;
  const turned = data.map((_, k) => {
    const [person, rest] = [Math.floor(k / (nTimes * nSensors)), k % (nTimes * nSensors)];
    return data[(person * nTimes + (rest % nTimes)) * nSensors + Math.floor(rest / nTimes)];
  });
  const options = { adjacency: neighboursOf(run), ...optionsOf(run) };
  const straight = await permutationClusterTest(observationsOf(run, inOrder), options);
  const result = await permutationClusterTest(
    { data: turned, shape: [nPeople, nSensors, nTimes] },
    { ...options, axes: ["sensors", "times"], channels: run.input.names },
  );
  expect([...result.nullDistribution]).toEqual(
    Array.from(straight.nullDistribution, (value) => expect.closeTo(value, 9) as unknown),
  );
  expect(result.clusters.map(({ pValue }) => pValue)).toEqual(
    straight.clusters.map(({ pValue }) => pValue),
  );
});

describe("sensors are never neighbours by their order", () => {
  const [run] = runs;
  const observations = observationsOf(run, inOrder);
  const { data, shape } = observations;
  const of = (options: PermutationClusterOptions, given: object = observations) =>
    permutationClusterTest(given as never, { permutations: 8, ...quiet, ...options });

  test("without neighbours the test is refused, unless asked", async () => {
    await expect(of({})).rejects.toThrow(/no neighbourhood/);
    await expect(of({ axes: ["times", "sensors"] }, { data, shape })).rejects.toThrow(
      /no neighbourhood/,
    );
    await expect(of({ channels: run.input.names }, { data, shape })).rejects.toThrow(
      /no neighbourhood/,
    );
    expect((await of({ adjacency: "lattice" })).notes).toEqual([
      "sensors were taken as neighbours in their order, as asked",
    ]);
  });

  test("axes that nobody named are said to be a lattice", async () => {
    expect((await of({}, { data, shape })).notes[0]).toMatch(/2 axes were taken as a lattice/);
    expect((await of({ adjacency: "lattice" }, { data, shape })).notes).toEqual([]);
  });

  test("sensors that the neighbours do not know are named", async () => {
    const channels = run.input.names.with(4, "XX");
    await expect(of({ adjacency: neighboursOf(run), channels }, observations)).rejects.toThrow(
      /"XX"/,
    );
  });

  test("neighbours by name need names, and an axis", async () => {
    const adjacency = neighboursOf(run);
    await expect(of({ adjacency }, { data, shape })).rejects.toThrow(/channels/);
    await expect(of({ adjacency, channels: ["a", "b"] }, { data, shape })).rejects.toThrow(/axes/);
    await expect(of({ adjacency, axes: ["times"] })).rejects.toThrow(/2 axes/);
  });

  test("a space in a name is none; neighbours of more sensors serve fewer", async () => {
    const names = ["MEG0111", "MEG0121", "MEG0131"];
    const adjacency = { names, pairs: [["MEG0111", "MEG0131"]] as [string, string][] };
    const two = { data: Float64Array.of(5, 5, 6, 6.5, 7, 6.7, 5, 6), shape: [4, 2] };
    const result = await of({ adjacency, channels: ["MEG 0131", "MEG 0111"] }, two);
    expect(result.clusters.map(({ positions }) => [...positions])).toEqual([[0, 1]]);
  });

  test("pairs of names that are not there are refused", async () => {
    const names = ["a", "b"];
    const options = { channels: names } as const;
    const two = { data: Float64Array.of(5, 5, 6, 6.5, 7, 6.7), shape: [3, 2] };
    for (const pairs of [[["a", "c"]], [[0, 2]], [[0]], [["a", 1.5]]])
      await expect(of({ ...options, adjacency: { names, pairs } as never }, two)).rejects.toThrow(
        /pairs/,
      );
    await expect(
      of({ ...options, adjacency: { names: ["a", "a"], pairs: [] } }, two),
    ).rejects.toThrow(/once/);
  });

  test("a second group is joined by name", async () => {
    const versus = observationsOf(run, shuffled);
    const joined = await of({ adjacency: neighboursOf(run), versus });
    expect(joined.t.data.every((t) => Math.abs(t) < 1e-9)).toBe(true);
    const others = { ...versus, channels: versus.channels.with(0, "XX") };
    await expect(of({ adjacency: neighboursOf(run), versus: others })).rejects.toThrow(/"XX"/);
  });
});

describe("max step, powers of t, steps down, places left out", () => {
  const people = (row: readonly number[]) =>
    [0.9, 1, 1.1, 1.05, 0.95, 1].map((gain, at) =>
      row.map((x, k) => x * gain + (((at * (k + 3)) % 5) - 2) / 9),
    );

  test("times two samples apart hang together with maxStep 2, but never across sensors", async () => {
    const rows = people([3, 0, 3, 0, 0, 3, 0, 0]);
    const data = { data: Float64Array.from(rows.flat()), shape: [6, 4, 2] };
    const options = {
      axes: ["times", "sensors"],
      channels: ["A", "B"],
      adjacency: { names: ["A", "B"], pairs: [] },
      thresholdT: 8,
      ...quiet,
    } as const;
    const places = async (maxStep: number) =>
      (await permutationClusterTest(data, { ...options, maxStep })).clusters
        .map(({ positions }) => [...positions])
        .sort((a, b) => a[0] - b[0]);
    // Positions are times × sensors: A at times 0, 1; B at time 2.
    expect(await places(1)).toEqual([[0, 2], [5]]);
    expect(await places(2)).toEqual([[0, 2], [5]]);
    const apart = {
      data: Float64Array.from(people([3, 0, 0, 0, 3, 0, 0, 0]).flat()),
      shape: [6, 4, 2],
    };
    const of = async (maxStep: number) =>
      (await permutationClusterTest(apart, { ...options, maxStep })).clusters.length;
    expect([await of(1), await of(2)]).toEqual([2, 1]);
  });

  test("t to the power of 0 counts positions", async () => {
    const rows = people([3, 3, 0, 4, 3, 3]);
    const counted = await permutationClusterTest(rows, { thresholdT: 5, tPower: 0, ...quiet });
    const sized = await permutationClusterTest(rows, {
      thresholdT: 5,
      clusterStatistic: "size",
      ...quiet,
    });
    expect(counted.nullDistribution).toEqual(sized.nullDistribution);
    const squared = await permutationClusterTest(rows, { thresholdT: 5, tPower: 2, ...quiet });
    const [{ positions, statistic }] = squared.clusters;
    expect(statistic).toBeCloseTo(
      positions.reduce((sum, at) => sum + squared.t.data[at] ** 2, 0),
      9,
    );
  });

  test("steps down never lose a cluster, and may find more", async () => {
    const rows = Array.from({ length: 7 }, (_, i) =>
      [4, 4, 4, 4, 0, 1, 1, 0, 0.2, 0, 0].map(
        (mean, k) => mean + Math.sin(i * 7 + k * k * 3) * 0.9,
      ),
    );
    const options = { thresholdT: 2, ...quiet } as const;
    const once = await permutationClusterTest(rows, options);
    const stepped = await permutationClusterTest(rows, { ...options, stepDownP: 0.05 });
    expect(stepped.method).toMatch(/3 steps down/);
    expect(stepped.clusters).toHaveLength(once.clusters.length);
    stepped.pValues.data.forEach((p, at) => expect(p).toBeLessThanOrEqual(once.pValues.data[at]));
    expect(Math.max(...stepped.nullDistribution)).toBe(Math.max(...once.nullDistribution));
  });

  test("sensors left out are not tested, by name or place", async () => {
    const [run] = runs;
    const observations = observationsOf(run, inOrder);
    const options = { adjacency: neighboursOf(run), ...quiet } as const;
    const byName = await permutationClusterTest(observations, {
      ...options,
      exclude: ["O1", "Pz"],
    });
    const places = ["O1", "Pz"].map((name) => run.input.names.indexOf(name));
    const byPlace = await permutationClusterTest(observations, { ...options, exclude: places });
    expect(byName.pValues).toEqual(byPlace.pValues);
    for (const place of places) expect(byName.pValues.data[place]).toBeNaN();
    expect(byName.t.data.some(Number.isNaN)).toBe(false);
    const all = byName.clusters.flatMap(({ positions }) => [...positions]);
    expect(all.some((k) => places.includes(k % 19))).toBe(false);
    await expect(
      permutationClusterTest(observations, { ...options, exclude: ["XX"] }),
    ).rejects.toThrow(/exclude/);
    await expect(
      permutationClusterTest(observations, { ...options, exclude: [19] }),
    ).rejects.toThrow(/18/);
  });
});
