import { mean } from "../../src/stats/mean.ts";
import type { Rdm } from "../../src/rdm/rdm.ts";
import type { Exercise } from "../judge.ts";
import { needsNumber } from "../kinds.ts";
import { gives, givesExactly, near, shows } from "../mistakes.ts";

export interface WhenGiven {
  /** When the picture was shown, in seconds. */
  readonly onsetS: number;
  /** How much later blood answers. */
  readonly delayS: number;
  /** Seconds from volume to volume. */
  readonly trS: number;
  /** What moment the first volume stands for. */
  readonly startS: number;
}

const exactVolume = ({ onsetS, delayS, trS, startS }: WhenGiven): number =>
  (onsetS + delayS - startS) / trS;

/** Which volume is nearest to a moment after an event? */
export const volume: Exercise<number, WhenGiven> = {
  kind: needsNumber,
  right: (answer, given) => answer === Math.round(exactVolume(given)),
  praise: "The moment, less that of the first volume, in steps of the repetition time.",
  mistakes: [
    givesExactly(
      "one-late",
      (given) => Math.round(exactVolume(given)) + 1,
      "That is one volume late. From what number are volumes counted, and what moment does the first stand for?",
    ),
    givesExactly(
      "no-delay",
      ({ onsetS, trS, startS }) => Math.round((onsetS - startS) / trS),
      "That is the volume at the picture itself. When does blood answer?",
    ),
    givesExactly(
      "in-seconds",
      ({ onsetS, delayS, startS }) => Math.round(onsetS + delayS - startS),
      "That is a number of seconds. How many seconds is one volume from the next?",
    ),
    givesExactly(
      "delay-in-volumes",
      ({ onsetS, delayS, trS, startS }) => Math.round((onsetS - startS) / trS) + delayS,
      "The delay is in seconds, and was added to a number of volumes.",
    ),
    gives("not-whole", exactVolume, "Volumes are whole. Which is nearest to that?"),
    givesExactly(
      "times-tr",
      ({ onsetS, delayS, trS, startS }) => Math.round((onsetS + delayS - startS) * trS),
      "That is multiplied by the seconds of a volume. Should it be divided?",
    ),
  ],
  otherwise: "Volume k stands for startS + k · trS. For which k is that nearest to the moment?",
};

export interface ColumnsGiven {
  /** Names of all columns. */
  readonly names: readonly string[];
  readonly nVolumes: number;
  readonly conditions: readonly string[];
  readonly confounds: readonly string[];
}

/** How many degrees of freedom does a design leave? */
export const dof: Exercise<number, ColumnsGiven> = {
  kind: needsNumber,
  right: (answer, { names, nVolumes }) => answer === nVolumes - names.length,
  praise: "Volumes less columns: events, motion, slow waves and the constant.",
  mistakes: [
    givesExactly(
      "constant",
      ({ names, nVolumes }) => nVolumes - names.length + 1,
      "The constant is a column as well.",
    ),
    givesExactly(
      "conditions-only",
      ({ nVolumes, conditions }) => nVolumes - conditions.length,
      "Only the conditions were counted. What of the columns that nobody asks about?",
    ),
    givesExactly(
      "no-drift",
      ({ nVolumes, conditions, confounds }) => nVolumes - conditions.length - confounds.length - 1,
      "The slow waves are missing: the high-pass filter has columns of its own.",
    ),
    givesExactly(
      "no-confounds",
      ({ names, nVolumes, confounds }) => nVolumes - names.length + confounds.length,
      "The motion parameters are missing. They take degrees of freedom as all others.",
    ),
    givesExactly(
      "columns",
      ({ names }) => names.length,
      "That is what the model takes. What does it leave?",
    ),
    givesExactly("volumes", ({ nVolumes }) => nVolumes, "That is before any column was fitted."),
    givesExactly(
      "one-less",
      ({ nVolumes }) => nVolumes - 1,
      "That would be so with a mean alone. How many columns has the design?",
    ),
  ],
  otherwise: "Volumes less independent columns.",
};

export interface DifferencesGiven {
  /** A row a run: a difference of two patterns, in voxels. */
  readonly differences: readonly (readonly number[])[];
}

const product = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, v) => sum + value * b[v], 0);

/** Sum of the products of all ordered pairs of different runs. */
function acrossRuns({ differences }: DifferencesGiven): number {
  const of = (a: readonly number[], r: number) =>
    differences.reduce((sum, b, s) => sum + (r === s ? 0 : product(a, b)), 0);
  return differences.reduce((sum, a, r) => sum + of(a, r), 0);
}

const withinRuns = ({ differences }: DifferencesGiven): number =>
  differences.reduce((sum, row) => sum + product(row, row), 0);

const shapeOf = ({ differences }: DifferencesGiven): { runs: number; voxels: number } => ({
  runs: differences.length,
  voxels: differences[0].length,
});

function crossValidated(given: DifferencesGiven): number {
  const { runs, voxels } = shapeOf(given);
  return acrossRuns(given) / (runs * (runs - 1) * voxels);
}

