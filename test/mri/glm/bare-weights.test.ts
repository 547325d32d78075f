import { expect, test } from "vitest";
import { firstLevel, trialBetas } from "../../../src/mri/index.ts";
import { lssValues } from "../../../src/mri/glm/lss-betas.ts";
import { lssDesigns } from "../../../src/mri/glm/lss-designs.ts";
import { spanOf } from "../../../src/stats/regression/basis.ts";
import { fitGlm } from "../../../src/stats/regression/index.ts";
import { Moments } from "../../../src/stats/regression/moments.ts";
import { readCases } from "../../reference/glm/read.ts";
import {
  largestDifference,
  matrixOf,
  numbersOf,
  type ReferenceArray,
} from "../../reference/read-reference.ts";

interface WeightsCase {
  readonly name: string;
  readonly method: string;
  readonly trials: ReferenceArray;
  readonly nuisance: ReferenceArray;
  readonly events: {
    onset: number[];
    duration: number[];
    trial_type: string[];
  };
  readonly frameTimes: ReferenceArray;
  readonly expected: { readonly weights: ReferenceArray };
}

const cases = readCases<WeightsCase>("trials");

function columnsOf(array: ReferenceArray): Float64Array[] {
  const { data, shape } = matrixOf(array);
  const [n, p] = shape;
  return Array.from({ length: p }, (_, j) =>
    Float64Array.from({ length: n }, (_, t) => data[t * p + j]),
  );
}

test.each(cases.filter(({ method }) => method === "lss-weights"))(
  "$name: each volume counts for a trial as in the closed form",
  async ({ trials, nuisance, expected }) => {
    const [own, rest] = [columnsOf(trials), columnsOf(nuisance)];
    const n = own[0].length;
    const listed = own.map((_, at) => ({
      ...{
        trial: at + 1,
        item: "a",
        onset: at,
        duration: 1,
        amplitude: 1,
        row: at,
      },
    }));
    const designs = lssDesigns(
      listed,
      own.map((column) => [column]),
      "one",
      n,
    );
    const span = spanOf(
      [...rest, ...own],
      Int32Array.from({ length: n }, (_, t) => t),
    );
    const moments = new Moments(span, n, "ols");
    // A series that is 1 in one volume alone finds the weight of that volume.
    for (let t = 0; t < n; t++)
      moments.add(
        t,
        Float64Array.from({ length: n }, (_, s) => Number(s === t)),
        0,
        n,
      );
    const { betas } = await lssValues(moments, designs, rest, String, false, { onProgress: false });
    const weights = numbersOf(expected.weights);
    const [rows] = expected.weights.shape;
    betas.forEach((found, trial) => {
      const wanted = Array.from({ length: n }, (_, t) =>
        rows === n ? weights[t * betas.length + trial] : weights[trial * n + t],
      );
      expect(largestDifference(found, Float64Array.from(wanted))).toBeLessThan(1e-9);
    });
  },
);

const affine = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => Number(i === j)));

test.each(cases.filter(({ method }) => method === "lsa-refused"))(
  "LSA refuses: $name",
  async ({ events, frameTimes }) => {
    const n = frameTimes.shape[0];
    const data = Float64Array.from({ length: n }, (_, t) => 100 + ((t * 7) % 5));
    const run = { image: { data, shape: [1, 1, 1, n], affine }, events };
    const error = await trialBetas(run, { method: "lsa", tr: 2 }).catch(
      (thrown: unknown) => thrown,
    );
    expect((error as Error).message).toMatch(/17.41|129/);
  },
);

interface ScalingCase {
  readonly name: string;
  readonly kind: string;
  readonly Y: ReferenceArray;
  readonly axis: number | number[];
  readonly expected: { readonly scaled?: ReferenceArray };
}

const scalings = readCases<ScalingCase>("fixed-effects").filter(({ kind }) => kind === "scaling");

test.each(scalings.filter(({ name, axis }) => name.includes("bold") && axis !== 1))(
  "$name",
  async ({ Y, axis, expected }) => {
    const { data, shape } = matrixOf(Y);
    const [n, p] = shape;
    const turned = Float64Array.from(
      { length: n * p },
      (_, at) => data[(at % n) * p + Math.floor(at / n)],
    );
    const events = { onset: [2], duration: [4], trial_type: ["a"] };
    const model = await firstLevel(
      { image: { data: turned, shape: [p, 1, 1, n], affine }, events },
      {
        ...{ tr: 2, noise: "ols", drift: "none", onProgress: false },
        signalScaling: axis === 0 ? "percent" : "percent-of-all",
      },
    );
    if (expected.scaled === undefined) throw new Error("no scaled signals");
    const { betas } = fitGlm(matrixOf(expected.scaled), model.design, {
      noise: "ols",
    });
    expect(largestDifference(model.betas[0].data, betas.data)).toBeLessThan(1e-9);
  },
);

test.each(scalings.filter(({ name, axis }) => name.includes("small") && axis === 0))(
  "$name: refused, where nilearn counts a mean below 1 as 1",
  async ({ Y }) => {
    const { data, shape } = matrixOf(Y);
    const [n, p] = shape;
    const turned = Float64Array.from(
      { length: n * p },
      (_, at) => data[(at % n) * p + Math.floor(at / n)],
    );
    const events = { onset: [2], duration: [4], trial_type: ["a"] };
    const run = { image: { data: turned, shape: [p, 1, 1, n], affine }, events };
    const options = {
      tr: 2,
      drift: "none",
      signalScaling: "percent",
      onProgress: false,
    } as const;
    await expect(firstLevel(run, options)).rejects.toThrow(/mean/);
  },
);
