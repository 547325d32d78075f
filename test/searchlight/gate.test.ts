import { describe, expect, test } from "vitest";
import {
  rdmSearchlight,
  scoreSearchlight,
  searchlightPatches,
  takePatch,
  TsrsaError,
} from "../../src/index.ts";

const patterns = { data: Float64Array.of(1, 2, 9, 2, 5, 1, 5, 1, 3), shape: [3, 3] };
const patches = searchlightPatches(patterns.shape, { patches: [[0, 1], [2]] });
const models = [Float64Array.of(1, 2, 3)];
const hostile: readonly unknown[] = [
  null,
  "12",
  "",
  5,
  {},
  new Set([1]),
  new Map(),
  Symbol("x"),
  () => 1,
  [[1, 2], [3]],
  [["a", "b"], [1]],
  { data: [1, "x"], shape: [1, 2] },
  { data: new Float64Array(3), shape: [2, 2] },
  { data: new Float64Array(4), shape: [2.5, 2] },
  { data: new Float64Array(4), shape: [-2, -2] },
  { length: 3 },
];

/** Calls that take a value from a user where another belongs. */
const calls: Record<string, (value: never) => unknown> = {
  "takePatch, data": (value) => takePatch(value, patches.at(0), patches.plan),
  "takePatch, patch": (value) => takePatch(patterns, value, patches.plan),
  "takePatch, plan": (value) => takePatch(patterns, patches.at(0), value),
  "rdmSearchlight, data": (value) => [...rdmSearchlight(value, patches)],
  "rdmSearchlight, patches": (value) => [...rdmSearchlight(patterns, value)],
  "scoreSearchlight, patterns": (value) => scoreSearchlight(value, patches, models),
  "scoreSearchlight, patches": (value) => scoreSearchlight(patterns, value, models),
  "scoreSearchlight, models": (value) => scoreSearchlight(patterns, patches, value),
  "scoreSearchlight, one model": (value) => scoreSearchlight(patterns, patches, [value]),
  "searchlightPatches, shape": (value) => searchlightPatches(value),
  "searchlightPatches, patches": (value) => searchlightPatches([2, 3], { patches: value }),
  "searchlightPatches, one patch": (value) => searchlightPatches([2, 3], { patches: [value] }),
  "searchlightPatches, series": (value) => searchlightPatches([2, 3], { series: value }),
  "searchlightPatches, positions": (value) =>
    searchlightPatches([2, 3], { spatialRadius: 1, positions: value }),
  "searchlightPatches, distances": (value) =>
    searchlightPatches([2, 3], { spatialRadius: 1, distances: value }),
};

describe.each(Object.entries(calls))("%s", (_, call) => {
  test.each(hostile)("%s is refused by a typed error", async (value) => {
    let error: unknown;
    try {
      await call(value as never);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(TsrsaError);
  });
});

test.each(["spatialRadius", "temporalRadius", "samplesFrom", "samplesTo"])(
  "%s is a number",
  (name) => {
    for (const value of [null, "1", [], {}, true, NaN])
      expect(() => searchlightPatches([2, 3, 5], { [name]: value })).toThrow(TsrsaError);
  },
);

test("unknown options are refused with the name that is meant", async () => {
  const misspelt = { rsametric: "pearson" } as object;
  await expect(scoreSearchlight(patterns, patches, models, misspelt)).rejects.toThrow(/rsaMetric/);
  const inside = { metricOptions: { regvar: 0.1 } as object };
  await expect(scoreSearchlight(patterns, patches, models, inside)).rejects.toThrow(/regVar/);
  expect(() => [...rdmSearchlight(patterns, patches, { Metric: "cosine" } as object)]).toThrow(
    /metric/,
  );
});

test("a model may be a list of numbers", async () => {
  const list = [[1, 2, 3]] as unknown as Float64Array[];
  const quiet = { metric: "euclidean", onProgress: false } as const;
  const found = await scoreSearchlight(patterns, patches, list, quiet);
  expect(found).toEqual(await scoreSearchlight(patterns, patches, models, quiet));
});
