import type { Exercise } from "../judge.ts";
import { needsNumber, needsText } from "../kinds.ts";
import { gives, givesExactly, near, shows } from "../mistakes.ts";

export interface PatchGiven {
  readonly nNear: number;
  readonly sfreqHz: number;
  readonly radiusS: number;
}

const samplesOf = ({ sfreqHz, radiusS }: PatchGiven) => 2 * Math.round(radiusS * sfreqHz) + 1;

/** How many numbers does a patch hold for each item? */
export const features: Exercise<number, PatchGiven> = {
  kind: needsNumber,
  right: (answer, given) => answer === given.nNear * samplesOf(given),
  praise: "Every source at every sample of the window.",
  mistakes: [
    givesExactly(
      "no-middle",
      (given) => given.nNear * (samplesOf(given) - 1),
      "The sample in the middle is missing: as many to the left as to the right, and one more.",
    ),
    givesExactly(
      "one-side",
      (given) => given.nNear * Math.round(given.radiusS * given.sfreqHz),
      "That is one side of the window. It reaches to both.",
    ),
    givesExactly(
      "one-side-and-middle",
      (given) => given.nNear * (Math.round(given.radiusS * given.sfreqHz) + 1),
      "That is one side and the middle. The window reaches to both sides.",
    ),
    givesExactly(
      "sources",
      ({ nNear }) => nNear,
      "Those are the sources. Each has a number at each sample.",
    ),
    givesExactly(
      "samples",
      samplesOf,
      "Those are the samples. Each source has a number at each of them.",
    ),
    givesExactly(
      "sum",
      (given) => given.nNear + samplesOf(given),
      "Sources and samples are added there. Each goes with each.",
    ),
    givesExactly(
      "three-directions",
      (given) => 3 * given.nNear * samplesOf(given),
      "That would be for three currents a source. Normal currents are one.",
    ),
    shows(
      "not-rounded",
      (answer, { nNear, sfreqHz, radiusS }) =>
        answer === nNear * (2 * radiusS * sfreqHz + 1) && !Number.isInteger(answer),
      "Samples are whole: round the radius.",
    ),
    gives(
      "seconds",
      ({ nNear, radiusS }) => nNear * 2 * radiusS,
      "There seconds were counted. How many samples are they?",
    ),
  ],
  otherwise:
    "Samples in the window first: one in the middle and as many to either side. Then times the sources.",
};

export interface CurrentsGiven {
  readonly currents: readonly (readonly number[])[];
}

const sumAlong = ({ currents }: CurrentsGiven) =>
  [0, 1, 2].map((k) => currents.reduce((sum, one) => sum + one[k], 0));
const lengthOf = (vector: readonly number[]) => Math.hypot(...vector);
const meanLength = ({ currents }: CurrentsGiven) =>
  currents.reduce((sum, one) => sum + lengthOf(one), 0) / currents.length;

/** The length of an average current. */
export const length: Exercise<number, CurrentsGiven> = {
  kind: needsNumber,
  right: (answer, given) => near(answer, lengthOf(sumAlong(given)) / given.currents.length),
  praise: "Averaged first, along each direction; then its length.",
  mistakes: [
    gives(
      "mean-of-lengths",
      meanLength,
      "That is the average of the lengths. Average the currents first.",
    ),
    gives(
      "sum-of-lengths",
      (given) => given.currents.length * meanLength(given),
      "That is the sum of the lengths. Average the currents first.",
    ),
    gives(
      "length-of-sum",
      (given) => lengthOf(sumAlong(given)),
      "That is the length of the sum. By how many is an average divided?",
    ),
    gives(
      "squared",
      (given) => (lengthOf(sumAlong(given)) / given.currents.length) ** 2,
      "That is the square of the length: the root is missing.",
    ),
    gives(
      "sum-of-means",
      (given) => sumAlong(given).reduce((a, b) => a + b, 0) / given.currents.length,
      "There the three directions were added. A length is the root of the sum of their squares.",
    ),
    gives(
      "root-mean-square",
      ({ currents }) =>
        Math.sqrt(currents.reduce((sum, one) => sum + lengthOf(one) ** 2, 0) / currents.length),
      "There the squares of the lengths were averaged. Average the currents themselves.",
    ),
    gives(
      "first",
      ({ currents: [first] }) => lengthOf(first),
      "That is the length in the first epoch.",
    ),
    gives(
      "largest-direction",
      (given) => Math.max(...sumAlong(given)) / given.currents.length,
      "That is the mean along one direction. All three belong to the length.",
    ),
  ],
  otherwise: "Three means, one a direction; then the root of the sum of their squares.",
};

export interface SnrGiven {
  readonly nEpochs: number;
  readonly snr: number;
}

