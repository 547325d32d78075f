import { describe, expect, test } from "vitest";
import { designMatrix } from "../../../src/mri/glm/design-matrix.ts";
import { cosines } from "../../../src/mri/glm/drifts.ts";
import { fineGrid, pulsesOnGrid } from "../../../src/mri/glm/fine-grid.ts";
import { parseTsv } from "../../../src/io/tsv/index.ts";
import { Table } from "../../../src/table/table.ts";
import { hrf, type HrfKernel } from "../../../src/mri/glm/hrf.ts";
import {
  largestDifference,
  numbersOf,
  type ReferenceArray,
} from "../../reference/read-reference.ts";
import { readCases } from "../../reference/glm/read.ts";

interface HrfCase {
  readonly name: string;
  readonly kind: HrfKernel;
  readonly tr: number;
  readonly oversampling: number;
  readonly timeLength: number;
  readonly onset: number;
  readonly expected: ReferenceArray;
}

interface DesignCase {
  readonly name: string;
  readonly frameTimes: ReferenceArray;
  readonly events: Readonly<Record<string, (number | string | null)[]>> | null;
  readonly options: Readonly<Record<string, unknown>>;
  readonly expected: {
    readonly names: readonly (string | number)[];
    readonly matrix: ReferenceArray;
    readonly error?: unknown;
  };
}

test.each(readCases<HrfCase>("hrf"))("response: $name", (one) => {
  const { tr, oversampling, timeLength: timeLengthS, onset: onsetS } = one;
  const samples = hrf(one.kind, { tr, oversampling, timeLengthS, onsetS });
  expect(largestDifference(samples, numbersOf(one.expected))).toBeLessThan(1e-12);
});

function optionsOf(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names: Record<string, string> = {
    hrf_model: "hrf",
    drift_model: "drift",
    drift_order: "driftOrder",
    high_pass: "highPassHz",
    fir_delays: "firDelays",
    oversampling: "oversampling",
    min_onset: "minOnsetS",
    add_regs: "confounds",
  };
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [names[name], value ?? "none"]),
  );
}

/** What nilearn does in silence and ours refuses, and with which words. */
const refused: Readonly<Record<string, RegExp>> = {
  "cosine saturates": /highPassHz/,
  "event after the scan": /the scan ends at/,
  "confounds with n\/a": /missing \(n\/a\)/,
  "confounds of other length": /volumes removed/,
  "confound named as a condition": /face.*confound/,
  "condition named as a drift": /drift_1/,
  "no trial_type": /trial_type/,
  "n/a duration": /durationS/,
  "text onset": /onset in row/,
  "unknown hrf": /boxcar/,
};

describe("designs as nilearn's", () => {
  test.each(readCases<DesignCase>("design"))(
    "$name",
    ({ name, frameTimes, events, options, expected }) => {
      const allowed = { duplicates: "sum", mixedDurations: "allow" } as const;
      const run = () =>
        designMatrix(events ?? undefined, {
          frameTimesS: numbersOf(frameTimes),
          ...(name === "duplicate event" && { duplicates: allowed.duplicates }),
          ...(name.includes("mixed") && { mixedDurations: allowed.mixedDurations }),
          ...optionsOf(options),
        });
      if (Object.hasOwn(refused, name) || expected.error !== undefined) {
        expect(run).toThrow(refused[name]);
        return;
      }
      const design = run();
      if (name === "events before the scan") return;
      expect(design.names).toEqual(expected.names.map(String));
      expect(largestDifference(design.data, numbersOf(expected.matrix))).toBeLessThan(1e-9);
    },
  );
});

interface PieceCase {
  readonly name: string;
  readonly frameTimes?: ReferenceArray;
  readonly onsets: number[];
  readonly durations: number[];
  readonly amplitudes: number[];
  readonly oversampling: number;
  readonly minOnset: number;
  readonly grid: { first: number; last: number; n: number };
  readonly highPassHz: number;
  readonly nScans: number;
  readonly tr: number;
  readonly expected: ReferenceArray;
}

test.each(readCases<PieceCase>("design-pieces"))("piece: $name", (one) => {
  const expected = numbersOf(one.expected);
  if (one.frameTimes === undefined) {
    const times = Float64Array.from({ length: one.nScans }, (_, k) => k * one.tr);
    const own = cosines(times, one.highPassHz);
    const p = one.expected.shape[1];
    own.forEach((column, c) => {
      const wanted = Float64Array.from(column, (_, t) => expected[t * p + c]);
      expect(largestDifference(column, wanted)).toBeLessThan(1e-12);
    });
    return;
  }
  const grid = fineGrid(numbersOf(one.frameTimes), one.oversampling, one.minOnset);
  expect([grid.first, grid.last, grid.times.length]).toEqual([
    one.grid.first,
    one.grid.last,
    one.grid.n,
  ]);
  const pulses = one.onsets.map((onset, at) => ({
    onset,
    duration: one.durations[at],
    amplitude: one.amplitudes[at],
  }));
  expect(largestDifference(pulsesOnGrid(pulses, grid), expected)).toBeLessThan(1e-12);
});

interface Refusal {
  readonly name: string;
  readonly function: string;
  readonly input: Readonly<Record<string, unknown>> & { readonly eventsTsv: string };
  readonly expected: {
    readonly refused: boolean;
    readonly error: string | null;
    readonly words: readonly string[];
  };
}

test.each(readCases<Refusal>("refusals").filter((one) => one.function === "design"))(
  "bad input: $name",
  ({ input: { eventsTsv, ...options }, expected }) => {
    const run = () => designMatrix(new Table(parseTsv(eventsTsv).columns), options);
    if (!expected.refused) {
      expect(run().names).toContain("constant");
      return;
    }
    const error = errorOf(run);
    expect(error.name).toBe(expected.error);
    for (const word of expected.words)
      expect(error.message.toLowerCase()).toContain(word.toLowerCase());
  },
);

function errorOf(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  return new Error("nothing was refused");
}

test("events are left out 24 s before the first frame, which need not be at 0", () => {
  const how = { tr: 2, nVolumes: 40, sliceTimeRef: 0.5 };
  const early = (onset: number) =>
    designMatrix({ onset: [onset, 10, 30], duration: [1, 1, 1], trial_type: ["a", "a", "b"] }, how);
  expect(early(-23.5).record.notes).toEqual([
    "1 events long before the first volume were left out",
  ]);
  expect(early(-22.5).record.notes).toEqual([]);
});
