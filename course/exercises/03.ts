import { meanRdm } from "../../src/rdm/mean-rdm.ts";
import { Rdm } from "../../src/rdm/rdm.ts";
import { rsa } from "../../src/rsa/rsa.ts";
import { mean } from "../../src/stats/mean.ts";
import type { Exercise } from "../judge.ts";
import { needsNumber, needsText } from "../kinds.ts";
import { gives, givesExactly, near, shows } from "../mistakes.ts";

export interface RowGiven {
  readonly layers: readonly string[];
  /** One score a layer. */
  readonly scores: ArrayLike<number>;
}

/** Layers from the best to the worst. */
function ranking({ layers, scores }: RowGiven): string[] {
  return [...layers].sort((a, b) => scores[layers.indexOf(b)] - scores[layers.indexOf(a)]);
}

/** Which layer agrees best with a region? */
export const bestLayer: Exercise<string, RowGiven> = {
  kind: needsText,
  right: (answer, given) => answer === ranking(given)[0],
  praise: "The brightest cell of its row.",
  mistakes: [
    givesExactly(
      "lowest",
      (given) => ranking(given).at(-1) ?? "",
      "That is where the agreement is lowest. Which end of the colours is high?",
    ),
    givesExactly(
      "second",
      (given) => ranking(given)[1],
      "That is the second best. Read the numbers in the cells.",
    ),
    givesExactly(
      "last-layer",
      ({ layers }) => layers[layers.length - 1],
      "That is the last layer. The brain need not agree best with the end of a network.",
    ),
    givesExactly(
      "first-layer",
      ({ layers }) => layers[0],
      "That is the first layer, where one would expect early visual cortex. What does the figure say?",
    ),
    shows(
      "no-layer",
      (answer, { layers }) => !layers.includes(answer),
      "No layer has that name. Write it as the columns of the figure do.",
    ),
  ],
  otherwise: "Go along the row of the region, and find the largest number.",
};

export interface JointGiven {
  /** One RDM a person. */
  readonly rdms: readonly Rdm[];
  readonly layers: readonly Rdm[];
  /** Position of the layer that was asked for. */
  readonly layer: number;
}

export type Metric = "pearson" | "spearman" | "cosine";

function jointScore({ rdms, layers, layer }: JointGiven, metric: Metric = "pearson"): number {
  return rsa(meanRdm(rdms), layers[layer], { metric }).single();
}

const scores = ({ rdms, layers, layer }: JointGiven): number[] =>
  rdms.map((rdm) => rsa(rdm, layers[layer], { metric: "pearson" }).single());

const bare = (rdm: Rdm): Rdm => new Rdm(rdm.condensed);

/** The joint score: the mean of the people's RDMs against a layer. */
export const joint: Exercise<number, JointGiven> = {
  kind: needsNumber,
  right: (answer, given) => near(answer, jointScore(given)),
  praise:
    "First the mean of the RDMs, then the comparison: noise of single people cancels before it.",
  mistakes: [
    gives(
      "mean-of-scores",
      (given) => mean(scores(given)),
      "That is the mean of three scores. Take the mean of the three RDMs first, and compare that.",
    ),
    gives(
      "sum-of-scores",
      (given) => scores(given).reduce((sum, score) => sum + score, 0),
      "That is the sum of three scores. Take the mean of the three RDMs, and compare that.",
    ),
    gives("first-person", (given) => scores(given)[0], "That is the first person alone."),
    gives(
      "spearman",
      (given) => jointScore(given, "spearman"),
      "That is Spearman's correlation. The study took Pearson's.",
    ),
    gives(
      "cosine",
      (given) => jointScore(given, "cosine"),
      "That is the cosine: the mean was not subtracted. The study took Pearson's correlation.",
    ),
    gives(
      "next-layer",
      (given) =>
        jointScore({ ...given, layer: Math.min(given.layer + 1, given.layers.length - 1) }),
      "That is the next layer. Positions count from 0: which one is layer3?",
    ),
    gives(
      "layer-before",
      (given) => jointScore({ ...given, layer: Math.max(given.layer - 1, 0) }),
      "That is the layer before. Positions count from 0: which one is layer3?",
    ),
    gives(
      "by-position",
      ({ rdms, layers, layer }) =>
        rsa(bare(meanRdm(rdms)), bare(layers[layer]), { metric: "pearson" }).single(),
      "The names of the images were taken off, and the rows matched by position.",
    ),
    gives("distance", (given) => 1 - jointScore(given), "That is 1 − r. The score is r itself."),
  ],
  otherwise: "Not yet. In order: meanRdm of the three, then rsa with the layer, metric pearson.",
};

