import { correlationOf, isConstant } from "../../stats/centred.ts";
import { hasNaN } from "../../stats/has-nan.ts";
import { dataSums, modelSums, productsOver, type DataSums } from "./block-sums.ts";
import { pairFolds, type PairFolds } from "./item-folds.ts";
import { nonNegativeWeights, plainWeights } from "./non-negative-weights.ts";
import type { WeightOptions } from "./weight-options.ts";
import { sideOf } from "./weight-scores.ts";

/** What was fitted and scored for one person at one place; `NaN` where it is not defined. */
export interface FoldFits {
  /** nFolds × nModels: weights that were fitted without the fold (and the person, of several). */
  readonly weights: Float64Array;
  /** nFolds × nScores: the weighted models, each model alone and, of several people, the mean of the others. */
  readonly scores: Float64Array;
  /** Weights fitted to all pairs of the person. */
  readonly fitted: Float64Array;
}

/** Fits and scores the RDMs of people at one place. */
export type WeightSolver = (people: readonly Float64Array[]) => FoldFits[];

/** How many scores there are of each fold. */
export function countFoldScores(nModels: number, nPeople: number): number {
  return 1 + nModels + (nPeople > 1 ? 1 : 0);
}

/** Models made ready once for all places. */
export function weightSolver(
  models: readonly Float64Array[],
  foldOf: Int32Array,
  options: WeightOptions,
): WeightSolver {
  const { testPairs = "within", ignoreNan = false } = options;
  const all = pairFolds(foldOf, testPairs);
  const gaps = models.map((model) => (hasNaN(model) ? model : undefined));
  const prepare = (people: readonly Float64Array[]) =>
    readyFor(models, withoutGaps(all, [...gaps, ...people]), options);
  const ready = readyFor(models, withoutGaps(all, gaps), options);
  return (people) => {
    if (!people.some(hasNaN)) return ready(people);
    if (ignoreNan) return prepare(people)(people);
    const nScores = countFoldScores(models.length, people.length);
    return people.map(() => undefinedFits(all.folds.length, models.length, nScores));
  };
}

/** The same folds without pairs that a vector lacks. */
function withoutGaps(pairs: PairFolds, vectors: readonly (Float64Array | undefined)[]): PairFolds {
  const lacking = vectors.filter((vector) => vector !== undefined && hasNaN(vector));
  if (lacking.length === 0) return pairs;
  const isKnown = (pair: number): boolean =>
    lacking.every((v) => v !== undefined && !Number.isNaN(v[pair]));
  return {
    ...pairs,
    folds: pairs.folds.map((fold) => ({ ...fold, test: fold.test.filter(isKnown) })),
    blockOf: pairs.blockOf.map((block, pair) => (isKnown(pair) ? block : -1)),
  };
}

function readyFor(
  models: readonly Float64Array[],
  pairs: PairFolds,
  options: WeightOptions,
): WeightSolver {
  const { scoreBy = "pearson", ridgeWeight = 0, nonNegative = true } = options;
  const { intercept = scoreBy !== "cosine" } = options;
  const k = models.length;
  // A mean that is fitted as well may be taken off before: sums of small numbers lose less by rounding.
  const fitted = (values: Float64Array): Float64Array =>
    intercept ? minusMean(values, pairs.blockOf) : values;
  const ofModels = models.map(fitted);
  const sums = modelSums(ofModels, pairs);
  const everyBlock = Array.from({ length: pairs.nBlocks }, (_, block) => block);
  const side = sideOf[scoreBy];
  const alone = pairs.folds.map(({ test }) => models.map((model) => side(take(model, test))));
  const solve = nonNegative ? nonNegativeWeights : plainWeights;
  const weightsOver = (blocks: readonly number[], data: DataSums): Float64Array => {
    const { count, gram, products } = productsOver(blocks, sums, data, intercept);
    if (count < k + 1 || products.some(Number.isNaN)) return new Float64Array(k).fill(NaN);
    for (let m = 0; m < k; m++) gram[m * k + m] += ridgeWeight;
    return solve(gram, products);
  };
  const known = pairs.blockOf;
  const isMute = (data: Float64Array): boolean =>
    intercept && isConstant(data.filter((_, pair) => known[pair] >= 0));

  return (people) => {
    const own = people.map((data) => dataSums(fitted(data), ofModels, pairs));
    const mean = meanOf(people);
    const nScores = countFoldScores(k, people.length);
    return people.map((data, person) => {
      const fits = undefinedFits(pairs.folds.length, k, nScores);
      if (isMute(data)) return fits;
      const others = people.length > 1 ? meanWithout(mean, data, people.length) : data;
      if (people.length > 1 && isMute(others)) return fits;
      const trained = people.length > 1 ? dataSums(fitted(others), ofModels, pairs) : own[person];
      fits.fitted.set(weightsOver(everyBlock, own[person]));
      pairs.folds.forEach(({ test, train }, fold) => {
        const weights = weightsOver(train, trained);
        const target = side(take(data, test));
        const scores = [
          correlationOf(side(weighted(models, weights, test)), target),
          ...alone[fold].map((model) => correlationOf(model, target)),
          ...(people.length > 1 ? [correlationOf(side(take(others, test)), target)] : []),
        ];
        fits.weights.set(weights, fold * k);
        fits.scores.set(test.length < 3 ? scores.map(() => NaN) : scores, fold * nScores);
      });
      return fits;
    });
  };
}

function undefinedFits(nFolds: number, nModels: number, nScores: number): FoldFits {
  const unknown = (length: number): Float64Array => new Float64Array(length).fill(NaN);
  return {
    weights: unknown(nFolds * nModels),
    scores: unknown(nFolds * nScores),
    fitted: unknown(nModels),
  };
}

function take(values: Float64Array, pairs: Int32Array): Float64Array {
  return Float64Array.from(pairs, (pair) => values[pair]);
}

function weighted(
  models: readonly Float64Array[],
  weights: Float64Array,
  pairs: Int32Array,
): Float64Array {
  return Float64Array.from(pairs, (pair) =>
    models.reduce((sum, model, m) => sum + weights[m] * model[pair], 0),
  );
}

/** Values minus the mean of those that are in a block. */
function minusMean(values: Float64Array, blockOf: Int32Array): Float64Array {
  let [sum, count] = [0, 0];
  for (let pair = 0; pair < values.length; pair++) {
    if (blockOf[pair] < 0) continue;
    sum += values[pair];
    count++;
  }
  return values.map((value) => value - sum / count);
}

function meanOf(people: readonly Float64Array[]): Float64Array {
  return people[0].map(
    (_, pair) => people.reduce((sum, data) => sum + data[pair], 0) / people.length,
  );
}

/** (S · mean − own) / (S − 1). */
function meanWithout(mean: Float64Array, own: Float64Array, nPeople: number): Float64Array {
  return mean.map((value, pair) => (nPeople * value - own[pair]) / (nPeople - 1));
}
