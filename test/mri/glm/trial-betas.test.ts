import { describe, expect, test } from "vitest";
import { voxelNumber } from "../../../src/mri/coordinates.ts";
import { trialBetas, type GlmRun, type TrialBetasOptions } from "../../../src/mri/glm/index.ts";
import { fitGlm } from "../../../src/stats/regression/index.ts";
import { designMatrix } from "../../../src/mri/glm/design-matrix.ts";
import { parseTsv } from "../../../src/io/tsv/index.ts";
import { Table } from "../../../src/table/table.ts";
import {
  largestDifference,
  matrixOf,
  numbersOf,
  type ReferenceArray,
} from "../../reference/read-reference.ts";
import { readCases } from "../../reference/glm/read.ts";
import { objectsMask, objectsRun } from "./objects.ts";

interface TrialCase {
  readonly name: string;
  readonly method: string;
  readonly others?: "one" | "perCondition";
  readonly events: { onset: number[]; duration: number[]; trial_type: string[] };
  readonly frameTimes: ReferenceArray;
  readonly confounds?: Readonly<Record<string, number[]>>;
  readonly options: { readonly hrf_model: string; readonly high_pass?: number };
  readonly noise: "ols" | "ar1";
  readonly Y: ReferenceArray;
  readonly expected: { readonly betas: ReferenceArray };
}

const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];

/** Rows of time by voxel as an image of one line. */
function imageOf({ data, shape: [n, v] }: { data: Float64Array; shape: readonly number[] }) {
  const turned = Float64Array.from(
    { length: n * v },
    (_, at) => data[(at % n) * v + Math.floor(at / n)],
  );
  return { data: turned, shape: [v, 1, 1, n], affine };
}

function runOf(one: TrialCase): GlmRun {
  return { image: imageOf(matrixOf(one.Y)), events: one.events, confounds: one.confounds };
}

describe("single trials as a nilearn design a trial", () => {
  const cases = readCases<TrialCase>("trials").filter(
    ({ Y, method }) => Y !== undefined && /^ls[sa]$/.test(method),
  );
  test.each(cases)("$name", async (one) => {
    const times = numbersOf(one.frameTimes);
    const betas = await trialBetas(runOf(one), {
      method: one.method as "lss",
      others: one.others,
      noise: one.noise,
      hrf: one.options.hrf_model as "glover",
      tr: times[1] - times[0],
      sliceTimeRef: times[0] / (times[1] - times[0]),
    });
    const expected = numbersOf(one.expected.betas);
    const [nTrials, nVoxels] = one.expected.betas.shape;
    expect(betas.nVolumes).toBe(nTrials);
    for (let at = 0; at < nTrials; at++) {
      const wanted = expected.slice(at * nVoxels, (at + 1) * nVoxels);
      expect(largestDifference(betas.pattern(at), wanted)).toBeLessThan(1e-8);
    }
  });
});

test.each(
  readCases<
    TrialCase & { bold: string; kind: string; voxels: [number, number, number][]; items: string[] }
  >("bids-betas").filter(({ kind }) => kind === "lss"),
)("on files: $name", async ({ bold, voxels, items, expected }) => {
  const run = await objectsRun(bold.includes("run-01") ? "01" : "02");
  const betas = await trialBetas(run, { mask: await objectsMask(), tr: 2, sliceTimeRef: 0.5 });
  expect(betas.items).toEqual(items);
  expect(betas.table.names).toContain("stim_file");
  const grid = betas.header.shape as [number, number, number];
  const at = voxels.map((voxel) => betas.voxels.indexOf(voxelNumber(grid, voxel)));
  const found = items.flatMap((_, trial) => at.map((v) => betas.pattern(trial)[v]));
  expect(largestDifference(found, numbersOf(expected.betas))).toBeLessThan(1e-3);
});

const [first] = readCases<TrialCase>("trials").filter(({ name }) =>
  name.startsWith("LSS gap 4.0 others one ols"),
);

