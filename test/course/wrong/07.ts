import type { WrongAnswers } from "./wrong-answers.ts";

const [n, sum] = ["atPeak.length", "(a, b) => a + b"];
const meanOf = (values: string) => `(${values}.reduce(${sum}, 0) / ${values}.length)`;
const squaresOf = (values: string) =>
  `${values}.map((x) => (x - ${meanOf(values)}) ** 2).reduce(${sum}, 0)`;
const errorOf = (values: string, less = 1) =>
  `Math.sqrt(${squaresOf(values)} / (${values}.length - ${less}) / ${values}.length)`;
const tOf = (values: string, less = 1) => `(${meanOf(values)} / ${errorOf(values, less)})`;
const half = (p = 0.025, less = 1) =>
  `(studentTThreshold(${p}, ${n} - 1) * ${errorOf("atPeak", less)})`;
const [first, second] = ["early.pixels", "early.facenet"];
const pairs = `${first}.map((x, i) => x - ${second}[i])`;
const ts = "Array.from(biggest.positions, (at) => tMap[at])";
const own = "biggest.positions.filter((at) => at % nSources === peakSource).length";

/** What learners write into the blanks of notebook 07, and what it is taken for. */
export const wrong: WrongAnswers = {
  "07/smallest-p": [
    ["1 / 2 ** people.length", "one-sided"],
    ["1 / 2 ** (people.length - 2)", "twice-too-many"],
    ["1 / people.length", "people"],
    ["1 / (2 * people.length)", "two-signs"],
    ["0.05", "alpha"],
    ["1 / 1000", "permutations"],
    ["0.0001", "many"],
    ["2 ** (people.length - 1)", "count"],
    ["2 ** people.length", "all-ways"],
    ["0", "none"],
    ["1", "other"],
    ["'1/32768'", "kind"],
    ["NaN", "kind"],
  ],
  "07/interval": [
    [`1.959964 * ${errorOf("atPeak")}`, "normal"],
    [`1.96 * ${errorOf("atPeak")}`, "normal"],
    [errorOf("atPeak"), "standard-error"],
    [`2 * ${errorOf("atPeak")}`, "two-errors"],
    [half(0.05), "one-sided"],
    [`2 * ${half()}`, "whole"],
    [half(0.025, 0), "n"],
    [`${errorOf("atPeak")} * Math.sqrt(${n})`, "spread-of-people"],
    [`${half()} * Math.sqrt(${n})`, "spread-times-t"],
    [`${meanOf("atPeak")} + ${half()}`, "upper"],
    [`${meanOf("atPeak")} - ${half()}`, "lower"],
    ["123", "other"],
    [`[${half()}]`, "kind"],
    ["atPeak.nothing", "kind"],
  ],
  "07/paired": [
    [`-${tOf(`(${pairs})`)}`, "sign"],
    [`${meanOf(`(${pairs})`)} / Math.hypot(${errorOf(first)}, ${errorOf(second)})`, "unpaired"],
    [tOf(first), "first-alone"],
    [tOf(second), "second-alone"],
    [tOf(`(${pairs})`, 0), "n"],
    [`${tOf(`(${pairs})`)} / Math.sqrt(${first}.length)`, "effect-size"],
    [`${tOf(first)} - ${tOf(second)}`, "difference-of-ts"],
    [meanOf(`(${pairs})`), "mean"],
    [errorOf(`(${pairs})`), "standard-error"],
    ["100", "other"],
    ["'t'", "kind"],
    [pairs, "kind"],
  ],
  "07/mass": [
    ["biggest.positions.length", "size"],
    [`Math.max(...${ts})`, "peak"],
    [meanOf(ts), "mean"],
    [`${ts}.reduce((a, t) => a + t - 4, 0)`, "above-threshold"],
    [`${ts}.reduce((a, t) => a + t * t, 0)`, "squares"],
    [`Array.from(tMap).reduce(${sum}, 0)`, "everywhere"],
    [`Array.from(tMap).filter((t) => t > 4).reduce(${sum}, 0)`, "all-above"],
    [`Array.from(biggest.positions).reduce(${sum}, 0)`, "positions"],
    ["1000", "other"],
    [ts, "kind"],
    ["biggest", "kind"],
    ["tMap[-1]", "kind"],
  ],
  "07/duration": [
    [`${own} * sampleS`, "seconds"],
    [own, "samples"],
    [`1000 * (${own} - 1) * sampleS`, "between"],
    [
      "1000 * sampleS * new Set(Array.from(biggest.positions, (at) => Math.floor(at / nSources))).size",
      "whole-cluster",
    ],
    ["1000 * sampleS * biggest.positions.length", "all-positions"],
    [
      "1000 * sampleS * new Set(Array.from(biggest.positions, (at) => at % nSources)).size",
      "all-sources",
    ],
    ["0", "nothing"],
    ["12345", "other"],
    ["'20 ms'", "kind"],
    ["biggest.positions", "kind"],
    ["biggest.nothing", "kind"],
  ],
};
