import { describe, expect, test } from "vitest";
import { clean, type Standardization } from "../../../src/mri/masker/clean.ts";
import { readPacked } from "../../reference/encoding/read.ts";

interface Case {
  dtype: "f8" | "f4";
  X: number[][];
  detrend: boolean;
  standardize: "zscore" | "zscore_sample" | "psc" | false;
  y: number[][];
  confounds?: number[][];
  runs?: number[];
}
const { cases } = readPacked<{ cases: Case[] }>("signal_clean.json");

const nameOf = { zscore: "seed", zscore_sample: "0.13", psc: "psc", false: "none" } as const;

/** A column that is a constant or a straight line, where nilearn returns rounding noise. */
function isLine(column: number[], detrend: boolean): boolean {
  const n = column.length;
  const step = detrend && n > 1 ? (column[n - 1] - column[0]) / (n - 1) : 0;
  return column.every(
    (value, t) => Math.abs(value - column[0] - step * t) <= 1e-9 * Math.abs(value) + 1e-12,
  );
}

/** The rows of each run, where the reference cleans several at once. */
function rowsByRun({ X, runs }: Case): number[][][] {
  return [...new Set(runs ?? [0])].map((run) => X.filter((_, t) => (runs?.[t] ?? 0) === run));
}

/** One volume, detrended and in percent: nilearn adds the mean although it subtracted none, so all is doubled. */
const doubled = (one: Case) => one.X.length === 1 && one.detrend && one.standardize === "psc";

describe("clean agrees with nilearn's signal.clean", () => {
  test.each(cases.flatMap((one, i) => (doubled(one) ? [] : [[i, one] as const])))(
    "case %i",
    (_, one) => {
      const standardize: Standardization = nameOf[String(one.standardize) as keyof typeof nameOf];
      const { detrend, confounds } = one;
      const parts = rowsByRun(one).map((rows) => clean(rows, { detrend, standardize, confounds }));
      const data = parts.flatMap((part) => Array.from(part.data));
      const flat = parts.flatMap((part) => Array.from(part.flat));
      const width = one.X[0].length;
      let compared = 0;
      for (let j = 0; j < width; j++) {
        const column = one.X.map((row) => row[j]);
        const changes = one.X.length > 1 && (one.detrend || one.standardize !== false);
        if (changes && isLine(column, one.detrend)) {
          expect(flat).toContain(j);
          continue;
        }
        compared++;
        expect(flat).not.toContain(j);
        one.y.forEach((row, t) => {
          const tolerance = one.dtype === "f8" ? 1e-12 : 1e-4;
          expect(Math.abs(data[t * width + j] - row[j])).toBeLessThanOrEqual(
            tolerance *
              Math.max(
                1,
                Math.abs(row[j]),
                one.detrend ? 0 : Math.max(...column.map(Math.abs)) * 1e-2,
              ),
          );
        });
      }
      const allFlat = one.X.length === 2 && one.detrend;
      expect(compared > 0).toBe(!allFlat);
    },
  );
});

test("a constant voxel and an exact line become zeros and are named, however large", () => {
  const run = Array.from({ length: 50 }, (_, t) => [1e9 + 0.1, 3 * t + 1e7, Math.sin(t)]);
  const { data, flat } = clean(run, { detrend: true });
  expect(Array.from(flat)).toEqual([0, 1]);
  expect(data.every((value, at) => at % 3 === 2 || value === 0)).toBe(true);
});

test("cleaning leaves its input alone", () => {
  const run = { data: Float64Array.of(1, 2, 4), shape: [3, 1] };
  clean(run);
  expect(Array.from(run.data)).toEqual([1, 2, 4]);
});

test("what is not finite is refused, with its place", () => {
  expect(() =>
    clean([
      [1, 2],
      [3, NaN],
    ]),
  ).toThrow(/NaN at row 1, column 1/);
});

test("an unknown way to standardise is refused", () => {
  expect(() => clean([[1], [2]], { standardize: "z-scored" as never })).toThrow(
    /standardize "z-scored"/,
  );
});

test("one volume stays as it is, in percent too, where nilearn doubles it", () => {
  const found = cases.filter(doubled);
  expect(found).toHaveLength(2);
  for (const { X, y } of found) {
    expect(y[0][0]).toBe(2 * X[0][0]);
    expect(Array.from(clean(X, { detrend: true, standardize: "psc" }).data)).toEqual(X[0]);
  }
});

test("a sum of confounds is flat once they are out, and repeated confounds count once", () => {
  const confounds = Array.from({ length: 30 }, (_, t) => [
    Math.sin(t),
    Math.cos(t * t),
    2 * Math.sin(t),
  ]);
  const run = confounds.map(([a, b]) => [5 + 3 * a - b, a + 1e-3 * Math.tan(b)]);
  expect(Array.from(clean(run, { confounds }).flat)).toEqual([0]);
  expect(() => clean(run, { confounds: confounds.slice(1) })).toThrow(/30 rows of confounds/);
});
