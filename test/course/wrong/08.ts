import type { WrongAnswers } from "./wrong-answers.ts";

const product = "(a, b) => a.reduce((sum, value, v) => sum + value * b[v], 0)";
/** A sum over pairs of runs that fulfil a condition of r and s. */
const over = (pairs: string): string =>
  `(() => { const product = ${product}; let sum = 0; differences.forEach((a, r) => differences.forEach((b, s) => { if (${pairs}) sum += product(a, b); })); return sum; })()`;
const runs = "differences.length";
const voxels = "differences[0].length";
const right = `(${over("r !== s")} / (${runs} * (${runs} - 1) * ${voxels}))`;
const passing = (bound: string): string => `(() => {
  const sorted = pValues.toSorted((a, b) => a - b);
  const m = sorted.length;
  const at = sorted.findIndex((p, k) => p > ${bound});
  return at < 0 ? m : at;
})()`;

/** What learners write into the blanks of notebook 08, and what it is taken for. */
export const wrong: WrongAnswers = {
  "08/volume": [
    ["Math.round((onsetS + 5) / trS)", "one-late"],
    ["Math.ceil((onsetS + 5 - startS) / trS)", "one-late"],
    ["Math.round((onsetS + 5 + startS) / trS)", "one-late"],
    ["Math.round((onsetS - startS) / trS)", "no-delay"],
    ["Math.round(onsetS + 5 - startS)", "in-seconds"],
    ["Math.round((onsetS - startS) / trS) + 5", "delay-in-volumes"],
    ["(onsetS + 5 - startS) / trS", "not-whole"],
    ["Math.round((onsetS + 5 - startS) * trS)", "times-tr"],
    ["'8'", "kind"],
    ["NaN", "kind"],
    ["64", "other"],
  ],
  "08/dof": [
    ["design.shape[0] - design.shape[1] + 1", "constant"],
    ["design.shape[0] - 4", "conditions-only"],
    ["design.shape[0] - 4 - 6 - 1", "no-drift"],
    ["design.shape[0] - design.shape[1] + 6", "no-confounds"],
    ["design.names.length", "columns"],
    ["design.shape[1]", "columns"],
    ["design.shape[0]", "volumes"],
    ["design.shape[0] - 1", "one-less"],
    ["design.shape", "kind"],
    ["design.shape[0] - 24", "other"],
  ],
  "08/by-hand": [
    [`${over("true")} / (${runs} ** 2 * ${voxels})`, "all-runs-on-both-sides"],
    [
      `mean(differences[0].map((_, v) => mean(differences.map((row) => row[v])) ** 2))`,
      "all-runs-on-both-sides",
    ],
    [`${over("r === s")} / (${runs} * ${voxels})`, "same-run"],
    [`${over("r !== s")} / (${runs} * (${runs} - 1))`, "not-per-voxel"],
    [`${over("r !== s")} / ((${runs} - 1) * ${voxels})`, "sum-of-runs"],
    [`${over("r !== s")} / (${runs} * ${voxels})`, "sum-of-others"],
    [`Math.sqrt(${right})`, "root"],
    ["differences", "kind"],
    ["undefined", "kind"],
    ["mean(differences.flat())", "other"],
  ],
  "08/below-zero": [
    ["quietRdm.condensed.filter((d) => d < 0).length", "count"],
    ["100 * mean(quietRdm.condensed.map((d) => Number(d < 0)))", "percent"],
    ["mean(quietRdm.condensed.map((d) => Number(d > 0)))", "above"],
    ["mean(quietRdm.condensed.map((d) => Number(d >= 0)))", "above"],
    ["mean(Array.from(quietRdm.toSquare()).flatMap((d) => Number(d < 0)))", "square"],
    ["mean(quietRdm.condensed)", "mean"],
    ["Math.min(...quietRdm.condensed)", "lowest"],
    ["quietRdm.condensed.filter((d) => d < 0)", "kind"],
    ["quietRdm", "kind"],
    ["0.5", "other"],
  ],
  "08/fdr": [
    ["pValues.filter((p) => p <= 0.05).length", "uncorrected"],
    ["pValues.filter((p) => p <= 0.05 / pValues.length).length", "bonferroni"],
    [passing("(0.05 * (k + 1)) / m"), "stopped-early"],
    [passing("0.05 / (m - k)"), "holm"],
    [
      "pValues.toSorted((a, b) => a - b).findLastIndex((p, k) => p <= (0.05 * (k + 1)) / pValues.length)",
      "index",
    ],
    ["pValues.length", "all"],
    ["0.05 * 7", "not-whole"],
    ["pValues.filter((p) => p <= 0.05)", "kind"],
    ["'all'", "kind"],
    ["-3", "other"],
  ],
};
