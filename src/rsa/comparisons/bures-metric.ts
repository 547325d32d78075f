import { fidelity, kernelRoot, type KernelRoot } from "../compare/bures.ts";
import type { Comparison } from "./comparison.ts";

/** Squared Bures distance: tr A + tr B − 2 ‖√A √B‖. Not a similarity: equal RDMs have 0. */
export const buresMetric = {
  name: "bures_metric" as const,
  words: "squared Bures distance",
  direction: "distance",
  zero: "equals",
  scaleFree: false,
  smooth: true,
  poolBy: "as is",
  prepare: kernelRoot,
  score: (a, b) => Math.max(0, a.trace + b.trace - 2 * fidelity(a, b)),
} satisfies Comparison<KernelRoot>;
