import { describe, expect, test } from "vitest";
import { InvalidArgument, ShapeMismatch } from "../../src/core/index.ts";
import { median, permuteLabels } from "../../src/stats/index.ts";

test.each([
  [[3], 3],
  [[5, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[10, 9, 100], 10],
  [[-Infinity, 0, Infinity], 0],
  [[], NaN],
  [[1, NaN, 2], NaN],
])("the median of %j is %s", (values, expected) => expect(median(values)).toBe(expected));

test("the median leaves its input as it is", () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});

describe("permuteLabels", () => {
  const labels = ["face", "face", "rest", "house", "cat", "house", "face", "rest"];
  const runs = ["1", "1", "1", "1", "2", "2", "2", "2"];

  test("exchanges whole labels within each run, and keeps those it is told to", () => {
    const times = permuteLabels(labels, { within: runs, keep: ["rest"], times: 200, seed: 1 });
    for (const drawn of times) {
      expect(drawn[0]).toBe(drawn[1]);
      expect([drawn[2], drawn[7]]).toEqual(["rest", "rest"]);
      expect(new Set(drawn.slice(0, 4))).toEqual(new Set(labels.slice(0, 4)));
      expect(new Set(drawn.slice(4))).toEqual(new Set(labels.slice(4)));
    }
    // Two labels in one run, three in the other: every one of the 2 × 6 ways comes up.
    expect(new Set(times.map((drawn) => drawn.join())).size).toBe(12);
  });

  test("the same seed gives the same, another does not", () => {
    const draw = (seed: number) => permuteLabels(labels, { times: 20, seed }).join(";");
    expect(draw(3)).toBe(draw(3));
    expect(draw(3)).not.toBe(draw(4));
  });

  test("nothing, one label and labels that are all kept stay as they are", () => {
    expect(permuteLabels([])).toEqual([[]]);
    expect(permuteLabels(["a", "a"])).toEqual([["a", "a"]]);
    expect(permuteLabels(["a", "b"], { keep: ["a", "b"] })).toEqual([["a", "b"]]);
  });

  test("refuses parts of another length, labels to keep that are none, and no times", () => {
    expect(() => permuteLabels(labels, { within: ["1"] })).toThrow(ShapeMismatch);
    expect(() => permuteLabels(labels, { keep: ["Rest"] })).toThrow(InvalidArgument);
    expect(() => permuteLabels(labels, { times: 0 })).toThrow(InvalidArgument);
  });
});
