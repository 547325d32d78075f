import { centred, centredSide, correlationOf, type Centred } from "../../stats/centred.ts";
import { scoresByProducts } from "../compare/angles.ts";
import { angleOfProduct } from "../compare/vectors.ts";
import { knownPairs, type Comparison } from "./comparison.ts";

/** Pearson's correlation. */
export const corr = {
  name: "corr" as const,
  words: "Pearson’s r",
  aliases: ["pearson"] as const,
  direction: "similarity",
  zero: "chance",
  scaleFree: true,
  smooth: true,
  poolBy: "z-score",
  scale: (shape) => (vector) => centred(knownPairs(vector, shape)),
  product: { scale: "centred", score: angleOfProduct },
  prepare: (vector, shape) => centredSide(knownPairs(vector, shape)),
  score: correlationOf,
  scoreAll: scoresByProducts(angleOfProduct),
} satisfies Comparison<Centred>;