/** The regularisation of one epoch, from that of an average. */
export const regularise: Exercise<number, SnrGiven> = {
  kind: needsNumber,
  right: (answer, { nEpochs, snr }) => near(answer, nEpochs / snr ** 2),
  praise:
    "One epoch has an SNR less by the root of their number, and lambda2 goes with its square.",
  mistakes: [
    gives(
      "of-average",
      ({ snr }) => 1 / snr ** 2,
      "That is lambda2 of the average. One epoch is noisier.",
    ),
    gives(
      "snr",
      ({ nEpochs, snr }) => snr / Math.sqrt(nEpochs),
      "That is the SNR of one epoch. lambda2 is 1 by its square.",
    ),
    gives(
      "snr-squared",
      ({ nEpochs, snr }) => snr ** 2 / nEpochs,
      "That is the square of the SNR. lambda2 is 1 by it.",
    ),
    gives(
      "not-squared",
      ({ nEpochs, snr }) => Math.sqrt(nEpochs) / snr,
      "That is 1/SNR. It has to be squared.",
    ),
    gives(
      "no-root",
      ({ nEpochs, snr }) => (nEpochs / snr) ** 2,
      "Noise falls with the root of the number of epochs, not with the number.",
    ),
    gives(
      "wrong-way",
      ({ nEpochs, snr }) => 1 / (nEpochs * snr ** 2),
      "That is less than for the average: one epoch needs more.",
    ),
    gives(
      "times-root",
      ({ nEpochs, snr }) => Math.sqrt(nEpochs) / snr ** 2,
      "The root of the number is in the SNR; squared, it is the number.",
    ),
    gives("epochs", ({ nEpochs }) => nEpochs, "That is how many epochs there are."),
  ],
  otherwise: "What is the SNR of one epoch? Then 1 by its square.",
};

export interface RegionGiven {
  readonly names: readonly string[];
  readonly scores: {
    series(model: string, place: string): { readonly values: ArrayLike<number> };
  };
}

const valuesOf = ({ scores }: RegionGiven, model: string, name: string) =>
  Array.from(scores.series(model, name).values);

function best(
  given: RegionGiven,
  model: string,
  of: (values: readonly number[]) => number,
): string {
  const found = given.names.map((name) => of(valuesOf(given, model, name)));
  return given.names[found.indexOf(Math.max(...found))];
}

const highest = (values: readonly number[]) => Math.max(...values);
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** The region where FaceNet scores highest. */
export const region: Exercise<string, RegionGiven> = {
  kind: needsText,
  right: (answer, given) => answer === best(given, "FaceNet", highest),
  praise: "The highest score of all regions and times.",
  mistakes: [
    shows(
      "unknown",
      (answer, { names }) => !names.includes(answer),
      "That is none of the eleven names.",
    ),
    givesExactly(
      "other-model",
      (given) => best(given, "pixels", highest),
      "There the pixels score highest.",
    ),
    givesExactly(
      "lowest",
      (given) => best(given, "FaceNet", (values) => -highest(values)),
      "There its highest score is the least of all.",
    ),
    givesExactly(
      "first-time",
      (given) => best(given, "FaceNet", ([first]) => first),
      "There it scores highest at the first time. Look at all times.",
    ),
    givesExactly(
      "last-time",
      (given) => best(given, "FaceNet", (values) => values[values.length - 1]),
      "There it scores highest at the last time. Look at all times.",
    ),
    givesExactly(
      "mean",
      (given) => best(given, "FaceNet", sum),
      "There its mean over time is highest. Asked is the highest score.",
    ),
    givesExactly(
      "first-name",
      ({ names: [first] }) => first,
      "That is the first in the list. Where is the score highest?",
    ),
  ],
  otherwise: "The highest score of each region; then the region where that is highest.",
};

export interface AirGiven {
  readonly space: {
    readonly points: { readonly data: ArrayLike<number> };
    readonly vertices: ArrayLike<number>;
  };
  readonly centre: number;
  readonly radiusM: number;
}

const distance = ({ space: { points }, centre }: AirGiven, vertex: number, axes = [0, 1, 2]) =>
  Math.hypot(...axes.map((k) => points.data[3 * vertex + k] - points.data[3 * centre + k]));
const within = (given: AirGiven, radiusM = given.radiusM, axes?: number[]) =>
  Array.from(given.space.vertices).filter((vertex) => distance(given, vertex, axes) < radiusM)
    .length;

/** How many sources are near in a straight line? */
export const air: Exercise<number, AirGiven> = {
  kind: needsNumber,
  right: (answer, given) => answer === within(given),
  praise: "Straight lines cross sulci, so there are no fewer than along the cortex.",
  mistakes: [
    givesExactly(
      "without-centre",
      (given) => within(given) - 1,
      "One is missing: the centre is in its patch.",
    ),
    givesExactly(
      "all-vertices",
      (given) =>
        Array.from({ length: given.space.points.data.length / 3 }, (_, vertex) => vertex).filter(
          (vertex) => distance(given, vertex) < given.radiusM,
        ).length,
      "Those are all vertices of the mesh. Only some of them are sources.",
    ),
    givesExactly(
      "far",
      (given) => given.space.vertices.length - within(given),
      "Those are the sources that are farther away.",
    ),
    givesExactly(
      "everything",
      ({ space }) => space.vertices.length,
      "Those are all sources of this half: are the points in metres, and the radius too?",
    ),
    givesExactly(
      "flat",
      (given) => within(given, given.radiusM, [0, 1]),
      "There only x and y count. A place has three coordinates.",
    ),
    givesExactly(
      "wider",
      (given) => within(given, 2 * given.radiusM),
      "That reaches 4 cm: 2 cm is the radius.",
    ),
    givesExactly(
      "narrower",
      (given) => within(given, given.radiusM / 2),
      "That reaches 1 cm: 2 cm is the radius, to every side.",
    ),
    givesExactly("nothing", () => 0, "The centre itself is nearer than 2 cm. Are both in metres?"),
  ],
  otherwise:
    "For each source the straight distance to the centre, in metres; count those below 0.02.",
};
