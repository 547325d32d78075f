import type { Json } from "../json.ts";
import type { FigureTable } from "./figure-table.ts";
import { numberOf, shortNumber } from "./figure-table.ts";

interface Series {
  readonly name: string;
  readonly times: number[];
  readonly values: number[];
}

/** Reads time courses: the sample nearest to the pointer, with the value of each curve that has one there. */
export function timeReader(
  reading: Json,
  table: FigureTable,
): (x: number, y: number) => string | undefined {
  const [left, right, top, bottom, fromS, toS] = [
    ...["left", "right", "top", "bottom", "fromS", "toS"],
  ].map((name) => Number(reading[name]));
  const all = seriesOf(table);
  const times = [...new Set(all.flatMap((one) => one.times))].sort((a, b) => a - b);
  return (x, y) => {
    if (!(x >= left && x <= right && y >= top && y <= bottom)) return undefined;
    const time = nearest(times, fromS + ((x - left) / (right - left)) * (toS - fromS));
    if (time === undefined) return undefined;
    const values = all.flatMap((one) => {
      const at = one.times.indexOf(time);
      return at < 0 ? [] : [`${one.name}: ${shortNumber(one.values[at])}`];
    });
    return [`${shortNumber(time)} s`, ...values].join("\n");
  };
}

function seriesOf({ names, rows }: FigureTable): Series[] {
  const [name, time, value] = ["series", "time_s", "value"].map((each) => names.indexOf(each));
  const all = new Map<string, Series>();
  for (const row of rows) {
    const one = all.get(row[name]) ?? { name: row[name], times: [], values: [] };
    all.set(one.name, one);
    one.times.push(numberOf(row[time]));
    one.values.push(numberOf(row[value]));
  }
  return [...all.values()];
}

function nearest(ascending: readonly number[], wanted: number): number | undefined {
  let best: number | undefined;
  for (const one of ascending)
    if (best === undefined || Math.abs(one - wanted) < Math.abs(best - wanted)) best = one;
  return best;
}
