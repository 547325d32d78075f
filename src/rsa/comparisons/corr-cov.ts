import type { Centred } from "../../stats/centred.ts";
import { sideOf } from "../compare/vectors.ts";
import { whitenerOf, withoutMean } from "../compare/whitened.ts";
import type { Comparison, ScaleOf } from "./comparison.ts";
import { cosineCov } from "./cosine-cov.ts";

const scale: ScaleOf = (shape) => {
  const whiten = whitenerOf(shape);
  return (vector) => whiten(withoutMean(vector, shape));
};

/** The whitened angle of dissimilarities minus their mean. */
export const corrCov = {
  ...cosineCov,
  name: "corr_cov" as const,
  words: "whitened Pearson’s r",
  chanceIfSigned: false,
  poolBy: "z-score",
  scale,
  prepare: (vector, shape) => sideOf(scale(shape)(vector)),
} satisfies Comparison<Centred>;
