import { Table } from "../../table/index.ts";
import { isSignificant, type TimeCourse } from "./series.ts";

/** Every value shown, one row a series and time: `series`, `time_s`, `value`, and bounds and tests where given. */
export function timeCourseTable(all: readonly TimeCourse[]): Table {
  const banded = all.some(({ lower }) => lower !== undefined);
  const tested = all.some(({ significant }) => significant !== undefined);
  const each = <T>(pick: (series: TimeCourse, at: number) => T): T[] =>
    all.flatMap((series) => Array.from(series.times, (_, at) => pick(series, at)));
  return new Table({
    series: each(({ name }) => name),
    time_s: each(({ times }, at) => times[at]),
    value: each(({ values }, at) => values[at]),
    ...(banded
      ? {
          lower: each(({ lower }, at) => lower?.[at] ?? null),
          upper: each(({ upper }, at) => upper?.[at] ?? null),
        }
      : {}),
    ...(tested
      ? { significant: each((series, at) => isSignificant(series, series.times[at])) }
      : {}),
  });
}
