import { jupyterDisplay, type Displayable, type MimeBundle } from "../../core/display.ts";
import { ShapeMismatch } from "../../core/errors.ts";
import { numbers } from "../../core/gate/kinds.ts";
import type { Matrix } from "../../core/matrix.ts";

/** Positions that hang together, tested as one. */
export interface Cluster {
  /** Places in the flattened observation, ascending. */
  readonly positions: Int32Array;
  /** What it was judged by: the summed t, its count of positions, or the largest TFCE score. */
  readonly statistic: number;
  /** Corrected for all positions. */
  readonly pValue: number;
  /** Above (1) or below (−1) the null hypothesis. */
  readonly sign: 1 | -1;
  /** Largest |t|, with its sign, and where it is. */
  readonly peakT: number;
  readonly peakPosition: number;
}

/** What a cluster test is made of. */
export interface ClusterTestParts {
  readonly t: Matrix<Float64Array>;
  readonly scores: Matrix<Float64Array>;
  readonly pValues: Matrix<Float64Array>;
  readonly clusters: readonly Cluster[];
  readonly nullDistribution: Float64Array;
  readonly exact: boolean;
  readonly threshold: number;
  readonly alpha: number;
  /** What each axis of an observation is, where it was said. */
  readonly axes?: readonly string[];
  /** Names along the axis of sensors. */
  readonly channels?: readonly string[];
  readonly method: string;
  readonly notes: readonly string[];
}

/** The result of a cluster permutation test. Immutable. */
export class ClusterTest implements Displayable {
  /** Student's t of every position, in the shape of an observation. `NaN`: not tested. */
  readonly t: Matrix<Float64Array>;
  /** What positions were judged by: t, or their TFCE score with the sign of t. */
  readonly scores: Matrix<Float64Array>;
  /** Corrected p value of every position: its cluster's (1 outside of clusters), or with TFCE its own. */
  readonly pValues: Matrix<Float64Array>;
  /** The clusters found, the most significant first; with TFCE those of positions significant at `alpha`. */
  readonly clusters: readonly Cluster[];
  /** Largest statistic of each relabelling, ascending, the data as they are among them. */
  readonly nullDistribution: Float64Array;
  /** Every relabelling occurred once. */
  readonly exact: boolean;
  /** The t at which clusters were formed; `NaN` with TFCE. */
  readonly threshold: number;
  readonly alpha: number;
  /** What each axis of an observation is: `times`, `sensors`, …; undefined where it was not said. */
  readonly axes: readonly string[] | undefined;
  /** Names along the axis of sensors; undefined where there is none. */
  readonly channels: readonly string[] | undefined;
  /** The words for a figure legend. */
  readonly method: string;
  /** What to know about this result, for example that positions were left out. */
  readonly notes: readonly string[];

  constructor(parts: ClusterTestParts) {
    this.t = parts.t;
    this.scores = parts.scores;
    this.pValues = parts.pValues;
    this.clusters = parts.clusters;
    this.nullDistribution = parts.nullDistribution;
    this.exact = parts.exact;
    this.threshold = parts.threshold;
    this.alpha = parts.alpha;
    this.axes = parts.axes;
    this.channels = parts.channels;
    this.method = parts.method;
    this.notes = parts.notes;
    Object.freeze(this);
  }

  /** The clusters with p ≤ `alpha`. */
  get significant(): readonly Cluster[] {
    return this.clusters.filter(({ pValue }) => pValue <= this.alpha);
  }

  /**
   * The significant stretches of time, first and last time of each cluster: what `plotTimeCourse` draws as bars.
   * Throws `ShapeMismatch` unless there is one time for each place along the times.
   */
  spans(times: ArrayLike<number>): (readonly [number, number])[] {
    numbers(times, "times");
    const { length, step } = this.#timeAxis();
    if (times.length !== length)
      throw new ShapeMismatch(
        `${length} times, one for each position`,
        `${times.length}`,
        "give the times of the observations",
      );
    return this.significant
      .map(({ positions }) => {
        const places = positions.map((at) => Math.floor(at / step) % length).sort();
        return [times[places[0]], times[places[places.length - 1]]] as const;
      })
      .sort((a, b) => a[0] - b[0]);
  }

  /** Length of the axis of times, and the distance of two that follow each other: all positions where nobody said. */
  #timeAxis(): { length: number; step: number } {
    const { shape } = this.t;
    const axis = this.axes?.findIndex((name) => /^times?$/i.test(name)) ?? -1;
    if (axis < 0) return { length: this.t.data.length, step: 1 };
    return { length: shape[axis], step: shape.slice(axis + 1).reduce((a, b) => a * b, 1) };
  }

  [jupyterDisplay](): MimeBundle {
    const significant = this.significant.length;
    const lines = this.clusters.slice(0, 10).map(clusterWords);
    const more = this.clusters.length > 10 ? [`… and ${this.clusters.length - 10} more`] : [];
    const head = `ClusterTest: ${this.clusters.length} clusters, ${significant} significant at ${this.alpha}`;
    const notes = this.notes.map((note) => `note: ${note}`);
    return { "text/plain": [head, this.method, ...lines, ...more, ...notes].join("\n") };
  }
}

function clusterWords({ positions, statistic, pValue, peakT, peakPosition }: Cluster): string {
  const size = `${positions.length} position${positions.length === 1 ? "" : "s"}`;
  return `  p = ${pValue.toPrecision(3)}: ${size}, statistic ${statistic.toPrecision(4)}, peak t ${peakT.toPrecision(4)} at ${peakPosition}`;
}
