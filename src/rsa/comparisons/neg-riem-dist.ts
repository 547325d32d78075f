import { moments, riemannianDistance, type Moments } from "../compare/riemannian.ts";
import type { Comparison } from "./comparison.ts";

/**
 * Minus the Riemannian distance (Shahbazi et al. 2021) of the second moments b and eˢ a + eᵗ noise, at the scales s and t
 * where it is least. Not symmetric in a and b; `NaN` when b is not positive definite (more items than
 * dimensions), and when one is noise alone (a constant RDM, two items), which any model with noise would equal.
 */
export const negRiemDist = {
  name: "neg_riem_dist" as const,
  words: "negative Riemannian distance",
  direction: "similarity",
  zero: "equals",
  scaleFree: false,
  smooth: false,
  poolBy: "as is",
  prepare: moments,
  score: (a, b) => -riemannianDistance(a, b),
} satisfies Comparison<Moments>;
