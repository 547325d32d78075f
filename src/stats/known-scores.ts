import { mean } from "./mean.ts";

/** The scores that are defined, in their order. */
export function knownScores(scores: ArrayLike<number>): Float64Array {
  return Float64Array.from(scores).filter((score) => !Number.isNaN(score));
}

/** Mean of the scores that are defined; `NaN` when none is. */
export function meanOfKnown(scores: ArrayLike<number>): number {
  return mean(knownScores(scores));
}

/**
 * Mean over groups of the mean score in each, so that a group counts once with however many scores: undefined scores,
 * and groups without a defined one, do not count. `NaN` when none is defined.
 *
 * @param groups - the group of each score.
 * @param times - how often each score was drawn; a group counts as often as its members were. Default: once.
 */
export function meanOverGroups(
  scores: ArrayLike<number>,
  groups: ArrayLike<number>,
  times?: ArrayLike<number>,
): number {
  const found = new Map<number, { sum: number; weight: number; drawn: number }>();
  for (let i = 0; i < scores.length; i++) {
    const count = times?.[i] ?? 1;
    if (Number.isNaN(scores[i]) || !(count > 0)) continue;
    const group = found.get(groups[i]) ?? { sum: 0, weight: 0, drawn: 0 };
    group.sum += count * scores[i];
    group.weight += count;
    group.drawn = Math.max(group.drawn, count);
    found.set(groups[i], group);
  }
  let [sum, drawn] = [0, 0];
  for (const group of found.values()) {
    sum += (group.drawn * group.sum) / group.weight;
    drawn += group.drawn;
  }
  return sum / drawn;
}

/** The weight of each score in {@link meanOverGroups} when all are defined. */
export function groupWeights(groups: ArrayLike<number>, times: ArrayLike<number>): Float64Array {
  const members = new Map<number, number>();
  for (let i = 0; i < times.length; i++)
    if (times[i] > 0) members.set(groups[i], (members.get(groups[i]) ?? 0) + 1);
  return Float64Array.from(times, (count, i) => count / (members.get(groups[i]) ?? 1));
}

/** Differences and deviations below this share of what they are differences of come of rounding. */
const ROUNDING = 1e-14;

/** Element by element a − b; exactly 0 where the two differ by rounding only. */
export function differencesOf(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: a.length }, (_, k) => {
    const difference = a[k] - b[k];
    const size = Math.max(Math.abs(a[k]), Math.abs(b[k]));
    return Math.abs(difference) <= ROUNDING * size ? 0 : difference;
  });
}

/** True for a variance that is 0 but for the rounding of numbers of this size: nothing can be tested with it. */
export function isNoVariance(variance: number, size: number): boolean {
  return variance <= (ROUNDING * size) ** 2;
}
