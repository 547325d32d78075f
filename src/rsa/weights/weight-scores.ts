import { dot } from "../../linalg/dot.ts";
import { centredSide, type Centred } from "../../stats/centred.ts";
import { rank } from "../../stats/rank.ts";

/** How a prediction is compared with data, where both are there. */
export const weightScores = ["pearson", "spearman", "cosine"] as const;

/** The name of such a comparison. */
export type WeightScore = (typeof weightScores)[number];

/** One side of each comparison, made ready. */
export const sideOf: Readonly<Record<WeightScore, (values: Float64Array) => Centred>> = {
  pearson: centredSide,
  spearman: (values) => centredSide(rank(values)),
  cosine: (values) => ({ values, squares: dot(values, values) }),
};
