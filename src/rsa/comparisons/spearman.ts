import { averageRanksSync } from "../../compute/rank-vectors.ts";
import { correlationOf, type Centred } from "../../stats/centred.ts";
import { scoresByProducts } from "../compare/angles.ts";
import { scoresOfRankedLists } from "../compare/ranked-lists.ts";
import { angleOfProduct, ranksOf, rankSide } from "../compare/vectors.ts";
import { knownPairs, type Comparison } from "./comparison.ts";

/** Pearson's correlation of the ranks. */
export const spearman = {
  name: "spearman" as const,
  words: "Spearman’s ρ",
  direction: "similarity",
  zero: "chance",
  scaleFree: true,
  smooth: false,
  poolBy: "rank",
  product: { scale: "ranks", score: angleOfProduct },
  prepare: (vector, shape) => rankSide(averageRanksSync(knownPairs(vector, shape))),
  prepareAll: async (vectors, shape, job) => {
    const known = vectors.map((vector) => knownPairs(vector, shape));
    return (await ranksOf(known, job)).map(rankSide);
  },
  score: correlationOf,
  scoreAll: scoresByProducts(angleOfProduct),
  scoreLists: scoresOfRankedLists(angleOfProduct),
} satisfies Comparison<Centred>;
