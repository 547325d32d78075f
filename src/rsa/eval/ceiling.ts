import type { JobOptions } from "../../core/job.ts";
import { rootOfProduct } from "../../stats/centred.ts";
import { mean } from "../../stats/mean.ts";
import { prepareSides, type Comparison, type PairShape } from "../compare/comparison.ts";
import { fastDot } from "../compare/fast-dot.ts";
import type { CanonicalMethod } from "../compare/methods.ts";
import { ranksOf, rankSide, type VectorSide } from "../compare/vectors.ts";
import { scaleOf } from "../models/regress.ts";
import { poolable, pooled } from "./pool.ts";
import type { NoiseCeiling } from "./eval-parts.ts";

/**
 * The noise ceiling of data RDMs of which each was drawn so many times. Upper: all pooled, compared with each; lower:
 * all but one pooled, compared with that one; however often one was drawn, it is left out as one and counts once. `NaN`
 * when fewer than two different RDMs were drawn.
 */
export type CeilingOf = (times: ArrayLike<number>) => Promise<NoiseCeiling>;

/** Ceilings of some data RDMs under a method of comparison. */
export async function ceilingOf(
  data: readonly Float64Array[],
  sides: readonly unknown[],
  method: CanonicalMethod,
  comparison: Comparison,
  shape: PairShape,
  job: JobOptions,
): Promise<CeilingOf> {
  const scale = scaleOf(method, shape);
  if (scale !== undefined) {
    const lengths = scaleOf(method.startsWith("cosine") ? "cosine" : "corr", shape) ?? scale;
    return productCeiling(
      data.map(scale),
      data.map((vector) => lengthOf(lengths(vector))),
    );
  }
  if (method === "spearman" || method === "rho-a")
    return rankCeiling(sides as VectorSide[], comparison, job);
  const parts = await poolable(data, method, shape);
  const defined = parts.filter((part) => part !== undefined);
  const poolScores: PoolScores = async (times, wanted) => {
    const pool = pooled(
      defined,
      times.filter((_, i) => parts[i] !== undefined),
    );
    const [side] = await prepareSides(comparison, [pool], shape, job);
    return Float64Array.from(wanted, (i) => comparison.score(side, sides[i]));
  };
  return overRdms(
    parts.map((part) => part !== undefined),
    remembered(poolScores, data.length),
  );
}

function lengthOf(vector: Float64Array): number {
  return Math.sqrt(fastDot(vector, vector));
}

/** Sides of rank correlations are the ranks to be pooled, but for a shift. */
function rankCeiling(
  sides: readonly VectorSide[],
  comparison: Comparison,
  job: JobOptions,
): CeilingOf {
  const vectors = sides.map(({ values }) => values);
  const poolScores: PoolScores = async (times, wanted) => {
    const [ranks] = await ranksOf([pooled(vectors, times)], job);
    const pool = rankSide(ranks);
    return Float64Array.from(wanted, (i) => comparison.score(pool, sides[i]));
  };
  return overRdms(
    sides.map(({ squares }) => squares > 0),
    remembered(poolScores, sides.length),
  );
}

/**
 * Cosines and correlations need no pool: its product with an RDM is a sum of products of RDMs.
 *
 * @param vectors - the data RDMs on the scale on which the score is their angle.
 * @param lengths - what each is divided by before it is pooled.
 */
export function productCeiling(
  vectors: readonly Float64Array[],
  lengths: readonly number[],
): Promise<CeilingOf> {
  const n = vectors.length;
  const products = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++)
      products[i * n + j] = products[j * n + i] = fastDot(vectors[i], vectors[j]);
  }
  return Promise.resolve(ceilingOfProducts(products, lengths));
}

/** The same from the products of the data RDMs, n × n in C order. */
export function ceilingOfProducts(products: Float64Array, lengths: readonly number[]): CeilingOf {
  const n = lengths.length;
  const score = (times: Float64Array, i: number): number => {
    const weights = lengths.map((length, j) => (times[j] > 0 ? times[j] / length : 0));
    let [product, squares] = [0, 0];
    for (let j = 0; j < n; j++) {
      product += weights[j] * products[i * n + j];
      for (let k = 0; k < n; k++) squares += weights[j] * weights[k] * products[j * n + k];
    }
    return product / rootOfProduct(squares, products[i * n + i]);
  };
  const usable = lengths.map((length, i) => length > 0 && products[i * n + i] > 0);
  return overRdms(usable, async (times, wanted) => wanted.map((i) => score(times, i)));
}

/** Scores of the pool of RDMs drawn so many times each, with the RDMs wanted. */
export type PoolScores = (
  times: Float64Array,
  wanted: readonly number[],
) => Promise<ArrayLike<number>>;

/** A ceiling from the scores of pools; RDMs that are not usable (constant) are never drawn. */
export function overRdms(usable: readonly boolean[], poolScores: PoolScores): CeilingOf {
  return async (drawn) => {
    const times = Float64Array.from(usable, (one, i) => (one ? drawn[i] : 0));
    const present = [...times.keys()].filter((i) => times[i] > 0);
    if (present.length < 2) return { lower: NaN, upper: NaN };
    let lower = 0;
    for (const i of present) {
      const others = times.map((count, k) => (k === i ? 0 : count));
      lower += (await poolScores(others, [i]))[0] / present.length;
    }
    return { lower, upper: mean(Float64Array.from(await poolScores(times, present))) };
  };
}

/** Scores of pools are kept, and looked up when RDMs are drawn in the same shares again. */
function remembered(poolScores: PoolScores, n: number): PoolScores {
  const known = new Map<string, Promise<ArrayLike<number>>>();
  const all = Array.from({ length: n }, (_, i) => i);
  return async (times, wanted) => {
    const least = times.reduce((a, b) => (b > 0 && b < a ? b : a), Infinity);
    const whole = times.every((count) => count % least === 0);
    const key = (whole ? times.map((count) => count / least) : times).join(" ");
    const scores = known.get(key) ?? poolScores(times, all);
    known.set(key, scores);
    const found = await scores;
    return wanted.map((i) => found[i]);
  };
}
