import type { WrongAnswers } from "./wrong-answers.ts";

const r2 = (y: string, from: string, middle = `mean(${y})`): string => `(() => {
  const { measured, predicted } = ofRun;
  const middle = ${middle};
  const left = mean(${y}.map((value, at) => (value - ${from}[at]) ** 2));
  return 1 - left / mean(${y}.map((value) => (value - middle) ** 2));
})()`;
const error = "mean(ofRun.measured.map((value, at) => (value - ofRun.predicted[at]) ** 2))";

/** What learners write into the blanks of notebook 04, and what it is taken for. */
export const wrong: WrongAnswers = {
  "04/pixel": [
    ["side * 2 + 4", "column-major"],
    ["side * 3 + 1", "from-one"],
    ["side * 4 + 2 + 1", "counted-from-one"],
    ["side * 5 + 2", "next-row"],
    ["4 + 2", "sum"],
    ["4 * 2", "product"],
    ["side * 4", "row-start"],
    ["[4, 2]", "kind"],
    ["'42'", "kind"],
    ["99", "other"],
  ],
  "04/delay": [
    ["4000", "milliseconds"],
    ["-4", "sign"],
    ["6", "one-more"],
    ["2", "volumes"],
    ["2 / 2", "rate"],
    ["0", "none"],
    ["'4 s'", "kind"],
    ["null", "kind"],
    ["100", "other"],
    ["[2, 2]", "kind"],
  ],
  "04/r2-by-hand": [
    ["pearson(ofRun.measured, ofRun.predicted) ** 2", "r-squared"],
    ["pearson(ofRun.measured, ofRun.predicted)", "correlation"],
    [`1 - ${r2("measured", "predicted")}`, "left-over"],
    [r2("predicted", "measured"), "swapped"],
    [r2("measured", "predicted", "0"), "about-zero"],
    [`1 - Math.sqrt(1 - ${r2("measured", "predicted")})`, "root"],
    [
      "mean(ofRun.predicted.map((x) => (x - mean(ofRun.predicted)) ** 2)) / mean(ofRun.measured.map((x) => (x - mean(ofRun.measured)) ** 2))",
      "explained-variance",
    ],
    [error, "error"],
    ["ofRun.measured - ofRun.predicted", "kind"],
    ["-7", "other"],
  ],
  "04/folds": [
    ["runs.map((_, at) => at % 10)", "cut-runs"],
    ["runs", "fold-a-run"],
    ["Array.from(runs, (run) => run / 2)", "fold-a-run"],
    ["runs.map(() => 0)", "one-fold"],
    ["runs.map((run) => run % 4)", "other-number"],
    ["runs.map((run) => Math.min(run, 9))", "unequal"],
    ["[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]", "length"],
    ["Array.from(runs, (run) => Math.floor(run / 2) + 0.5)", "fractions"],
    ["[...random(1).permutation(runs.length)].map((at) => at % 10)", "cut-runs"],
    ["Array.from(runs, (run) => `fold ${run}`)", "kind"],
    ["[]", "kind"],
    ["10", "kind"],
  ],
};
