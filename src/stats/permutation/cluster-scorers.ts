import type { Neighbours } from "./adjacency.ts";
import type { Cluster } from "./cluster-test.ts";
import { enhance, type TfceOptions } from "./enhance.ts";
import { clusterFinder } from "./find-clusters.ts";
import { shareAtLeast } from "./null-distribution.ts";
import { extremeness, type Tail } from "./tail.ts";

/** What a statistic is worth against its null distribution. */
export interface Judged {
  readonly scores: Float64Array;
  readonly pValues: Float64Array;
  readonly clusters: readonly Cluster[];
}

/** How a map of t values becomes one number, and how the map is judged in the end. */
export interface Scorer {
  readonly words: string;
  /** The largest statistic of a map; 0 when there is none. */
  largest(t: Float64Array): number;
  judge(t: Float64Array, nullDistribution: Float64Array): Judged;
}

/** How a map is judged: by clusters beyond a threshold, or each position by its enhanced score. */
export type ScorerSettings =
  | { readonly threshold: number; readonly by: "mass" | "size"; readonly tPower: number }
  | { readonly tfce: Required<TfceOptions>; readonly alpha: number };

/** A scorer of maps whose positions lie so. */
export function scorerOf(neighbours: Neighbours, tail: Tail, settings: ScorerSettings): Scorer {
  return "tfce" in settings
    ? tfceScorer(neighbours, tail, { ...settings.tfce, alpha: settings.alpha })
    : clusterScorer(neighbours, tail, settings);
}

/** Clusters of t beyond a threshold, judged by their sum or size. */
function clusterScorer(
  neighbours: Neighbours,
  tail: Tail,
  { threshold, by, tPower }: { threshold: number; by: "mass" | "size"; tPower: number },
): Scorer {
  const finder = clusterFinder(neighbours);
  const worth = (t: Float64Array, queue: Int32Array, size: number): number => {
    if (by === "size") return size;
    let sum = 0;
    if (tPower === 1) for (let k = 0; k < size; k++) sum += t[queue[k]];
    else for (let k = 0; k < size; k++) sum += Math.abs(t[queue[k]]) ** tPower;
    return Math.abs(sum);
  };
  return {
    words: `clusters of ${tail === "both" ? "|t|" : "t"} ${tail === "less" ? "< −" : "> "}${threshold.toPrecision(4)} judged by ${statisticWords(by, tPower)}`,
    largest: (t) => {
      let most = 0;
      const keep = (queue: Int32Array, size: number): void => {
        most = Math.max(most, worth(t, queue, size));
      };
      for (const sign of signsOf(tail)) finder.each(t, threshold, sign, keep);
      return most;
    },
    judge: (t, nullDistribution) => {
      const clusters: Cluster[] = [];
      const pValues = t.map((value, i) => (isTested(value, i, neighbours) ? 1 : Number.NaN));
      for (const sign of signsOf(tail)) {
        finder.each(t, threshold, sign, (queue, size) => {
          const statistic = worth(t, queue, size);
          const pValue = shareAtLeast(nullDistribution, statistic);
          const positions = queue.slice(0, size).sort();
          for (const i of positions) pValues[i] = pValue;
          // A sum keeps the sign of its t values.
          const signed = by === "mass" ? sign * statistic : statistic;
          clusters.push({ positions, statistic: signed, pValue, sign, ...peakOf(t, positions) });
        });
      }
      return { scores: t, pValues, clusters: clusters.sort(bySignificance) };
    },
  };
}

/** Every position judged by its own enhanced score. */
function tfceScorer(
  neighbours: Neighbours,
  tail: Tail,
  settings: Required<TfceOptions> & { alpha: number },
): Scorer {
  const finder = clusterFinder(neighbours);
  const scores = new Float64Array(neighbours.starts.length - 1);
  const { start, step, heightPower, extentPower, alpha } = settings;
  return {
    words: `threshold-free cluster enhancement, H = ${heightPower}, E = ${extentPower}, from ${start} in steps of ${step}`,
    largest: (t) => {
      enhance(t, tail, settings, finder, scores);
      return scores.reduce((most, score) => Math.max(most, score), 0);
    },
    judge: (t, nullDistribution) => {
      enhance(t, tail, settings, finder, scores);
      const pValues = t.map((value, i) =>
        isTested(value, i, neighbours) ? shareAtLeast(nullDistribution, scores[i]) : Number.NaN,
      );
      const signed = scores.map((score, i) => score * Math.sign(t[i]));
      const clusters: Cluster[] = [];
      // Significant positions of one sign that hang together are one cluster of the answer.
      const passing = t.map((value, i) => (pValues[i] <= alpha ? Math.sign(value) : 0));
      for (const sign of signsOf(tail)) {
        finder.each(passing, 0, sign, (queue, size) => {
          const positions = queue.slice(0, size).sort();
          const pValue = positions.reduce((least, i) => Math.min(least, pValues[i]), 1);
          const most = positions.reduce((best, i) => Math.max(best, scores[i]), 0);
          clusters.push({
            positions,
            statistic: sign * most,
            pValue,
            sign,
            ...peakOf(t, positions),
          });
        });
      }
      return { scores: signed, pValues, clusters: clusters.sort(bySignificance) };
    },
  };
}

function statisticWords(by: "mass" | "size", tPower: number): string {
  if (by === "size") return "their size";
  return tPower === 1 ? "their summed t" : `their summed |t| to the power of ${tPower}`;
}

function signsOf(tail: Tail): readonly (1 | -1)[] {
  if (tail === "both") return [1, -1];
  return [extremeness(1, tail) > 0 ? 1 : -1];
}

function isTested(t: number, i: number, { inside }: Neighbours): boolean {
  return !Number.isNaN(t) && inside?.[i] !== 0;
}

function peakOf(t: Float64Array, positions: Int32Array): { peakT: number; peakPosition: number } {
  const best = positions.reduce(
    (at, i) => (Math.abs(t[i]) > Math.abs(t[at]) ? i : at),
    positions[0],
  );
  return { peakT: t[best], peakPosition: best };
}

function bySignificance(a: Cluster, b: Cluster): number {
  return a.pValue - b.pValue || Math.abs(b.statistic) - Math.abs(a.statistic);
}
