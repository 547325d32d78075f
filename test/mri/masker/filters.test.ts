import { describe, expect, test } from "vitest";
import { clean, NiftiMasker, type CleanRunOptions } from "../../../src/mri/masker/index.ts";
import { random } from "../../../src/stats/index.ts";
import { gaussianKernels, smoothVolume, type FwhmMm } from "../../../src/mri/masker/smooth.ts";
import {
  largestDifference,
  matrixOf,
  numbersOf,
  type ReferenceArray,
} from "../../reference/read-reference.ts";
import { readCases, readFile } from "../../reference/glm/read.ts";

interface FilterCase {
  readonly name: string;
  readonly signals?: ReferenceArray;
  readonly options: {
    readonly confounds?: ReferenceArray;
    readonly detrend?: boolean;
    readonly standardize?: string | null;
    readonly standardize_confounds?: boolean;
    readonly filter: "butterworth" | "cosine" | false;
    readonly low_pass?: number | null;
    readonly high_pass?: number | null;
    readonly sample_mask?: ReferenceArray;
    readonly extrapolate?: boolean;
  };
  readonly expected: ReferenceArray & { readonly error?: unknown };
  readonly tolerance: number;
}

const { signals } = readFile<{ meta: { signals: ReferenceArray } }>("filters").meta;
const cases = readCases<FilterCase>("filters");

const standard = {
  zscore_sample: "zscore-sample",
  zscore: "zscore",
  psc: "psc",
} as const;

function optionsOf({ options }: FilterCase): CleanRunOptions {
  const { low_pass, high_pass, sample_mask, confounds, standardize, filter } = options;
  return {
    detrend: options.detrend ?? true,
    standardize:
      standardize === null || standardize === undefined ? "none" : standard[standardize as "psc"],
    tr: 2,
    ...(filter !== false && { filter }),
    ...(filter !== false && typeof high_pass === "number" && { highPassHz: high_pass }),
    ...(filter !== false && typeof low_pass === "number" && { lowPassHz: low_pass }),
    ...(confounds !== undefined && { confounds: matrixOf(confounds) }),
    ...(sample_mask !== undefined && { sampleMask: numbersOf(sample_mask) }),
    ...(options.extrapolate !== undefined && {
      extrapolate: options.extrapolate,
    }),
    ...(options.standardize_confounds !== undefined && {
      standardizeConfounds: options.standardize_confounds,
    }),
  };
}

/** What nilearn answers with another filter, nothing or an error. */
const refused: Readonly<Record<string, RegExp>> = {
  "high above low": /0.1.*0.01/,
  "above Nyquist": /0.9.*0.25/,
  "all volumes scrubbed": /no volume/,
  "confounds with NaN": /confounds/,
};

describe("time courses filtered as nilearn does, where it is right", () => {
  test.each(cases)("$name", (one) => {
    const run = () => clean(matrixOf(one.signals ?? signals), optionsOf(one));
    if (Object.hasOwn(refused, one.name)) {
      expect(run).toThrow(refused[one.name]);
      return;
    }
    const found = run();
    expect(found.shape).toEqual(one.expected.shape);
    expect(largestDifference(found.data, numbersOf(one.expected))).toBeLessThan(one.tolerance);
  });
});

interface SmoothCase {
  readonly name: string;
  readonly affine: ReferenceArray;
  readonly fwhmMm: FwhmMm;
  readonly ensureFinite: boolean;
  readonly volume: "finite" | "nan";
  readonly expected: ReferenceArray;
}

const volumes = readFile<{ meta: { volumes: Record<string, ReferenceArray> } }>("smoothing").meta
  .volumes;

function affineOf(array: ReferenceArray): number[][] {
  const values = [...numbersOf(array)];
  return [0, 1, 2, 3].map((row) => values.slice(4 * row, 4 * row + 4));
}

test.each(readCases<SmoothCase>("smoothing"))("smoothed: $name", (one) => {
  const { data, shape } = matrixOf(volumes[one.volume]);
  const volume = data.map((value) => (one.ensureFinite && !Number.isFinite(value) ? 0 : value));
  smoothVolume(volume, shape, gaussianKernels(affineOf(one.affine), one.fwhmMm));
  expect(largestDifference(volume, numbersOf(one.expected))).toBeLessThan(1e-9);
});

