import type { WrongAnswers } from "./wrong-answers.ts";

const onDiagonal = "across.map((row, i) => row[i])";
const others = "across.flatMap((row, i) => row.filter((_, j) => j !== i))";
const share = (test: string, of = "accuracy.condensed.length"): string =>
  `accuracy.condensed.filter((value) => ${test}).length / ${of}`;
const both =
  "(withRegion ** 2 + withModel ** 2 - 2 * withRegion * withModel * between) / (1 - between ** 2)";

/** What learners write into the blanks of notebook 09, and what it is taken for. */
export const wrong: WrongAnswers = {
  "09/blur": [
    ["(1000 * nCycles * Math.sqrt(2 * Math.log(2))) / (Math.PI * 10)", "milliseconds"],
    ["nCycles / (2 * Math.PI * 10)", "standard-deviation"],
    ["(nCycles * 2 * Math.log(2)) / (Math.PI * 10)", "no-root"],
    ["(nCycles * Math.sqrt(2 * Math.log10(2))) / (Math.PI * 10)", "other-logarithm"],
    ["(nCycles * Math.sqrt(2 * Math.log2(2))) / (Math.PI * 10)", "base-two"],
    ["(nCycles * Math.sqrt(2 * Math.log(2))) / (2 * Math.PI * 10)", "half"],
    ["nCycles / 10", "length-of-cycles"],
    ["Math.sqrt(2 * Math.log(2)) / (Math.PI * 10)", "one-cycle"],
    ["(nCycles * Math.sqrt(2 * Math.log(2))) / (Math.PI * 1)", "other"],
    ["'0.19 s'", "kind"],
    ["undefined", "kind"],
  ],
  "09/lasts": [
    [`mean(${onDiagonal}) - mean(${others})`, "swapped"],
    [`mean(${others})`, "others-only"],
    [`mean(${onDiagonal})`, "same-only"],
    [`mean(across.flat()) - mean(${onDiagonal})`, "diagonal-among-others"],
    [`mean(across.flatMap((row, i) => row.slice(i + 1))) - mean(${onDiagonal})`, "upper-half"],
    [`mean(${others}) / mean(${onDiagonal})`, "ratio"],
    ["0", "diagonal-is-zero"],
    [`${others}.reduce((a, b) => a + b) - ${onDiagonal}.reduce((a, b) => a + b)`, "sums"],
    [`mean(across[0].slice(1)) - across[0][0]`, "other"],
    ["across", "kind"],
    [`[mean(${others}), mean(${onDiagonal})]`, "kind"],
  ],
  "09/stopped": [
    [share("value === 1", "1"), "count"],
    [`100 * ${share("value === 1")}`, "percent"],
    [share("value < 1"), "still-moving"],
    [share("value > 0.5"), "above-chance"],
    ["mean(accuracy.condensed)", "mean"],
    [share("value === 1", "accuracy.nItems ** 2"), "of-the-square"],
    [share("value === 0"), "other"],
    ["accuracy.condensed.filter((value) => value === 1)", "kind"],
    ["accuracy", "kind"],
    ["'half'", "kind"],
  ],
  "09/common": [
    [`${both} - withRegion ** 2 - withModel ** 2`, "negative"],
    [both, "both"],
    ["withRegion ** 2 + withModel ** 2", "sum"],
    [`${both} - withModel ** 2`, "alone-region"],
    [`${both} - withRegion ** 2`, "alone-model"],
    [`withRegion + withModel - ${both}`, "not-squared"],
    ["withRegion ** 2 * withModel ** 2", "product"],
    [
      "withRegion ** 2 + between ** 2 - (withRegion ** 2 + between ** 2 - 2 * withRegion * between * withModel) / (1 - withModel ** 2)",
      "of-region",
    ],
    ["between", "other"],
    ["correlations", "kind"],
    ["[withRegion, withModel]", "kind"],
  ],
  "09/smallest": [
    ["2 / 2 ** nPeople", "two-tails"],
    ["1 / (2 ** nPeople - 1)", "given-left-out"],
    ["1 / (2 ** nPeople + 1)", "counted-twice"],
    ["0", "never"],
    ["1 / nPeople", "one-a-person"],
    ["1 / [...Array(nPeople).keys()].reduce((a, b) => a * (b + 1), 1)", "orders"],
    ["2 ** nPeople", "ways"],
    ["0.001", "default-draws"],
    ["0.05", "other"],
    ["'p < 0.05'", "kind"],
    ["undefined", "kind"],
  ],
  "09/percent": [
    ["100 * mean(scoresThen.map((score, k) => score / boundsThen[k]))", "mean-of-ratios"],
    ["mean(scoresThen) / mean(boundsThen)", "share"],
    ["(100 * mean(boundsThen)) / mean(scoresThen)", "upside-down"],
    ["100 * (mean(boundsThen) - mean(scoresThen))", "difference"],
    ["100 * mean(scoresThen)", "of-one"],
    ["100 * (mean(scoresThen) / mean(boundsThen)) ** 2", "squared"],
    ["(100 * scoresThen[0]) / boundsThen[0]", "first-person"],
    ["100 - (100 * mean(scoresThen)) / mean(boundsThen)", "missing"],
    ["42", "other"],
    ["scoresThen", "kind"],
    ["'81 %'", "kind"],
  ],
};
