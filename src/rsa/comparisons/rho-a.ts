import { dot } from "../../linalg/dot.ts";
import { type Centred } from "../../stats/centred.ts";
import { scoresByProducts } from "../compare/angles.ts";
import { scoresOfRankedLists } from "../compare/ranked-lists.ts";
import type { Comparison } from "./comparison.ts";
import { spearman } from "./spearman.ts";

/** Ranks without correction for ties (Schütt et al. 2023): the expected value of Spearman's when ties are broken by lot. */
export const rhoA = {
  ...spearman,
  name: "rho-a" as const,
  words: "Spearman’s ρ (a)",
  product: { scale: "ranks", score: rhoOfProduct },
  score: (a, b) => rhoOfProduct(dot(a.values, b.values), a.squares, b.squares, a.values.length),
  scoreAll: scoresByProducts(rhoOfProduct),
  scoreLists: scoresOfRankedLists(rhoOfProduct),
} satisfies Comparison<Centred>;

function rhoOfProduct(product: number, a: number, b: number, n: number): number {
  return a === 0 || b === 0 ? NaN : (12 * product) / (n ** 3 - n);
}
