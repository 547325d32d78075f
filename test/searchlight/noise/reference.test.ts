import { describe, expect, test } from "vitest";
import { rdmNifti } from "../../../src/mri/rdm-nifti.ts";
import { rdmFromMeasurements } from "../../../src/rdm/patterns/rdm-from-measurements.ts";
import { noiseCovariance, type CovarianceMethod } from "../../../src/stats/covariance/index.ts";
import {
  largestDifference,
  matrixOf,
  numbersOf,
  type ReferenceArray,
} from "../../reference/read-reference.ts";
import { readCases } from "../../reference/glm/read.ts";

interface NoiseCase {
  readonly name: string;
  readonly kind: "covariance" | "covariance-pooled" | "sphere" | "window";
  readonly method: CovarianceMethod;
  readonly covariance: CovarianceMethod;
  readonly noise: "pooled" | "per-run";
  readonly rows: ReferenceArray;
  readonly dof: number;
  readonly dofs: readonly number[];
  readonly voxels: ReferenceArray;
  readonly patterns: ReferenceArray;
  readonly items: readonly string[];
  readonly residuals: readonly ReferenceArray[];
  readonly runs: readonly (number & ReferenceArray)[];
  readonly expected: ReferenceArray & { items: string[]; condensed: ReferenceArray };
}

const cases = readCases<NoiseCase>("noise-crossnobis");
const ofKind = (kind: string) => cases.filter((one) => one.kind === kind);
const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];

test.each(ofKind("covariance"))("$name", ({ rows, dof, method, expected }) => {
  const found = noiseCovariance(matrixOf(rows), { method, dof });
  expect(largestDifference(found.data, numbersOf(expected))).toBeLessThan(1e-9);
});

test.each(ofKind("covariance-pooled"))("$name", ({ runs, dofs, method, expected }) => {
  const rows = runs.flatMap((run) => rowsOf(run));
  const labels = runs.flatMap((run, r) => new Array<number>(run.shape[0]).fill(r));
  const dof = dofs.reduce((sum, one) => sum + one, 0);
  const found = noiseCovariance(rows, { method, dof, runs: labels });
  expect(largestDifference(found.data, numbersOf(expected))).toBeLessThan(1e-9);
});

function rowsOf(array: ReferenceArray): Float64Array[] {
  const data = numbersOf(array);
  const p = array.shape[1];
  return Array.from({ length: array.shape[0] }, (_, row) => data.slice(row * p, (row + 1) * p));
}

/** Rows as volumes of an image of one line of voxels. */
function imageOf(rows: readonly Float64Array[]) {
  const [n, p] = [rows.length, rows[0].length];
  const data = Float64Array.from({ length: n * p }, (_, at) => rows[at % n][Math.floor(at / n)]);
  return { data, shape: [p, 1, 1, n], affine };
}

describe("crossnobis of a sphere with its own noise", () => {
  test.each(ofKind("sphere"))("$name", async (one) => {
    const voxels = numbersOf(one.voxels);
    const noise = {
      residuals: one.residuals.map(matrixOf),
      dof: one.dofs,
      method: one.covariance,
      perRun: one.noise === "per-run",
    };
    const options = { labels: one.items, metric: "crossnobis", noise } as const;
    const rdms = await rdmNifti(imageOf(rowsOf(one.patterns)), {
      ...options,
      folds: one.runs,
      patches: [voxels],
    });
    const rdm = rdms.first();
    expect(rdm.items).toEqual(one.expected.items);
    expect(largestDifference(rdm.condensed, numbersOf(one.expected.condensed))).toBeLessThan(1e-9);
    const inSphere = (rows: readonly Float64Array[]) =>
      rows.map((row) => Float64Array.from(voxels, (voxel) => row[voxel]));
    const same = rdmFromMeasurements(inSphere(rowsOf(one.patterns)), {
      labels: one.items,
      runs: one.runs,
      method: "crossnobis",
      noise: { ...noise, residuals: one.residuals.map((run) => inSphere(rowsOf(run))) },
    });
    expect(largestDifference(same.condensed, numbersOf(one.expected.condensed))).toBeLessThan(1e-9);
  });
});
