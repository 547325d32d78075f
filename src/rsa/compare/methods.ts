import { UnknownOption } from "../../core/errors.ts";
import { bures, buresMetric } from "./bures.ts";
import type { Comparison } from "./comparison.ts";
import { kendallTauA, kendallTauB } from "./kendall.ts";
import { negativeRiemannian } from "./riemannian.ts";
import { cosine, pearson, rhoA, spearman } from "./vectors.ts";
import { whitenedCosine, whitenedPearson } from "./whitened.ts";

/** Every way to compare two RDMs by rsatoolbox' names; a new one is a new entry. */
const comparisons = {
  cosine,
  corr: pearson,
  spearman,
  "rho-a": rhoA,
  "tau-a": kendallTauA,
  "tau-b": kendallTauB,
  corr_cov: whitenedPearson,
  cosine_cov: whitenedCosine,
  bures,
  bures_metric: buresMetric,
  neg_riem_dist: negativeRiemannian,
} satisfies Record<string, Comparison>;

/** Other names of the same, as MNE-RSA and rsatoolbox have them. */
const aliases = { pearson: "corr", "kendall-tau-a": "tau-a", kendall: "tau-b" } as const;

/** A way to compare two RDMs, under its one name. */
export type CanonicalMethod = keyof typeof comparisons;

/** Name of a way to compare two RDMs; `pearson` is `corr`, `kendall-tau-a` is `tau-a` and `kendall` is `tau-b`. */
export type CompareMethod = CanonicalMethod | keyof typeof aliases;

/** Names of all ways to compare two RDMs. */
export const compareMethodNames = [
  ...Object.keys(comparisons),
  ...Object.keys(aliases),
] as readonly CompareMethod[];

/** The one name of a method. Throws `UnknownOption`. */
export function canonicalMethod(method: CompareMethod): CanonicalMethod {
  if (!compareMethodNames.includes(method))
    throw new UnknownOption("method", String(method), compareMethodNames);
  return Object.hasOwn(aliases, method)
    ? aliases[method as keyof typeof aliases]
    : (method as CanonicalMethod);
}

/** The comparison of that name. Throws `UnknownOption`. */
export function comparisonOf(method: CompareMethod): Comparison {
  return comparisons[canonicalMethod(method)];
}
