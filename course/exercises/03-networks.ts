import type { Exercise } from "../judge.ts";
import { needsNumber } from "../kinds.ts";
import { gives, givesExactly, near } from "../mistakes.ts";

/** Shares of variance that two layers explain, alone and together. */
export interface ExplainedGiven {
  readonly layer3: number;
  readonly layer4: number;
  readonly both: number;
}

/** What only layer4 explains. */
export const unique: Exercise<number, ExplainedGiven> = {
  kind: needsNumber,
  right: (answer, { layer3, both }) => near(answer, both - layer3),
  praise: "What is gained when layer4 comes to layer3.",
  mistakes: [
    gives(
      "alone",
      ({ layer4 }) => layer4,
      "That is what layer4 explains alone. Layer3 explains some of it, too.",
    ),
    gives(
      "other-layer",
      ({ layer4, both }) => both - layer4,
      "That is what only layer3 explains. Which layer was asked for?",
    ),
    gives(
      "shared",
      ({ layer3, layer4, both }) => layer3 + layer4 - both,
      "That is what both share. What is left of layer4?",
    ),
    gives("both", ({ both }) => both, "That is what both explain together."),
    gives(
      "difference",
      ({ layer3, layer4 }) => layer4 - layer3,
      "That compares the two alone. What do both explain together?",
    ),
    gives(
      "backwards",
      ({ layer3, both }) => layer3 - both,
      "The other way round: what both explain, less what layer3 explains.",
    ),
    gives(
      "root",
      ({ layer3, both }) => Math.sqrt(Math.max(0, both - layer3)),
      "That is the semipartial correlation. Its square was asked for.",
    ),
    gives(
      "of-explained",
      ({ layer3, both }) => (both - layer3) / both,
      "That is a share of what is explained. A share of all variance was asked for.",
    ),
    gives(
      "percent",
      ({ layer3, both }) => 100 * (both - layer3),
      "That is in per cent. The three numbers are shares.",
    ),
  ],
  otherwise: "What both explain together, less what one explains without the other.",
};

/** How many pictures are left out, and how many stay. */
export interface FoldGiven {
  readonly nLeft: number;
  readonly nKept: number;
}

const pairsOf = (n: number): number => (n * (n - 1)) / 2;

/** Pairs of one picture that is left out and one that stays. */
export const mixedPairs: Exercise<number, FoldGiven> = {
  kind: needsNumber,
  right: (answer, { nLeft, nKept }) => answer === nLeft * nKept,
  praise: "Each picture that is left out with each that stays.",
  mistakes: [
    givesExactly(
      "tested",
      ({ nLeft }) => pairsOf(nLeft),
      "Those are tested: both pictures are left out.",
    ),
    givesExactly("fitted", ({ nKept }) => pairsOf(nKept), "Those are fitted: both pictures stay."),
    givesExactly(
      "all",
      ({ nLeft, nKept }) => pairsOf(nLeft + nKept),
      "Those are all pairs. Some are fitted, some tested.",
    ),
    givesExactly(
      "twice",
      ({ nLeft, nKept }) => 2 * nLeft * nKept,
      "Each pair is counted twice: as the first with the second, and the other way round.",
    ),
    givesExactly(
      "used",
      ({ nLeft, nKept }) => pairsOf(nLeft) + pairsOf(nKept),
      "Those are used, to fit or to test. How many are not?",
    ),
    givesExactly(
      "whole-square",
      ({ nLeft, nKept }) => nLeft * (nLeft + nKept),
      "The pairs of two pictures that are left out are in it.",
    ),
    givesExactly(
      "pictures",
      ({ nLeft, nKept }) => [nLeft, nKept, nLeft + nKept],
      "Those are pictures. How many pairs?",
    ),
    givesExactly(
      "square",
      ({ nLeft }) => nLeft ** 2,
      "That pairs pictures that are left out with each other.",
    ),
  ],
  otherwise: "Take one picture that is left out. With how many that stay can it be paired?",
};

