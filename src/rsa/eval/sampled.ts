import type { ItemSample } from "../../compute/item-samples.ts";
import { clipped, rootOfProduct } from "../../stats/centred.ts";
import { mean } from "../../stats/mean.ts";
import type { CanonicalMethod } from "../compare/methods.ts";
import { ceilingOfProducts } from "./ceiling.ts";
import type { Compared } from "./compared.ts";
import type { NoiseCeiling } from "./eval-parts.ts";

/** Scores and ceiling of a sample whose first `nData` vectors are data RDMs, and the others predictions. */
export async function comparedSample(
  sample: ItemSample,
  nData: number,
  method: CanonicalMethod,
): Promise<Compared> {
  const { squares } = sample;
  const products = await sample.products(nData, nData);
  const nModels = products.length / nData;
  const scoreOf = (product: number, a: number, b: number): number => {
    if (!(a > 0 && b > 0)) return NaN;
    if (method === "rho-a") return (12 * product) / (sample.nPairs ** 3 - sample.nPairs);
    return clipped(product / rootOfProduct(a, b));
  };
  return {
    scores: products.map((product, k) =>
      scoreOf(product, squares[Math.floor(k / nModels)], squares[nData + (k % nModels)]),
    ),
    ceiling: async (times) => {
      if (method === "corr" || method === "cosine") {
        const own = (await sample.products(nData, 0)).filter((_, k) => k % squares.length < nData);
        const lengths = Array.from(squares.subarray(0, nData), Math.sqrt);
        return ceilingOfProducts(own, lengths)(times);
      }
      return pooledCeiling(sample, nData, times, scoreOf);
    },
  };
}

/** Each RDM drawn with the pool of all and with that of the others. */
async function pooledCeiling(
  sample: ItemSample,
  nData: number,
  drawn: ArrayLike<number>,
  scoreOf: (product: number, a: number, b: number) => number,
): Promise<NoiseCeiling> {
  const { squares } = sample;
  const times = Float64Array.from({ length: nData }, (_, i) => (squares[i] > 0 ? drawn[i] : 0));
  const present = [...times.keys()].filter((i) => times[i] > 0);
  if (present.length < 2) return { lower: NaN, upper: NaN };
  const others = present.map((i) => times.map((count, k) => (k === i ? 0 : count)));
  const pools = await sample.pools([times, ...others]);
  const score = (pool: number, i: number): number =>
    scoreOf(pools.products[pool * nData + i], pools.squares[pool], squares[i]);
  return {
    lower: mean(present.map((i, k) => score(k + 1, i))),
    upper: mean(present.map((i) => score(0, i))),
  };
}
