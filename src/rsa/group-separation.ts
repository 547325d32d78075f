import { twoGroups } from "./two-groups.ts";
import { InvalidArgument } from "../core/errors.ts";
import { finite, oneOf, repetitions } from "../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../core/gate/options.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import { reporter } from "../core/progress.ts";
import { noteDraw } from "../core/run-record.ts";
import { alignRdms, type ItemChoice } from "../rdm/align-rdms.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { hasNaN } from "../stats/has-nan.ts";
import { centredSide, correlationOf } from "../stats/centred.ts";
import { random } from "../stats/random.ts";
import { rank } from "../stats/rank.ts";

/** How far apart two groups of RDMs are. */
export const separationStatistics = [
  "within-minus-between",
  "one-minus-correlation-of-means",
] as const;

/** The name of such a statistic. */
export type SeparationStatistic = (typeof separationStatistics)[number];

/** What {@link groupSeparation} takes. */
export interface GroupSeparationOptions extends Pick<JobOptions, "signal" | "onProgress"> {
  /**
   * `within-minus-between` (default): mean correlation of two people of one group minus that of two of different ones.
   * `one-minus-correlation-of-means`: of the groups' mean (ranked) RDMs.
   */
  readonly statistic?: SeparationStatistic;
  /** Default `spearman`. */
  readonly rsaMetric?: "spearman" | "pearson";
  /** RDMs are matched by label: see `rsa`. */
  readonly items?: ItemChoice;
  /** Ways to shuffle people between the groups, beside the way they are. Default: 10,000. */
  readonly permutations?: number;
  readonly seed?: number;
  /** The shuffles themselves: for each, the group (0 or 1) of every person. Default: drawn by `seed`. */
  readonly groups?: readonly ArrayLike<number>[];
}

const groupSeparationNames: OptionNames<GroupSeparationOptions> = {
  statistic: oneOf(separationStatistics),
  rsaMetric: oneOf(["spearman", "pearson"]),
  items: true,
  permutations: repetitions(1),
  seed: finite,
  groups: true,
  signal: jobNames.signal,
  onProgress: jobNames.onProgress,
};

/** What {@link groupSeparation} finds. */
export interface GroupSeparation {
  readonly statistic: number;
  /** Share of shuffles, the groups as they are among them, that separate at least as much. */
  readonly pValue: number;
  /** The statistic of every shuffle, in their order. */
  readonly nullDistribution: Float64Array;
  /** The words for a figure legend. */
  readonly method: string;
}

/**
 * Do two groups of people differ in their geometry as a whole? People are shuffled between the groups, with all their
 * pairs. Which pairs differ tells `rdmGroupTest`.
 *
 * @param first - one RDM of each person of the first group, two or more.
 * @param second - one of each of the second.
 * @throws InvalidArgument for groups that are too small, and RDMs that are constant or have `NaN`; ItemMismatch; Cancelled.
 * @example
 * import { groupSeparation } from "tsrsa";
 * const first = [[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 6, 5], [2, 1, 3, 4, 5, 6]];
 * const second = [[6, 5, 4, 3, 2, 1], [5, 6, 4, 3, 2, 1], [6, 5, 4, 3, 1, 2]];
 * const { statistic } = await groupSeparation(first, second, { permutations: 19, onProgress: false });
 * statistic > 1; // true
 */
