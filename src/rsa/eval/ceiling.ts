import type { JobOptions } from "../../core/job.ts";
import { dot } from "../../linalg/dot.ts";
import { centred, rootOfProduct, type Centred } from "../../stats/centred.ts";
import { meanOfKnown } from "../../stats/known-scores.ts";
import { prepareSides } from "../compare/sides.ts";
import { ranksOf, rankSide } from "../compare/vectors.ts";
import { knownPairs, type Comparison, type PairShape } from "../comparisons/comparison.ts";
import type { NoiseCeiling } from "./eval-parts.ts";
import { poolable, pooled } from "./pool.ts";
import type { RdmGroups } from "./rdm-groups.ts";

/**
 * The noise ceiling of data RDMs of which each was drawn so many times. Upper: all pooled, compared with each; lower: all
 * but one group (a subject) pooled, compared with that one; however often it was drawn, it is left out whole and counts
 * once. `NaN` when fewer than two different groups were drawn. Upper is what scores better: of a distance the smaller.
 */
export type CeilingOf = (times: ArrayLike<number>) => Promise<NoiseCeiling>;

/** Data RDMs, and how they are compared. */
export interface CeilingData {
  readonly data: readonly Float64Array[];
  readonly groups: RdmGroups;
  readonly comparison: Comparison;
  readonly shape: PairShape;
}

/** Ceilings of data RDMs whose sides are ready. */
export async function ceilingOf(
  { data, groups, comparison, shape }: CeilingData,
  sides: readonly unknown[],
  job: JobOptions,
): Promise<CeilingOf> {
  const scale = comparison.scale?.(shape);
  if (scale !== undefined) {
    const pooledAs = comparison.poolBy === "length" ? knownPairs : centredPairs;
    const lengths = data.map((vector) => lengthOf(pooledAs(vector, shape)));
    return ceilingOfProducts(productsOf(data.map(scale)), lengths, groups);
  }
  if (comparison.product?.scale === "ranks")
    return rankCeiling(sides as Centred[], groups, comparison, job);
  const parts = await poolable(data, comparison, shape, sides);
  const usable = parts.map((part) => part !== undefined);
  const defined = parts.filter((part): part is Float64Array => part !== undefined);
  const poolScores = oneByOne(async ({ times, wanted }) => {
    const pool = pooled(
      defined,
      times.filter((_, i) => usable[i]),
    );
    const [side] = await prepareSides(comparison, [pool], shape, job);
    return wanted.map((i) => comparison.score(side, sides[i]));
  });
  return overGroups(usable, groups, remembered(poolScores, groups));
}

function centredPairs(vector: Float64Array, shape: PairShape): Float64Array {
  return centred(knownPairs(vector, shape));
}

function lengthOf(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

/** Sides of rank correlations are the ranks to be pooled, but for a shift. */
function rankCeiling(
  sides: readonly Centred[],
  groups: RdmGroups,
  comparison: Comparison,
  job: JobOptions,
): CeilingOf {
  const vectors = sides.map(({ values }) => values);
  const usable = sides.map(({ squares }) => squares > 0);
  const poolScores = oneByOne(async ({ times, wanted }) => {
    const [ranks] = await ranksOf([pooled(vectors, times)], job);
    const pool = rankSide(ranks);
    return wanted.map((i) => comparison.score(pool, sides[i]));
  });
  return overGroups(usable, groups, remembered(poolScores, groups));
}

/** All products of some vectors, n × n in C order. */
function productsOf(vectors: readonly Float64Array[]): Float64Array {
  const n = vectors.length;
  const products = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++)
      products[i * n + j] = products[j * n + i] = dot(vectors[i], vectors[j]);
  }
  return products;
}

/**
 * Cosines and correlations need no pool: its product with an RDM is a sum of products of RDMs.
 *
 * @param products - of the data RDMs on the scale on which the score is their angle, n × n in C order.
 * @param lengths - what each is divided by before it is pooled.
 */
export function ceilingOfProducts(
  products: Float64Array,
  lengths: readonly number[],
  groups: RdmGroups,
): CeilingOf {
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
  const poolScores = oneByOne(async ({ times, wanted }) => wanted.map((i) => score(times, i)));
  return overGroups(usable, groups, poolScores);
}

/** RDMs to be pooled, each so many times, and the RDMs to be compared with the pool. */
export interface Pool {
  readonly times: Float64Array;
  readonly wanted: readonly number[];
}

/** Scores of each pool with the RDMs wanted of it. */
export type PoolScores = (pools: readonly Pool[]) => Promise<(readonly number[])[]>;

function oneByOne(score: (pool: Pool) => Promise<number[]>): PoolScores {
  return async (pools) => {
    const scores: number[][] = [];
    for (const pool of pools) scores.push(await score(pool));
    return scores;
  };
}

/** A ceiling from the scores of pools; RDMs that are not usable (constant) are never drawn. */
export function overGroups(
  usable: readonly boolean[],
  groups: RdmGroups,
  poolScores: PoolScores,
): CeilingOf {
  return async (drawn) => {
    const times = Float64Array.from(usable, (one, i) => (one ? drawn[i] : 0));
    const members = Array.from({ length: groups.count }, (_, group) =>
      [...times.keys()].filter((i) => times[i] > 0 && groups.of[i] === group),
    ).filter((group) => group.length > 0);
    if (members.length < 2) return { lower: NaN, upper: NaN };
    const [all, ...others] = await poolScores([
      { times, wanted: members.flat() },
      ...members.map((wanted) => ({
        times: times.map((count, i) => (wanted.includes(i) ? 0 : count)),
        wanted,
      })),
    ]);
    let from = 0;
    const upper = members.map(({ length }) => meanOfKnown(all.slice(from, (from += length))));
    return { lower: meanOfKnown(others.map(meanOfKnown)), upper: meanOfKnown(upper) };
  };
}

/** Of more groups hardly any two samples draw the same, and what was kept for each would fill the memory. */
export const MOST_REMEMBERED = 8;

/** Scores of pools of a few groups are kept, and looked up when they are drawn in the same shares again. */
function remembered(poolScores: PoolScores, groups: RdmGroups): PoolScores {
  if (groups.count > MOST_REMEMBERED) return poolScores;
  const known = new Map<string, Promise<readonly number[]>>();
  const everyOne = [...groups.of.keys()];
  return oneByOne(async ({ times, wanted }) => {
    const least = times.reduce((a, b) => (b > 0 && b < a ? b : a), Infinity);
    const whole = times.every((count) => count % least === 0);
    const key = (whole ? times.map((count) => count / least) : times).join(" ");
    const scores =
      known.get(key) ?? poolScores([{ times, wanted: everyOne }]).then(([found]) => found);
    known.set(key, scores);
    const found = await scores;
    return wanted.map((i) => found[i]);
  });
}

/** The bounds as a user reads them: `lower` is the smaller number, of a distance that of the best there could be. */
export function inOrder(
  { direction }: Pick<Comparison, "direction">,
  ceiling: NoiseCeiling,
): NoiseCeiling {
  return direction === "distance" ? { lower: ceiling.upper, upper: ceiling.lower } : ceiling;
}