/** Maps of a layer, and the places along one side of each. */
export interface MapsGiven {
  readonly nMaps: number;
  readonly side: number;
}

/** Numbers of a picture after the mean over places. */
export const pooled: Exercise<number, MapsGiven> = {
  kind: needsNumber,
  right: (answer, { nMaps }) => answer === nMaps,
  praise: "One for each map.",
  mistakes: [
    givesExactly(
      "all-values",
      ({ nMaps, side }) => nMaps * side * side,
      "Those are all values, before the mean.",
    ),
    givesExactly(
      "places",
      ({ side }) => side * side,
      "That is the number of places. The mean is over them.",
    ),
    givesExactly("side", ({ side }) => side, "That is one side of a map."),
    givesExactly(
      "one-axis",
      ({ nMaps, side }) => nMaps * side,
      "The mean is over both axes of a map, not over one.",
    ),
    givesExactly("one", () => 1, "That would be a mean over the maps, too."),
    givesExactly(
      "both-sides",
      ({ side }) => 2 * side,
      "The places of a map are its sides multiplied; and the mean is over them.",
    ),
    givesExactly(
      "places-with-maps",
      ({ nMaps, side }) => side * side + nMaps,
      "Maps and places are not added.",
    ),
  ],
  otherwise: "What becomes of one map when the mean over its places is taken?",
};

/** A level of a pixel, and how a network takes it. */
export interface LevelGiven {
  readonly level: number;
  readonly mean: number;
  readonly sd: number;
}

const prepared = ({ level, mean, sd }: LevelGiven): number => (level / 255 - mean) / sd;

/** What a network is given for a level of a pixel. */
export const preparedLevel: Exercise<number, LevelGiven> = {
  kind: needsNumber,
  right: (answer, given) => near(answer, prepared(given)),
  praise: "Half as bright as can be is near the mean of red in photographs.",
  mistakes: [
    gives(
      "levels",
      ({ level, mean, sd }) => (level - mean) / sd,
      "The mean is one of levels from 0 to 1. On which scale is 128?",
    ),
    gives(
      "share",
      ({ level }) => level / 255,
      "That is the level from 0 to 1. Mean and standard deviation come next.",
    ),
    gives(
      "not-divided",
      ({ level, mean }) => level / 255 - mean,
      "The mean is gone. What about the standard deviation?",
    ),
    gives(
      "multiplied",
      ({ level, mean, sd }) => (level / 255 - mean) * sd,
      "It is divided by the standard deviation, not multiplied.",
    ),
    gives(
      "variance",
      ({ level, mean, sd }) => (level / 255 - mean) / sd ** 2,
      "That divides by the variance.",
    ),
    gives(
      "order",
      ({ level, mean, sd }) => level / 255 - mean / sd,
      "The mean is subtracted first; brackets are missing.",
    ),
    gives(
      "sign",
      ({ level, mean, sd }) => (mean - level / 255) / sd,
      "The level minus the mean, not the other way round.",
    ),
    gives(
      "of-256",
      ({ level, mean, sd }) => (level / 256 - mean) / sd,
      "The highest level is 255.",
    ),
    gives(
      "green",
      ({ level }) => (level / 255 - 0.456) / 0.224,
      "Those are the mean and standard deviation of green.",
    ),
    gives(
      "blue",
      ({ level }) => (level / 255 - 0.406) / 0.225,
      "Those are the mean and standard deviation of blue.",
    ),
    gives(
      "clip",
      ({ level }) => (level / 255 - 0.48145466) / 0.26862954,
      "Those are CLIP's mean and standard deviation.",
    ),
    gives(
      "tensorflow",
      ({ level }) => level / 127.5 - 1,
      "That is what networks of TensorFlow get: from −1 to 1.",
    ),
  ],
  otherwise: "In order: divide by 255, subtract the mean, divide by the standard deviation.",
};
