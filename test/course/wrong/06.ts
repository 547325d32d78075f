import type { WrongAnswers } from "./wrong-answers.ts";

const side = "Math.round(0.05 * sfreqHz)";
const sums = "[0, 1, 2].map((k) => currents.reduce((sum, one) => sum + one[k], 0))";
const lengths = "currents.map((one) => Math.hypot(...one))";
const add = ".reduce((a, b) => a + b, 0)";
const where = (of: string, model = "FaceNet") =>
  `names.map((name) => [${of}, name] as const).map(([score, name]) => ({ score, name })).sort((a, b) => b.score - a.score)[0].name`.replaceAll(
    "VALUES",
    `ofRegions.series("${model}", name).values`,
  );
const near = (radius: number, axes = "[0, 1, 2]", of = "space.vertices") =>
  `Array.from(${of}).filter((v) => Math.hypot(...${axes}.map((k) => space.points.data[3 * v + k] - space.points.data[3 * centre + k])) < ${radius}).length`;

/** What learners write into the blanks of notebook 06, and what it is taken for. */
export const wrong: WrongAnswers = {
  "06/features": [
    [`nNear * 2 * ${side}`, "no-middle"],
    [`nNear * ${side}`, "one-side"],
    [`nNear * (${side} + 1)`, "one-side-and-middle"],
    ["nNear", "sources"],
    [`2 * ${side} + 1`, "samples"],
    [`nNear + 2 * ${side} + 1`, "sum"],
    [`3 * nNear * (2 * ${side} + 1)`, "three-directions"],
    ["nNear * (2 * 0.05 * sfreqHz + 1)", "not-rounded"],
    ["nNear * 0.1", "seconds"],
    ["7", "other"],
    ["'276'", "kind"],
    ["sfreqHz.nothing", "kind"],
  ],
  "06/length": [
    [`${lengths}${add} / 3`, "mean-of-lengths"],
    [`${lengths}${add}`, "sum-of-lengths"],
    [`Math.hypot(...${sums})`, "length-of-sum"],
    [`(Math.hypot(...${sums}) / 3) ** 2`, "squared"],
    [`${sums}${add} / 3`, "sum-of-means"],
    [`Math.sqrt(${lengths}.map((x) => x * x)${add} / 3)`, "root-mean-square"],
    ["Math.hypot(...currents[0])", "first"],
    [`Math.max(...${sums}) / currents.length`, "largest-direction"],
    ["100", "other"],
    [`${sums}`, "kind"],
    ["NaN", "kind"],
  ],
  "06/regularise": [
    ["1 / 9", "of-average"],
    ["3 / Math.sqrt(nEpochs)", "snr"],
    ["9 / nEpochs", "snr-squared"],
    ["Math.sqrt(nEpochs) / 3", "not-squared"],
    ["(nEpochs / 3) ** 2", "no-root"],
    ["1 / (9 * nEpochs)", "wrong-way"],
    ["Math.sqrt(nEpochs) / 9", "times-root"],
    ["nEpochs", "epochs"],
    ["1234", "other"],
    ["'4'", "kind"],
    ["[4]", "kind"],
  ],
  "06/region": [
    ["'V1'", "unknown"],
    [where("Math.max(...VALUES)", "pixels"), "other-model"],
    [where("-Math.max(...VALUES)"), "lowest"],
    [where("VALUES[0]"), "first-time"],
    [where("VALUES[VALUES.length - 1]"), "last-time"],
    [where(`Array.from(VALUES)${add}`), "mean"],
    ["names[0]", "first-name"],
    ["'left fusiform'", "unknown"],
    ["names[7]", "other"],
    ["3", "kind"],
    ["''", "kind"],
    ["names.nothing", "kind"],
  ],
  "06/air": [
    [`${near(0.02)} - 1`, "without-centre"],
    [
      near(0.02, "[0, 1, 2]", "Array.from({ length: space.points.data.length / 3 }).keys()"),
      "all-vertices",
    ],
    [`space.vertices.length - ${near(0.02)}`, "far"],
    [near(20), "everything"],
    [near(0.02, "[0, 1]"), "flat"],
    [near(0.04), "wider"],
    [near(0.01), "narrower"],
    ["0", "nothing"],
    ["1000", "other"],
    ["'12'", "kind"],
    ["space.vertices", "kind"],
  ],
};
