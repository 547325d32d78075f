import type { WrongAnswers } from "./wrong-answers.ts";

const score = (rdm: string, layer = 3, metric = "pearson"): string =>
  `rsa(${rdm}, layers[${layer}], { metric: "${metric}" }).single()`;
const bare = (rdm: string): string => `new Rdm(${rdm}.condensed)`;
const means = "ofLoc.means[3]";

/** What learners write into the blanks of notebook 03, and what it is taken for. */
export const wrong: WrongAnswers = {
  "03/best-layer": [
    ['"layer1"', "lowest"],
    ['"conv1"', "first-layer"],
    ['"layer4"', "last-layer"],
    ['"layer2"', "second"],
    ['"layer 3"', "no-layer"],
    ['"Layer3"', "no-layer"],
    ['"RHEarlyVis"', "no-layer"],
    ["3", "kind"],
    ["Math.max(...earlyRow)", "kind"],
    ['""', "kind"],
    ["layerNames", "kind"],
  ],
  "03/joint": [
    [`mean(locRdms.map((rdm) => ${score("rdm")}))`, "mean-of-scores"],
    [`locRdms.map((rdm) => ${score("rdm")}).reduce((a, b) => a + b)`, "sum-of-scores"],
    [score("locRdms[0]"), "first-person"],
    [score("meanRdm(locRdms)", 3, "spearman"), "spearman"],
    ["rsa(meanRdm(locRdms), layers[3]).single()", "spearman"],
    [score("meanRdm(locRdms)", 3, "cosine"), "cosine"],
    [score("meanRdm(locRdms)", 4), "next-layer"],
    [score("meanRdm(locRdms)", 2), "layer-before"],
    [`rsa(${bare("meanRdm(locRdms)")}, ${bare("layers[3]")}, metric).single()`, "by-position"],
    [`1 - ${score("meanRdm(locRdms)")}`, "distance"],
    ["rsa(meanRdm(locRdms), layers[3], metric)", "kind"],
    ["-0.9", "other"],
  ],
  "03/ceiling": [
    [`${means} / ceilingOfLoc.lower`, "fraction"],
    [`(100 * ${means}) / ceilingOfLoc.upper`, "upper"],
    [`(100 * ${means}) / ((ceilingOfLoc.lower + ceilingOfLoc.upper) / 2)`, "middle"],
    [`(100 * ceilingOfLoc.lower) / ${means}`, "inverse"],
    [`100 - (100 * ${means}) / ceilingOfLoc.lower`, "missing"],
    [`ceilingOfLoc.lower - ${means}`, "difference"],
    [`100 * (${means} / ceilingOfLoc.lower) ** 2`, "squared"],
    [`100 * ${means}`, "score"],
    ["ceilingOfLoc", "kind"],
    ["ofLoc.means['layer3'] / ceilingOfLoc.lower", "kind"],
    ["1000", "other"],
  ],
  "03/false-alarms": [
    ["1 - 0.95 ** 50", "at-least-one"],
    ["0.05", "level"],
    ["0.05 / 50", "bonferroni"],
    ["50", "all"],
    ["50 * 0.95", "kept"],
    ["50 * 5", "percent"],
    ["3", "rounded"],
    ["2", "rounded"],
    ["0", "other"],
    ["'two or three'", "kind"],
  ],
};
