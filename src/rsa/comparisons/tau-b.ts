import { clipped } from "../../stats/centred.ts";
import { untiedShare, type TauSide } from "../compare/kendall.ts";
import type { Comparison } from "./comparison.ts";
import { tauA } from "./tau-a.ts";

/** Tau-a over the share of pairs untied on each side. */
export const tauB = {
  ...tauA,
  name: "tau-b" as const,
  words: "Kendall’s τ (b)",
  aliases: ["kendall"] as const,
  score: (a, b) => corrected(tauA.score(a, b), untiedShare(a), untiedShare(b)),
  scoreAll: async (a, b, job) => {
    const taus = await tauA.scoreAll(a, b, job);
    const [shareA, shareB] = [a.map(untiedShare), b.map(untiedShare)];
    return taus.map((tau, k) =>
      corrected(tau, shareA[Math.floor(k / b.length)], shareB[k % b.length]),
    );
  },
} satisfies Comparison<TauSide>;

function corrected(tau: number, shareA: number, shareB: number): number {
  return clipped(tau / Math.sqrt(shareA * shareB));
}