export async function groupSeparation(
  first: RdmInput,
  second: RdmInput,
  options: GroupSeparationOptions = {},
): Promise<GroupSeparation> {
  checkOptions(options, groupSeparationNames);
  const { statistic = "within-minus-between", rsaMetric = "spearman", seed = 0 } = options;
  const [one, other] = twoGroups(first, second);
  const vectors = alignRdms([...one, ...other], options.items).map(({ condensed }) => condensed);
  const side = (values: Float64Array) =>
    centredSide(rsaMetric === "spearman" ? rank(values) : values);
  const mute = vectors.findIndex((vector) => hasNaN(vector) || !(side(vector).squares > 0));
  if (mute !== -1)
    throw new InvalidArgument(
      `RDM ${mute + 1} of both groups`,
      "constant, or with NaN",
      "it resembles nobody's; leave the person out",
    );
  const measure =
    statistic === "within-minus-between"
      ? withinMinusBetween(vectors.map(side))
      : oneMinusOfMeans(vectors, rsaMetric === "spearman");
  const own = Uint8Array.from(vectors, (_, at) => (at < one.length ? 0 : 1));
  const shuffles = shufflesOf(own, options, seed);
  const observed = measure(own);
  const found = new Float64Array(shuffles.length);
  const line = reporter(options, "shuffles", found.length);
  const pause = pauses(options.signal, "shuffling groups");
  for (const [at, groups] of shuffles.entries()) {
    found[at] = measure(groups);
    if (!pause.due()) continue;
    line.update(at + 1);
    await pause.turn();
  }
  line.update(found.length);
  line.finish();
  const beyond = found.filter((value) => value >= observed - 1e-12 * Math.abs(observed)).length;
  return {
    statistic: observed,
    pValue: (1 + beyond) / (1 + found.length),
    nullDistribution: found,
    method: `${statistic} (${rsaMetric}) of ${one.length} and ${other.length} people; ${found.length} shuffles of people between the groups${options.groups === undefined ? `, seed ${seed}` : ""}`,
  };
}

type Measure = (groups: ArrayLike<number>) => number;

function withinMinusBetween(sides: readonly ReturnType<typeof centredSide>[]): Measure {
  const n = sides.length;
  const scores = sides.map((a) => Float64Array.from(sides, (b) => correlationOf(a, b)));
  return (groups) => {
    const sums = [0, 0];
    const counts = [0, 0];
    for (let i = 0; i < n; i++)
      for (let j = i + 1; j < n; j++) {
        const between = groups[i] === groups[j] ? 0 : 1;
        sums[between] += scores[i][j];
        counts[between]++;
      }
    return sums[0] / counts[0] - sums[1] / counts[1];
  };
}

/** RDMs are ranked (Spearman) before they are averaged, so that no person's scale weighs more; the means are not ranked again. */
function oneMinusOfMeans(vectors: readonly Float64Array[], ranked: boolean): Measure {
  const parts = ranked ? vectors.map(rank) : vectors;
  const meanOf = (groups: ArrayLike<number>, group: number): Float64Array => {
    const members = parts.filter((_, at) => groups[at] === group);
    return parts[0].map(
      (_, pair) => members.reduce((sum, part) => sum + part[pair], 0) / members.length,
    );
  };
  return (groups) =>
    1 - correlationOf(centredSide(meanOf(groups, 0)), centredSide(meanOf(groups, 1)));
}

function shufflesOf(
  own: Uint8Array,
  { groups, permutations = 10_000 }: GroupSeparationOptions,
  seed: number,
): readonly ArrayLike<number>[] {
  if (groups === undefined) {
    noteDraw("groupSeparation", { permutations, seed });
    const rng = random(seed);
    return Array.from({ length: permutations }, () => {
      const order = rng.permutation(own.length);
      return own.map((_, at) => own[order[at]]);
    });
  }
  const wrong = Array.from(groups).findIndex((one) => !isShuffle(one, own));
  if (wrong === -1) return groups;
  throw new InvalidArgument(
    `groups[${wrong}]`,
    groups[wrong],
    `give 0 or 1 for each of the ${own.length} people, as many of each as the groups have`,
  );
}

function isShuffle(groups: ArrayLike<number>, own: Uint8Array): boolean {
  const all = Array.from(groups);
  const ones = all.filter((group) => group === 1).length;
  return (
    all.length === own.length &&
    all.every((group) => group === 0 || group === 1) &&
    ones === own.filter((group) => group === 1).length
  );
}
