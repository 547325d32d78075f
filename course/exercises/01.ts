import type { GroupScores } from "../../src/meg/group-scores.ts";
import type { ScorePeak } from "../../src/meg/sensor-scores.ts";
import type { Rdm } from "../../src/rdm/rdm.ts";
import { reorder } from "../../src/rdm/reorder.ts";
import { subset } from "../../src/rdm/subset.ts";
import { rsa } from "../../src/rsa/rsa.ts";
import { mean } from "../../src/stats/mean.ts";
import { spearman } from "../../src/stats/spearman.ts";
import type { Exercise } from "../judge.ts";
import { needsNumber } from "../kinds.ts";
import { gives, near, shows } from "../mistakes.ts";

export interface PairGiven {
  readonly rdm: Rdm;
}

const theTwo = ({ rdm }: PairGiven): number => rdm.between("f001.bmp", "s001.bmp");

/** Pearson's r of two pictures, from their dissimilarity. */
export const correlation: Exercise<number, PairGiven> = {
  kind: needsNumber,
  right: (answer, given) => near(answer, 1 - theTwo(given)),
  praise: "The RDM holds 1 − r; so r is 1 less that.",
  mistakes: [
    gives(
      "dissimilarity",
      theTwo,
      "That is the dissimilarity, 1 − r. What does r have to be, then?",
    ),
    gives(
      "sign",
      (given) => theTwo(given) - 1,
      "That is −r. Are two pictures with a dissimilarity below 1 alike, or opposite?",
    ),
    gives("squared", (given) => (1 - theTwo(given)) ** 2, "That is r², not r."),
    gives(
      "added",
      (given) => 1 + theTwo(given),
      "A correlation is never above 1. Solve d = 1 − r for r.",
    ),
    gives(
      "diagonal",
      () => 1,
      "That is the correlation of a picture with itself. Take the two pictures.",
    ),
    gives(
      "percent",
      (given) => 100 * (1 - theTwo(given)),
      "That is in per cent; r lies between −1 and 1.",
    ),
    gives("no-pair", () => 0, "0 would say that the two have nothing in common. Ask the RDM."),
  ],
  otherwise: "pixelRdm.between(…) gives the dissimilarity of two pictures by name. It is 1 − r.",
};

export interface Window {
  readonly neural: Rdm;
  readonly pixels: Rdm;
  readonly network: Rdm;
}

const rho = ({ neural, pixels }: Window): number => rsa(neural, pixels).single();

const sorted = (rdm: Rdm, like: Rdm): Rdm => reorder(rdm, like.items ?? []);

/** RSA by hand: Spearman's correlation of two RDMs whose items are in different orders. */
export const byHand: Exercise<number, Window> = {
  kind: needsNumber,
  right: (answer, given) => near(answer, rho(given)),
  praise: "The same as rsa(theirs, pixelRdm) gives: matched by label, ranked, correlated.",
  mistakes: [
    gives(
      "by-position",
      ({ neural, pixels }) => spearman(neural.condensed, pixels.condensed),
      "The rows were matched by position. Compare the items of both: is the first picture of one the first of the other?",
    ),
    gives(
      "pearson",
      ({ neural, pixels }) => rsa(neural, pixels, { metric: "pearson" }).single(),
      "That is Pearson's correlation of the dissimilarities. Spearman's is the same of their ranks.",
    ),
    gives(
      "diagonal",
      ({ neural, pixels }) => spearman(sorted(neural, pixels).toSquare(), pixels.toSquare()),
      "The diagonal is in it: zeros in both that agree for no reason and push the correlation up. Take each pair once.",
    ),
    gives(
      "other-model",
      ({ neural, network }) => rsa(neural, network).single(),
      "That is the score of FaceNet; the question was about the pixels.",
    ),
    gives(
      "two-models",
      ({ pixels, network }) => rsa(pixels, network).single(),
      "That compares the two models with each other. Where is the MEG?",
    ),
    gives(
      "distance",
      (given) => 1 - rho(given),
      "That is 1 − ρ, a dissimilarity of the two RDMs. The score is ρ itself.",
    ),
    gives(
      "itself",
      () => 1,
      "That is an RDM compared with itself, or with another that has the same order.",
    ),
  ],
  otherwise:
    "Not yet. In order: bring both to one order of items, rank each list of dissimilarities, correlate the ranks.",
};

export interface SampleGiven {
  readonly sfreqHz: number;
  readonly radiusS: number;
}

const half = ({ sfreqHz, radiusS }: SampleGiven): number => Math.round(sfreqHz * radiusS);

/** How many samples does a window have? */
export const samples: Exercise<number, SampleGiven> = {
  kind: needsNumber,
  right: (answer, given) => answer === 2 * half(given) + 1,
  praise: "As many to the left as to the right, and the one in the middle.",
  mistakes: [
    gives(
      "without-middle",
      (given) => 2 * half(given),
      "That is both sides. Which sample stands between them?",
    ),
    gives("one-side", half, "That is one side. The radius reaches to either side of the middle."),
    gives(
      "diameter",
      (given) => half(given) + 1,
      "That takes 0.1 s for the whole window. It is the radius: to either side.",
    ),
    gives(
      "milliseconds",
      ({ radiusS }) => 2000 * radiusS,
      "That is how long the window is, in ms. How many samples are there in it?",
    ),
    gives(
      "seconds",
      ({ radiusS }) => 2 * radiusS,
      "That is how long the window is, in s. How many samples are there in it?",
    ),
    gives(
      "a-second",
      ({ sfreqHz }) => sfreqHz,
      "That is how many samples there are in a whole second.",
    ),
  ],
  otherwise: "Draw 0.1 s to either side of one sample. How many samples are in 0.1 s?",
};

