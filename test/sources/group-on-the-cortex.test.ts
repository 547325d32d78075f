import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import {
  clusterTable,
  permutationClusterTest,
  readSourceSpaces,
  SourceEstimates,
  sourceNeighbours,
  stackEstimates,
} from "../../src/index.ts";
import { largestDifference, numbersOf, readReference } from "../reference/read-reference.ts";
import type { ReferenceArray } from "../reference/read-reference.ts";

interface MeshCase {
  readonly options: {
    readonly threshold: number | { readonly start: number; readonly step: number };
    readonly tail: -1 | 0 | 1;
    readonly max_step?: number;
    readonly t_power?: number;
    readonly step_down_p?: number;
    readonly spatial_exclude_first?: number;
  };
  readonly result: {
    readonly t: ReferenceArray;
    readonly clusters?: readonly ReferenceArray[];
    readonly p: ReferenceArray;
    readonly H0_sorted: ReferenceArray;
    readonly "summary_0.05"?: { readonly data: ReferenceArray };
    readonly "summary_0.2"?: { readonly data: ReferenceArray };
  };
}
interface Reference {
  readonly mesh: { readonly cases: readonly MeshCase[] };
}

const { mesh } = readReference<Reference>("surface/group.json");
const pathOf = (name: string) =>
  fileURLToPath(new URL(`../fixtures/surface/sources/${name}`, import.meta.url));
const values = new Float64Array(Uint8Array.from(readFileSync(pathOf("group-X.f64"))).buffer);
const spaces = await readSourceSpaces(pathOf("ico-src.fif"));
const adjacency = await sourceNeighbours(spaces);
const [nPeople, nTimes, nSources] = [8, 5, 324];

const parts = {
  vertices: spaces.map(({ vertices }) => vertices),
  kind: "surface",
  tminS: 0,
  tstepS: 0.01,
  subject: "average",
} as const;
/** Estimates are sources × times; the file has times × sources. */
function person(at: number): SourceEstimates {
  const data = new Float64Array(nTimes * nSources);
  for (let t = 0; t < nTimes; t++)
    for (let s = 0; s < nSources; s++)
      data[s * nTimes + t] = values[(at * nTimes + t) * nSources + s];
  return new SourceEstimates({ data: { data, shape: [1, nSources, nTimes] }, ...parts });
}
const stack = stackEstimates(Array.from({ length: nPeople }, (_, at) => person(at)));
const tails = { "-1": "less", "0": "both", "1": "greater" } as const;

function testOf({ options }: MeshCase, alpha = 0.05) {
  const { threshold, tail, max_step, t_power, step_down_p, spatial_exclude_first = 0 } = options;
  return permutationClusterTest(stack.observations(), {
    adjacency,
    tail: tails[`${tail}`],
    alpha,
    permutations: 256,
    maxStep: max_step,
    tPower: t_power,
    stepDownP: step_down_p,
    exclude: Array.from({ length: spatial_exclude_first }, (_, at) => at),
    onProgress: false,
    ...(typeof threshold === "number"
      ? { thresholdT: Math.abs(threshold) }
      : { tfce: { start: threshold.start, step: threshold.step } }),
  });
}

test.each(mesh.cases.map((one) => [JSON.stringify(one.options), one] as const))(
  "%s: clusters and p of MNE",
  async (_, one) => {
    const { result } = one;
    const found = await testOf(one);
    expect(found.exact).toBe(true);
    const t = numbersOf(result.t);
    // With TFCE MNE gives the enhanced scores in the place of t.
    const { data } = result.clusters === undefined ? found.scores : found.t;
    const tested = (_value: number, at: number) => !Number.isNaN(data[at]);
    expect(largestDifference(data.filter(tested), t.filter(tested))).toBeLessThan(1e-11);
    if (result.clusters === undefined) {
      expect(largestDifference(found.pValues.data, numbersOf(result.p))).toBeLessThan(1e-12);
      return;
    }
    const keyOf = (positions: ArrayLike<number>) => Array.from(positions).join();
    const ours = new Map(found.clusters.map(({ positions, pValue }) => [keyOf(positions), pValue]));
    expect(ours.size).toBe(result.clusters.length);
    result.clusters.forEach((positions, at) => {
      const p = ours.get(keyOf(numbersOf(positions).sort()));
      // One-sided, MNE counts the data as they are twice, and leaves one relabelling out.
      const more = Math.round((Number(result.p.data[at]) - (p ?? NaN)) * 256 * 1e6) / 1e6;
      expect(one.options.tail === 0 ? [0] : [0, 1]).toContain(Math.abs(more));
    });
  },
);