test.each(["ols", "ar1"] as const)(
  "t of LSS is the t of each trial's own design, %s",
  async (noise) => {
    const tr = numbersOf(first.frameTimes)[1];
    const betas = await trialBetas(runOf(first), { kind: "t", noise, tr });
    const order = [...first.events.onset.keys()].sort(
      (a, b) => first.events.onset[a] - first.events.onset[b],
    );
    for (const [trial, row] of order.entries()) {
      const trial_type = first.events.trial_type.map((_, at) => (at === row ? "this" : "others"));
      const design = designMatrix(
        { ...first.events, trial_type },
        { tr, nVolumes: 64, confounds: first.confounds },
      );
      const { stat } = fitGlm(matrixOf(first.Y), design, { noise }).contrast({ this: 1 });
      expect(largestDifference(betas.pattern(trial), stat)).toBeLessThan(1e-9);
    }
  },
);

test("LSA says how much trials near each other inflate their variance", async () => {
  const close = Array.from({ length: 12 }, (_, k) => 6 + 3 * k);
  const events = { onset: close, duration: close.map(() => 1), trial_type: close.map(() => "a") };
  const betas = await trialBetas({ ...runOf(first), events }, { method: "lsa", tr: 2 });
  const inflation = betas.table.column("inflation") as number[];
  expect(inflation.every((value) => value > 1)).toBe(true);
  expect((await trialBetas({ ...runOf(first), events }, { tr: 2 })).table.names).not.toContain(
    "inflation",
  );
  const closer = { ...events, onset: close.map((_, k) => 6 + 0.9 * k) };
  await expect(
    trialBetas({ ...runOf(first), events: closer }, { method: "lsa", tr: 2 }),
  ).rejects.toThrow(/inflated.*lss/);
  // Within one sample of the fine grid (tr / 50) the columns of two trials are one.
  const onGrid = { ...events, onset: close.map((onset, k) => (k === 5 ? close[4] + 0.03 : onset)) };
  await expect(
    trialBetas({ ...runOf(first), events: onGrid }, { method: "lsa", tr: 2 }),
  ).rejects.toThrow(/cannot be told apart in one design/);
});

test("trials are called by their place in time, whatever the order of rows", async () => {
  const turned = {
    onset: first.events.onset.toReversed(),
    duration: first.events.duration.toReversed(),
    trial_type: first.events.trial_type.toReversed(),
  };
  const [there, back] = await Promise.all(
    [first.events, turned].map((events) => trialBetas({ ...runOf(first), events }, { tr: 2 })),
  );
  expect(there.table.column("onset")).toEqual(back.table.column("onset"));
  expect(largestDifference(there.data, back.data)).toBeLessThan(1e-10);
});

test("residuals of trials are left by all of them and nuisance, with their degrees of freedom", async () => {
  const betas = await trialBetas(runOf(first), { tr: 2 });
  const [left] = await betas.residuals();
  // 12 trials, 3 confounds, 2 drifts and the constant.
  expect([left.shape, left.dof]).toEqual([[64, 6], 64 - 18]);
});

interface Refusal {
  readonly name: string;
  readonly function: string;
  readonly input: {
    tr: number;
    nVolumes: number;
    method: TrialBetasOptions["method"];
    eventsTsv: string;
  };
  readonly expected: {
    readonly refused: boolean;
    readonly error: string;
    readonly words: string[];
  };
}

test.each(readCases<Refusal>("refusals").filter((one) => one.function === "trialBetas"))(
  "bad input: $name",
  async ({ input: { tr, nVolumes, method, eventsTsv }, expected }) => {
    const rows = {
      data: Float64Array.from({ length: nVolumes }, (_, t) => (7 * t) % 5),
      shape: [nVolumes, 1],
    };
    const events = new Table(parseTsv(eventsTsv).columns);
    const fit = trialBetas({ image: imageOf(rows), events }, { tr, method });
    if (!expected.refused) {
      expect((await fit).nVolumes).toBe(events.length);
      return;
    }
    const error = await fit.then(
      () => new Error("nothing was refused"),
      (reason: Error) => reason,
    );
    expect(error.name).toBe(expected.error);
    for (const word of expected.words) expect(error.message).toContain(word);
  },
);
