import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Rdm } from "../../src/rdm/index.ts";
import {
  evalCrossval,
  interpolatedModel,
  selectModel,
  weightedModel,
  type WeightFitter,
} from "../../src/rsa/index.ts";

interface Fold {
  readonly trainItems: number[];
  readonly trainRdms: number[];
  readonly testItems: number[];
  readonly testRdms: number[];
}
type Found = Record<string, { readonly theta: number[][]; readonly evals: number[] }>;

const { basis, data, folds, results } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../reference/rsa/crossval-parameters.json"), "utf8"),
) as { basis: number[][]; data: number[][]; folds: Fold[]; results: Record<string, Found> };
const rdms = (rows: number[][]): Rdm[] => rows.map((row) => new Rdm(row));

/** rsatoolbox searches with tolerances of 1e-5 or so; least squares and choices are exact in both. */
const kinds = {
  regress: { model: weightedModel(rdms(basis)), by: "regress", within: 1e-12 },
  regress_nn: { model: weightedModel(rdms(basis)), by: "regress-nonnegative", within: 1e-12 },
  optimize: { model: weightedModel(rdms(basis)), by: "optimize", within: 1e-5 },
  select: { model: selectModel(rdms(basis)), by: undefined, within: 1e-12 },
  interpolate: { model: interpolatedModel(rdms(basis)), by: undefined, within: 1e-4 },
} as const;

test.each(
  ["corr", "cosine"].flatMap((method) =>
    (Object.keys(kinds) as (keyof typeof kinds)[]).map((fit) => [method, fit] as const),
  ),
)("%s, %s: parameters of each fold and their scores are rsatoolbox's", async (method, fit) => {
  const { model, by, within } = kinds[fit];
  const expected = results[method][fit];
  const found = await evalCrossval(model, rdms(data), {
    ...{ method: method as "corr", onProgress: false as const },
    ...(by === undefined ? {} : { by: by as WeightFitter }),
    folds: folds.map(({ trainItems, trainRdms, testItems, testRdms }) => ({
      train: { items: trainItems, rdms: trainRdms },
      test: { items: testItems, rdms: testRdms },
    })),
  });
  const parameters = found.parameters?.[0] ?? [];
  expect(parameters).toHaveLength(folds.length);
  expected.theta.forEach((theta, fold) => {
    expect(parameters[fold]).toHaveLength(theta.length);
    theta.forEach((value, k) =>
      expect(Math.abs((parameters[fold]?.[k] ?? NaN) - value)).toBeLessThan(within),
    );
    expect(Math.abs(found.scores.data[fold] - expected.evals[fold])).toBeLessThan(within);
  });
});
