import { bures } from "./bures.ts";
import { buresMetric } from "./bures-metric.ts";
import type { Comparison, JointComparison } from "./comparison.ts";
import { corr } from "./corr.ts";
import { corrCov } from "./corr-cov.ts";
import { cosine } from "./cosine.ts";
import { cosineCov } from "./cosine-cov.ts";
import { negRiemDist } from "./neg-riem-dist.ts";
import { partial } from "./partial.ts";
import { partialSpearman } from "./partial-spearman.ts";
import { regression } from "./regression.ts";
import { rhoA } from "./rho-a.ts";
import { spearman } from "./spearman.ts";
import { tauA } from "./tau-a.ts";
import { tauB } from "./tau-b.ts";

/** Every way to compare two RDMs; a new one is a file and a line here. */
export const pairComparisons = [
  cosine,
  corr,
  spearman,
  rhoA,
  tauA,
  tauB,
  corrCov,
  cosineCov,
  bures,
  buresMetric,
  negRiemDist,
] as const satisfies readonly Comparison[];

/** Every way to compare an RDM with several models at once. */
export const jointComparisons = [
  partial,
  partialSpearman,
  regression,
] as const satisfies readonly JointComparison[];

type AliasOf<C> = C extends { readonly aliases: readonly (infer Alias)[] } ? Alias : never;

/** A way to compare two RDMs, under its one name. */
export type CanonicalMethod = (typeof pairComparisons)[number]["name"];

/** Name of a way to compare two RDMs; `pearson` is `corr`, `kendall-tau-a` is `tau-a` and `kendall` is `tau-b`. */
export type CompareMethod = CanonicalMethod | AliasOf<(typeof pairComparisons)[number]>;

/** Name of a way to compare RDMs with models, as MNE-RSA or rsatoolbox has it. */
export type RsaMetric = CompareMethod | (typeof jointComparisons)[number]["name"];

/** Names of all ways to compare two RDMs. */
export const compareMethodNames = namesOf(pairComparisons) as readonly CompareMethod[];

/** Names of all ways to compare RDMs with models: those of two RDMs, and those that look at all models at once. */
export const comparisonNames = [
  ...compareMethodNames,
  ...namesOf(jointComparisons),
] as readonly RsaMetric[];

/** The names of MNE-RSA. */
export const rsaMetricNames = [
  "spearman",
  "pearson",
  "kendall-tau-a",
  "partial",
  "partial-spearman",
  "regression",
] as const satisfies readonly RsaMetric[];

function namesOf(all: readonly (Comparison | JointComparison)[]): string[] {
  return [...all.map(({ name }) => name), ...all.flatMap(({ aliases = [] }) => aliases)];
}