/** The cross-validated squared distance of two patterns, by hand. */
export const byHand: Exercise<number, DifferencesGiven> = {
  kind: needsNumber,
  right: (answer, given) => near(answer, crossValidated(given)),
  praise: "Only products of different runs: noise that they do not share is 0 on average.",
  mistakes: [
    gives(
      "all-runs-on-both-sides",
      (given) => {
        const { runs, voxels } = shapeOf(given);
        return (acrossRuns(given) + withinRuns(given)) / (runs ** 2 * voxels);
      },
      "Each run is multiplied with a mean that has it in: its noise is squared, and never 0.",
    ),
    gives(
      "same-run",
      (given) => withinRuns(given) / (shapeOf(given).runs * shapeOf(given).voxels),
      "Each run is multiplied with itself. With which runs should it be?",
    ),
    gives(
      "not-per-voxel",
      (given) => crossValidated(given) * shapeOf(given).voxels,
      "That is the sum over voxels. It grows with the region: divide by their number.",
    ),
    gives(
      "sum-of-runs",
      (given) => crossValidated(given) * shapeOf(given).runs,
      "That is the sum over the runs that are left out, not their mean.",
    ),
    gives(
      "sum-of-others",
      (given) => crossValidated(given) * (shapeOf(given).runs - 1),
      "The other runs were added up. Take their mean.",
    ),
    gives(
      "root",
      (given) => Math.sqrt(Math.abs(crossValidated(given))),
      "That is a root of it. Where the distance is negative there is none: leave it squared.",
    ),
  ],
  otherwise:
    "For each run: the products of its row and the mean of the other rows, averaged over voxels; then the mean over runs.",
};

const countBelow = (rdm: Rdm): number => rdm.condensed.filter((value) => value < 0).length;
const share = (rdm: Rdm): number => countBelow(rdm) / rdm.condensed.length;

/** What share of the dissimilarities is negative? */
export const belowZero: Exercise<number, { readonly rdm: Rdm }> = {
  kind: needsNumber,
  right: (answer, { rdm }) => near(answer, share(rdm)),
  praise: "Where nothing tells the pictures apart, about half are on either side of 0.",
  mistakes: [
    givesExactly(
      "count",
      ({ rdm }) => countBelow(rdm),
      "That is their number. The question was for the share.",
    ),
    gives("percent", ({ rdm }) => 100 * share(rdm), "That is in percent; give a share, 0 to 1."),
    gives("above", ({ rdm }) => 1 - share(rdm), "That is the share that is not below 0."),
    gives(
      "square",
      ({ rdm }) => (2 * countBelow(rdm)) / rdm.nItems ** 2,
      "That is a share of the whole square: its diagonal is 0, and below nothing.",
    ),
    gives(
      "mean",
      ({ rdm }) => mean(rdm.condensed),
      "That is their mean. How many of them are below 0?",
    ),
    gives(
      "lowest",
      ({ rdm }) => Math.min(...rdm.condensed),
      "That is the lowest of them. How many are below 0?",
    ),
  ],
  otherwise: "Count the pairs below 0, and divide by the number of pairs.",
};

export interface DiscoveriesGiven {
  readonly pValues: readonly number[];
  readonly level: number;
}

/** The p values there are, the smallest first: one that is NaN is no test. */
const sorted = ({ pValues }: DiscoveriesGiven): number[] =>
  pValues.filter((p) => !Number.isNaN(p)).sort((a, b) => a - b);

function discoveries(given: DiscoveriesGiven): number {
  const all = sorted(given);
  return all.findLastIndex((p, at) => p <= (given.level * (at + 1)) / all.length) + 1;
}

/** How many of the leading p values pass, up to the first that does not. */
function untilFirst(given: DiscoveriesGiven, bound: (at: number, m: number) => number): number {
  const all = sorted(given);
  const first = all.findIndex((p, at) => p > bound(at, all.length));
  return first < 0 ? all.length : first;
}

/** How many tests are discoveries at a false discovery rate? */
export const fdr: Exercise<number, DiscoveriesGiven> = {
  kind: needsNumber,
  right: (answer, given) => answer === discoveries(given),
  praise: "From the largest k that passes on down, all count, also one that fails on its own.",
  mistakes: [
    givesExactly(
      "uncorrected",
      (given) => sorted(given).filter((p) => p <= given.level).length,
      "Those are the p values up to the level, not corrected for their number.",
    ),
    givesExactly(
      "bonferroni",
      (given) => sorted(given).filter((p, _, all) => p <= given.level / all.length).length,
      "That is Bonferroni's count: the level over m for every one of them. Here it grows with k.",
    ),
    givesExactly(
      "stopped-early",
      (given) => untilFirst(given, (at, m) => (given.level * (at + 1)) / m),
      "That stops at the first that fails. A later one may pass, and then all before it count.",
    ),
    givesExactly(
      "holm",
      (given) => untilFirst(given, (at, m) => given.level / (m - at)),
      "That is Holm's count, which guards against any false alarm. Ours guards their share.",
    ),
    givesExactly(
      "index",
      (given) => discoveries(given) - 1,
      "That is one fewer. Are ranks counted from 0 or from 1?",
    ),
    givesExactly("all", (given) => sorted(given).length, "That is the number of tests."),
    shows("not-whole", (answer) => !Number.isInteger(answer), "Discoveries are counted."),
  ],
  otherwise: "Sort; compare the k-th smallest with level · k / m; the largest k that passes.",
};
