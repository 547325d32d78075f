import { fidelity, kernelRoot, type KernelRoot } from "../compare/bures.ts";
import type { Comparison } from "./comparison.ts";

/** Fidelity of the kernels: ‖√A √B‖ (sum of singular values) over √(tr A · tr B). */
export const bures = {
  name: "bures" as const,
  words: "Bures similarity",
  direction: "similarity",
  zero: "chance",
  neverBelowZero: true,
  scaleFree: true,
  smooth: true,
  poolBy: "as is",
  prepare: kernelRoot,
  score: (a, b) => {
    if (a.trace === 0 || b.trace === 0) return NaN;
    return Math.min(1, fidelity(a, b) / Math.sqrt(a.trace * b.trace));
  },
} satisfies Comparison<KernelRoot>;
