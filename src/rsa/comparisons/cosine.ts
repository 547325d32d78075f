import { correlationOf, type Centred } from "../../stats/centred.ts";
import { scoresByProducts } from "../compare/angles.ts";
import { angleOfProduct, sideOf } from "../compare/vectors.ts";
import { knownPairs, type Comparison } from "./comparison.ts";

/** The angle of RDMs with a meaningful zero. */
export const cosine = {
  name: "cosine" as const,
  words: "cosine similarity",
  direction: "similarity",
  zero: "chance",
  chanceIfSigned: true,
  scaleFree: true,
  smooth: true,
  poolBy: "length",
  scale: (shape) => (vector) => knownPairs(vector, shape),
  product: { scale: "values", score: angleOfProduct },
  prepare: (vector, shape) => sideOf(knownPairs(vector, shape)),
  score: correlationOf,
  scoreAll: scoresByProducts(angleOfProduct),
} satisfies Comparison<Centred>;