test.each(mesh.cases.filter(({ result }) => "summary_0.2" in result))(
  "how long each source is in each cluster: the summary of MNE ($options)",
  async (one) => {
    for (const [alpha, key] of [
      [0.05, "summary_0.05"],
      [0.2, "summary_0.2"],
    ] as const) {
      const summary = one.result[key]?.data;
      if (summary === undefined) continue;
      const clusters = stack.clusters(await testOf(one, alpha - 1e-9));
      const width = summary.shape[1];
      expect(clusters.data.shape).toEqual([1, nSources, width]);
      const columns = (data: ArrayLike<number>) =>
        Array.from({ length: width }, (_, c) =>
          Array.from({ length: nSources }, (_, s) => data[s * width + c].toFixed(9)).join(),
        );
      // MNE has clusters in the order found, ours the most significant first.
      const [all, ...each] = columns(clusters.data.data);
      const [mneAll, ...mneEach] = columns(numbersOf(summary));
      expect(all.replaceAll("-0.000000000", "0.000000000")).toBe(
        mneAll.replaceAll("-0.000000000", "0.000000000"),
      );
      expect(each.sort()).toEqual(mneEach.sort());
    }
  },
);

test("the table of clusters says where and when, in sources", async () => {
  const table = clusterTable(await testOf(mesh.cases[0]), { timesS: stack.times });
  expect(table.names).toEqual([
    ...["p", "significant", "sign", "statistic", "positions", "peak_t"],
    ...["from", "to", "peak_time", "n_sources", "peak_source"],
  ]);
  expect(String(table.row(0).peak_source)).toMatch(/^(left|right) \d+$/);
});

test("sources have no order: without neighbours the test is refused, others are joined by name", async () => {
  await expect(permutationClusterTest(stack.observations())).rejects.toThrow(/sourceNeighbours/);
  const other = { names: ["left 0", "left 1"], pairs: [["left 0", "left 1"]] as const };
  await expect(
    permutationClusterTest(stack.observations(), { adjacency: other }),
  ).rejects.toMatchObject({ code: "ITEM_MISMATCH" });
});

test("a stack gives back means, people, differences and maps of a test", async () => {
  const first = stack.person("person 1");
  expect(first.data.data).toEqual(person(0).data.data);
  expect(first.subject).toBe("average");
  const none = stack.minus(stack);
  expect(none.mean().data.data.every((value) => value === 0)).toBe(true);
  const turned = stackEstimates({ "person 2": person(1), "person 1": person(0) });
  const two = stackEstimates([person(0), person(1)]);
  // Person by person: the mean of the differences would not tell whose were taken.
  const own = two.minus(turned).person("person 2").data.data;
  expect(own.every((value) => value === 0)).toBe(true);
  const test = await testOf(mesh.cases[0]);
  const t = stack.estimates(test.t);
  expect(t.data.data[3 * nTimes + 2]).toBe(test.t.data[2 * nSources + 3]);
  const mean = stack.mean().data.data[3 * nTimes + 2];
  const sum = Array.from({ length: nPeople }, (_, at) => person(at).data.data[3 * nTimes + 2]);
  expect(mean).toBeCloseTo(sum.reduce((a, b) => a + b) / nPeople, 12);
});

test("people on other brains, with other sources, times or several estimates are refused", () => {
  const one = person(0);
  const data = (shape: readonly number[]) => ({
    data: new Float64Array(shape.reduce((a, b) => a * b)),
    shape,
  });
  const like = (more: Partial<ConstructorParameters<typeof SourceEstimates>[0]>) =>
    new SourceEstimates({ data: one.data, ...parts, ...more });
  expect(() => stackEstimates([one, like({ subject: "sub-02" })])).toThrow(/morphTo/);
  const fewer = parts.vertices.map((list, side) => (side === 0 ? list.slice(1) : list));
  expect(() => stackEstimates([one, like({ vertices: fewer, data: data([1, 323, 5]) })])).toThrow(
    /left 0/,
  );
  expect(() => stackEstimates([one, like({ tminS: 0.006 })])).toThrow(/half a sample/);
  expect(() => stackEstimates([one, like({ data: data([2, 324, 5]) })])).toThrow(/one a person/);
  expect(() => stackEstimates([like({ data: data([1, 324, 3, 5]) })])).toThrow(/directions/);
  expect(() =>
    stackEstimates({ a: one, b: one }).minus(stackEstimates({ a: one, c: one })),
  ).toThrow(/both values/);
  expect(() => stack.estimates(data([4, 324]))).toThrow(/5 times/);
});