test("a masker smooths before its mask, keeps volumes and takes tables of confounds", async () => {
  const affine = [
    [3, 0, 0, 0],
    [0, 3, 0, 0],
    [0, 0, 3, 0],
    [0, 0, 0, 1],
  ];
  const shape = [4, 3, 2];
  const data = Float64Array.from({ length: 24 * 6 }, (_, at) => (at * 7919) % 101);
  const mask = { data: new Uint8Array(24).fill(1, 5, 20), shape, affine };
  const image = { data, shape: [...shape, 6], affine };
  const masker = new NiftiMasker(mask, {
    smoothingFwhmMm: 5,
    standardize: "none",
  });
  const sampleMask = [0, 2, 3, 5];
  const { data: found, shape: size } = await masker.transform(image, {
    sampleMask,
  });
  expect(size).toEqual([4, 15]);
  const volume = Float64Array.from({ length: 24 }, (_, v) => data[6 * v + 2]);
  smoothVolume(volume, shape, gaussianKernels(affine, 5));
  expect(largestDifference(found.slice(15, 30), volume.slice(5, 20))).toBeLessThan(1e-12);
  const confounds = { csf: [1, 2, 4, 8, 16, 32] };
  const byTable = await masker.transform(image, { confounds });
  const byRows = await masker.transform(image, {
    confounds: confounds.csf.map((value) => [value]),
  });
  expect(byTable.data).toEqual(byRows.data);
  const missing = masker.transform(image, {
    confounds: { csf: [null, 2, 4, 8, 16, 32] },
  });
  await expect(missing).rejects.toThrow(/"csf" in row 1/);
});

interface Refusal {
  readonly name: string;
  readonly function: string;
  readonly input: Readonly<Record<string, unknown>> & {
    readonly nVolumes?: number;
  };
  readonly expected: {
    readonly error: string;
    readonly words: readonly string[];
  };
}

test.each(readCases<Refusal>("refusals").filter((one) => one.function === "clean"))(
  "bad input: $name",
  ({ input: { nVolumes = 60, smoothingFwhmMm, ...options }, expected }) => {
    const affine = [
      [3, 0, 0, 0],
      [0, 3, 0, 0],
      [0, 0, 3, 0],
      [0, 0, 0, 1],
    ];
    const mask = { data: Uint8Array.of(1), shape: [1, 1, 1], affine };
    const run = () =>
      smoothingFwhmMm === undefined
        ? clean(
            Array.from({ length: nVolumes }, (_, t) => [(7 * t) % 5]),
            options,
          )
        : new NiftiMasker(mask, { smoothingFwhmMm: smoothingFwhmMm as number });
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

test("a confound that is a sum of others, or constant, takes nothing more out, whatever is filtered", () => {
  const rng = random(5);
  const walk = (start: number): number[] => {
    let at = start;
    return Array.from({ length: 60 }, () => (at += rng.normal()));
  };
  const [a, b] = [walk(50), walk(40)];
  const run = walk(100).map((v) => [v, 1 + 0.01 * rng.normal()]);
  const two = a.map((v, t) => [v, b[t]]);
  const four = a.map((v, t) => [v, b[t], v + b[t], 3]);
  const keep = Array.from({ length: 60 }, (_, t) => t).filter((t) => t < 20 || t > 23);
  const ways: CleanRunOptions[] = [
    {},
    { sampleMask: keep },
    { filter: "cosine", highPassHz: 0.02, tr: 1 },
    { filter: "butterworth", highPassHz: 0.02, tr: 1, sampleMask: keep },
    { standardizeConfounds: true, detrend: true, sampleMask: keep },
  ];
  for (const way of ways)
    for (const standardize of ["none", "psc", "zscore-sample"] as const) {
      const more = clean(run, { ...way, standardize, confounds: four });
      const same = clean(run, { ...way, standardize, confounds: two });
      const apart = largestDifference(more.data, same.data);
      expect(apart, JSON.stringify({ ...way, standardize })).toBeLessThan(1e-8);
    }
});
