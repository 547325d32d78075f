import { describe, expect, test } from "vitest";
import {
  clusterSensors,
  clusterSummary,
  clusterTable,
  permutationClusterTest,
} from "../../src/index.ts";

const channels = ["Oz", "O1", "Cz"];
const adjacency = { names: channels, pairs: [["Oz", "O1"]] as [string, string][] };
const timesS = [0, 0.1, 0.2, 0.3];
/** Times × sensors: Oz and O1 at 0.1 s, Oz at 0.2 s. */
const effect = [0, 0, 0, 5, 5, 0, 5, 0, 0, 0, 0, 0];
const data = {
  data: Float64Array.from({ length: 7 * 12 }, (_, k) => effect[k % 12] + Math.sin(k * k + 1)),
  shape: [7, 4, 3],
  axes: ["people", "times", "sensors"],
  channels,
};
const found = await permutationClusterTest(data, { adjacency, thresholdT: 6, onProgress: false });

describe("the clusters of a test on sensors and times", () => {
  test("as a table, with times in seconds and sensors by name", () => {
    const [first] = clusterTable(found, { timesS }).rows();
    expect(first).toMatchObject({
      p: 1 / 64,
      significant: true,
      sign: "above",
      positions: 3,
      from: 0.1,
      to: 0.2,
      n_sensors: 2,
      sensors: "Oz O1",
    });
    expect(["Oz", "O1"]).toContain(first.peak_sensor);
    expect(clusterTable(found).row(0)).toMatchObject({ from: 1, to: 2 });
  });

  test("in words for a paper, with what they do not say", () => {
    const words = clusterSummary(found, { timesS });
    expect(words).toMatch(
      /^1 of \d+ clusters? is significant at 0.05\. Cluster permutation test of 7/m,
    );
    expect(words).toMatch(
      /Cluster 1 \(above, p = 0\.0156\): 0\.1 to 0\.2 s, 2 sensors \(Oz, O1\); peak t/,
    );
    expect(words).toContain("no onsets");
  });

  test("its sensors, at one time or all", () => {
    expect(clusterSensors(found)).toEqual(["Oz", "O1"]);
    expect(clusterSensors(found, 0, { timesS, atS: 0.19 })).toEqual(["Oz"]);
    expect(clusterSensors(found, 0, { timesS, atS: 0.3 })).toEqual([]);
  });

  test("bars of time courses are the spans of its clusters", () =>
    expect(found.spans(timesS)).toEqual([[0.1, 0.2]]));

  test("what does not fit is refused", () => {
    expect(() => clusterTable(found, { timesS: [0, 1] })).toThrow(/4 times/);
    expect(() => clusterTable({} as never)).toThrow(/permutationClusterTest/);
    expect(() => clusterSensors(found, 99)).toThrow(/cluster/);
    expect(() => clusterSensors(found, 0, { atS: 0.1 })).toThrow(/timesS/);
    expect(() => clusterTable(found, { times: timesS } as never)).toThrow(/timesS/);
  });
});

test("without axes, clusters are positions", async () => {
  const rows = [
    [5, 0],
    [5.1, 0.2],
    [4.9, -0.2],
    [5, 0.1],
    [5.2, -0.1],
    [5, 0.05],
  ];
  const plain = await permutationClusterTest(rows, { onProgress: false });
  expect(clusterTable(plain).names).toEqual([
    "p",
    "significant",
    "sign",
    "statistic",
    "positions",
    "peak_t",
  ]);
  expect(clusterSummary(plain)).toContain("1 positions");
  expect(() => clusterTable(plain, { timesS: [0, 1] })).toThrow(/no times/);
  expect(() => clusterSensors(plain)).toThrow(/sensors/);
});

test("nothing found is said", async () => {
  const rows = [
    [1, -1],
    [-1, 1],
    [0.5, -0.5],
    [-0.5, 0.4],
  ];
  const none = await permutationClusterTest(rows, { onProgress: false });
  expect(clusterTable(none).length).toBe(0);
  expect(clusterSummary(none)).toMatch(/^0 of 0 clusters are significant/);
});
