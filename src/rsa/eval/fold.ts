import { isTsrsaError } from "../../core/errors.ts";
import { pauses, type Pause } from "../../core/job.ts";
import { Rdm } from "../../rdm/rdm.ts";
import { meanOverGroups } from "../../stats/known-scores.ts";
import { prepareSides } from "../compare/sides.ts";
import type { PairShape } from "../comparisons/comparison.ts";
import { inTurns } from "../../core/work.ts";
import { problemOf, type FitProblem } from "../models/fit-problem.ts";
import { fitTheta, type ThetaOptions } from "../models/fit-theta.ts";
import type { DataGroups } from "../models/loss.ts";
import { withModelRdms, type RsaModel } from "../models/rsa-model.ts";
import { ceilingOf } from "./ceiling.ts";
import type { NoiseCeiling } from "./eval-parts.ts";
import { timesDrawn } from "./draws.ts";
import type { EvalFold, EvalPart } from "./k-folds.ts";
import { poolable, pooled } from "./pool.ts";
import type { RdmGroups } from "./rdm-groups.ts";
import type { EvalProblem } from "./problem.ts";

/** What of the fitter a user may choose. */
export type FoldFit = Pick<ThetaOptions, "by" | "ridgeWeight">;

/** What a fold found of each model. */
export interface FoldScores {
  readonly scores: Float64Array;
  /** The parameters fitted to the training part; undefined where there were none. */
  readonly parameters: readonly (Float64Array | undefined)[];
}

/**
 * Mean score on the test part of each model, fitted to the training part. `NaN` where a part has less than 3 different
 * items, and, with `mayFail`, where a model cannot be fitted: a bootstrap sample may leave a part of it constant.
 */
export async function foldScores(
  problem: EvalProblem,
  { train, test }: EvalFold,
  fit: FoldFit,
  mayFail = false,
): Promise<FoldScores> {
  const { models, comparison, job, groups } = problem;
  const parameters = new Array<Float64Array | undefined>(models.length).fill(undefined);
  if (Math.min(nDifferent(train.items), nDifferent(test.items)) < 3 || train.rdms.length === 0)
    return { scores: new Float64Array(models.length).fill(NaN), parameters };
  const trainShape = shapeOn(problem.shape, train.items);
  const [learned, tested] = [train, test].map(({ rdms }) => drawnRdms(rdms, groups));
  const trainData = dataOn(problem, { ...train, rdms: learned.rdms });
  const shape = shapeOn(problem.shape, test.items);
  const sides = await prepareSides(
    comparison,
    dataOn(problem, { ...test, rdms: tested.rdms }),
    shape,
    job,
  );
  const means = new Float64Array(models.length).fill(NaN);
  const pause = pauses(job.signal, "fitting models");
  for (const [m, model] of models.entries()) {
    const known = problemOf(
      modelOn(model, train.items),
      trainData,
      comparison,
      trainShape,
      learned,
    );
    const theta = await thetaOf(known, fit, mayFail, pause);
    if (theta === undefined || theta.some(Number.isNaN)) continue;
    parameters[m] = theta;
    const side = comparison.prepare(modelOn(model, test.items).predict(theta).condensed, shape);
    const scores = sides.map((one) => comparison.score(side, one));
    means[m] = meanOverGroups(scores, tested.of, tested.times);
  }
  return { scores: means, parameters };
}

/** Different data RDMs, the group of each, and how often each was drawn. */
interface DrawnRdms extends DataGroups {
  readonly rdms: readonly number[];
}

function drawnRdms(rdms: ArrayLike<number>, groups: RdmGroups): DrawnRdms {
  const times = new Map<number, number>();
  for (const i of Array.from(rdms)) times.set(i, (times.get(i) ?? 0) + 1);
  const different = [...times.keys()];
  return {
    rdms: different,
    of: different.map((i) => groups.of[i]),
    times: [...times.values()],
  };
}

async function thetaOf(
  problem: FitProblem,
  fit: FoldFit,
  mayFail: boolean,
  pause: Pause,
): Promise<Float64Array | undefined> {
  try {
    return await inTurns(fitTheta(problem, fit), pause);
  } catch (error) {
    if (mayFail && isTsrsaError(error, "INVALID_ARGUMENT")) return undefined;
    throw error;
  }
}

/**
 * The ceiling of the test part. Where RDMs are split, the RDMs of the training part predict those of the test part
 * (lower), or all do (upper); else each RDM is predicted by the others.
 *
 * @param all - the RDMs there are; in a bootstrap sample each as often as it was drawn.
 */
export async function foldCeiling(
  problem: EvalProblem,
  { train, test }: EvalFold,
  all: ArrayLike<number>,
): Promise<NoiseCeiling> {
  const { items } = test;
  if (nDifferent(Array.from(all, (i) => problem.groups.of[i])) < 2 || nDifferent(items) < 3)
    return { lower: NaN, upper: NaN };
  if (test.rdms.length === all.length) return ceilingOfOthers(problem, items, all);
  const { comparison, job } = problem;
  const shape = shapeOn(problem.shape, items);
  const tested = drawnRdms(test.rdms, problem.groups);
  const sides = await prepareSides(
    comparison,
    dataOn(problem, { ...test, rdms: tested.rdms }),
    shape,
    job,
  );
  const score = async (rdms: ArrayLike<number>): Promise<number> => {
    const parts = await poolable(dataOn(problem, { rdms, items }), comparison, shape);
    const defined = parts.filter((one): one is Float64Array => one !== undefined);
    if (defined.length === 0 || sides.length === 0) return NaN;
    const pool = comparison.prepare(pooled(defined), shape);
    const scores = sides.map((side) => comparison.score(pool, side));
    return meanOverGroups(scores, tested.of, tested.times);
  };
  return { lower: await score(train.rdms), upper: await score(all) };
}

function nDifferent(positions: ArrayLike<number>): number {
  return new Set(Array.from(positions)).size;
}

async function ceilingOfOthers(
  problem: EvalProblem,
  items: ArrayLike<number>,
  all: ArrayLike<number>,
): Promise<NoiseCeiling> {
  const { comparison, job, data } = problem;
  const shape = shapeOn(problem.shape, items);
  const vectors = dataOn(problem, { rdms: data.map((_, i) => i), items });
  const sides = await prepareSides(comparison, vectors, shape, job);
  const ceiling = await ceilingOf({ ...problem, data: vectors, shape }, sides, job);
  return ceiling(timesDrawn(all, data.length, "rdms"));
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
  const all =
    known === undefined
      ? new Float64Array((nItems * (nItems - 1)) / 2).fill(1)
      : Float64Array.from(known);
  const own = Uint8Array.from(takePairs(all, items, nItems), (one) => (one === 1 ? 1 : 0));
  return { nItems: items.length, known: own.includes(0) ? own : undefined, sigma: undefined };
}

/** The pairs of these items, in their order; `NaN` for a pair of an item with itself. */
function takePairs(vector: Float64Array, items: ArrayLike<number>, nItems: number): Float64Array {
  const n = items.length;
  const taken = new Float64Array((n * (n - 1)) / 2).fill(NaN);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++, at++) {
      const [low, high] = items[i] < items[j] ? [items[i], items[j]] : [items[j], items[i]];
      if (low !== high) taken[at] = vector[low * nItems - (low * (low + 1)) / 2 + high - low - 1];
    }
  }
  return taken;
}