export type Wanted = (item: string) => boolean;

function rhoWithin(neural: Rdm, model: Rdm, wanted: Wanted): number {
  const items = (model.items ?? []).filter(wanted);
  return rsa(subset(neural, items), subset(model, items)).single();
}

const isFace: Wanted = (item) => !item.startsWith("s");
const starts =
  (letter: string): Wanted =>
  (item) =>
    item.startsWith(letter);

/** The pixels' score among faces alone. */
export const facesOnly: Exercise<number, Window> = {
  kind: needsNumber,
  right: (answer, { neural, pixels }) => near(answer, rhoWithin(neural, pixels, isFace)),
  praise: "What is left when no pair of a face and a mosaic is in it.",
  mistakes: [
    gives("all", rho, "That is the score of all pictures, mosaics included."),
    gives(
      "mosaics-only",
      ({ neural, pixels }) => rhoWithin(neural, pixels, starts("s")),
      "Those are the mosaics alone. Faces are the pictures whose name does not begin with s.",
    ),
    gives(
      "famous-only",
      ({ neural, pixels }) => rhoWithin(neural, pixels, starts("f")),
      "Those are the famous faces alone. Which other letter has a face?",
    ),
    gives(
      "unfamiliar-only",
      ({ neural, pixels }) => rhoWithin(neural, pixels, starts("u")),
      "Those are the unfamiliar faces alone. Which other letter has a face?",
    ),
    gives(
      "other-model",
      ({ neural, network }) => rhoWithin(neural, network, isFace),
      "That is FaceNet's score among faces; the question was about the pixels.",
    ),
    gives(
      "pearson",
      ({ neural, pixels }) => {
        const faces = (pixels.items ?? []).filter(isFace);
        const both = [subset(neural, faces), subset(pixels, faces)] as const;
        return rsa(...both, { metric: "pearson" }).single();
      },
      "That is Pearson's correlation. The other scores of this page are Spearman's.",
    ),
    gives(
      "half-removed",
      ({ neural, pixels }) => {
        const faces = (pixels.items ?? []).filter(isFace);
        const first = (rdm: Rdm): Rdm => subset(rdm, (rdm.items ?? []).slice(0, faces.length));
        return spearman(first(neural).condensed, first(pixels).condensed);
      },
      "The rows were taken by position. Choose the items by name, and take the same names from both.",
    ),
    gives(
      "distance",
      ({ neural, pixels }) => 1 - rhoWithin(neural, pixels, isFace),
      "That is 1 − ρ. The score is ρ itself.",
    ),
  ],
  otherwise: "Not yet. Choose the names, subset both RDMs to them, and compare with rsa.",
};

export interface GroupGiven {
  readonly group: GroupScores;
  readonly model: string;
}

const peakOfMean = ({ group, model }: GroupGiven): ScorePeak => group.mean().peak(model);

function ownPeaks({ group, model }: GroupGiven, of = (peak: ScorePeak) => peak.score): number[] {
  return group.people.map((who) => of(group.person(who).peak(model)));
}

const above = (given: GroupGiven): number => mean(ownPeaks(given)) - peakOfMean(given).score;

const ofOther = ({ group, model }: GroupGiven): GroupGiven => ({
  group,
  model: group.modelNames.find((name) => name !== model) ?? model,
});

/** How much is the mean of everybody's own peak above the peak of the mean? */
export const ownPeaksAbove: Exercise<number, GroupGiven> = {
  kind: needsNumber,
  right: (answer, given) => near(answer, above(given)),
  praise: "The highest of many scores is high by chance, too; a mean of people at one time is not.",
  mistakes: [
    gives(
      "own-peaks",
      (given) => mean(ownPeaks(given)),
      "That is the mean of everybody's own peak. How high is the mean curve?",
    ),
    gives(
      "peak-of-mean",
      (given) => peakOfMean(given).score,
      "That is the highest point of the mean curve. How high is everybody's own peak, on average?",
    ),
    gives(
      "sign",
      (given) => -above(given),
      "That is the peak of the mean less the mean of the peaks. Asked was the other way round.",
    ),
    gives(
      "other-model",
      (given) => above(ofOther(given)),
      "That is the difference for FaceNet; the question was about the pixels.",
    ),
    gives(
      "first-person",
      (given) => ownPeaks(given)[0] - peakOfMean(given).score,
      "That takes the first person alone. Each person has a peak: take their mean.",
    ),
    gives(
      "best-person",
      (given) => Math.max(...ownPeaks(given)) - peakOfMean(given).score,
      "That takes the highest peak of all people. Take the mean of their peaks.",
    ),
    gives(
      "sum",
      (given) => ownPeaks(given).length * mean(ownPeaks(given)) - peakOfMean(given).score,
      "There the peaks of the people were summed. How many people are there?",
    ),
    gives(
      "ratio",
      (given) => mean(ownPeaks(given)) / peakOfMean(given).score,
      "That is how many times as high. How much higher is it, in units of ρ?",
    ),
    gives(
      "seconds",
      (given) => mean(ownPeaks(given, ({ timeS }) => timeS)) - peakOfMean(given).timeS,
      "Those are times. How high are the scores at the peaks?",
    ),
    shows(
      "one-time",
      (answer) => Math.abs(answer) < 1e-9,
      "That compares the same scores: everybody was taken at one time. Each person has a peak of his or her own.",
    ),
  ],
  otherwise:
    "Two numbers: the mean over people of each one's highest score, and the highest score of the mean. Subtract the second.",
};