export interface CeilingGiven {
  readonly score: number;
  readonly lower: number;
  readonly upper: number;
}

/** A score in per cent of the lower noise ceiling. */
export const ceiling: Exercise<number, CeilingGiven> = {
  kind: needsNumber,
  right: (answer, { score, lower }) => near(answer, (100 * score) / lower),
  praise: "So much of what can surely be reached is reached.",
  mistakes: [
    gives(
      "fraction",
      ({ score, lower }) => score / lower,
      "That is a share. How many per cent is it?",
    ),
    gives(
      "upper",
      ({ score, upper }) => (100 * score) / upper,
      "That is per cent of the upper bound. The question was for the lower one.",
    ),
    gives(
      "middle",
      ({ score, lower, upper }) => (200 * score) / (lower + upper),
      "That is per cent of the middle of the two bounds. Take the lower one.",
    ),
    gives(
      "inverse",
      ({ score, lower }) => (100 * lower) / score,
      "That is the ceiling in per cent of the score. Which of the two is to be 100 %?",
    ),
    gives(
      "missing",
      ({ score, lower }) => 100 * (1 - score / lower),
      "That is what is missing to the ceiling. How much is reached?",
    ),
    gives(
      "difference",
      ({ score, lower }) => lower - score,
      "That is a difference of correlations. Divide.",
    ),
    gives(
      "squared",
      ({ score, lower }) => 100 * (score / lower) ** 2,
      "That is the share of squares. Do not square.",
    ),
    gives(
      "score",
      ({ score }) => 100 * score,
      "That is 100 times the score. Where is the ceiling?",
    ),
  ],
  otherwise: "The score divided by noiseCeiling.lower, times 100.",
};

export interface TestsGiven {
  readonly nTests: number;
  readonly level: number;
}

/** How many of many tests come out by luck? */
export const falseAlarms: Exercise<number, TestsGiven> = {
  kind: needsNumber,
  right: (answer, { nTests, level }) => near(answer, nTests * level),
  praise: "On average so many, with nothing there at all. Hence the correction.",
  mistakes: [
    gives(
      "at-least-one",
      ({ nTests, level }) => 1 - (1 - level) ** nTests,
      "That is the probability of one or more. How many are there on average?",
    ),
    gives("level", ({ level }) => level, "That is the chance in one test. There are many."),
    gives(
      "bonferroni",
      ({ nTests, level }) => level / nTests,
      "That is Bonferroni's level for each test. How many pass by luck without it?",
    ),
    gives("all", ({ nTests }) => nTests, "Those are all tests."),
    gives(
      "kept",
      ({ nTests, level }) => nTests * (1 - level),
      "So many are not significant, on average. How many are?",
    ),
    gives(
      "percent",
      ({ nTests, level }) => 100 * nTests * level,
      "That takes the level in per cent. 5 % are 0.05.",
    ),
    shows(
      "rounded",
      (answer, { nTests, level }) =>
        Number.isInteger(answer) && Math.abs(answer - nTests * level) < 1,
      "That is rounded. A mean need not be a whole number.",
    ),
  ],
  otherwise: "Each test has the same small chance. What is the mean over all of them?",
};
