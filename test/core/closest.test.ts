import { expect, test } from "vitest";
import { closest } from "../../src/core/closest.ts";

test.each([
  ["speerman", ["pearson", "spearman"], "spearman"],
  ["spatialRadius", ["spatialRadiusM", "temporalRadiusS"], "spatialRadiusM"],
  ["v1", ["V1", "V2"], "V1"],
  ["hv4", ["V1", "hV4"], "hV4"],
  ["dgo", ["cat", "dog"], "dog"],
  ["dig", ["cat", "dog"], "dog"],
  ["roh", ["rho", "rho-a"], "rho"],
  ["corerlation", ["cosine", "correlation"], "correlation"],
])("%s of %j means %s", (word, candidates, meant) => {
  expect(closest(word, candidates)).toBe(meant);
});

test("of a name of which less than half is right nothing is meant", () => {
  expect(closest("z", ["a", "b"])).toBeUndefined();
  expect(closest("zz", ["ab"])).toBeUndefined();
  expect(closest("xyz", ["abc", "ayc"])).toBeUndefined();
  expect(closest("", ["a"])).toBeUndefined();
});
