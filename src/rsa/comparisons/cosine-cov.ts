import { correlationOf, type Centred } from "../../stats/centred.ts";
import { scoresByProducts } from "../compare/angles.ts";
import { angleOfProduct, sideOf } from "../compare/vectors.ts";
import { whitenerOf } from "../compare/whitened.ts";
import type { Comparison } from "./comparison.ts";

/** The angle after whitening; all items' noise equal: the linear CKA. */
export const cosineCov = {
  name: "cosine_cov" as const,
  words: "whitened cosine similarity",
  direction: "similarity",
  zero: "chance",
  chanceIfSigned: true,
  scaleFree: true,
  smooth: true,
  poolBy: "length",
  scale: whitenerOf,
  prepare: (vector, shape) => sideOf(whitenerOf(shape)(vector)),
  score: correlationOf,
  scoreAll: scoresByProducts(angleOfProduct),
} satisfies Comparison<Centred>;
