import { placeOfHighest } from "../stats/place-of-highest.ts";
import type { Cell } from "../table/columns.ts";
import { Table } from "../table/table.ts";

/** Scores of every model in every place (a sensor, a source, a region) at every time. */
export interface ScoreGrid {
  /** nModels × nPlaces × nTimes, C order. */
  readonly scores: Float64Array;
  readonly modelNames: readonly string[];
  readonly places: readonly string[];
  /** Seconds. */
  readonly times: Float64Array;
}

/** Scores of one model in one place over time, by their numbers. */
export function seriesOf(
  { scores, modelNames, places, times }: ScoreGrid,
  model: number,
  place: number,
): { readonly name: string; readonly times: Float64Array; readonly values: Float64Array } {
  const start = (model * places.length + place) * times.length;
  return { name: modelNames[model], times, values: scores.slice(start, start + times.length) };
}

/** Where and when a model scores highest; the score is NaN where it has none. */
export function highestOf(
  { scores, places, times }: ScoreGrid,
  model: number,
): { readonly score: number; readonly timeS: number; readonly place: string } {
  const size = places.length * times.length;
  const own = scores.subarray(model * size, (model + 1) * size);
  const at = placeOfHighest(own);
  return {
    score: own[at],
    timeS: times[at % times.length],
    place: places[Math.floor(at / times.length)],
  };
}

/** One row for each place and time: `time`, the place in a column of this name (none: left out), a column for each model. */
export function gridTable(
  { scores, modelNames, places, times }: ScoreGrid,
  placeColumn: string | undefined,
): Table {
  const size = places.length * times.length;
  const rows = Array.from({ length: size }, (_, k) => k);
  const columns: [string, Cell[]][] = [["time", rows.map((k) => times[k % times.length])]];
  if (placeColumn !== undefined)
    columns.push([placeColumn, rows.map((k) => places[Math.floor(k / times.length)])]);
  modelNames.forEach((name, m) =>
    columns.push([name, Array.from(scores.subarray(m * size, (m + 1) * size))]),
  );
  return new Table(new Map(columns));
}
