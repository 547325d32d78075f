import { Rdm } from "../../rdm/rdm.ts";
import { mean } from "../../stats/mean.ts";
import { knownPairs, prepareSides, type PairShape } from "../compare/comparison.ts";
import { fitTheta, problemOf } from "../models/fit.ts";
import type { FitWeightedOptions } from "../models/fit.ts";
import { withModelRdms, type RsaModel } from "../models/rsa-model.ts";
import { isConstant } from "../../stats/centred.ts";
import { ceilingOf } from "./ceiling.ts";
import type { NoiseCeiling } from "./eval-parts.ts";
import type { EvalFold, EvalPart } from "./k-folds.ts";
import { poolable, pooled } from "./pool.ts";
import type { EvalProblem } from "./problem.ts";

/** What of the fitter a user may choose. */
export type FoldFit = Pick<FitWeightedOptions, "by" | "ridgeWeight">;

/** Mean score on the test part of each model, fitted to the training part; NaN where a part has less than 3 items. */
export async function foldScores(
  problem: EvalProblem,
  { train, test }: EvalFold,
  fit: FoldFit,
): Promise<Float64Array> {
  const { models, comparison, method, job } = problem;
  if (Math.min(train.items.length, test.items.length) < 3 || train.rdms.length === 0)
    return new Float64Array(models.length).fill(NaN);
  const trainShape = shapeOn(problem.shape, train.items);
  const trainData = dataOn(problem, train);
  const shape = shapeOn(problem.shape, test.items);
  const sides = await prepareSides(comparison, dataOn(problem, test), shape, job);
  return Float64Array.from(models, (model) => {
    const known = problemOf(modelOn(model, train.items), trainData, method, trainShape);
    const theta = fitTheta(known, fit);
    const side = comparison.prepare(modelOn(model, test.items).predict(theta).condensed, shape);
    const scores = sides.map((one) => comparison.score(side, one));
    return mean(scores.filter((score) => !Number.isNaN(score)));
  });
}

/**
 * The ceiling of the test part. Where RDMs are split, the RDMs of the training part predict those of the test part
 * (lower), or all do (upper); else each RDM is predicted by the others.
 */
export async function foldCeiling(
  problem: EvalProblem,
  { train, test }: EvalFold,
): Promise<NoiseCeiling> {
  const { comparison, method, job, data } = problem;
  const shape = shapeOn(problem.shape, test.items);
  const everyRdm = { rdms: data.map((_, i) => i), items: test.items };
  const isSplit = test.rdms.length < data.length;
  if (data.length < 2 || test.items.length < 3) return { lower: NaN, upper: NaN };
  if (!isSplit) {
    const all = dataOn(problem, everyRdm);
    const sides = await prepareSides(comparison, all, shape, job);
    return (await ceilingOf(all, sides, method, comparison, shape, job))(
      everyRdm.rdms.map(() => 1),
    );
  }
  const tested = dataOn(problem, test).filter((vector) => !isConstant(knownPairs(vector, shape)));
  const sides = await prepareSides(comparison, tested, shape, job);
  const score = async (part: EvalPart): Promise<number> => {
    const parts = await poolable(
      dataOn(problem, { rdms: part.rdms, items: test.items }),
      method,
      shape,
    );
    const defined = parts.filter((one) => one !== undefined);
    if (defined.length === 0 || sides.length === 0) return NaN;
    const pool = comparison.prepare(pooled(defined), shape);
    return mean(sides.map((side) => comparison.score(pool, side)));
  };
  return { lower: await score(train), upper: await score(everyRdm) };
}

function dataOn({ data, shape }: EvalProblem, part: EvalPart): Float64Array[] {
  return Array.from(part.rdms, (i) => takePairs(data[i], part.items, shape.nItems));
}

function modelOn(model: RsaModel, items: ArrayLike<number>): RsaModel {
  return withModelRdms(
    model,
    model.rdms.map((rdm) => new Rdm(takePairs(rdm.condensed, items, rdm.nItems))),
  );
}

function shapeOn({ nItems, known }: PairShape, items: ArrayLike<number>): PairShape {
  const own = known && Uint8Array.from(takePairs(Float64Array.from(known), items, nItems));
  return {
    nItems: items.length,
    known: own?.includes(0) === true ? own : undefined,
    sigma: undefined,
  };
}

/** The pairs of these items, in their order. */
function takePairs(vector: Float64Array, items: ArrayLike<number>, nItems: number): Float64Array {
  const n = items.length;
  const taken = new Float64Array((n * (n - 1)) / 2);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++, at++) {
      const [low, high] = items[i] < items[j] ? [items[i], items[j]] : [items[j], items[i]];
      taken[at] = vector[low * nItems - (low * (low + 1)) / 2 + high - low - 1];
    }
  }
  return taken;
}
