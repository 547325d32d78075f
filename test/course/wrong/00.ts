import type { WrongAnswers } from "./wrong-answers.ts";

const loop = (keep: string, result: string): string => `(() => {
  const one: number[] = [];
  const two: number[] = [];
  for (const [i, a] of cuesOfRdm.entries())
    for (const [j, b] of cuesOfRdm.entries()) { ${keep} }
  return ${result};
})()`;
const put = "(kindOf(a) === kindOf(b) ? one : two).push(n400.between(a, b))";
const nulls = "drawn";
const share = (test: string): string =>
  `Array.from(${nulls}).filter((score) => ${test}).length / ${nulls}.length`;

/** What learners write into the blanks of notebook 00, and what it is taken for. */
export const wrong: WrongAnswers = {
  "00/pairs": [
    ["related.nItems ** 2", "whole-square"],
    ["related.nItems * (related.nItems - 1)", "both-halves"],
    ["(related.nItems * (related.nItems + 1)) / 2", "diagonal"],
    ["related.nItems", "items"],
    ["related.nItems ** 2 / 2", "half-square"],
    ["related.toSquare().length", "whole-square"],
    ["String(related.condensed.length)", "kind"],
    ["related.condensed", "kind"],
    ["related.nItems - 1", "other"],
    ["undefined", "kind"],
  ],
  "00/peak": [
    ["0.46", "seconds"],
    ["peaks[1].timeS", "seconds"],
    ["310", "other-model"],
    ["1000 * peaks[0].timeS", "other-model"],
    ["360", "window-edge"],
    ["560", "window-edge"],
    ["peaks[1].score", "height"],
    ["-460", "before-onset"],
    ["'460 ms'", "kind"],
    ["800", "other"],
  ],
  "00/gap": [
    [loop(`if (i < j) ${put}`, "mean(one) - mean(two)"), "swapped"],
    [loop(`if (i < j) ${put}`, "mean(two)"), "different-only"],
    [loop(`if (i < j) ${put}`, "mean(one)"), "same-only"],
    [loop(`if (i < j) ${put}`, "mean(two) / mean(one)"), "ratio"],
    [loop(put, "mean(two) - mean(one)"), "diagonal"],
    [
      `(() => {
        const sorted = [...cuesOfRdm].sort((a, b) => kindOf(a) - kindOf(b)).map(kindOf);
        const one: number[] = [];
        const two: number[] = [];
        for (const [i] of cuesOfRdm.entries())
          for (let j = i + 1; j < cuesOfRdm.length; j++)
            (sorted[i] === sorted[j] ? one : two).push(n400.at(i, j));
        return mean(two) - mean(one);
      })()`,
      "by-position",
    ],
    [
      loop(
        "if (i < j && kindOf(a) !== kindOf(b)) two.push(n400.between(a, b)); if (i < j && kindOf(a) + kindOf(b) === 0) one.push(n400.between(a, b))",
        "mean(two) - mean(one)",
      ),
      "one-kind-only",
    ],
    [loop(`if (i < j) ${put}`, "median(two) - median(one)"), "medians"],
    [loop(`if (i < j) ${put}`, "[mean(two), mean(one)]"), "kind"],
    [loop("", "mean(two) - mean(one)"), "kind"],
    ["12", "other"],
  ],
  "00/p-value": [
    [share("score > found"), "strictly-larger"],
    [
      `(1 + Array.from(${nulls}).filter((score) => score >= found).length) / (1 + ${nulls}.length)`,
      "counted-twice",
    ],
    [`Array.from(${nulls}).filter((score) => score >= found).length`, "count"],
    [`100 * ${share("score >= found")}`, "percent"],
    [share("score <= found"), "other-tail"],
    [share("Math.abs(score) >= found"), "two-sided"],
    ["0.9", "other"],
    [`Array.from(${nulls}).filter((score) => score >= found)`, "kind"],
    ["'p < 0.05'", "kind"],
    ["tests[1].pValue", "kind"],
  ],
  "00/orders": [
    ["1000", "equal"],
    ["1 / 0.001", "equal"],
    ["1002", "one-too-many"],
    ["999", "one-too-few"],
    ["2001", "two-sided"],
    ["2000", "two-sided"],
    ["20", "five-percent"],
    ["19900", "pairs"],
    ["200", "pairs"],
    ["1000.5", "not-whole"],
    ["10000", "more-than-needed"],
    ["0.001", "not-whole"],
    ["100", "other"],
    ["'1001'", "kind"],
  ],
};
