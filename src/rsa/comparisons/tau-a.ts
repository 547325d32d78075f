import { tauOfSorted } from "../../compute/sorted-side.ts";
import { tausOf, tauSide, type TauSide } from "../compare/kendall.ts";
import { knownPairs, type Comparison } from "./comparison.ts";

/** Kendall's correlation without correction for ties. */
export const tauA = {
  name: "tau-a" as const,
  words: "Kendall’s τ (a)",
  aliases: ["kendall-tau-a"] as const,
  direction: "similarity",
  zero: "chance",
  scaleFree: true,
  smooth: false,
  poolBy: "rank",
  prepare: (vector, shape) => tauSide(knownPairs(vector, shape)),
  score: (a, b) => tauOfSorted(a.sorted(), b.sorted()),
  scoreAll: tausOf,
} satisfies Comparison<TauSide>;
