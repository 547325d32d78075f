import { describe, expect, test } from "vitest";
import { SensorScores } from "../../src/index.ts";
import { gridTable, highestOf, seriesOf } from "../../src/searchlight/score-grid.ts";
import { placeOfHighest } from "../../src/stats/place-of-highest.ts";

const grid = {
  scores: Float64Array.of(1, 2, 3, 4, 5, 6, NaN, 9, 9, -1, NaN, 0),
  modelNames: ["faces", "pixels"],
  places: ["Oz", "Cz"],
  times: Float64Array.of(0, 0.1, 0.2),
};

describe("scores of models in places at times", () => {
  test("one model in one place over time, a copy", () => {
    const series = seriesOf(grid, 1, 0);
    expect([series.name, ...series.values]).toEqual(["pixels", NaN, 9, 9]);
    series.values[1] = 0;
    expect(grid.scores[7]).toBe(9);
  });

  test("the highest, the first of equal ones, where and when", () => {
    expect(highestOf(grid, 0)).toEqual({ score: 6, timeS: 0.2, place: "Cz" });
    expect(highestOf(grid, 1)).toEqual({ score: 9, timeS: 0.1, place: "Oz" });
    const none = { ...grid, scores: grid.scores.map(() => NaN) };
    expect(highestOf(none, 1)).toEqual({ score: NaN, timeS: 0, place: "Oz" });
  });

  test("a row for each place and time, the place named where it is asked for", () => {
    expect(gridTable(grid, "place").row(4)).toEqual({ time: 0.1, place: "Cz", faces: 5, pixels: NaN }); // prettier-ignore
    expect(gridTable(grid, undefined).names).toEqual(["time", "faces", "pixels"]);
    const scores = new SensorScores({ ...grid, channels: grid.places, rsaMetric: "spearman", nItems: 3 }); // prettier-ignore
    expect(scores.toTable().names).toEqual(["time", "channel", "faces", "pixels"]);
    expect(scores.peak("pixels")).toEqual({ score: 9, timeS: 0.1, channel: "Oz" });
  });
});

test.each([
  [[], 0],
  [[NaN, NaN], 0],
  [[NaN, -3, NaN, -2], 3],
  [[2, 2, 1], 0],
  [[-Infinity, NaN, -1], 2],
])("the place of the highest of %j is %i", (values, place) =>
  expect(placeOfHighest(values)).toBe(place),
);
